package lists

import (
	"cmp"
	"slices"

	"github.com/ordergate/ordergate/lists/match"
)

// Names that hardly identify anybody are reported under stricter rules. They are the aliases a source
// calls weak, and names that are slight by themselves (see match.Name.Slight): "KOMID", "Base".
const (
	// exact is the score from which such a name counts as matched exactly: nothing but case, script,
	// romanisation or legal form may differ.
	exact = 0.97
	// lift is by how much a name may miss the threshold where the birth date or an identifier agrees.
	lift = 0.08
)

// Match finds the entities a query may mean, the likeliest first; equal ones stand in the order of the
// snapshot. An entity is found by name where the likeness of a name reaches the threshold, by an
// identifier, or by an address.
//
// Weak aliases and slight names are found where they match exactly, or where they reach the threshold and
// birth date, identifier or address agrees. Any name is found that misses the threshold by little where
// the birth date or an identifier agrees. What contradicts lowers a hit's rank; it never removes a hit.
func (ix *Index) Match(q Query) []Hit {
	found := make([]answer, len(q.Names))
	for i, text := range q.Names {
		found[i] = ix.find(q.question(text))
	}
	return ix.match(&q, found)
}

// match is [Index.Match] when it is known what each name of the query finds.
func (ix *Index) match(q *Query, found []answer) []Hit {
	hits := ix.byName(q, found)
	hits = ix.byKey(hits, q)
	for i := range hits {
		h := &hits[i]
		h.Rank = h.Score
		for _, c := range h.Corroboration {
			h.Rank += c.Weight
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Rank, a.Rank) })
	if q.Limit > 0 && len(hits) > q.Limit {
		hits = hits[:q.Limit]
	}
	return hits
}

// threshold is the likeness from which a name is reported without more.
func (q *Query) threshold() float64 { return cmp.Or(q.Threshold, DefaultThreshold) }

// leastScore is the likeness from which a name may be reported.
func (q *Query) leastScore() float64 {
	if len(q.BirthDates) > 0 || len(q.Identifiers) > 0 {
		return q.threshold() - lift
	}
	return q.threshold()
}

// best is the best name found of one entity.
type best struct {
	ref   nameRef
	name  int // in the corpus
	score float64
	query *match.Name
	text  string
}

// byName is the hits by name, in the order of the snapshot, before ranking.
func (ix *Index) byName(q *Query, found []answer) []Hit {
	threshold := q.threshold()
	var all []best
	for i, a := range found {
		for _, f := range a.found {
			all = append(all, best{ix.refs[f.ID], f.ID, f.Score, a.name, q.Names[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b best) int {
		return cmp.Or(cmp.Compare(a.ref.list, b.ref.list), cmp.Compare(a.ref.entity, b.ref.entity),
			cmp.Compare(b.score, a.score), cmp.Compare(a.ref.name, b.ref.name))
	})
	var hits []Hit
	for i := 0; i < len(all); {
		n := i + 1
		for n < len(all) && all[n].ref.list == all[i].ref.list && all[n].ref.entity == all[i].ref.entity {
			n++
		}
		l, e := ix.at(all[i].ref)
		corroboration := corroborate(q, e)
		for _, b := range all[i:n] {
			listed := ix.corpus.Name(b.name)
			if reported(b.score, threshold, e.Names[b.ref.name].Kind == WeakAlias || listed.Slight(), corroboration) {
				hits = append(hits, Hit{
					List: l, Entity: e, By: ByName, Query: b.text, Name: e.Names[b.ref.name], Score: b.score,
					Corroboration: corroboration, query: b.query, listed: listed,
				})
				break
			}
		}
		i = n
	}
	return hits
}

// question is a name looked for, and answer what it found.
type question struct {
	text  string
	kind  Kind
	least float64
}

type answer struct {
	name  *match.Name
	found []match.Found
}

// question is what is asked for one name of the query.
func (q *Query) question(text string) question { return question{text, q.Kind, q.leastScore()} }

// knownNames is how many names an index remembers, none of them longer than knownLength bytes: the seller's own
// stands in every order, and customers come back.
const (
	knownNames  = 8192
	knownLength = 256
)

// find compares a name with the listed ones.
func (ix *Index) find(q question) answer {
	if a, ok := ix.known.Get(q); ok {
		return a
	}
	name := ix.corpus.Query(q.text, match.Kind(q.kind))
	a := answer{name, ix.corpus.Search(nil, name, q.least)}
	if len(q.text) <= knownLength {
		ix.known.Put(q, a)
	}
	return a
}

// reported applies the rules of [Index.Match].
func reported(score, threshold float64, weak bool, corroboration []Corroboration) bool {
	birthOrNumber, address := false, false
	for _, c := range corroboration {
		agrees := c.Verdict == Agrees
		birthOrNumber = birthOrNumber || agrees && (c.Field == FieldBirthDate || c.Field == FieldIdentifier)
		address = address || c.Field == FieldAddress && (agrees || c.Verdict == Near)
	}
	switch {
	case weak:
		return score >= max(threshold, exact) || score >= threshold && (birthOrNumber || address)
	case birthOrNumber:
		return score >= threshold-lift
	}
	return score >= threshold
}

// byKey adds the hits by identifier and address. An entity found by an identifier as well as by name
// is reported once, by identifier; one found by an address as well keeps what it was found by.
func (ix *Index) byKey(hits []Hit, q *Query) []Hit {
	at := func(r entityRef) (*List, *Entity, int) {
		l := &ix.snap.lists[r.list]
		e := &l.Entities[r.entity]
		return l, e, slices.IndexFunc(hits, func(h Hit) bool { return h.Entity == e })
	}
	found := func(by By, text string, r entityRef) {
		l, e, i := at(r)
		switch {
		case i < 0:
			hits = append(hits, Hit{List: l, Entity: e, By: by, Query: text, Name: e.Names[0], Corroboration: corroborate(q, e)})
		case by == ByIdentifier:
			hits[i].By = by
		}
	}
	for i := range q.Identifiers {
		id := &q.Identifiers[i]
		for r := range ix.lookup.at(&ix.lookup.identifiers, identifierKey(id)) {
			_, e, _ := at(r)
			if slices.ContainsFunc(e.Identifiers, func(x Identifier) bool { return sameIdentifier(id, &x) }) {
				found(ByIdentifier, id.Value, r)
			}
		}
	}
	for i := range q.Addresses {
		place := placeOf(&q.Addresses[i])
		for _, key := range place.Keys() {
			for r := range ix.lookup.at(&ix.lookup.addresses, key) {
				if _, e, _ := at(r); slices.ContainsFunc(e.Addresses, func(a Address) bool { return shared(place, &a) != "" && slices.Contains(placeOf(&a).Keys(), key) }) {
					found(ByAddress, addressText(&q.Addresses[i]), r)
				}
			}
		}
	}
	return hits
}
