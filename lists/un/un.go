// Package un reads the Security Council's consolidated list in the XML the United Nations publishes, and holds
// a copy of it as of 2026-02-27 (see [BuiltIn]).
//
// An entity's id is its permanent reference number (CDi.001, KPe.032). The parts of a name are joined in order;
// aliases of quality "Low" are weak, "f.k.a." are former names; several aliases that the source writes into one
// element with semicolons are taken apart. Everything else is kept as written: nothing is inferred from comments.
package un

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// ListID is the id of the list in reports and policy.
const ListID = "un"

// MaxSize bounds the file, in bytes; the list of 2026 has two million.
const MaxSize = 256 << 20

func head() lists.List {
	return lists.List{
		ID: ListID, Title: "United Nations Security Council consolidated list", TitleZh: "联合国安理会综合制裁名单",
		Regime: "UN", Authority: "United Nations Security Council", Source: "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
	}
}

// record is INDIVIDUAL and ENTITY alike.
type record struct {
	FirstName  string     `xml:"FIRST_NAME"`
	SecondName string     `xml:"SECOND_NAME"`
	ThirdName  string     `xml:"THIRD_NAME"`
	FourthName string     `xml:"FOURTH_NAME"`
	Original   string     `xml:"NAME_ORIGINAL_SCRIPT"`
	Regime     string     `xml:"UN_LIST_TYPE"`
	Reference  string     `xml:"REFERENCE_NUMBER"`
	ListedOn   string     `xml:"LISTED_ON"`
	Gender     string     `xml:"GENDER"`
	Comments   string     `xml:"COMMENTS1"`
	Titles     []string   `xml:"TITLE>VALUE"`
	Posts      []string   `xml:"DESIGNATION>VALUE"`
	Nations    []string   `xml:"NATIONALITY>VALUE"`
	Aliases    []alias    `xml:"INDIVIDUAL_ALIAS"`
	AliasesE   []alias    `xml:"ENTITY_ALIAS"`
	Addresses  []address  `xml:"INDIVIDUAL_ADDRESS"`
	AddressesE []address  `xml:"ENTITY_ADDRESS"`
	Births     []birth    `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
	Places     []address  `xml:"INDIVIDUAL_PLACE_OF_BIRTH"`
	Documents  []document `xml:"INDIVIDUAL_DOCUMENT"`
}

type alias struct {
	Quality string `xml:"QUALITY"`
	Name    string `xml:"ALIAS_NAME"`
	Note    string `xml:"NOTE"`
	Birth   string `xml:"DATE_OF_BIRTH"`
	City    string `xml:"CITY_OF_BIRTH"`
	Country string `xml:"COUNTRY_OF_BIRTH"`
}

type address struct {
	Street  string `xml:"STREET"`
	City    string `xml:"CITY"`
	Region  string `xml:"STATE_PROVINCE"`
	Zip     string `xml:"ZIP_CODE"`
	Country string `xml:"COUNTRY"`
	Note    string `xml:"NOTE"`
}

type birth struct {
	Kind string `xml:"TYPE_OF_DATE"`
	Date string `xml:"DATE"`
	Year string `xml:"YEAR"`
	From string `xml:"FROM_YEAR"`
	To   string `xml:"TO_YEAR"`
	Note string `xml:"NOTE"`
}

type document struct {
	Kind      string `xml:"TYPE_OF_DOCUMENT"`
	Kind2     string `xml:"TYPE_OF_DOCUMENT2"`
	Number    string `xml:"NUMBER"`
	Issuer    string `xml:"ISSUING_COUNTRY"`
	Issued    string `xml:"COUNTRY_OF_ISSUE"`
	City      string `xml:"CITY_OF_ISSUE"`
	IssueDate string `xml:"DATE_OF_ISSUE"`
	Note      string `xml:"NOTE"`
}

// unused are elements of a record that say nothing of the party.
var unused = []string{"DATAID", "VERSIONNUM", "LIST_TYPE", "LAST_DAY_UPDATED", "SORT_KEY", "SORT_KEY_LAST_MOD", "SUBMITTED_BY", "DELISTED_ON"}

var elements = source.Elements{}.Record("INDIVIDUAL", record{}).Unused("INDIVIDUAL", unused...).
	Record("ENTITY", record{}).Unused("ENTITY", unused...)

// Read reads the consolidated list. It returns the whole list or an error that joins every [*lists.Problem]
// found; a country or date of birth that cannot be read is kept out and noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	l := head()
	p := &source.Problems{List: ListID}
	source.ReadXML(r, MaxSize, "CONSOLIDATED_LIST", p, elements, func(d *xml.Decoder, start xml.StartElement) (bool, error) {
		kind := lists.Person
		switch start.Name.Local {
		case "CONSOLIDATED_LIST":
			day, _, _ := strings.Cut(source.Attr(start, "dateGenerated"), "T")
			date, err := source.Date(day)
			if err != nil {
				p.Add(lists.Problem{Field: "dateGenerated", Err: err})
			}
			l.Published = date
			return false, nil
		case "INDIVIDUAL":
		case "ENTITY":
			kind = lists.Organization
		case "INDIVIDUALS", "ENTITIES":
			return false, nil
		default:
			p.NoteElement(start.Name.Local)
			return false, nil
		}
		var rec record
		if err := d.DecodeElement(&rec, &start); err != nil {
			return true, err
		}
		l.Entities = append(l.Entities, rec.entity(kind, p))
		return true, nil
	})
	return p.Finish(l)
}

func (r *record) entity(kind lists.Kind, p *source.Problems) lists.Entity {
	e := lists.Entity{ID: strings.TrimSpace(r.Reference), Kind: kind, Remarks: strings.TrimSpace(r.Comments)}
	p.Once(e.ID)
	source.AddName(&e, lists.Name{Text: strings.Join([]string{r.FirstName, r.SecondName, r.ThirdName, r.FourthName}, " "), Kind: lists.PrimaryName})
	if len(e.Names) == 0 {
		p.Add(lists.Problem{Record: e.ID, Field: "FIRST_NAME", Reason: "the party has no name"})
	}
	for _, a := range append(r.Aliases, r.AliasesE...) {
		addAlias(&e, a)
	}
	source.AddName(&e, lists.Name{Text: r.Original, Kind: lists.OriginalName})
	for _, n := range r.Nations {
		e.Countries = source.AddUnique(e.Countries, country(p, e.ID, "NATIONALITY", n))
	}
	for _, a := range append(r.Addresses, r.AddressesE...) {
		addr := a.lists(p, e.ID)
		if addr != (lists.Address{}) {
			e.Addresses = append(e.Addresses, addr)
		}
	}
	for _, b := range r.Births {
		b.add(&e, p)
	}
	for _, b := range r.Places {
		e.BirthPlaces = source.AddUnique(e.BirthPlaces, source.Join(b.Street, b.City, b.Region, b.Country))
	}
	for _, d := range r.Documents {
		d.add(&e, p)
	}
	switch g := strings.ToLower(strings.TrimSpace(r.Gender)); g {
	case "", "male", "female":
		e.Gender = g
	default:
		p.Note(lists.Problem{Record: e.ID, Field: "GENDER", Reason: "unknown value " + g})
	}
	for _, t := range append(r.Titles, r.Posts...) {
		e.Titles = source.AddUnique(e.Titles, strings.Join(strings.Fields(t), " "))
	}
	listed, err := source.Date(r.ListedOn)
	if err != nil {
		p.Add(lists.Problem{Record: e.ID, Field: "LISTED_ON", Err: err})
	}
	e.Measures = []lists.Measure{{Programme: strings.TrimSpace(r.Regime), Citation: "United Nations Security Council consolidated list, " + e.ID, Timeline: dated.Since(listed)}}
	return e
}

func addAlias(e *lists.Entity, a alias) {
	kind := lists.Alias
	switch strings.ToLower(strings.TrimSpace(a.Quality)) {
	case "low":
		kind = lists.WeakAlias
	case "f.k.a.":
		kind = lists.FormerName
	}
	for _, n := range source.Split(a.Name, ";") {
		source.AddName(e, lists.Name{Text: n, Kind: kind})
	}
	if date, ok := source.PartialDate(a.Birth); ok {
		e.BirthDates = source.AddBirth(e.BirthDates, lists.BirthDate{Date: date})
	}
	e.BirthPlaces = source.AddUnique(e.BirthPlaces, source.Join(a.City, a.Country))
	if note := strings.TrimSpace(a.Note); note != "" {
		e.Remarks = strings.TrimSpace(e.Remarks + "\n" + a.Name + ": " + note)
	}
}

func (a *address) lists(p *source.Problems, id string) lists.Address {
	addr := lists.Address{
		Text: source.Join(a.Street, a.City, a.Region, a.Zip, a.Country), Street: strings.TrimSpace(a.Street), City: strings.TrimSpace(a.City),
		Region: strings.TrimSpace(a.Region), PostalCode: strings.TrimSpace(a.Zip), Country: country(p, id, "COUNTRY", a.Country), Note: strings.TrimSpace(a.Note),
	}
	if addr.Text == "" { // some addresses are given in the note alone
		addr.Text, addr.Note = addr.Note, ""
	}
	return addr
}

func (b *birth) add(e *lists.Entity, p *source.Problems) {
	d := lists.BirthDate{Circa: strings.EqualFold(strings.TrimSpace(b.Kind), "APPROXIMATELY")}
	for _, s := range []string{b.Date, b.Note, b.Year, b.From} { // a note may hold the month of a year
		if date, ok := source.PartialDate(s); ok {
			d.Date = date
			break
		}
	}
	if to, ok := source.PartialDate(b.To); ok && d.Date != "" {
		d.To = to
	}
	if d.Date != "" {
		e.BirthDates = source.AddBirth(e.BirthDates, d)
	} else if text := source.Join(b.Date, b.Note, b.Year, b.From, b.To); text != "" {
		p.Note(lists.Problem{Record: e.ID, Field: "INDIVIDUAL_DATE_OF_BIRTH", Reason: "not a date: " + text})
	}
}

func (d *document) add(e *lists.Entity, p *source.Problems) {
	number, words := strings.TrimSpace(d.Number), source.Join(d.Kind, d.Kind2)
	note := source.Join(d.City, d.IssueDate, d.Note)
	if number == "" {
		if note != "" {
			e.Remarks = strings.TrimSpace(e.Remarks + "\n" + source.Join(words, note))
		}
		return
	}
	issuer := d.Issuer
	if strings.TrimSpace(issuer) == "" {
		issuer = d.Issued
	}
	e.Identifiers = append(e.Identifiers, lists.Identifier{Type: documentType(words), Value: number, Country: country(p, e.ID, "INDIVIDUAL_DOCUMENT", issuer), Note: note})
}

// documentType is the identifier type for the words the list uses, or those words.
func documentType(words string) string {
	w := strings.ToLower(strings.Join(strings.Fields(words), " "))
	has := func(any ...string) bool {
		for _, s := range any {
			if strings.Contains(w, s) {
				return true
			}
		}
		return false
	}
	switch {
	case has("passport", "passeport", "pasaporte"):
		return lists.IDPassport
	case has("fiscal", "tax"):
		return lists.IDTax
	case has("identi", "tazkira", "national number", "social security"):
		return lists.IDNational
	}
	return strings.TrimRight(w, ":. ")
}

// country is the code of a country, without a note where the list says that it has none to give.
func country(p *source.Problems, id, field, name string) string {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "", "na", "n/a", "not available", "unknown":
		return ""
	}
	return p.Country(id, field, name)
}
