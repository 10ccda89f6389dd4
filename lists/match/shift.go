package match

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/memo"
	"github.com/ordergate/ordergate/internal/nameindex"
)

// Shift tells which queries a change from one corpus to another touches: those that a name which changed is like, and
// those whose words count or lead otherwise. It is safe for concurrent use.
//
// Names are looked for as [Corpus.Search] does in the corpus as it is, changed ones also as they were; those that
// stand at the end of its choice count as changed. Names that stand in both corpora keep their score unless a word of theirs or of the query has become
// common, or is so no more: such names count as changed, and such queries as touched.
type Shift struct {
	// weighs holds the texts of terms that are common in one corpus only, which tells in names of persons alone; reads
	// those of terms that may be read otherwise.
	weighs, reads map[string]bool
	// fresh tells of each name as it is now whether it changed.
	fresh    []bool
	was, now shifted
	leads    *memo.Memo[lead, *led]
}

// shifted is a corpus and, as it was, the names of it that changed.
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
	// otherwise is set where they lead to other words that both corpora have.
	otherwise bool
}

// keptLeads is how many words of queries are remembered: customers share most of theirs.
const keptLeads = 1 << 16

// ShiftOf compares two corpora that are closed. old and fresh are the numbers of names that changed, as they were
// and as they are.
func ShiftOf(was, now *Corpus, old, fresh []int) *Shift {
	s := &Shift{weighs: map[string]bool{}, reads: map[string]bool{}, fresh: make([]bool, len(now.names)), leads: memo.New[lead, *led](keptLeads)}
	for _, c := range [][2]*Corpus{{was, now}, {now, was}} {
		one, other := c[0], c[1]
		for _, w := range one.words {
			for t := w.terms; t != nil; t = t.next {
				u := other.look(t, other.words[t.text])
				if (t.count >= manyNames) != (u != nil && u.count >= manyNames) {
					s.weighs[t.text] = true
				}
				if u == nil && unvowelled(t) || u != nil && t.full != u.full { // with the article of its first name or without
					s.reads[t.text] = true
				}
			}
		}
	}
	fresh = s.withShifted(now, fresh)
	are := make(map[written]bool, len(fresh))
	for _, id := range fresh {
		are[now.names[id].written()] = true
	}
	// What is written and weighs the same in both is looked for among those that are.
	old = slices.DeleteFunc(s.withShifted(was, old), func(id int) bool {
		return are[was.names[id].written()] && !s.weigh(was.names[id])
	})
	for _, id := range fresh {
		s.fresh[id] = true
	}
	s.was, s.now = among(was, old), among(now, nil)
	return s
}

// written is what of a name decides its score.
type written struct {
	text string
	kind Kind
}

func (n *Name) written() written { return written{n.text, n.kind} }

