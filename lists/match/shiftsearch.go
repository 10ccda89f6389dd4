package match

import (
	"slices"
	"sort"
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
	// are and were are the choices, as far as they may differ; others are the steady candidates.
	are, were, others []nameindex.Candidate
}

var shiftSearches = sync.Pool{New: func() any { return new(shiftSearch) }}

// begin looks up what the terms of a query lead to. ok is false for a query that may score otherwise against any name.
func (x *shiftSearch) begin(s *Shift, query *Name) (ok bool) {
	if s.much || s.weigh(query) {
		return false
	}
	x.texts = appendTexts(x.texts[:0], query.terms)
	x.listedWas, x.listedNow, x.was, x.now, x.steady = x.listedWas[:0], x.listedNow[:0], x.was[:0], x.now[:0], true
	for i, t := range query.terms {
		if len(s.reads) > 0 && s.reads[t.text] {
			return false
		}
		l := s.lead(t)
		x.add(l)
		x.listedWas, x.listedNow = append(x.listedWas, l.listedWas), append(x.listedNow, l.listedNow)
		if i > 0 && unvowelled(t) && unvowelled(query.terms[i-1]) {
			x.add(s.look([]nameindex.Probe{compound(query.terms[i-1], t)}))
		}
	}
	return true
}

// add adds what a term of the query leads to.
func (x *shiftSearch) add(l *led) {
	x.steady = x.steady && !l.otherwise
	for i := range l.was {
		x.was, x.now = append(x.was, &l.was[i]), append(x.now, &l.now[i])
	}
}

// choose makes both choices.
func (x *shiftSearch) choose(s *Shift, limit int, least float32) {
	x.are = s.now.among.SearchAll(x.are[:0], x.now, x.texts, x.listedNow, limit, least)
	x.were = s.was.among.SearchAll(x.were[:0], x.was, x.texts, x.listedWas, limit, least)
}

// differ reports whether a name that is like the query stands in one choice only: see [Shift].
func (x *shiftSearch) differ(s *Shift, query *Name, threshold float64) bool {
	limit, least := choice(query)
	if !x.steady || !x.apart(s, limit, least) {
		x.choose(s, limit, least)
	}
	x.candidates = missing(x.candidates[:0], x.are, x.were, s.twins)
	if x.anyLike(s.now.Corpus, query, threshold) {
		return true
	}
	x.candidates = missing(x.candidates[:0], x.were, x.are, s.is)
	return x.anyLike(s.was.Corpus, query, threshold)
}

// find finds the names that are like the query in either corpus.
func (x *shiftSearch) find(s *Shift, query *Name, threshold float64) (was, now []Found) {
	limit, least := choice(query)
	x.choose(s, limit, least)
	x.candidates = append(x.candidates[:0], x.are...)
	now = x.like(nil, s.now.Corpus, query, threshold)
	x.candidates = missing(x.candidates[:0], x.were, x.are, s.is)
	was = x.like(nil, s.was.Corpus, query, threshold)
	for _, f := range now {
		twin := s.twins[f.ID]
		if twin != none && slices.ContainsFunc(x.were, func(c nameindex.Candidate) bool { return c.Name == uint32(twin) }) {
			was = append(was, Found{int(twin), f.Score})
		}
	}
	sortFound(was)
	sortFound(now)
	return was, now
}

// apart leaves of the choices what they may not have in common: the unsteady names of each, and the steady ones that those
// leave room for in one only. ok is false where that cannot be told.
func (x *shiftSearch) apart(s *Shift, limit int, least float32) (ok bool) {
	was, few := nameindex.Read(x.was, least)
	now, _ := nameindex.Read(x.now, least)
	if !few || was != now {
		return false
	}
	x.were = s.was.among.Search(x.were[:0], x.was, x.texts, x.listedWas, was, least)
	x.are = s.now.among.Search(x.are[:0], x.now, x.texts, x.listedNow, now, least)
	if len(x.were) == 0 && len(x.are) == 0 {
		return true
	}
	x.others = s.now.among.Foremost(x.others[:0], x.now, x.texts, x.listedNow, limit+len(x.are), least)
	x.others = slices.DeleteFunc(x.others, func(c nameindex.Candidate) bool { return !s.steady[c.Name] })
	wereIn, areIn := x.chosen(x.were, limit, s.twins), x.chosen(x.are, limit, nil)
	x.were, x.are = x.were[:wereIn], x.are[:areIn]
	if wereIn == areIn {
		return true
	}
	nameindex.SortLikeliest(x.others)
	from, to := min(limit-max(wereIn, areIn), len(x.others)), min(limit-min(wereIn, areIn), len(x.others))
	for _, c := range x.others[from:to] {
		if areIn < wereIn {
			x.are = append(x.are, c)
		} else {
			x.were = append(x.were, nameindex.Candidate{Name: uint32(s.twins[c.Name]), Share: c.Share})
		}
	}
	return true
}

// chosen is how many of the unsteady candidates of a corpus are in its choice, with the others that come before them.
// number is of those the number in that corpus, where it is another one.
func (x *shiftSearch) chosen(unsteady []nameindex.Candidate, limit int, number []int32) int {
	return sort.Search(len(unsteady), func(i int) bool {
		before := i
		for _, c := range x.others {
			if c.Share < unsteady[i].Share {
				continue
			}
			if number != nil {
				c.Name = uint32(number[c.Name])
			}
			if c.Before(unsteady[i]) {
				before++
			}
		}
		return before >= limit
	})
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
	return len(s.candidates) > 0 && len(s.like(nil, c, query, threshold)) > 0
}
