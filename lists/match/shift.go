package match

import (
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/memo"
	"github.com/ordergate/ordergate/internal/nameindex"
)

// Shift tells which queries may find otherwise in one corpus than in another, from which it came by a change. It errs
// only by telling of too many. It is safe for concurrent use.
//
// A search compares the query with some of the names, its choice, and finds those that are like it. So it can find
// otherwise only where a name that is like the query stands in one choice alone, or has another score in the two.
//
// The score depends on the texts of the two names, on which of their words are common, where they may be persons',
// and on how the corpus first met a word of another script. Names that no change touches in any of this are twins,
// and score the same; a query that one touches is told of at once.
//
// The choice is of the names that share most with the query, by the worth of the words they share. A twin is steady
// where the change left all its words worth what they were. If, besides, each word of the query is worth the same in both
// corpora, leads to the same words of steady names, and is read or not read by the same rule, every steady name has the
// same share in both, and those stand in the same order. Then the two choices have all in common but the unsteady names in them, which
// are few and are searched by themselves, and the last of the steady names in the choice that has fewer unsteady ones. How many
// unsteady names a choice has is told by how many steady names come before each. For queries with other words both choices are made.
type Shift struct {
	// much is set where so many names are unsteady that every query is told of.
	much bool
	// reads holds the texts of terms that may be read otherwise; weighs those of terms that are common in one corpus
	// only, which tells in names of persons alone.
	reads, weighs map[string]bool
	// twins is, of each name as it is, the number of the name it was, or none.
	twins  []int32
	steady []bool
	// is, of each name as it was, the number of its twin.
	is       []int32
	was, now shifted
	// What the terms of now lead to is remembered by their numbers, what others do in leads.
	led   []atomic.Pointer[led]
	leads *memo.Memo[lead, *led]
}

// none is the number of no name.
const none = -1

// shifted is a corpus and the unsteady names of the one that was.
type shifted struct {
	*Corpus
	among *nameindex.Among
}

// lead is what a term of a query is looked for by: terms that agree in it lead to the same names.
type lead struct {
	text, key string
	class     class
	names     int
}

// led is what the probes of a term lead to in either corpus.
type led struct {
	was, now []nameindex.Reached
	// listedWas and listedNow say whether it is itself a listed word.
	listedWas, listedNow bool
	// otherwise is set where steady names may gather otherwise by them.
	otherwise bool
}

// keptLeads is how many words of queries are remembered: customers share most of theirs.
const keptLeads = 1 << 16

// manyUnsteady is the part of the names that may be unsteady, one in so many: with more, looking up everybody takes no longer.
const manyUnsteady = 4

// ShiftOf compares two corpora that are closed. twins is, of each name of now, the number of the same name in was, or
// below 0; numbers of names that are the same must rise.
func ShiftOf(was, now *Corpus, twins []int) *Shift {
	s := &Shift{
		reads: map[string]bool{}, weighs: map[string]bool{}, leads: memo.New[lead, *led](keptLeads),
		twins: make([]int32, len(now.names)), steady: make([]bool, len(now.names)), is: make([]int32, len(was.names)),
	}
	same := s.terms(now, was)
	s.terms(was, now)
	for i := range s.is {
		s.is[i] = none
	}
	stays, steady := make([]bool, len(was.names)), 0
	for id, n := range now.names {
		s.twins[id] = none
		old := twins[id]
		if old < 0 || !s.twin(was.names[old], n, same) {
			continue
		}
		s.twins[id], s.is[old] = int32(old), int32(id)
		if nameindex.Steady(was.index, uint32(old), now.index, uint32(id)) {
			s.steady[id], stays[old] = true, true
			steady++
		}
	}
	all := max(len(was.names), len(now.names))
	s.much = was.unvowelled != now.unvowelled || !nameindex.Comparable(was.index, now.index) || manyUnsteady*(all-steady) > all
	if s.much {
		return s
	}
	s.was, s.now, s.led = among(was, stays), among(now, s.steady), make([]atomic.Pointer[led], len(now.gists))
	return s
}

// among makes the names of a corpus that are not steady searchable by themselves.
func among(c *Corpus, steady []bool) shifted {
	var names []uint32
	for id, stays := range steady {
		if !stays {
			names = append(names, uint32(id))
		}
	}
	return shifted{c, c.index.Among(names, func(id uint32) []string { return appendTexts(nil, c.names[id].terms) })}
}

