package match

import (
	"math/bits"

	"github.com/ordergate/ordergate/internal/words"
)

// gist is of a term what tells, nearly always, that it cannot be paired with another: few bytes that lie side by
// side for all terms of a corpus, so that most candidates are put aside without reading their names.
type gist struct {
	word    uint32 // 1 + the number of its text in the corpus; 0 where the corpus has no such text
	letters uint32
	term    *term
	sound   uint8 // a digest; 0 for a sound too short to count
	length  uint8
	class   class
	brand   bool // of class core, and paired with nothing by its meaning
	named   bool // in a group of name variants
}

// shape is of a name what a gist is of a term.
type shape uint8

const (
	shapePerson shape = 1 << iota
	shapeOrganization
	shapeVessel
	shapeAircraft
	shapeCorporate
	shapeRepeats
	// shapeOpaque is a name that gists do not tell enough of: in another script, or made of titles only.
	shapeOpaque

	shapeKind = shapePerson | shapeOrganization | shapeVessel | shapeAircraft
)

var shapes = map[Kind]shape{Person: shapePerson, Organization: shapeOrganization, Vessel: shapeVessel, Aircraft: shapeAircraft}

func (t *term) gist(word uint32) gist {
	g := gist{
		word: word, letters: t.letters, term: t, length: uint8(min(len(t.text), 255)), class: t.class,
		brand: t.class == core && t.key == "", named: len(t.names) > 0,
	}
	if len(t.sound) > 2 {
		g.sound = 1
		for i := 0; i < len(t.sound); i++ {
			g.sound = g.sound*31 + t.sound[i]
		}
		g.sound |= 1
	}
	return g
}

func (n *Name) shape() shape {
	s := shapes[n.kind]
	if n.corporate {
		s |= shapeCorporate
	}
	if n.repeats {
		s |= shapeRepeats
	}
	if n.bare {
		s |= shapeOpaque
	}
	for _, t := range n.terms {
		if t.letters == 0 && t.class != number {
			s |= shapeOpaque
		}
	}
	return s
}

// between is [together] by the shapes of two names: whether they may be one at all, and are compared as persons' names.
func between(q, l shape) (persons, ok bool) {
	switch both := (q | l) & shapeKind; {
	case both == 0:
		return (q|l)&shapeCorporate == 0, true
	case q&shapeKind != 0 && l&shapeKind != 0:
		return both == shapePerson, q&shapeKind == l&shapeKind
	default:
		return both == shapePerson, true
	}
}

// differ reports whether, by their gists, a term of substance of either name has no partner in the other, so that
// the two contradict each other and cost [conflict] at least. It errs only by reporting too little. repeats says that
// a word stands in one of them twice, so that which of the two is whose is not plain.
func differ(q, l []gist, persons, repeats bool) bool {
	qFree, lFree := uint32(1)<<len(q)-1, uint32(1)<<len(l)-1
	for i := range q {
		for j := range l {
			if q[i].word == l[j].word && q[i].word != 0 && lFree&(1<<j) != 0 {
				qFree &^= 1 << i
				lFree &^= 1 << j
				break
			}
		}
	}
	qOpen, lOpen := qFree, lFree
	if repeats {
		qOpen, lOpen = uint32(1)<<len(q)-1, uint32(1)<<len(l)-1
	}
	kind := Organization
	if persons {
		kind = Person
	}
	qLone, lLone := brands(q, qFree), brands(l, lFree)
	for qs := qOpen; qs != 0; qs &= qs - 1 {
		i := bits.TrailingZeros32(qs)
		for ls := lOpen; ls != 0; ls &= ls - 1 {
			j := bits.TrailingZeros32(ls)
			if (qLone&(1<<i) != 0 || lLone&(1<<j) != 0) && mayPair(&q[i], &l[j], kind) {
				qLone &^= 1 << i
				lLone &^= 1 << j
			}
		}
		if lLone == 0 {
			return false
		}
	}
	return loneAmong(qLone, q, qOpen, l, lOpen) && loneAmong(lLone, l, lOpen, q, qOpen) &&
		(persons || !acronymic(q, l, lOpen) && !acronymic(l, q, qOpen))
}

// brands is the set of brands among free terms.
func brands(terms []gist, free uint32) uint32 {
	set := uint32(0)
	for i := range terms {
		if terms[i].brand {
			set |= 1 << i
		}
	}
	return set & free
}

// loneAmong reports whether any of a set of terms of a is in no join with terms of b either.
func loneAmong(set uint32, a []gist, aOpen uint32, b []gist, bOpen uint32) bool {
	for ; set != 0; set &= set - 1 {
		if !inJoin(a, aOpen, bits.TrailingZeros32(set), b, bOpen) {
			return true
		}
	}
	return false
}

