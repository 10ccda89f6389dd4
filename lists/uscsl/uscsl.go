// Package uscsl reads the Consolidated Screening List of the United States, in the CSV ([Read]) and the JSON
// ([ReadJSON]) the International Trade Administration publishes, with or without its _id column.
//
// The list joins those of Commerce (Entity List EL, Denied Persons DPL, Unverified UVL, Military End User MEU),
// State (ISN, DTC) and the Treasury (SDN, SSI, CMIC, NS-MBS, CAP, PLC). The letters in the source's name are a
// measure's programme and the finer programme codes its tags. Only the Treasury types its parties; where the
// column is empty the kind is unknown, and no word in a name is ever taken for a sign of it.
//
// An entity's id is _id; without that column the programme and the entity number ("SDN-20264"), and where there
// is none, as with Commerce and State, the programme and a hash of the name ("EL-5a7c...", with -2, -3 for further
// rows of one name): it stays while the name does.
package uscsl

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/internal/treasury"
)

// ListID is the id of the list in reports and policy.
const ListID = "us-csl"

// MaxSize bounds the file, in bytes; the list of 2026 has under 20 million in either format.
const MaxSize = 512 << 20

func head() lists.List {
	return lists.List{
		ID: ListID, Title: "United States Consolidated Screening List", TitleZh: "美国综合筛查名单", Regime: "US",
		Authority: "Departments of Commerce, State and the Treasury", Source: "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
	}
}

var layout = source.Layout{
	Required: []string{"source", "name"},
	Optional: []string{
		"_id", "entity_number", "type", "programs", "title", "addresses", "federal_register_notice", "start_date", "end_date", "standard_order",
		"license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner",
		"remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
	},
}

// party is one row, whichever format it came in.
type party struct {
	id, source, number, kind       string
	programmes                     []string
	name, title                    string
	aliases                        []string
	addresses                      []lists.Address
	notice, start, end             string
	standardOrder                  string
	requirement, policy            string
	callSign, vesselType, vesselBy string
	tonnage, grossTonnage, flag    string
	remarks, url                   string
	citizenships, nationalities    []string
	births, birthPlaces            []string
	ids                            []identifier
}

// identifier is one of a party's "ids"; many of them are statements and no identifiers.
type identifier struct{ kind, number, country, note string }

// builder makes the list from rows.
type builder struct {
	list   lists.List
	p      source.Problems
	linked [][]string
	twice  map[string]int
}

func newBuilder(file string) *builder {
	return &builder{list: head(), p: source.Problems{List: ListID, File: file}, twice: map[string]int{}}
}

func (b *builder) finish() (lists.List, error) {
	treasury.Link(&b.list, b.linked)
	return b.p.Finish(b.list)
}

// Read reads the list in CSV. It returns the whole list or an error that joins every [*lists.Problem] found.
// A column, country or date of birth that is not known is kept out and noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	b := newBuilder("")
	t := source.NewTable(source.Limit(r, MaxSize), layout, &b.p)
	for t.Next() {
		b.add(csvParty(t))
	}
	return b.finish()
}

func csvParty(t *source.Table) party {
	many := func(column string) []string { return source.Split(t.Get(column), ";") }
	x := party{
		id: t.Get("_id"), source: t.Get("source"), number: t.Get("entity_number"), kind: t.Get("type"), programmes: many("programs"),
		name: t.Get("name"), title: t.Get("title"), aliases: many("alt_names"),
		notice: t.Get("federal_register_notice"), start: t.Get("start_date"), end: t.Get("end_date"), standardOrder: t.Get("standard_order"),
		requirement: t.Get("license_requirement"), policy: t.Get("license_policy"),
		callSign: t.Get("call_sign"), vesselType: t.Get("vessel_type"), vesselBy: t.Get("vessel_owner"),
		tonnage: t.Get("gross_tonnage"), grossTonnage: t.Get("gross_registered_tonnage"), flag: t.Get("vessel_flag"),
		remarks: t.Get("remarks"), url: t.Get("source_list_url"), citizenships: many("citizenships"), nationalities: many("nationalities"),
		births: many("dates_of_birth"), birthPlaces: many("places_of_birth"),
	}
	for _, a := range many("addresses") {
		if addr := csvAddress(a); addr.Text != "" {
			x.addresses = append(x.addresses, addr)
		}
	}
	for _, s := range many("ids") {
		x.ids = append(x.ids, csvIdentifier(s))
	}
	return x
}

// csvAddress reads "street, city, region, postal code, CC". Only the country can be told by its place.
func csvAddress(s string) lists.Address {
	parts := source.Split(s, ",")
	a := lists.Address{Text: strings.Join(parts, ", ")}
	if n := len(parts); n > 0 && (len(parts[n-1]) == 2 || n == 1) {
		a.Country = source.Code(parts[n-1])
	}
	return a
}

// csvIdentifier reads "CC, number, kind", "number, kind" and "statement, label:".
func csvIdentifier(s string) identifier {
	parts := source.Split(s, ",")
	n := len(parts)
	switch {
	case n < 2:
		return identifier{kind: s}
	case n > 2 && len(parts[0]) == 2 && source.Code(parts[0]) != "":
		return identifier{kind: parts[n-1], number: strings.Join(parts[1:n-1], ", "), country: parts[0]}
	}
	return identifier{kind: parts[n-1], number: strings.Join(parts[:n-1], ", ")}
}

