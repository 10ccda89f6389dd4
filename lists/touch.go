package lists

import (
	"reflect"
	"slices"

	"github.com/ordergate/ordergate/lists/match"
)

// Touch tells which queries a change of lists can touch: those that find other hits in one index than in
// another. It is made once for a change and asked for each of very many parties; safe for concurrent use.
//
// A query is looked for in the way of each index, and what it may find there is compared with it where it changed, as
// it was or as it is; who is like a changed name is looked up in both indexes. A score depends on the two names and
// on which of their words are common in the whole index. So unchanged names keep theirs unless a word of theirs or of
// the query has become common, or is so no more: such names are compared with the changed ones, and such queries are
// never dismissed. Nor are those whose words lead to other words that stand in both indexes.
//
// What remains is the choice of candidates: an index compares only the few dozen names in full that share
// most with a query, by how rare the words are that they share. Where more compete, a change elsewhere may let in or
// out another unchanged name at the very end of that choice. So the last of those chosen and the first of those left
// out are compared as well. That is no proof: a name that a change moves over more places than these, or over the least
// share a candidate must have, is missed. So was one hit in nine hundred of made-up parties, and none of 10,000
// queries made from names of the United States' list (testdata/bench/lists.md); a full screening now and then
// catches up with it.
type Touch struct {
	was, now    *Index
	shift       *match.Shift
	identifiers map[string]bool
	addresses   map[string]bool
}

// NewTouch compares two indexes. An entity counts as changed where [Diff] says so, or where its list has
// another title, regime, authority or source.
func NewTouch(was, now *Index) *Touch {
	t := &Touch{was: was, now: now, identifiers: map[string]bool{}, addresses: map[string]bool{}}
	old, fresh := changedEntities(was.snap, now.snap)
	for _, entities := range []map[*Entity]bool{old, fresh} {
		for e := range entities {
			t.keys(e)
		}
	}
	t.shift = match.ShiftOf(was.corpus, now.corpus, was.namesOf(old), now.namesOf(fresh))
	return t
}

// namesOf is the numbers of the names of entities.
func (ix *Index) namesOf(entities map[*Entity]bool) []int {
	var names []int
	for i, r := range ix.refs {
		if _, e := ix.at(r); entities[e] {
			names = append(names, i)
		}
	}
	return names
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
	return slices.ContainsFunc(q.Names, func(text string) bool {
		return t.shift.Touches(t.now.corpus.Query(text, match.Kind(q.Kind)), least)
	})
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