// mayPair reports whether two terms, one of them a brand, are one by [likeness] or, besides, the same.
func mayPair(t, u *gist, kind Kind) bool {
	if t.word == u.word && t.word != 0 {
		return true
	}
	if t.class == initial || u.class == initial {
		return t.letters&u.letters != 0
	}
	if t.class >= suffix && t.class != form || u.class >= suffix && u.class != form || t.class == number || u.class == number {
		return false
	}
	if t.named && u.named && relation(t.term.names, u.term.names) != words.Unrelated {
		return true
	}
	if t.sound != u.sound || t.sound == 0 {
		most := maxSlips(int(max(t.length, u.length)))
		if bits.OnesCount32(t.letters&^u.letters) > most || bits.OnesCount32(u.letters&^t.letters) > most ||
			int(t.length)-int(u.length) > most || int(u.length)-int(t.length) > most {
			return false
		}
	}
	_, _, ok := likeness(t.term, u.term, kind)
	return ok
}

// inJoin reports whether a run of free terms of a with term i among them may make the same text as one of b,
// but for slips: see joins.
func inJoin(a []gist, aFree uint32, i int, b []gist, bFree uint32) bool {
	if aFree&(aFree>>1) == 0 && bFree&(bFree>>1) == 0 {
		return false
	}
	for from := i; from >= 0 && i-from < maxJoin && aFree&(1<<from) != 0; from-- {
		letters, length := uint32(0), 0
		for to := from; to < len(a) && to-from < maxJoin && aFree&(1<<to) != 0 && a[to].class != number; to++ {
			letters |= a[to].letters
			length += int(a[to].length)
			if to >= i && joinOf(letters, length, to-from+1, b, bFree) {
				return true
			}
		}
	}
	return false
}

// joinOf reports whether free terms of b may make, together, the text of a run of terms.
func joinOf(run uint32, length, terms int, b []gist, free uint32) bool {
	for set := free; set != 0; set &= set - 1 {
		letters, n := uint32(0), 0
		from := bits.TrailingZeros32(set)
		for to := from; to < len(b) && to-from < maxJoin && free&(1<<to) != 0 && b[to].class != number && n <= length+2; to++ {
			letters |= b[to].letters
			n += int(b[to].length)
			size := to - from + 1
			if n+2 >= length && n <= length+2 && size+terms > 2 && (size <= 2 || terms <= 2) &&
				bits.OnesCount32(run&^letters) <= 2 && bits.OnesCount32(letters&^run) <= 2 {
				return true
			}
		}
	}
	return false
}

// acronymic reports whether a word of a name is as long as an acronym of what is free of the other.
func acronymic(short, long []gist, free uint32) bool {
	n := 0
	for ; free != 0; free &= free - 1 {
		if long[bits.TrailingZeros32(free)].class != dropped {
			n++
		}
	}
	for i := range short {
		if g := &short[i]; g.class == core && g.length >= minAcronym && g.length <= maxAcronym && int(g.length) <= n {
			return true
		}
	}
	return false
}

// putAside drops the candidates that cannot reach the threshold.
//
// It reads what it needs of all of them before it looks at any: so many reads of memory that do not wait for one another
// take little longer than one.
func (s *search) putAside(c *Corpus, query *Name, threshold float64) {
	shape := query.shape()
	if threshold*100 <= 100-conflict || shape&shapeOpaque != 0 {
		return
	}
	s.query, s.gists, s.ends = s.query[:0], s.gists[:0], s.ends[:0]
	for _, t := range query.terms {
		word := uint32(0)
		if w := c.words.find(t.text); w != nil {
			word = w.id
		}
		s.query = append(s.query, t.gist(word))
	}
	s.shapes = s.shapes[:0]
	for _, x := range s.candidates {
		s.shapes = append(s.shapes, c.shapes[x.Name])
		for _, id := range c.ids[c.ends[x.Name]:c.ends[x.Name+1]] {
			s.gists = append(s.gists, c.gists[id])
		}
		s.ends = append(s.ends, uint32(len(s.gists)))
	}
	kept, from := s.candidates[:0], uint32(0)
	for i, x := range s.candidates {
		listed := s.shapes[i]
		persons, ok := between(shape, listed)
		if ok && (listed&shapeOpaque != 0 || !differ(s.query, s.gists[from:s.ends[i]], persons, (shape|listed)&shapeRepeats != 0)) {
			kept = append(kept, x)
		}
		from = s.ends[i]
	}
	s.candidates = kept
}
