package nameindex

import (
	"cmp"
	"slices"
	"sync"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/radix"
)

// Probe is a word of a query.
type Probe struct {
	// Text is looked up with up to Slips slips (0, 1 or 2); Also are other spellings of it.
	Text  string
	Also  []string
	Slips int
	// Keys are looked up as they are; see [Key].
	Keys []uint32
}

// Candidate is a name that may be meant, and the share of query and name that was reached.
type Candidate struct {
	Name  uint32
	Share float32
}

// Before reports whether c is likelier than x; of equal ones the earlier added is.
func (c Candidate) Before(x Candidate) bool {
	return c.Share > x.Share || c.Share == x.Share && c.Name < x.Name
}

// budget is the number of postings read for one query before frequent words stop adding names.
const budget = 20000

// How well a word reached in some way stands for the probe.
const (
	byText   = 1.0
	byKey    = 0.85
	byOne    = 0.8
	byTwo    = 0.6
	byJoin   = 0.95
	unlisted = 12 // the worth of a word that is not listed at all, where that is not more than the rarest word's
)

// reach is a listed word that a probe stands for.
type reach struct {
	word uint32
	by   float32
}

// scratch is what one search needs; it is used again by the next.
type scratch struct {
	slots   []slot // by name
	touched []uint32
	reached []reach   // of all probes, one after the other
	of      [][]reach // of each probe
	found   []uint32
	text    []byte
	weights []weight // of the probes
	listed  []bool   // whether the words of the query are
	order   []int
}

// slot is what a name gathers, in parts, and in its lowest bits 1 + the last probe that added. It is small because a
// search reads thousands of them, all over the table.
type slot uint32

// slack makes up for rounding.
const slack = 0.999

// parts are what the worth of words is counted in.
const parts = 1 << 12

func partsOf(worth float32) slot { return slot(worth*parts) << 8 }

func (x slot) gained() float32 { return float32(x>>8) / parts }

func (x slot) probe() slot { return x & 0xff }

var pool = sync.Pool{New: func() any { return new(scratch) }}

// Search appends to out the names most likely meant, the likeliest first, at most limit of them, which gathered
// at least the share least of what the query is worth. all is all words of the query, in order, those without a probe
// among them.
func (ix *Index) Search(out []Candidate, probes []Probe, all []string, limit int, least float32) []Candidate {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	s.reached, s.of, s.weights, s.listed = s.reached[:0], s.of[:0], s.weights[:0], s.listed[:0]
	for _, w := range all {
		s.listed = append(s.listed, ix.listed(w))
	}
	for i := range probes {
		from := len(s.reached)
		ix.reach(s, &probes[i])
		words := s.reached[from:]
		s.of, s.weights = append(s.of, words), append(s.weights, weight{ix.most(words), ix.length(words)})
	}
	return ix.search(out, s, all, limit, least)
}

// search is [Index.Search] when it is known what the probes reach and weigh, and which words are listed.
func (ix *Index) search(out []Candidate, s *scratch, all []string, limit int, least float32) []Candidate {
	total := ix.gather(s, all, limit, least)
	out = ix.choose(out, s, total, limit, least*total)
	s.clear()
	return out
}

// gather credits all names that may be among so many chosen, and gives what the query is worth.
func (ix *Index) gather(s *scratch, all []string, limit int, least float32) (total float32) {
	s.fit(len(ix.nameEnds))
	total, read := s.plan(least)
	ix.joined(s, len(s.of)+1, all)
	left := total // what the probes not read yet are worth together
	for k, i := range s.order {
		if k < read && s.weights[i].names > len(s.touched) && ix.settled(s, left, total, limit) {
			read = k
		}
		if k >= read {
			ix.strengthen(s, i+1, s.of[i], s.weights[i].names)
			continue
		}
		left -= s.weights[i].worth
		for _, r := range s.of[i] {
			gain := partsOf(r.by * ix.worth[r.word])
			for _, name := range ix.names(r.word) {
				s.add(name, i+1, gain)
			}
		}
	}
	return total
}

// clear makes the table empty for the next search.
func (s *scratch) clear() {
	for _, name := range s.touched {
		s.slots[name] = 0
	}
	s.touched = s.touched[:0]
}

// settled reports whether as many names as are chosen share more already than any name not reached yet can.
func (ix *Index) settled(s *scratch, left, total float32, limit int) bool {
	most := shareOf(left, 0, total) / slack
	n := 0
	for i := 0; i < len(s.touched) && n < limit && n+len(s.touched)-i >= limit; i++ {
		if name := s.touched[i]; ix.share(name, s.slots[name].gained(), total) > most {
			n++
		}
	}
	return n >= limit
}

