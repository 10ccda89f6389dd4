package match

import (
	"slices"
	"sync"

	"github.com/ordergate/ordergate/internal/nameindex"
)

// shiftSearch is what comparing the choices made for one query in two corpora needs; it is used again by the next.
type shiftSearch struct {
	search
	texts                []string
	listedWas, listedNow []bool
	was, now             []*nameindex.Reached
	// steady is set while, by the words of the query, steady names gather the same in both corpora.
	steady bool
	// are and were are the choices; unsteady are the candidates as it was that are unsteady.
	are, were, unsteady []nameindex.Candidate
}

var shiftSearches = sync.Pool{New: func() any { return new(shiftSearch) }}

func (x *shiftSearch) begin(query *Name) {
	x.texts = appendTexts(x.texts[:0], query.terms)
	x.listedWas, x.listedNow, x.was, x.now, x.steady = x.listedWas[:0], x.listedNow[:0], x.was[:0], x.now[:0], true
}

// add adds what a term of the query leads to.
func (x *shiftSearch) add(l *led) {
	x.steady = x.steady && !l.otherwise
	for i := range l.was {
		x.was, x.now = append(x.was, &l.was[i]), append(x.now, &l.now[i])
	}
}

// differ reports whether a name that is like the query stands in one choice only: see [Shift].
func (x *shiftSearch) differ(s *Shift, query *Name, threshold float64) bool {
	limit, least := choice(query)
	more := limit + limit/4 // a choice of steady names only takes some from behind the end
	x.are = s.now.among.SearchAll(x.are[:0], x.now, x.texts, x.listedNow, more, least)
	if !x.steady || !x.without(s, limit, more, least) {
		x.were = s.was.among.SearchAll(x.were[:0], x.was, x.texts, x.listedWas, limit, least)
	}
	x.are = x.are[:min(limit, len(x.are))]
	x.candidates = missing(x.candidates[:0], x.are, x.were, s.twins)
	if x.anyLike(s.now.Corpus, query, threshold) {
		return true
	}
	x.candidates = missing(x.candidates[:0], x.were, x.are, s.is)
	return x.anyLike(s.was.Corpus, query, threshold)
}

// without makes the choice of the corpus as it was out of the steady candidates, as they are, and those that were
// unsteady. ok is false where that cannot be done.
func (x *shiftSearch) without(s *Shift, limit, more int, least float32) (ok bool) {
	was, few := nameindex.Read(x.was, least)
	now, _ := nameindex.Read(x.now, least)
	if !few || was != now {
		return false
	}
	x.unsteady = s.was.among.Search(x.unsteady[:0], x.was, x.texts, x.listedWas, was, least)
	rest := x.unsteady
	x.were = x.were[:0]
	for _, c := range x.are {
		if !s.steady[c.Name] {
			continue
		}
		c.Name = uint32(s.twins[c.Name])
		for len(rest) > 0 && rest[0].Before(c) {
			x.were, rest = append(x.were, rest[0]), rest[1:]
		}
		x.were = append(x.were, c)
	}
	if len(x.are) < more {
		x.were = append(x.were, rest...) // there are no other steady ones
	}
	ok = len(x.were) >= limit || len(x.are) < more
	x.were = x.were[:min(limit, len(x.were))]
	return ok
}

// missing appends the candidates of one choice that the other has not. other is of their names the number in the other.
func missing(out, one, other []nameindex.Candidate, number []int32) []nameindex.Candidate {
	next := 0
	for _, c := range one {
		n := number[c.Name]
		if next < len(other) && int32(other[next].Name) == n { // most stand in the same order
			next++
			continue
		}
		i := slices.IndexFunc(other, func(o nameindex.Candidate) bool { return int32(o.Name) == n })
		if i < 0 {
			out = append(out, c)
		} else {
			next = i + 1
		}
	}
	return out
}

// anyLike reports whether a candidate is like the query.
func (s *search) anyLike(c *Corpus, query *Name, threshold float64) bool {
	if len(s.candidates) == 0 {
		return false
	}
	s.putAside(c, query, threshold)
	return slices.ContainsFunc(s.candidates, func(x nameindex.Candidate) bool {
		return Compare(query, c.names[x.Name]) >= threshold
	})
}
