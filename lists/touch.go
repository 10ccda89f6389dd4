package lists

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/ordergate/ordergate/lists/match"
)

// Touch tells which queries a change of lists can touch: those that find other hits in one index than in
// another. It is made once for a change and asked for each of very many parties; safe for concurrent use.
//
// Most queries are dismissed by looking for them among the changed entities alone, and who is not dismissed is
// looked up in both indexes. A score depends on the two names and on which of their words are common in the
// whole index. No word is commoner among the changed names than in the index, and common words only lower a
// score: so no likeness to a changed name is missed. Unchanged names keep their score, unless a word of theirs or of
// the query has become common, or is so no more: such names are looked for with the changed ones, and such queries
// are never dismissed.
//
// What Touch does not see is the choice of candidates: an index compares only the few dozen names in full that share
// most with a query, by how rare the words are that they share. Where very many compete, a change elsewhere may let in or
// out another unchanged name, alike by chance, at the very end of that choice. Of 10,000 queries made from names of
// the United States' list itself that befell 10 (testdata/bench/lists.md); a full screening now and then catches
// up with it.
type Touch struct {
	was, now *Index
	shift    *match.Shift
	// before and after are names of changed entities as they were and as they are, and every name that
	// holds a word that shifted.
	before, after *match.Corpus
	identifiers   map[string]bool
	addresses     map[string]bool
}

// NewTouch compares two indexes. An entity counts as changed where [Diff] says so, or where its list has
// another title, regime, authority or source.
func NewTouch(was, now *Index) *Touch {
	t := &Touch{
		was: was, now: now, shift: match.ShiftOf(was.corpus, now.corpus), before: match.NewCorpus(0), after: match.NewCorpus(0),
		identifiers: map[string]bool{}, addresses: map[string]bool{},
	}
	old, fresh := changedEntities(was.snap, now.snap)
	after := named{}
	for e := range fresh {
		t.keys(e)
		after.entity(e)
	}
	before := named{}
	for e := range old {
		t.keys(e)
		before.entity(e)
	}
	for name := range after {
		delete(before, name) // it is looked for among those that are
	}
	t.shifted(was, before)
	t.shifted(now, after)
	before.fill(t.before, len(was.refs))
	after.fill(t.after, len(now.refs))
	return t
}

// changedEntities are the entities that differ, as they were and as they are.
func changedEntities(was, now *Snapshot) (old, fresh map[*Entity]bool) {
	old, fresh = map[*Entity]bool{}, map[*Entity]bool{}
	for _, c := range Diff(was, now) {
		if c.Old != nil {
			old[c.Old] = true
		}
		if c.New != nil {
			fresh[c.New] = true
		}
	}
	for i := range now.lists {
		l := &now.lists[i]
		if k, ok := was.List(l.ID); ok && !k.presentedAs(l) {
			for j := range l.Entities {
				fresh[&l.Entities[j]] = true
			}
		}
	}
	return old, fresh
}

// presentedAs reports whether two lists of one id are the same to a reader of a hit.
func (l *List) presentedAs(k *List) bool {
	return l.Title == k.Title && l.TitleZh == k.TitleZh && l.Regime == k.Regime && l.Authority == k.Authority && l.Source == k.Source
}

// keys notes what an entity can be found by besides its names.
func (t *Touch) keys(e *Entity) {
	for i := range e.Identifiers {
		t.identifiers[identifierKey(&e.Identifiers[i])] = true
	}
	delete(t.identifiers, "")
	for i := range e.Addresses {
		for _, key := range placeOf(&e.Addresses[i]).Keys() {
			t.addresses[key] = true
		}
	}
}

// shifted adds the names of an index that hold a word that shifted.
func (t *Touch) shifted(ix *Index, names named) {
	for i, r := range ix.refs {
		if n := ix.corpus.Name(i); t.shift.Weighs(n) {
			_, e := ix.at(r)
			names[listedName{n.Text(), e.Kind}] = true
		}
	}
}

// listedName is what of a name the matcher sees, and named a set of them.
type (
	listedName struct {
		text string
		kind Kind
	}
	named map[listedName]bool
)

func (n named) entity(e *Entity) {
	for i := range e.Names {
		n[listedName{e.Names[i].Text, e.Kind}] = true
	}
}

// fill makes a corpus of the names. It is filled up with empty ones to the size of a whole index, up to enough,
// because words are looked for by how rare they are, and a few names alone would make all of them common.
func (n named) fill(c *match.Corpus, size int) {
	const enough = 1 << 15
	all := make([]listedName, 0, len(n))
	for name := range n {
		all = append(all, name)
	}
	slices.SortFunc(all, func(a, b listedName) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.kind, b.kind)) })
	for _, name := range all {
		c.Add(name.text, match.Kind(name.kind))
	}
	for c.Len() < min(size, enough) {
		c.Add("", match.Unknown)
	}
	c.Close()
}

// Reaches reports whether the change can touch the query. Where it does not, [Index.Match] finds the same in both
// indexes; where it does, [Touch.Hits] says.
func (t *Touch) Reaches(q *Query) bool {
	for i := range q.Identifiers {
		if t.identifiers[identifierKey(&q.Identifiers[i])] {
			return true
		}
	}
	if len(t.addresses) > 0 {
		for i := range q.Addresses {
			if slices.ContainsFunc(placeOf(&q.Addresses[i]).Keys(), func(key string) bool { return t.addresses[key] }) {
				return true
			}
		}
	}
	least := q.leastScore()
	var room [16]match.Found
	for _, text := range q.Names {
		n := t.now.corpus.Query(text, match.Kind(q.Kind))
		if t.shift.Touches(n) || len(t.after.Search(room[:0], n, least)) > 0 || len(t.before.Search(room[:0], n, least)) > 0 {
			return true
		}
	}
	return false
}

// Hits is what the query finds in either index, and whether that differs in anything a report shows.
func (t *Touch) Hits(q *Query) (was, now []Hit, differ bool) {
	was, now = t.was.Match(*q), t.now.Match(*q)
	return was, now, !slices.EqualFunc(was, now, sameHit)
}

func sameHit(a, b Hit) bool {
	return a.By == b.By && a.Query == b.Query && a.Name == b.Name && a.Score == b.Score && a.Rank == b.Rank &&
		a.List.ID == b.List.ID && a.List.presentedAs(b.List) && (a.Entity == b.Entity || len(diffFields(a.Entity, b.Entity)) == 0) &&
		slices.Equal(a.Corroboration, b.Corroboration) && reflect.DeepEqual(a.Explain(), b.Explain())
}
