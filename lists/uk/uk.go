// Package uk reads the UK Sanctions List, since January 2026 the United Kingdom's only list, in the XML ([Read]) and
// the CSV ([ReadCSV]) that the Foreign, Commonwealth and Development Office publishes.
//
// An entity's id is its unique id ("RUS2176"). Names are put together from their parts, name 6 (the family name, or
// the whole name) last. "Low quality" aliases are weak. A regime is a measure's programme; what is imposed under it
// (asset freeze, trust services, shipping) is in the terms. The CSV has a row for every name and address of a party;
// its rows are brought together by unique id.
package uk

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// ListID is the id of the list in reports and policy.
const ListID = "uk"

// MaxSize bounds the file, in bytes; those of 2026 have about 40 million.
const MaxSize = 512 << 20

func head(file string) lists.List {
	return lists.List{
		ID: ListID, Title: "UK Sanctions List", TitleZh: "英国制裁名单", Regime: "UK", Authority: "Foreign, Commonwealth and Development Office",
		Source: "https://sanctionslist.fcdo.gov.uk/docs/" + file,
	}
}

// listing is a party as either format gives it, or one row of it.
type listing struct {
	id, kind, regime, designated, imposed, un string
	names                                     []name
	original                                  []string
	addresses                                 []lists.Address
	phones, emails, websites                  []string
	births, nationalities, genders, positions []string
	titles, birthPlaces                       []string
	passports, nationalIDs                    []numbered
	registrations, imos, flags                []string
	facts                                     []string // what has no field of its own: owners, type and size of ship
	other, reasons                            string
}

// name is a name with its kind in the list's words: "Primary name", "Alias", "Primary name variation".
type name struct{ text, kind, strength string }

// numbered is a document with what the list says of it.
type numbered struct{ number, note string }

var kinds = map[string]lists.Kind{"individual": lists.Person, "entity": lists.Organization, "ship": lists.Vessel}

// merge adds a row of a party to an entity: for the first row, an empty one with the id.
func (x *listing) merge(e *lists.Entity, p *source.Problems) {
	if kind, ok := kinds[strings.ToLower(x.kind)]; ok {
		e.Kind = kind
	} else {
		p.Note(lists.Problem{Record: x.id, Field: "type", Reason: "unknown type " + x.kind})
	}
	for _, n := range x.names {
		addName(e, n)
	}
	for _, text := range x.original {
		source.AddName(e, lists.Name{Text: text, Kind: lists.OriginalName})
	}
	for _, a := range x.addresses {
		addAddress(e, a)
	}
	note := func(field, reason string) {
		p.Note(lists.Problem{Record: x.id, Field: field, Reason: reason})
	}
	for _, b := range x.births {
		if d, ok := birthDate(b); ok {
			e.BirthDates = source.AddBirth(e.BirthDates, d)
		} else {
			note("date of birth", "not a date: "+b)
		}
	}
	for _, n := range append(x.nationalities, x.flags...) {
		e.Countries = source.AddUnique(e.Countries, p.Country(x.id, "nationality", n))
	}
	for _, g := range x.genders {
		if g = strings.ToLower(g); g == "male" || g == "female" {
			e.Gender = g
		}
	}
	e.Titles = source.AddUnique(source.AddUnique(e.Titles, x.titles...), x.positions...)
	e.BirthPlaces = source.AddUnique(e.BirthPlaces, x.birthPlaces...)
	x.addIdentifiers(e)
	for _, f := range append(x.facts, x.other, x.reasons) {
		if f = strings.TrimSpace(f); f != "" && !strings.Contains(e.Remarks, f) {
			e.Remarks = strings.TrimSpace(e.Remarks + "\n" + f)
		}
	}
	x.addMeasure(e, p)
}

func addName(e *lists.Entity, n name) {
	kind := lists.Alias
	switch k := strings.ToLower(n.kind); {
	case k == "primary name": // a party may have one for each way of writing it; the first counts
		if !slices.ContainsFunc(e.Names, func(n lists.Name) bool { return n.Kind == lists.PrimaryName }) {
			kind = lists.PrimaryName
		}
	case strings.Contains(k, "fka") || strings.Contains(k, "former"):
		kind = lists.FormerName
	case strings.HasPrefix(strings.ToLower(n.strength), "low"):
		kind = lists.WeakAlias
	}
	source.AddName(e, lists.Name{Text: n.text, Kind: kind})
}