// weight is what a probe is worth, and how many names it leads to.
type weight struct {
	worth float32
	names int
}

// plan puts the probes in the order in which they are looked up, those that lead to the fewest names first, and says
// what they are worth together and how many of them are read; the others only add to names already reached.
func (s *scratch) plan(least float32) (total float32, read int) {
	s.order = s.order[:0]
	for i, w := range s.weights {
		total += w.worth
		at := len(s.order)
		s.order = append(s.order, i)
		for ; at > 0 && s.weights[s.order[at-1]].names > w.names; at-- {
			s.order[at] = s.order[at-1]
		}
		s.order[at] = i
	}
	left, spent := total, 0 // left is what the probes not read yet are worth together
	for read < len(s.order) {
		w := s.weights[s.order[read]]
		if spent > 0 && (spent+w.names > budget || left < least*total) {
			break
		}
		spent += w.names
		left -= w.worth
		read++
	}
	return total, read
}

// fit makes the tables large enough for n names.
func (s *scratch) fit(n int) {
	if len(s.slots) < n {
		s.slots = make([]slot, n)
	}
}

// add credits a name, once for each probe: the first way a probe reaches a name is the best one.
func (s *scratch) add(name uint32, probe int, gain slot) {
	x, by := s.slots[name], slot(min(probe, 0xff))
	if x == 0 {
		s.touched = append(s.touched, name)
	}
	if x.probe() != by {
		s.slots[name] = x - x.probe() + gain + by
	}
}

// length is the number of names that words lead to.
func (ix *Index) length(words []reach) int {
	n := 0
	for _, r := range words {
		n += len(ix.names(r.word))
	}
	return n
}

// most is the worth of a probe.
func (ix *Index) most(words []reach) float32 {
	if len(words) == 0 {
		return ix.unlisted
	}
	best := float32(0)
	for _, r := range words {
		best = max(best, r.by*ix.worth[r.word])
	}
	return best
}

// reach appends the listed words a probe stands for, the best first.
func (ix *Index) reach(s *scratch, p *Probe) {
	from := len(s.reached)
	ix.spelt(s, from, p.Text, p.Slips)
	for _, t := range p.Also {
		ix.spelt(s, from, t, min(p.Slips, 1))
	}
	for _, k := range p.Keys {
		for _, e := range ix.keys.At(k) {
			s.reach(from, radix.Value(e), byKey)
		}
	}
	if len(s.reached) == from && len(p.Text) >= 2*part {
		ix.parts(s, from, p.Text)
	}
	// The same of equal ones whatever the order of the index: the commoner.
	slices.SortStableFunc(s.reached[from:], func(a, b reach) int {
		return cmp.Or(cmp.Compare(b.by, a.by), cmp.Compare(ix.worth[a.word], ix.worth[b.word]))
	})
}

// part is the least length of a listed word that is looked for inside another.
const part = 5

// parts reaches the listed words that stand inside a long one that is itself unlisted: several words written
// together, perhaps with a slip in another of them.
func (ix *Index) parts(s *scratch, from int, text string) {
	for i := 0; i+part <= len(text); i++ {
		for j := min(len(text), i+2*part+2); j >= i+part; j-- {
			if w, ok := ix.dict.Exactly(text[i:j]); ok {
				s.reach(from, w, byText*float32(j-i)/float32(len(text)))
				break
			}
		}
	}
}

// spelt reaches words by their letters: two slips are tried only where no listed word is nearer.
func (ix *Index) spelt(s *scratch, from int, text string, slips int) {
	s.found = ix.dict.Words(s.found[:0], text, min(slips, 1))
	near := len(s.found) > 0
	for _, w := range s.found {
		by := float32(byOne)
		if ix.dict.Word(w) == text {
			by = byText
		}
		s.reach(from, w, by)
	}
	if near || slips < 2 {
		return
	}
	s.found = ix.dict.Words(s.found[:0], text, 2)
	for _, w := range s.found {
		s.reach(from, w, byTwo)
	}
}

func (s *scratch) reach(from int, word uint32, by float32) {
	for i := range s.reached[from:] {
		if r := &s.reached[from+i]; r.word == word {
			r.by = max(r.by, by)
			return
		}
	}
	s.reached = append(s.reached, reach{word, by})
}

