package ofac

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/internal/treasury"
)

// ReadAdvanced reads SDN_ADVANCED.XML or CONS_ADVANCED.XML, as id [SDN] or [Consolidated] says. The file has more than
// the CSV: names in their own script, the quality of each alias, the parts of an address and the day of listing. What
// it says by numbers is looked up in the reference values at its head; a number that it does
// not explain is noted in the list's Skipped.
func ReadAdvanced(id string, r io.Reader) (lists.List, error) {
	a := advanced{
		builder: builder{list: head(id), p: source.Problems{List: id}, at: map[string]int{}}, values: map[string]map[string]string{},
		locations: map[string]lists.Address{}, documents: map[string][]lists.Identifier{}, profile: map[string]int{},
		partyType: map[string]string{},
	}
	source.ReadXML(r, MaxSize, "Sanctions", &a.p, elements, a.element)
	return a.p.Finish(a.list)
}

// advanced makes a list from the advanced XML. Its sections come in this order, each referring to those before.
type advanced struct {
	builder
	values    map[string]map[string]string  // reference values: by element, then by id
	locations map[string]lists.Address      // by id
	documents map[string][]lists.Identifier // by the identity they are of
	profile   map[string]int                // profile id to the place of its entity
	partyType map[string]string             // party subtype to party type, by their ids
}

// element reads the sections' records.
func (a *advanced) element(d *xml.Decoder, start xml.StartElement) (taken bool, err error) {
	decode := func(v any) bool {
		err = d.DecodeElement(v, &start)
		return err == nil
	}
	switch name := start.Name.Local; {
	case name == "DateOfIssue":
		var p point
		if decode(&p) {
			a.list.Published = a.day("", name, p)
		}
	case source.Attr(start, "ID") != "" && name != "Location" && name != "IDRegDocument" && name != "SanctionsEntry" && name != "ProfileRelationship":
		var v value
		if decode(&v) {
			a.reference(name, v)
		}
	case name == "Location":
		var l location
		if decode(&l) {
			a.locations[l.ID] = a.address(l)
		}
	case name == "IDRegDocument":
		var x regDocument
		if decode(&x) {
			a.document(x)
		}
	case name == "DistinctParty":
		var x party
		if decode(&x) {
			a.party(x)
		}
	case name == "ProfileRelationship":
		a.relate(source.Attr(start, "From-ProfileID"), source.Attr(start, "To-ProfileID"))
		err = d.Skip()
	case name == "SanctionsEntry":
		var x entry
		if decode(&x) {
			a.entry(x)
		}
	default:
		if !slices.Contains(sections, name) && !strings.HasSuffix(name, "Values") {
			a.p.NoteElement(name)
		}
		return false, nil
	}
	return true, err
}

// sections are the elements that hold the records. Links between entries say nothing that their parties do not.
var sections = []string{
	"Sanctions", "ReferenceValueSets", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries", "SanctionsEntryLinks",
}

// day is a whole day; "" where the file gives less. One that is not in the calendar is a problem.
func (a *advanced) day(record, field string, p point) lists.Date {
	day, err := source.Date(p.words())
	switch {
	case err == nil:
	case p.text() != "":
		a.p.Note(lists.Problem{Record: record, Field: field, Reason: err.Error() + " with a day"})
	default:
		a.p.Add(lists.Problem{Record: record, Field: field, Err: err})
	}
	return day
}

func (a *advanced) reference(name string, v value) {
	if a.values[name] == nil {
		a.values[name] = map[string]string{}
	}
	text := strings.TrimSpace(v.Text)
	if name == "AreaCode" && v.Description != "" {
		text = v.Description
	}
	a.values[name][v.ID] = text
	if name == "PartySubType" {
		a.partyType[v.ID] = v.PartyType
	}
}

// kind is what a party is: by its subtype (vessel, aircraft), or by its type where the subtype is unknown.
func (a *advanced) kind(id, subType string) lists.Kind {
	words := a.look(id, "PartySubType", subType)
	if words == "Unknown" {
		words = a.look(id, "PartyType", a.partyType[subType])
	}
	kind, err := lists.ParseKind(words)
	if err != nil {
		a.p.Note(lists.Problem{Record: id, Field: "PartySubType", Reason: err.Error()})
	}
	return kind
}

