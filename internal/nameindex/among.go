package nameindex

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/edit"
)

// Among finds, for very many queries, which of a few names of an [Index] are candidates of a query in it: all
// that gather the least share, whether or not others gather more. What a probe leads to is looked up apart from
// the search, by [Among.Reach], so that it can be kept for the next query with the same word.
type Among struct {
	ix    *Index
	names []uint32
	held  map[uint32][]uint32 // by word: the places in names of those that hold it
	joins map[uint32][]uint32 // by key of two neighbouring words: likewise
	// dict is of the words held, to look for those that the query writes as two; words is their numbers.
	dict    *edit.Dictionary
	words   []uint32
	longest int // bytes of the longest word held
	room    sync.Pool
}

// Reached is what a probe leads to.
type Reached struct {
	// Words are the listed words it stands for, in the order of the index, and By how well.
	Words []ReachedWord
	// Worth is what it adds to the worth of a query.
	Worth float32
	// Listed is set where the probe's own text is a listed word.
	Listed  bool
	reached []reach
	credits []credit
}

// ReachedWord is a listed word that a probe stands for.
type ReachedWord struct {
	Word string
	By   float32
}

// credit is what one of the names gathers from a probe.
type credit struct {
	place uint32
	gain  float32
}

// Among makes the names searchable by themselves. all is all words of a name, in order.
func (ix *Index) Among(names []uint32, all func(name uint32) []string) *Among {
	a := &Among{ix: ix, names: names, held: map[uint32][]uint32{}, joins: map[uint32][]uint32{}}
	for i, name := range names {
		place := uint32(i)
		for _, w := range ix.words(name) {
			a.held[w] = appendOnce(a.held[w], place)
		}
		texts := all(name)
		for k := 1; k < len(texts); k++ {
			key := keyOfTwo(texts[k-1], texts[k])
			a.joins[key] = appendOnce(a.joins[key], place)
		}
	}
	for w := range a.held {
		a.words = append(a.words, w)
	}
	slices.Sort(a.words)
	texts := make([]string, len(a.words))
	for i, w := range a.words {
		texts[i] = ix.dict.Word(w)
		a.longest = max(a.longest, len(texts[i]))
	}
	a.dict = edit.NewDictionary(texts)
	a.room.New = func() any { return &gathering{gained: make([]float32, len(names))} }
	return a
}

func appendOnce(places []uint32, place uint32) []uint32 {
	if n := len(places); n > 0 && places[n-1] == place {
		return places
	}
	return append(places, place)
}

// Reach looks up what a probe leads to.
func (a *Among) Reach(p *Probe) Reached {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	s.reached = s.reached[:0]
	a.ix.reach(s, p)
	r := Reached{Worth: a.ix.most(s.reached), Listed: a.ix.listed(p.Text), reached: slices.Clone(s.reached)}
	for _, w := range s.reached {
		r.Words = append(r.Words, ReachedWord{a.ix.dict.Word(w.word), w.by})
		gain := w.by * a.ix.worth[w.word]
		for _, place := range a.held[w.word] {
			if i := slices.IndexFunc(r.credits, func(c credit) bool { return c.place == place }); i >= 0 {
				r.credits[i].gain = max(r.credits[i].gain, gain)
				continue
			}
			r.credits = append(r.credits, credit{place, gain})
		}
	}
	return r
}

// gathering is what the names gather in one search; it is used again by the next.
type gathering struct {
	gained  []float32 // by place
	touched []uint32
	found   []uint32
	text    []byte
}

func (g *gathering) add(place uint32, gain float32) {
	if g.gained[place] == 0 {
		g.touched = append(g.touched, place)
	}
	g.gained[place] += gain
}

// apart is what a name gathers that writes apart what the query writes together.
const apart = byJoin * unlisted

// slack makes up for sums that are rounded otherwise in another order.
const slack = 0.999

// Search appends to out those of the names that gather the share least of what the query is worth: all that
// [Index.Search] returns of them with the same probes, and perhaps a few more. all is as there.
func (a *Among) Search(out []Candidate, reached []*Reached, all []string, least float32) []Candidate {
	if len(a.names) == 0 {
		return out
	}
	g := a.room.Get().(*gathering)
	defer a.room.Put(g)
	total := float32(0)
	for _, r := range reached {
		total += r.Worth
		for _, c := range r.credits {
			g.add(c.place, c.gain)
		}
	}
	a.joined(g, all)
	for _, place := range g.touched {
		if gained := g.gained[place]; gained >= slack*least*total {
			name := a.names[place]
			out = append(out, Candidate{name, a.ix.share(name, gained, total)})
		}
		g.gained[place] = 0
	}
	g.touched = g.touched[:0]
	return out
}

// SearchAll is [Index.Search] of the index the names stand in, all of its names.
func (a *Among) SearchAll(out []Candidate, reached []*Reached, all []string, limit int, least float32) []Candidate {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	s.reached, s.ends = s.reached[:0], s.ends[:0]
	for _, r := range reached {
		s.reached = append(s.reached, r.reached...)
		s.ends = append(s.ends, len(s.reached))
	}
	return a.ix.search(out, s, all, limit, least)
}

// joined credits names as [Index.Search] does where words are written together or apart, and more rather than less.
func (a *Among) joined(g *gathering, all []string) {
	for i, w := range all {
		for _, place := range a.joins[keyOfTwo(w, "")] {
			g.add(place, apart)
		}
		if i == 0 {
			continue
		}
		g.text = append(append(g.text[:0], all[i-1]...), w...)
		g.found = g.found[:0]
		if len(g.text) <= a.longest+utf8.UTFMax { // one letter more at most
			g.found = a.dict.Words(g.found, string(g.text), 1)
		}
		for _, k := range g.found {
			for _, place := range a.held[a.words[k]] {
				g.add(place, 2*apart)
			}
		}
		for _, place := range a.joins[keyOfTwo(all[i-1], w)] {
			g.add(place, 2*apart)
		}
	}
}