// joined credits names that write apart what the query writes together, or the other way round. Its
// stamps lie above those of the probes.
func (ix *Index) joined(s *scratch, stamp int, all []string) {
	gain := partsOf(byJoin * ix.unlisted)
	for i, w := range all {
		for _, e := range ix.joins.At(keyOfTwo(w, "")) {
			s.add(radix.Value(e), stamp, gain)
		}
		stamp++
		if i == 0 {
			continue
		}
		for _, w := range s.together(ix.dict, &ix.halves, all[i-1], w, s.listed[i-1] && s.listed[i]) {
			for _, name := range ix.names(w) {
				s.add(name, stamp, 2*gain)
			}
		}
		for _, e := range ix.joins.At(keyOfTwo(all[i-1], w)) {
			s.add(radix.Value(e), stamp, 2*gain)
		}
		stamp++
	}
}

// together is the words of a dictionary that two neighbouring words of the query make together. Where both are listed, they are
// words in their own right: hardly one that was split, and misspelt besides.
func (s *scratch) together(d *edit.Dictionary, halves *halves, a, b string, listed bool) []uint32 {
	s.found = s.found[:0]
	if !halves.mayMake(a, b) {
		return nil
	}
	s.text = append(append(s.text[:0], a...), b...)
	if !listed {
		s.found = d.Words(s.found, string(s.text), 1)
	} else if w, ok := d.Exactly(string(s.text)); ok {
		s.found = append(s.found, w)
	}
	return s.found
}

// listed reports whether a word stands in a name.
func (ix *Index) listed(w string) bool {
	_, ok := ix.dict.Exactly(w)
	return ok
}

// strengthen credits names already reached that hold one of the words, which lead to so many names: it reads
// the names of the words, or the words of the names, whichever are fewer.
func (ix *Index) strengthen(s *scratch, probe int, words []reach, names int) {
	if names < perName*len(s.touched) {
		for _, r := range words {
			gain := partsOf(r.by * ix.worth[r.word])
			for _, name := range ix.names(r.word) {
				if s.slots[name] != 0 {
					s.add(name, probe, gain)
				}
			}
		}
		return
	}
	some := uint64(0) // the words, some sharing a bit
	for _, r := range words {
		some |= 1 << (r.word & 63)
	}
	for _, name := range s.touched {
		best := len(words)
		for _, w := range ix.words(name) {
			if some&(1<<(w&63)) == 0 {
				continue
			}
			for i, r := range words[:best] {
				if r.word == w {
					best = i
					break
				}
			}
		}
		if best < len(words) {
			s.add(name, probe, partsOf(words[best].by*ix.worth[words[best].word]))
		}
	}
}

// perName is about how many words a name has.
const perName = 5

// choose appends to out the names that gained most of what query and name are worth, and least or more.
func (ix *Index) choose(out []Candidate, s *scratch, total float32, limit int, least float32) []Candidate {
	from := len(out)
	out = ix.foremost(out, s, total, limit, least)
	SortLikeliest(out[from:])
	return out[:min(len(out), from+limit)]
}

// foremost appends to out, in no order, the names that choose appends, and perhaps a few more.
func (ix *Index) foremost(out []Candidate, s *scratch, total float32, limit int, least float32) []Candidate {
	from, room := len(out), 4*limit
	for _, name := range s.touched {
		gained := s.slots[name].gained()
		if gained < least {
			continue
		}
		if out = append(out, Candidate{name, ix.share(name, gained, total)}); len(out)-from < room {
			continue
		}
		kept, share := cut(out[from:], limit)
		out, room = out[:from+kept], max(room, 2*kept)
		least = max(least, slack*share*total/(1-share/2)) // a name is worth at least what it gained
	}
	kept, _ := cut(out[from:], limit)
	return out[:from+kept]
}

// shareSteps are what the shares are counted in that cut tells apart; none is more than 2.
const shareSteps = 128

// cut moves to the front so many candidates of greatest share, and those whose share is hardly less than theirs. It says
// how many it kept, and which share those have at least.
func cut(all []Candidate, limit int) (kept int, share float32) {
	if len(all) <= limit {
		return len(all), 0
	}
	var counts [2*shareSteps + 1]int32
	for i := range all {
		counts[int(all[i].Share*shareSteps)]++
	}
	step := len(counts)
	for n := 0; n < limit; n += int(counts[step]) {
		step--
	}
	for _, c := range all {
		if int(c.Share*shareSteps) >= step {
			all[kept] = c
			kept++
		}
	}
	return kept, float32(step) / shareSteps
}

// SortLikeliest puts the likeliest first.
func SortLikeliest(all []Candidate) {
	slices.SortFunc(all, func(a, b Candidate) int {
		if a.Before(b) {
			return -1
		}
		return 1
	})
}

// share is what a name gained of what it and a query, worth total, are worth.
func (ix *Index) share(name uint32, gained, total float32) float32 {
	return shareOf(gained, float32(ix.whole[name])/wholeParts, total)
}

func shareOf(gained, whole, total float32) float32 { return gained / (total + max(whole, gained)/2) }