// add adds a row.
func (b *builder) add(x party) {
	code := programme(x.source)
	bad := func(field string, err error) {
		b.p.Add(lists.Problem{Record: x.id, Field: field, Err: err})
	}
	if code == "" {
		bad("source", fmt.Errorf("%w: no list code in %q", lists.ErrFormat, x.source))
		return
	}
	if x.id == "" {
		x.id = b.madeID(code, x)
	}
	if strings.TrimSpace(x.name) == "" {
		bad("name", fmt.Errorf("%w: the party has no name", lists.ErrFormat))
		return
	}
	b.p.Once(x.id)
	kind, err := lists.ParseKind(x.kind)
	if err != nil {
		b.p.Note(lists.Problem{Record: x.id, Field: "type", Reason: err.Error()})
	}
	e := lists.Entity{ID: x.id, Kind: kind, URL: x.url, Addresses: x.addresses}
	source.AddName(&e, lists.Name{Text: x.name, Kind: lists.PrimaryName})
	for _, n := range x.aliases {
		source.AddName(&e, lists.Name{Text: n, Kind: lists.Alias})
	}
	e.Titles = source.AddUnique(nil, x.title)
	for _, c := range append(x.nationalities, x.citizenships...) {
		e.Countries = source.AddUnique(e.Countries, b.p.Country(x.id, "nationalities", c))
	}
	if x.flag != "" && !strings.EqualFold(x.flag, "none identified") {
		e.Countries = source.AddUnique(e.Countries, b.p.Country(x.id, "vessel_flag", x.flag))
	}
	for _, d := range x.births {
		if birth, ok := source.BirthDate(d); ok {
			e.BirthDates = source.AddBirth(e.BirthDates, birth)
		} else {
			b.p.Note(lists.Problem{Record: x.id, Field: "dates_of_birth", Reason: fmt.Sprintf("not a date: %q", d)})
		}
	}
	e.BirthPlaces = source.AddUnique(nil, x.birthPlaces...)
	statements := b.addIdentifiers(&e, x)
	e.Remarks = strings.Join(source.AddUnique(nil, append(statements, x.remarks, labelled("Vessel type", x.vesselType), labelled("Vessel owner", x.vesselBy),
		labelled("Gross tonnage", x.tonnage), labelled("Gross registered tonnage", x.grossTonnage))...), "; ")

	start, err := source.Date(x.start)
	if err != nil {
		bad("start_date", err)
	}
	end, err := source.Date(x.end)
	if err != nil {
		bad("end_date", err)
	}
	terms := source.AddUnique(nil, x.requirement, labelled("Licence policy", x.policy), labelled("Standard order", x.standardOrder))
	m := lists.Measure{Programme: code, Tags: source.AddUnique(nil, x.programmes...), Notice: x.notice}
	switch {
	case start != "" && (end == "" || end >= start):
		m.Timeline = lists.Timeline{{Status: "in_force", From: start, Until: end}}
	case end != "": // a timeline needs a beginning
		terms = append(terms, "Ends: "+string(end))
	}
	m.Terms = strings.Join(terms, "; ")
	e.Measures = []lists.Measure{m}

	b.list.Entities = append(b.list.Entities, e)
	b.linked = append(b.linked, linkedTo(x.remarks))
}

// addIdentifiers adds the identifiers and gives back the statements that stood among them.
func (b *builder) addIdentifiers(e *lists.Entity, x party) (statements []string) {
	if x.callSign != "" {
		e.Identifiers = append(e.Identifiers, lists.Identifier{Type: lists.IDCallSign, Value: x.callSign})
	}
	for _, id := range x.ids {
		idType, ok := treasury.IdentifierType(id.kind)
		switch {
		case strings.EqualFold(id.kind, "Gender") && id.number != "":
			e.Gender = strings.ToLower(id.number)
		case !ok || id.number == "":
			statements = append(statements, strings.TrimSpace(id.kind+" "+id.number))
		default:
			number := id.number
			if idType == lists.IDIMO {
				number = strings.TrimSpace(strings.TrimPrefix(number, "IMO"))
			}
			e.Identifiers = append(e.Identifiers, lists.Identifier{Type: idType, Value: number, Country: source.Code(id.country), Note: id.note})
		}
	}
	return statements
}

// programme is the code in a source's name: "Entity List (EL) - Bureau of Industry and Security" is of EL.
func programme(src string) string {
	_, rest, _ := strings.Cut(src, "(")
	code, _, ok := strings.Cut(rest, ")")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSpace(code), " List")
}

// madeID is an id for a row that has none of its own.
func (b *builder) madeID(code string, x party) string {
	id := code + "-" + x.number
	if x.number == "" {
		sum := sha256.Sum256([]byte(strings.ToUpper(strings.Join(strings.Fields(x.name), " "))))
		id = code + "-" + hex.EncodeToString(sum[:8])
	}
	b.twice[id]++
	if n := b.twice[id]; n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

// linkedTo are the names in "(Linked To: NAME; Linked To: NAME)".
func linkedTo(remarks string) []string {
	var names []string
	for _, part := range strings.Split(remarks, "Linked To:")[1:] {
		name, _, _ := strings.Cut(part, ";")
		name = strings.TrimSpace(name)
		// The bracket that closes the statement is not the name's own.
		if strings.HasSuffix(name, ")") && strings.Count(name, ")") > strings.Count(name, "(") {
			name = strings.TrimSuffix(name, ")")
		}
		names = append(names, name)
	}
	return names
}

func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + ": " + value
}