// terms notes the terms of one corpus that the other has not, or otherwise, and gives for each the same one of the other,
// by its number.
func (s *Shift) terms(one, other *Corpus) []*term {
	same := make([]*term, len(one.gists))
	for w := range one.words.all {
		for id := w.terms; id != 0; id = one.term(id).next {
			t := one.term(id)
			u := other.look(t, other.words.find(t.text))
			if (t.count >= manyNames) != (u != nil && u.count >= manyNames) {
				s.weighs[t.text] = true
			}
			switch {
			case u != nil && t.readAs(u):
				same[t.id] = u
			case u != nil || !t.plainly(w):
				s.reads[t.text] = true
			}
		}
	}
	return same
}

// readAs reports whether two terms of one text, class and meaning are the same to any other term. That may
// depend on the first name of the corpus that held them: the article it stood with, or the place in a name in Han characters.
func (t *term) readAs(u *term) bool {
	a, b := *t, *u
	for _, x := range []*term{&a, &b} {
		x.count, x.last, x.id, x.known, x.next = 0, 0, 0, 0, 0
	}
	return reflect.DeepEqual(a, b)
}

// plainly reports whether a term is read the same wherever it stands: a word in Latin letters that no table begins with.
func (t *term) plainly(w *word) bool {
	return t.class == core && t.key == "" && t.foreign == inLatin && edit.ASCII(t.text) && w.begins == 0
}

// twin reports whether two names score the same against every query that the change does not touch.
func (s *Shift) twin(old, n *Name, same []*term) bool {
	if old.text != n.text || old.kind != n.kind || len(old.terms) != len(n.terms) || old.tied != n.tied || s.weigh(n) {
		return false
	}
	for i, t := range n.terms {
		if same[t.id] != old.terms[i] {
			return false
		}
	}
	return true
}

// weigh reports whether a name may be a person's and holds a term that has become common or is so no more. Other names are
// compared without regard to that.
func (s *Shift) weigh(n *Name) bool {
	return (n.kind == Person || n.kind == Unknown) && len(s.weighs) > 0 &&
		slices.ContainsFunc(n.terms, func(t *term) bool { return s.weighs[t.text] })
}

// Touches reports whether a query may find other names, or with another score of at least threshold. The query must
// have been prepared by the corpus as it is.
func (s *Shift) Touches(query *Name, threshold float64) bool {
	x := shiftSearches.Get().(*shiftSearch)
	defer shiftSearches.Put(x)
	return !x.begin(s, query) || x.differ(s, query, threshold)
}

// Search is [Corpus.Search] in both corpora, made as one: most of the names compared are twins, which score the same. ok is
// false for a query that must be searched for in each. The query must have been prepared by the corpus as it is.
func (s *Shift) Search(query *Name, threshold float64) (was, now []Found, ok bool) {
	x := shiftSearches.Get().(*shiftSearch)
	defer shiftSearches.Put(x)
	if !x.begin(s, query) {
		return nil, nil, false
	}
	was, now = x.find(s, query, threshold)
	return was, now, true
}

// lead is what a term leads to.
func (s *Shift) lead(t *term) *led {
	mine := t.id != 0
	if mine {
		if l := s.led[t.id].Load(); l != nil {
			return l
		}
	}
	k, latin := lead{t.text, t.key, t.class, len(t.names)}, t.foreign == inLatin
	if latin && !mine {
		if l, ok := s.leads.Get(k); ok {
			return l
		}
	}
	x := searches.Get().(*search)
	defer searches.Put(x)
	x.probes, x.keys = x.probes[:0], x.keys[:0]
	if sought(t) {
		x.probe(t, s.was.unvowelled)
	}
	l := s.look(x.probes)
	// A word of the query that only one corpus has decides how it is looked for together with its neighbours.
	l.listedWas, l.listedNow = s.was.among.Listed(t.text), s.now.among.Listed(t.text)
	l.otherwise = l.otherwise || l.listedWas != l.listedNow
	switch {
	case mine:
		s.led[t.id].Store(l)
	case latin:
		k.text = strings.Clone(k.text) // a part of the whole name's text
		s.leads.Put(k, l)
	}
	return l
}

// look looks up probes in both corpora.
func (s *Shift) look(probes []nameindex.Probe) *led {
	l := &led{}
	for i := range probes {
		was, now := s.was.among.Reach(&probes[i]), s.now.among.Reach(&probes[i])
		l.otherwise = l.otherwise || was.Worth != now.Worth || lost(&was, &now, s.now.Corpus) || lost(&now, &was, s.was.Corpus)
		l.was, l.now = append(l.was, was), append(l.now, now)
	}
	return l
}

// lost reports whether one leads to a word that the other, of corpus c, does not lead to although it has it. Words that only
// one corpus has stand in no steady name.
func lost(one, other *nameindex.Reached, c *Corpus) bool {
	for _, r := range one.Words {
		if !slices.Contains(other.Words, r) {
			if w := c.words.find(r.Word); w != nil && w.index != 0 {
				return true
			}
		}
	}
	return false
}
