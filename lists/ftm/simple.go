package ftm

import (
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

var simpleLayout = source.Layout{
	Required: []string{"id", "schema", "name"},
	Optional: []string{"aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones", "emails", "dataset", "program_ids", "first_seen", "last_seen", "last_change"},
}

// ReadSimple reads targets.simple.csv, whose cells hold several values between semicolons. It has less than
// entities.ftm.json: identifiers without their types, sanctions as one text without dates, and no weak aliases.
func ReadSimple(r io.Reader, o Options) (lists.List, error) {
	b := newBuilder(o)
	t := source.NewTable(source.Limit(r, MaxSize), simpleLayout, &b.p)
	for t.Next() {
		kind, ok := kinds[t.Get("schema")]
		if !ok {
			b.skipped++
			continue
		}
		many := func(column string) []string { return source.Split(strings.Clone(t.Get(column)), ";") }
		e := lists.Entity{ID: strings.Clone(t.Get("id")), Kind: kind}
		if e.ID == "" {
			t.Add(e.ID, "id", fmt.Errorf("%w: the entity has no id", lists.ErrFormat))
			continue
		}
		if _, twice := b.seen[e.ID]; twice {
			t.Add(e.ID, "id", lists.ErrDuplicate)
			continue
		}
		source.AddName(&e, lists.Name{Text: strings.Clone(t.Get("name")), Kind: lists.PrimaryName})
		if len(e.Names) == 0 {
			t.Add(e.ID, "name", fmt.Errorf("%w: the entity has no name", lists.ErrFormat))
		}
		for _, n := range many("aliases") {
			kind := lists.Alias
			if !isLatin(n) {
				kind = lists.OriginalName
			}
			source.AddName(&e, lists.Name{Text: n, Kind: kind})
		}
		for _, c := range many("countries") {
			e.Countries = source.AddUnique(e.Countries, b.country(e.ID, c))
		}
		for _, a := range many("addresses") {
			e.Addresses = append(e.Addresses, lists.Address{Text: a, Country: source.Code(a[strings.LastIndex(a, ",")+1:])})
		}
		for _, d := range many("birth_date") {
			if date, ok := source.PartialDate(d); ok {
				e.BirthDates = source.AddBirth(e.BirthDates, lists.BirthDate{Date: date})
			} else {
				b.p.Note(lists.Problem{Record: e.ID, Field: "birth_date", Reason: "not a date: " + d})
			}
		}
		for _, c := range []struct{ column, idType string }{{"identifiers", "identifier"}, {"phones", lists.IDPhone}, {"emails", lists.IDEmail}} {
			for _, v := range many(c.column) {
				e.Identifiers = append(e.Identifiers, lists.Identifier{Type: c.idType, Value: v})
			}
		}
		e.Measures = []lists.Measure{{Programme: b.word(t.Get("dataset")), Tags: many("program_ids"), Terms: strings.Clone(t.Get("sanctions"))}}
		b.keep(e)
	}
	return b.finish()
}