// look is a reference value; "" where no id is given. An id the file does not explain is a problem.
func (a *advanced) look(record, name, id string) string {
	if id == "" {
		return ""
	}
	text, ok := a.values[name][id]
	if !ok {
		a.p.Note(lists.Problem{Record: record, Field: name, Reason: "the file does not explain the number " + id})
	}
	return text
}

// addressOrder is the order in which the parts of an address are written.
var addressOrder = []string{"ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "REGION", "STATE/PROVINCE", "POSTAL CODE"}

func (a *advanced) address(l location) lists.Address {
	parts := map[string]string{}
	for _, p := range l.Parts {
		kind := a.look(l.ID, "LocPartType", p.Type)
		for _, v := range p.Values {
			if v.Primary == "true" || parts[kind] == "" {
				parts[kind] = strings.TrimSpace(v.Value)
			}
		}
	}
	country := a.look(l.ID, "Country", l.Country.Country)
	if country == "" {
		country = a.look(l.ID, "AreaCode", l.Area.Area)
	}
	var text []string
	for _, kind := range addressOrder {
		text = append(text, parts[kind])
	}
	addr := lists.Address{
		Text: source.Join(append(append(text, parts["Unknown"]), country)...), Street: source.Join(text[:3]...), City: parts["CITY"],
		Region: source.Join(parts["REGION"], parts["STATE/PROVINCE"]), PostalCode: parts["POSTAL CODE"], Country: source.Code(country),
	}
	if area, isRegion := strings.CutPrefix(country, "Region: "); isRegion {
		addr.Region, addr.Country = source.Join(addr.Region, area), source.Code(area)
	}
	return addr
}

func (a *advanced) document(x regDocument) {
	words := a.look(x.Identity, "IDRegDocType", x.Type)
	idType, ok := treasury.IdentifierType(words)
	if !ok {
		idType = words
	}
	id := lists.Identifier{Type: idType, Value: strings.TrimSpace(x.Number), Country: source.Code(a.look(x.Identity, "Country", x.Country)), Note: source.Join(x.Issuer, x.Comment)}
	if idType == lists.IDIMO {
		id.Value = strings.TrimSpace(strings.TrimPrefix(id.Value, "IMO"))
	}
	if id.Value != "" && id.Type != "" {
		a.documents[x.Identity] = append(a.documents[x.Identity], id)
	}
}

func (a *advanced) party(x party) {
	e := lists.Entity{ID: x.Ref, Remarks: strings.TrimSpace(x.Comment)}
	a.p.Once(e.ID)
	for _, p := range x.Profiles {
		a.profile[p.ID] = len(a.list.Entities)
		e.Kind = a.kind(e.ID, p.SubType)
		for _, i := range p.Identities {
			a.names(&e, i)
			e.Identifiers = append(e.Identifiers, a.documents[i.ID]...)
		}
		for _, f := range p.Features {
			a.feature(&e, f)
		}
	}
	slices.SortStableFunc(e.Names, func(x, y lists.Name) int { return rank(x) - rank(y) })
	if len(e.Names) == 0 || e.Names[0].Kind != lists.PrimaryName {
		a.p.Add(lists.Problem{Record: e.ID, Field: "Alias", Reason: "the party has no primary name"})
	}
	a.list.Entities = append(a.list.Entities, e)
}

func rank(n lists.Name) int {
	if n.Kind == lists.PrimaryName {
		return 0
	}
	return 1
}

// names reads an identity's names; a person's are written family name first, as in OFAC's other files.
func (a *advanced) names(e *lists.Entity, i identity) {
	for _, alias := range i.Aliases {
		kind := lists.Alias
		switch words := a.look(e.ID, "AliasType", alias.Type); {
		case alias.Primary == "true":
			kind = lists.PrimaryName
		case alias.LowQuality == "true":
			kind = lists.WeakAlias
		case strings.HasPrefix(words, "F.K.A"):
			kind = lists.FormerName
		}
		for _, n := range alias.Names {
			var parts []string
			latin := true
			for _, part := range n.Parts {
				if text := strings.TrimSpace(part.Value); text != "" {
					parts = append(parts, text)
				}
				if script := a.look(e.ID, "Script", part.Script); script != "" && script != "Latin" {
					latin = false
				}
			}
			of := kind
			if !latin {
				of = lists.OriginalName
			}
			if e.Kind == lists.Person && latin && len(parts) > 1 {
				parts[0] += ","
			}
			source.AddName(e, lists.Name{Text: strings.Join(parts, " "), Kind: of})
			if kind == lists.PrimaryName && latin {
				kind = lists.Alias // further names of the primary alias are other ways of writing it
			}
		}
	}
}

func (a *advanced) feature(e *lists.Entity, f feature) {
	words := a.look(e.ID, "FeatureType", f.Type)
	for _, v := range f.Versions {
		var texts []string
		for _, d := range v.Details {
			texts = source.AddUnique(texts, strings.TrimSpace(d.Text), a.look(e.ID, "DetailReference", d.Reference))
		}
		for _, l := range v.Locations {
			place := a.locations[l.ID]
			switch {
			case strings.HasPrefix(words, "Nationality"), strings.HasPrefix(words, "Citizenship"), words == "Vessel Flag":
				e.Countries = source.AddUnique(e.Countries, place.Country)
			case words == "Place of Birth":
				e.BirthPlaces = source.AddUnique(e.BirthPlaces, place.Text)
			case words == "Location" && place.Text != "":
				e.Addresses = append(e.Addresses, place)
			}
		}
		for _, p := range v.Period {
			if words != "Birthdate" {
				continue
			}
			if d, ok := p.birth(); ok {
				e.BirthDates = source.AddBirth(e.BirthDates, d)
			} else {
				a.p.Note(lists.Problem{Record: e.ID, Field: words, Reason: "not a date: " + p.Start.From.words()})
			}
		}
		for _, text := range texts {
			a.detail(e, words, text)
		}
	}
}

// detail reads a feature that is told in words or by a reference.
func (a *advanced) detail(e *lists.Entity, words, text string) {
	idType, ok := treasury.IdentifierType(words)
	switch {
	case words == "Gender":
		if g := strings.ToLower(text); g == "male" || g == "female" {
			e.Gender = g
		}
	case words == "Place of Birth":
		e.BirthPlaces = source.AddUnique(e.BirthPlaces, text)
	case words == "Title":
		e.Titles = source.AddUnique(e.Titles, text)
	case ok:
		_, currency, _ := strings.Cut(words, " - ")
		e.Identifiers = append(e.Identifiers, lists.Identifier{Type: idType, Value: text, Note: currency})
	default:
		e.Remarks = strings.TrimPrefix(e.Remarks+"; "+words+" "+text, "; ")
	}
}

// relate links a profile to one that comes earlier or later in the file, when all are read.
func (a *advanced) relate(from, to string) {
	i, ok := a.profile[from]
	j, ok2 := a.profile[to]
	if ok && ok2 {
		e := &a.list.Entities[i]
		e.Links = source.AddUnique(e.Links, a.list.Entities[j].ID)
	}
}

// entry makes an entity's listing.
func (a *advanced) entry(x entry) {
	i, ok := a.profile[x.Profile]
	if !ok {
		a.p.Add(lists.Problem{Record: x.Profile, Field: "SanctionsEntry", Reason: "the entry is of no party in the file", Err: lists.ErrFormat})
		return
	}
	e := &a.list.Entities[i]
	m := lists.Measure{Programme: "SDN"}
	for _, s := range x.Measures {
		if a.look(e.ID, "SanctionsType", s.Type) == "Program" {
			m.Tags = source.AddUnique(m.Tags, strings.TrimSpace(s.Comment))
		}
	}
	if a.list.ID == Consolidated {
		m.Programme = register(m.Tags)
	}
	for _, event := range x.Events {
		m.Citation = source.Join(m.Citation, a.look(e.ID, "LegalBasis", event.Basis))
		if day := a.day(e.ID, "EntryEvent", event.Date); len(m.Timeline) == 0 && day != "" {
			m.Timeline = dated.Since(day)
		}
	}
	e.Measures = append(e.Measures, m)
}
