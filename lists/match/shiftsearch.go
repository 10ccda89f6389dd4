package match

import (
	"slices"
	"sync"

	"github.com/ordergate/ordergate/internal/nameindex"
)

// shiftSearch is what comparing the choices made for one query in two corpora needs; it is used again by the next.
type shiftSearch struct {
	search
	leads    []*led
	texts    []string
	was, now []*nameindex.Reached
	// are and were are the choices; unsteady are the candidates as it was that are unsteady.
	are, were, unsteady []nameindex.Candidate
}

var shiftSearches = sync.Pool{New: func() any { return new(shiftSearch) }}

// differ reports whether a name that is like the query stands in one choice only: see [Shift]. steady says that by the
// words of the query steady names gather the same in both corpora.
func (x *shiftSearch) differ(s *Shift, query *Name, threshold float64, steady bool) bool {
	x.was, x.now = x.was[:0], x.now[:0]
	for _, l := range x.leads {
		x.was, x.now = appendAll(x.was, l.was), appendAll(x.now, l.now)
	}
	limit, least := choice(query)
	more := limit + limit/4 // a choice of steady names only takes some from behind the end
	x.are = s.now.among.SearchAll(x.are[:0], x.now, x.texts, more, least)
	if !steady || !x.without(s, limit, more, least) {
		x.were = s.was.among.SearchAll(x.were[:0], x.was, x.texts, limit, least)
	}
	x.are = x.are[:min(limit, len(x.are))]
	x.candidates = missing(x.candidates[:0], x.are, x.were, s.twins)
	if x.anyLike(s.now.Corpus, query, threshold) {
		return true
	}
	x.candidates = missing(x.candidates[:0], x.were, x.are, s.is)
	return x.anyLike(s.was.Corpus, query, threshold)
}

func appendAll(out []*nameindex.Reached, all []nameindex.Reached) []*nameindex.Reached {
	for i := range all {
		out = append(out, &all[i])
	}
	return out
}

// without makes the choice of the corpus as it was out of the steady candidates, as they are, and those that were
// unsteady. ok is false where that cannot be done.
func (x *shiftSearch) without(s *Shift, limit, more int, least float32) (ok bool) {
	was, few := nameindex.Read(x.was, least)
	now, _ := nameindex.Read(x.now, least)
	if !few || was != now {
		return false
	}
	x.unsteady = s.was.among.Search(x.unsteady[:0], x.was, x.texts, was, least)
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