// withShifted is names that changed and those that hold a word whose weight differs, in order.
func (s *Shift) withShifted(c *Corpus, changed []int) []int {
	all := slices.Clone(changed)
	for id, n := range c.names {
		if s.weigh(n) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// among makes names of a corpus searchable by themselves.
func among(c *Corpus, ids []int) shifted {
	names := make([]uint32, len(ids))
	for i, id := range ids {
		names[i] = uint32(id)
	}
	return shifted{c, c.index.Among(names, func(id uint32) []string { return appendTexts(nil, c.names[id].terms) })}
}

// weigh reports whether a name may score otherwise against one that did not change: it holds a term that is read
// otherwise or, where it may be a person's, one that has become common or is so no more. Other names are compared without regard to
// that.
func (s *Shift) weigh(n *Name) bool {
	person := n.kind == Person || n.kind == Unknown
	return slices.ContainsFunc(n.terms, func(t *term) bool { return s.reads[t.text] || person && s.weighs[t.text] })
}

// Touches reports whether a query may find other names, or with another score of at least threshold. The query must
// have been prepared by the corpus as it is.
func (s *Shift) Touches(query *Name, threshold float64) bool {
	if s.was.unvowelled != s.now.unvowelled || s.weigh(query) {
		return true
	}
	var roomWas, roomNow [maxTerms]*nameindex.Reached
	was, now := roomWas[:0], roomNow[:0]
	for i, t := range query.terms {
		if sought(t) {
			l := s.lead(t)
			if l.otherwise {
				return true
			}
			was, now = appendAll(was, l.was), appendAll(now, l.now)
		}
		if i > 0 && unvowelled(t) && unvowelled(query.terms[i-1]) {
			l := s.look([]nameindex.Probe{compound(query.terms[i-1], t)}, nil)
			if l.otherwise {
				return true
			}
			was, now = appendAll(was, l.was), appendAll(now, l.now)
		}
	}
	return s.like(query, was, now, threshold)
}

func appendAll(out []*nameindex.Reached, all []nameindex.Reached) []*nameindex.Reached {
	for i := range all {
		out = append(out, &all[i])
	}
	return out
}

// lead is what a term leads to.
func (s *Shift) lead(t *term) *led {
	k := lead{t.text, t.key, t.class, len(t.names)}
	latin := t.foreign == inLatin
	if latin {
		if l, ok := s.leads.Get(k); ok {
			return l
		}
	}
	x := searches.Get().(*search)
	defer searches.Put(x)
	x.probes, x.keys = x.probes[:0], x.keys[:0]
	x.probe(t, s.was.unvowelled)
	l := s.look(x.probes, strings.Fields(t.text))
	if latin {
		k.text = strings.Clone(k.text) // a part of the whole name's text
		s.leads.Put(k, l)
	}
	return l
}

// look looks up probes in both corpora. A word of the query that only one corpus has decides how its neighbours
// are looked for.
func (s *Shift) look(probes []nameindex.Probe, own []string) *led {
	l := &led{}
	for i := range probes {
		was, now := s.was.among.Reach(&probes[i]), s.now.among.Reach(&probes[i])
		l.otherwise = l.otherwise || len(own) > 0 && was.Listed != now.Listed ||
			lost(&was, &now, s.now.Corpus) || lost(&now, &was, s.was.Corpus)
		l.was, l.now = append(l.was, was), append(l.now, now)
	}
	return l
}

// lost reports whether one leads to a word that the other, of corpus c, does not lead to although it has it.
func lost(one, other *nameindex.Reached, c *Corpus) bool {
	for _, r := range one.Words {
		if !slices.Contains(other.Words, r) {
			if w := c.words[r.Word]; w != nil && w.index != 0 {
				return true
			}
		}
	}
	return false
}

// margin is the part of the names compared within which of the end of the choice a change elsewhere may let in or
// out a name.
const margin = 8

// slack is the part of its share that a name may gain or lose because words have become rarer or more frequent.
const slack = 0.1

// like reports whether a name that changed is like the query, as it is now or as it was, or one that stands at the end
// of the choice of those compared or next behind it: more names compete for most queries than are compared, and a
// change elsewhere may let in or out one that stands in both corpora.
func (s *Shift) like(query *Name, was, now []*nameindex.Reached, threshold float64) bool {
	x := searches.Get().(*search)
	defer searches.Put(x)
	var room [maxTerms]string
	texts := appendTexts(room[:0], query.terms)
	limit, least := choice(query)
	x.candidates = s.now.among.SearchAll(x.candidates[:0], now, texts, limit+limit/margin, least)
	lowest, fresh := float32(0), 0 // a name that shares less than lowest was not chosen before either
	if n := len(x.candidates); n == limit+limit/margin {
		lowest = (1 - slack) * x.candidates[n-1].Share
	}
	kept := x.candidates[:0]
	for i, c := range x.candidates {
		if s.fresh[c.Name] {
			fresh++
		}
		if i >= limit-limit/margin || s.fresh[c.Name] {
			kept = append(kept, c)
		}
	}
	x.candidates = kept
	if x.anyLike(s.now.Corpus, query, threshold) {
		return true
	}
	x.candidates = s.was.among.Search(x.candidates[:0], was, texts, least)
	if fresh <= limit/margin {
		x.candidates = slices.DeleteFunc(x.candidates, func(c nameindex.Candidate) bool { return c.Share < lowest })
	}
	return x.anyLike(s.was.Corpus, query, threshold)
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
