package nameindex

import (
	"slices"

	"github.com/ordergate/ordergate/internal/edit"
)

// Among finds, for very many queries, which of a few names of an [Index] gather enough to be candidates in it, and
// their shares, without reading any other name. What a probe leads to is looked up apart from the search, by
// [Among.Reach], so that it can be kept for the next query with the same word.
type Among struct {
	ix    *Index
	names []uint32
	held  map[uint32][]uint32 // by word: the places in names of those that hold it
	joins map[uint32][]uint32 // by key of two neighbouring words: likewise
	// dict is of the words held, to look for those that the query writes as two; words is their numbers.
	dict   *edit.Dictionary
	words  []uint32
	halves halves
}

// Reached is what a probe leads to.
type Reached struct {
	// Words are the listed words it stands for, in the order of the index, and By how well.
	Words []ReachedWord
	// Worth is what it adds to the worth of a query, and Names how many names hold the words.
	Worth   float32
	Names   int
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
	gain  slot
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
	}
	a.dict, a.halves = edit.NewDictionary(texts), newHalves(texts)
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
	r := Reached{Worth: a.ix.most(s.reached), Names: a.ix.length(s.reached), reached: slices.Clone(s.reached)}
	s.fit(len(a.names))
	for _, w := range s.reached {
		r.Words = append(r.Words, ReachedWord{a.ix.dict.Word(w.word), w.by})
		gain := partsOf(w.by * a.ix.worth[w.word])
		for _, place := range a.held[w.word] {
			if s.slots[place] == 0 { // the first word of the probe that a name holds counts
				s.add(place, 1, gain)
				r.credits = append(r.credits, credit{place, gain})
			}
		}
	}
	s.clear()
	return r
}

// Listed reports whether a word stands in a name of the index.
func (a *Among) Listed(word string) bool { return a.ix.listed(word) }

// Read is the set of the probes whose words [Index.Search] reads, others only adding to the names so reached. ok is
// false for more probes than a set has room for.
func Read(reached []*Reached, least float32) (set uint64, ok bool) {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	s.weigh(reached)
	_, n := s.plan(least)
	for _, i := range s.order[:n] {
		set |= 1 << i
	}
	return set, len(reached) <= 64
}

func (s *scratch) weigh(reached []*Reached) {
	s.weights = s.weights[:0]
	for _, r := range reached {
		s.weights = append(s.weights, weight{r.Worth, r.Names})
	}
}

// Search appends to out those of the names that [Index.Search] chooses from, those likeliest first, with their shares. all
// and least are as there, listed says which of all are [Among.Listed], read is what [Read] gives.
func (a *Among) Search(out []Candidate, reached []*Reached, all []string, listed []bool, read uint64, least float32) []Candidate {
	if len(a.names) == 0 {
		return out
	}
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	s.fit(len(a.names))
	s.listed = append(s.listed[:0], listed...)
	a.joined(s, len(reached)+1, all)
	total := float32(0)
	for i, r := range reached {
		total += r.Worth
		if read&(1<<i) != 0 {
			for _, c := range r.credits {
				s.add(c.place, i+1, c.gain)
			}
		}
	}
	for i, r := range reached {
		if read&(1<<i) == 0 && len(s.touched) > 0 {
			for _, c := range r.credits {
				if s.slots[c.place] != 0 {
					s.add(c.place, i+1, c.gain)
				}
			}
		}
	}
	from := len(out)
	for _, place := range s.touched {
		if gained := s.slots[place].gained(); gained >= least*total {
			name := a.names[place]
			out = append(out, Candidate{name, a.ix.share(name, gained, total)})
		}
	}
	s.clear()
	SortLikeliest(out[from:])
	return out
}

// SearchAll is [Index.Search] of the index the names stand in, all of its names.
func (a *Among) SearchAll(out []Candidate, reached []*Reached, all []string, listed []bool, limit int, least float32) []Candidate {
	s := a.prepare(reached, listed)
	defer pool.Put(s)
	return a.ix.search(out, s, all, limit, least)
}

// prepare is what a search needs that knows what the probes reach.
func (a *Among) prepare(reached []*Reached, listed []bool) *scratch {
	s := pool.Get().(*scratch)
	s.of = s.of[:0]
	for _, r := range reached {
		s.of = append(s.of, r.reached)
	}
	s.weigh(reached)
	s.listed = append(s.listed[:0], listed...)
	return s
}

// Foremost is SearchAll, but that the names come in no order, and perhaps more of them.
func (a *Among) Foremost(out []Candidate, reached []*Reached, all []string, listed []bool, limit int, least float32) []Candidate {
	s := a.prepare(reached, listed)
	defer pool.Put(s)
	total := a.ix.gather(s, all, limit, least)
	out = a.ix.foremost(out, s, total, limit, least*total)
	s.clear()
	return out
}

// joined credits names as [Index.joined] does.
func (a *Among) joined(s *scratch, stamp int, all []string) {
	gain := partsOf(byJoin * a.ix.unlisted)
	for i, w := range all {
		for _, place := range a.joins[keyOfTwo(w, "")] {
			s.add(place, stamp, gain)
		}
		stamp++
		if i == 0 {
			continue
		}
		for _, k := range s.together(a.dict, &a.halves, all[i-1], w, s.listed[i-1] && s.listed[i]) {
			for _, place := range a.held[a.words[k]] {
				s.add(place, stamp, 2*gain)
			}
		}
		for _, place := range a.joins[keyOfTwo(all[i-1], w)] {
			s.add(place, stamp, 2*gain)
		}
		stamp++
	}
}

// Comparable reports whether words that the tables of two indexes lack are worth the same, as shares of names are compared
// across them.
func Comparable(a, b *Index) bool { return a.unlisted == b.unlisted }

// Steady reports whether a name gathers the same in two indexes, by its numbers in them, from words that are worth the same.
func Steady(a *Index, inA uint32, b *Index, inB uint32) bool {
	return slices.EqualFunc(a.words(inA), b.words(inB), func(v, w uint32) bool { return a.worth[v] == b.worth[w] })
}
