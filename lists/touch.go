package lists

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/ordergate/ordergate/lists/match"
)

// Touch tells which queries a change of lists can touch: those that find other hits in one index than in
// another, and perhaps some that do not, never fewer. It is made once for a change and asked for each of very many parties; safe
// for concurrent use.
//
// A hit is an entity and what led to it. Entities that are the same in both indexes, stand in the same order and
// in a list presented alike give the same hits for the same names, identifiers and addresses found; all others count as
// changed. So a query finds otherwise only where it has an identifier in common with a changed entity, where its address is found to
// be a changed entity's, or where its names find otherwise: [match.Shift] says when they can, and why no other is passed over.
//
// Where a change leaves less than three quarters of the names as they were, every query is touched.
type Touch struct {
	was, now    *Index
	shift       *match.Shift
	identifiers map[string]bool
	addresses   map[string][]*Entity // those changed, by the keys of their addresses
}

// NewTouch compares two indexes. An entity counts as changed where [Diff] says so, where its list has
// another title, regime, authority or source, or where it stands elsewhere among the others.
func NewTouch(was, now *Index) *Touch {
	t := &Touch{was: was, now: now, identifiers: map[string]bool{}, addresses: map[string][]*Entity{}}
	c := changeOf(was.snap, now.snap)
	for _, entities := range []map[*Entity]bool{c.old, c.fresh} {
		for e := range entities {
			t.keys(e)
		}
	}
	t.shift = match.ShiftOf(was.corpus, now.corpus, c.twins(was, now))
	return t
}

// listChange is what differs between two snapshots, and what does not.
type listChange struct {
	// old and fresh are the entities that count as changed, as they were and as they are.
	old, fresh map[*Entity]bool
	// same is of the other entities, as they are, what they were.
	same map[*Entity]*Entity
}

func changeOf(was, now *Snapshot) *listChange {
	c := &listChange{map[*Entity]bool{}, map[*Entity]bool{}, map[*Entity]*Entity{}}
	for _, d := range Diff(was, now) {
		if d.Old != nil {
			c.old[d.Old] = true
		}
		if d.New != nil {
			c.fresh[d.New] = true
		}
	}
	for i := range now.lists {
		l := &now.lists[i]
		if k, ok := was.find(l.ID); ok {
			c.stay(&was.lists[k], was.places[k], l)
		}
	}
	return c
}

// stay pairs the entities of one list that are the same in both snapshots.
func (c *listChange) stay(was *List, at places, now *List) {
	alike := was.presentedAs(now)
	var entities []*Entity
	var stood []int32 // where they stood
	for i := range now.Entities {
		e := &now.Entities[i]
		if c.fresh[e] {
			continue
		}
		k, _ := at.at(e.ID)
		if !alike {
			c.old[&was.Entities[k]], c.fresh[e] = true, true
			continue
		}
		entities, stood = append(entities, e), append(stood, k)
	}
	for i, keeps := range rising(stood) {
		old := &was.Entities[stood[i]]
		if keeps {
			c.same[entities[i]] = old
		} else {
			c.old[old], c.fresh[entities[i]] = true, true
		}
	}
}

// rising marks a longest run of numbers, not all neighbours, that rise.
func rising(numbers []int32) []bool {
	var ends []int                      // by length, less one: the end of the run of it whose last number is least
	before := make([]int, len(numbers)) // the place before, in such a run
	for i, n := range numbers {
		k, _ := slices.BinarySearchFunc(ends, n, func(at int, n int32) int { return cmp.Compare(numbers[at], n) })
		if before[i] = -1; k > 0 {
			before[i] = ends[k-1]
		}
		if k < len(ends) {
			ends[k] = i
		} else {
			ends = append(ends, i)
		}
	}
	marks := make([]bool, len(numbers))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			marks[i] = true
		}
	}
	return marks
}

// twins is of the number of each name as it is the number of the same name as it was, or -1.
func (c *listChange) twins(was, now *Index) []int {
	first := make(map[*Entity]int, len(c.same)) // the number of an entity's first name
	for i, r := range was.refs {
		if r.name == 0 {
			_, e := was.at(r)
			first[e] = i
		}
	}
	twins := make([]int, len(now.refs))
	for i, r := range now.refs {
		_, e := now.at(r)
		twins[i] = -1
		if old, ok := c.same[e]; ok {
			twins[i] = first[old] + int(r.name)
		}
	}
	return twins
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
			if known := t.addresses[key]; len(known) == 0 || known[len(known)-1] != e {
				t.addresses[key] = append(known, e)
			}
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
	for i := range q.Addresses {
		if t.reachesAddress(&q.Addresses[i]) {
			return true
		}
	}
	least := q.leastScore()
	return slices.ContainsFunc(q.Names, func(text string) bool {
		return t.shift.Touches(t.now.corpus.Query(text, match.Kind(q.Kind)), least)
	})
}

// reachesAddress reports whether a changed entity may be found by an address: it has a key of it, and is in the same building.
func (t *Touch) reachesAddress(a *Address) bool {
	if len(t.addresses) == 0 {
		return false
	}
	place := placeOf(a)
	for _, key := range place.Keys() {
		for _, e := range t.addresses[key] {
			if slices.ContainsFunc(e.Addresses, func(a Address) bool { return shared(place, &a) != "" }) {
				return true
			}
		}
	}
	return false
}

// Hits is what the query finds in either index, and whether that differs in anything a report shows.
func (t *Touch) Hits(q *Query) (was, now []Hit, differ bool) {
	then, since := make([]answer, len(q.Names)), make([]answer, len(q.Names))
	for i, text := range q.Names {
		then[i], since[i] = t.find(q.question(text))
	}
	was, now = t.was.match(q, then), t.now.match(q, since)
	return was, now, !slices.EqualFunc(was, now, sameHit)
}

// find is what a name finds in either index.
func (t *Touch) find(q question) (was, now answer) {
	name := t.now.corpus.Query(q.text, match.Kind(q.kind))
	before, after, ok := t.shift.Search(name, q.least)
	if !ok {
		return t.was.find(q), t.now.find(q)
	}
	return answer{t.was.corpus.Query(q.text, match.Kind(q.kind)), before}, answer{name, after}
}

func sameHit(a, b Hit) bool {
	return a.By == b.By && a.Query == b.Query && a.Name == b.Name && a.Score == b.Score && a.Rank == b.Rank &&
		a.List.ID == b.List.ID && a.List.presentedAs(b.List) && (a.Entity == b.Entity || len(diffFields(a.Entity, b.Entity)) == 0) &&
		slices.Equal(a.Corroboration, b.Corroboration) && reflect.DeepEqual(a.Explain(), b.Explain())
}
