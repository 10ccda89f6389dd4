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
	// unsteady are the candidates of the corpus as it was that are unsteady.
	unsteady []nameindex.Candidate
	chosen   choices
	are      []nameindex.Candidate
}

// choices is how much of the candidates was chosen: of the steady ones, the first in the corpus as it was and as it is; of
// all as they are, and of the unsteady ones as they were, the first.
type choices struct{ steadyWas, steadyNow, now, unsteadyWas int }

var shiftSearches = sync.Pool{New: func() any { return new(shiftSearch) }}

// differ reports whether a name that is like the query stands in one choice only: see [Shift].
func (x *shiftSearch) differ(s *Shift, query *Name, threshold float64) bool {
	x.was, x.now = x.was[:0], x.now[:0]
	for _, l := range x.leads {
		x.was, x.now = appendAll(x.was, l.was), appendAll(x.now, l.now)
	}
	limit, least := choice(query)
	read, ok := nameindex.Read(x.was, least)
	readNow, okNow := nameindex.Read(x.now, least)
	if !ok || !okNow || read != readNow {
		return true
	}
	x.unsteady = s.was.among.Search(x.unsteady[:0], x.was, x.texts, read, least)
	more := limit + limit/2 // a choice of steady names only takes some from behind the end
	x.are = s.now.among.SearchAll(x.are[:0], x.now, x.texts, more, least)
	if !x.choose(s, limit, more) {
		return true
	}
	return x.alikeNow(s, query, threshold) || x.alikeThen(s, query, threshold)
}

func appendAll(out []*nameindex.Reached, all []nameindex.Reached) []*nameindex.Reached {
	for i := range all {
		out = append(out, &all[i])
	}
	return out
}

// choose makes the choice of the corpus as it was out of the steady candidates and those then unsteady. ok is false where
// more steady ones would be needed than were looked up.
func (x *shiftSearch) choose(s *Shift, limit, more int) (ok bool) {
	x.chosen = choices{now: min(limit, len(x.are))}
	for _, c := range x.are[:x.chosen.now] {
		if s.steady[c.Name] {
			x.chosen.steadyNow++
		}
	}
	at := 0
	for x.chosen.steadyWas+x.chosen.unsteadyWas < limit {
		for at < len(x.are) && !s.steady[x.are[at].Name] {
			at++
		}
		switch k := x.chosen.unsteadyWas; {
		case at == len(x.are) && len(x.are) == more:
			return false
		case at == len(x.are) && k == len(x.unsteady):
			return true
		case at == len(x.are), k < len(x.unsteady) && x.unsteady[k].Before(nameindex.Candidate{Name: uint32(s.twins[x.are[at].Name]), Share: x.are[at].Share}):
			x.chosen.unsteadyWas++
		default:
			x.chosen.steadyWas++
			at++
		}
	}
	return true
}

// alikeNow reports whether a name is like the query, as it is, that is new in the choice, or a steady one that is in one
// choice only.
func (x *shiftSearch) alikeNow(s *Shift, query *Name, threshold float64) bool {
	x.candidates = x.candidates[:0]
	steady := 0
	for i, c := range x.are {
		switch {
		case s.steady[c.Name]:
			if (steady < x.chosen.steadyNow) != (steady < x.chosen.steadyWas) {
				x.candidates = append(x.candidates, c)
			}
			steady++
		case i < x.chosen.now && !holds(x.unsteady[:x.chosen.unsteadyWas], s.twins[c.Name]):
			x.candidates = append(x.candidates, c)
		}
	}
	return x.anyLike(s.now.Corpus, query, threshold)
}

// alikeThen is of unsteady names as they were that are in the choice no more.
func (x *shiftSearch) alikeThen(s *Shift, query *Name, threshold float64) bool {
	x.candidates = x.candidates[:0]
	for _, c := range x.unsteady[:x.chosen.unsteadyWas] {
		if !holds(x.are[:x.chosen.now], s.is[c.Name]) {
			x.candidates = append(x.candidates, c)
		}
	}
	return x.anyLike(s.was.Corpus, query, threshold)
}

// holds reports whether a name, by its number, is among candidates.
func holds(all []nameindex.Candidate, name int32) bool {
	return slices.ContainsFunc(all, func(c nameindex.Candidate) bool { return int32(c.Name) == name })
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