func addAddress(e *lists.Entity, a lists.Address) {
	if a.Text == "" {
		return
	}
	if slices.Contains(e.Addresses, a) {
		return
	}
	e.Addresses = append(e.Addresses, a)
}

// address makes one of six lines, of which the list does not say what each holds; the last is mostly the city.
func address(p *source.Problems, id string, lines [6]string, postcode, country string) lists.Address {
	return lists.Address{
		Text: source.Join(append(lines[:], postcode, country)...), Street: source.Join(lines[:5]...), City: strings.TrimSpace(lines[5]),
		PostalCode: strings.TrimSpace(postcode), Country: p.Country(id, "address country", country),
	}
}

// birthDate reads dd/mm/yyyy, in which an unknown day or month is 00 or dd or mm.
func birthDate(s string) (d lists.BirthDate, ok bool) {
	parts := strings.Split(strings.TrimSpace(s), "/")
	if len(parts) != 3 {
		return source.BirthDate(s)
	}
	known := func(part string) bool { return strings.Trim(part, "0dDmM") != "" }
	text := parts[2]
	if known(parts[1]) {
		text += "-" + parts[1]
		if known(parts[0]) {
			text += "-" + parts[0]
		}
	}
	d.Date, ok = source.PartialDate(text)
	return d, ok
}

func (x *listing) addIdentifiers(e *lists.Entity) {
	add := func(idType, value, note string) {
		value = strings.TrimSpace(value)
		if value == "" {
			return
		}
		id := lists.Identifier{Type: idType, Value: value, Note: strings.TrimSpace(note)}
		if !slices.Contains(e.Identifiers, id) {
			e.Identifiers = append(e.Identifiers, id)
		}
	}
	for _, d := range x.passports {
		add(lists.IDPassport, d.number, d.note)
	}
	for _, d := range x.nationalIDs {
		add(lists.IDNational, d.number, d.note)
	}
	for _, s := range x.registrations {
		add(lists.IDRegistration, s, "")
	}
	for _, s := range x.imos {
		add(lists.IDIMO, strings.TrimPrefix(strings.TrimSpace(s), "IMO"), "")
	}
	for _, s := range x.phones {
		add(lists.IDPhone, s, "")
	}
	for _, s := range x.emails {
		add(lists.IDEmail, s, "")
	}
	for _, s := range x.websites {
		add(lists.IDWebsite, s, "")
	}
}

// addMeasure adds the listing unless an earlier row has told it.
func (x *listing) addMeasure(e *lists.Entity, p *source.Problems) {
	day, err := source.Date(x.designated)
	if err != nil {
		p.Add(lists.Problem{Record: x.id, Field: "date designated", Err: err})
	}
	var imposed []string
	for _, s := range source.Split(x.imposed, "|") {
		imposed = source.AddUnique(imposed, s)
	}
	m := lists.Measure{Programme: x.regime, Terms: strings.Join(imposed, "; "), Timeline: dated.Since(day)}
	if x.un != "" {
		m.Citation = "United Nations reference " + x.un
	}
	for _, have := range e.Measures {
		if have.Programme == m.Programme && have.Timeline.String() == m.Timeline.String() {
			return
		}
	}
	e.Measures = append(e.Measures, m)
}

// finish puts each party's primary name first and those in other scripts last, and ends the reading. Where the list calls no
// name of a party the primary one, its first alias stands for it and that is noted: a label that is missing must not keep the
// whole list out.
func finish(l lists.List, p *source.Problems) (lists.List, error) {
	rank := func(n lists.Name) int {
		switch n.Kind {
		case lists.PrimaryName:
			return 0
		case lists.WeakAlias:
			return 2
		case lists.OriginalName:
			return 3
		default:
			return 1
		}
	}
	for i := range l.Entities {
		names := l.Entities[i].Names
		slices.SortStableFunc(names, func(a, b lists.Name) int { return rank(a) - rank(b) })
		switch {
		case len(names) == 0:
			p.Add(lists.Problem{Record: l.Entities[i].ID, Field: "name", Reason: "the party has no name"})
		case names[0].Kind != lists.PrimaryName:
			names[0].Kind = lists.PrimaryName
			p.Note(lists.Problem{Record: l.Entities[i].ID, Field: "name", Reason: "no primary name: the first stands for it"})
		}
	}
	return p.Finish(l)
}
