// Package eu reads the European Union's consolidated list of financial sanctions in the XML of its Financial
// Sanctions Files, version 1.1.
//
// An entity's id is its EU reference number ("EU.27.28"), or the logical id where it has none. The first name that
// the file marks as strong is the primary one; names with strong="false" are weak aliases; names in another script
// are kept as such with their language. Each regulation under which the party is listed is a measure, in force from
// the day the regulation names.
package eu

import (
	"encoding/xml"
	"io"
	"strings"
	"unicode"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// ListID is the id of the list in reports and policy.
const ListID = "eu"

// MaxSize bounds the file, in bytes; that of 2026 has about 30 million.
const MaxSize = 512 << 20

type entity struct {
	Reference string   `xml:"euReferenceNumber,attr"`
	LogicalID string   `xml:"logicalId,attr"`
	UN        string   `xml:"unitedNationId,attr"`
	Details   string   `xml:"designationDetails,attr"`
	Date      string   `xml:"designationDate,attr"`
	Remarks   []string `xml:"remark"`
	Subject   struct {
		Code           string `xml:"code,attr"`
		Classification string `xml:"classificationCode,attr"`
	} `xml:"subjectType"`
	Regulations     []regulation     `xml:"regulation"`
	Names           []nameAlias      `xml:"nameAlias"`
	Citizenships    []place          `xml:"citizenship"`
	Births          []birth          `xml:"birthdate"`
	Addresses       []address        `xml:"address"`
	Identifications []identification `xml:"identification"`
}

type regulation struct {
	Programme string `xml:"programme,attr"`
	Title     string `xml:"numberTitle,attr"`
	Published string `xml:"publicationDate,attr"`
	InForce   string `xml:"entryIntoForceDate,attr"`
	Body      string `xml:"organisationType,attr"`
	URL       string `xml:"publicationUrl"`
}

type nameAlias struct {
	Whole    string `xml:"wholeName,attr"`
	First    string `xml:"firstName,attr"`
	Middle   string `xml:"middleName,attr"`
	Last     string `xml:"lastName,attr"`
	Function string `xml:"function,attr"`
	Title    string `xml:"title,attr"`
	Gender   string `xml:"gender,attr"`
	Language string `xml:"nameLanguage,attr"`
	Strong   string `xml:"strong,attr"`
}

type place struct {
	ISO         string `xml:"countryIso2Code,attr"`
	Description string `xml:"countryDescription,attr"`
}

type birth struct {
	place
	Date   string `xml:"birthdate,attr"`
	Year   string `xml:"year,attr"`
	Month  string `xml:"monthOfYear,attr"`
	Day    string `xml:"dayOfMonth,attr"`
	From   string `xml:"yearRangeFrom,attr"`
	To     string `xml:"yearRangeTo,attr"`
	Circa  string `xml:"circa,attr"`
	City   string `xml:"city,attr"`
	Region string `xml:"region,attr"`
	Place  string `xml:"place,attr"`
}

type address struct {
	place
	Street  string   `xml:"street,attr"`
	POBox   string   `xml:"poBox,attr"`
	City    string   `xml:"city,attr"`
	Zip     string   `xml:"zipCode,attr"`
	Region  string   `xml:"region,attr"`
	Place   string   `xml:"place,attr"`
	Info    []string `xml:"contactInfo"`
	Remarks []string `xml:"remark"`
}

type identification struct {
	place
	Code        string   `xml:"identificationTypeCode,attr"`
	Description string   `xml:"identificationTypeDescription,attr"`
	Number      string   `xml:"number,attr"`
	Latin       string   `xml:"latinNumber,attr"`
	Holder      string   `xml:"nameOnDocument,attr"`
	Issuer      string   `xml:"issuedBy,attr"`
	Remarks     []string `xml:"remark"`
}

var elements = source.Elements{}.Record("sanctionEntity", entity{})

// Read reads the list. It returns the whole list or an error that joins every [*lists.Problem] found; countries and
// dates of birth that cannot be read are kept out and noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	l := lists.List{
		ID: ListID, Title: "European Union consolidated list of financial sanctions", TitleZh: "欧盟金融制裁综合名单", Regime: "EU",
		Authority: "European Commission", Source: "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content",
	}
	p := &source.Problems{List: ListID}
	source.ReadXML(r, MaxSize, "export", p, elements, func(d *xml.Decoder, start xml.StartElement) (bool, error) {
		switch start.Name.Local {
		case "export":
			day, _, _ := strings.Cut(source.Attr(start, "generationDate"), "T")
			var err error
			if l.Published, err = source.Date(day); err != nil {
				p.Add(lists.Problem{Field: "generationDate", Err: err})
			}
			return false, nil
		case "sanctionEntity":
			var x entity
			if err := d.DecodeElement(&x, &start); err != nil {
				return true, err
			}
			l.Entities = append(l.Entities, x.entity(p))
			return true, nil
		}
		p.NoteElement(start.Name.Local)
		return false, nil
	})
	return p.Finish(l)
}

func (x *entity) entity(p *source.Problems) lists.Entity {
	e := lists.Entity{ID: x.Reference}
	if e.ID == "" {
		e.ID = x.LogicalID
	}
	p.Once(e.ID)
	switch strings.ToUpper(x.Subject.Classification + x.Subject.Code) {
	case "PPERSON", "P", "PERSON":
		e.Kind = lists.Person
	case "EENTERPRISE", "E", "ENTERPRISE", "EENTITY":
		e.Kind = lists.Organization
	default:
		p.Note(lists.Problem{Record: e.ID, Field: "subjectType", Reason: "unknown type " + x.Subject.Code})
	}
	x.addNames(&e, p)
	for _, c := range x.Citizenships {
		e.Countries = source.AddUnique(e.Countries, c.country(p, e.ID, "citizenship"))
	}
	for _, b := range x.Births {
		b.add(&e, p)
	}
	for _, a := range x.Addresses {
		if addr := a.address(p, e.ID); addr.Text != "" {
			e.Addresses = append(e.Addresses, addr)
		}
	}
	for _, id := range x.Identifications {
		id.add(&e, p)
	}
	for _, r := range x.Regulations {
		e.Measures = append(e.Measures, r.measure(p, e.ID))
	}
	remarks := append([]string{}, x.Remarks...)
	if x.UN != "" {
		remarks = append(remarks, "United Nations reference: "+x.UN)
	}
	e.Remarks = strings.TrimSpace(strings.Join(append(remarks, x.Details), "\n"))
	return e
}

// addNames puts the first strong name first, one in Latin letters before others.
func (x *entity) addNames(e *lists.Entity, p *source.Problems) {
	primary := -1
	for i, n := range x.Names {
		strong := !strings.EqualFold(n.Strong, "false")
		if strong && n.whole() != "" && (primary < 0 || isLatin(n.whole()) && !isLatin(x.Names[primary].whole())) {
			primary = i
		}
	}
	if primary < 0 && len(x.Names) > 0 {
		primary = 0 // all are weak
	}
	if primary >= 0 {
		source.AddName(e, lists.Name{Text: x.Names[primary].whole(), Kind: lists.PrimaryName, Lang: strings.ToLower(x.Names[primary].Language)})
	}
	if len(e.Names) == 0 {
		p.Add(lists.Problem{Record: e.ID, Field: "nameAlias", Reason: "the party has no name"})
	}
	for i, n := range x.Names {
		kind := lists.Alias
		switch {
		case strings.EqualFold(n.Strong, "false"):
			kind = lists.WeakAlias
		case !isLatin(n.whole()):
			kind = lists.OriginalName
		}
		if i != primary {
			source.AddName(e, lists.Name{Text: n.whole(), Kind: kind, Lang: strings.ToLower(n.Language)})
		}
		e.Titles = source.AddUnique(e.Titles, strings.TrimSpace(n.Title), strings.TrimSpace(n.Function))
		switch n.Gender {
		case "M":
			e.Gender = "male"
		case "F":
			e.Gender = "female"
		}
	}
}

func (n nameAlias) whole() string {
	if w := strings.TrimSpace(n.Whole); w != "" {
		return w
	}
	return strings.Join(strings.Fields(n.First+" "+n.Middle+" "+n.Last), " ")
}

// isLatin reports whether no letter is of another script.
func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

// country is the code of a place; "00" is the file's word for an unknown one.
func (c place) country(p *source.Problems, id, field string) string {
	if code := source.Code(c.ISO); code != "" || c.ISO == "00" && c.Description == "UNKNOWN" {
		return code
	}
	if c.Description == "" && c.ISO == "00" {
		return ""
	}
	return p.Country(id, field, c.Description)
}

// words are the name of the country, where one is known.
func (c place) words() string {
	if c.Description == "UNKNOWN" {
		return ""
	}
	return c.Description
}

func (b birth) add(e *lists.Entity, p *source.Problems) {
	e.BirthPlaces = source.AddUnique(e.BirthPlaces, source.Join(b.Place, b.City, b.Region, b.words()))
	d := lists.BirthDate{Circa: b.Circa == "true"}
	date := b.Date
	switch {
	case date != "":
	case b.Year != "" && b.Month != "" && b.Day != "":
		date = b.Year + "-" + twoDigits(b.Month) + "-" + twoDigits(b.Day)
	case b.Year != "" && b.Month != "":
		date = b.Year + "-" + twoDigits(b.Month)
	case b.Year != "":
		date = b.Year
	case b.From != "":
		date, d.To = b.From, b.To
	default:
		return
	}
	var ok bool
	if d.Date, ok = source.PartialDate(date); !ok {
		p.Note(lists.Problem{Record: e.ID, Field: "birthdate", Reason: "not a date: " + date})
		return
	}
	e.BirthDates = source.AddBirth(e.BirthDates, d)
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func (a address) address(p *source.Problems, id string) lists.Address {
	pobox := ""
	if a.POBox != "" {
		pobox = "PO Box " + a.POBox
	}
	return lists.Address{
		Text: source.Join(a.Street, pobox, a.Place, a.City, a.Region, a.Zip, a.words()), Street: source.Join(a.Street, pobox), City: strings.TrimSpace(a.City),
		Region: strings.TrimSpace(a.Region), PostalCode: strings.TrimSpace(a.Zip), Country: a.country(p, id, "address"), Note: strings.TrimSpace(strings.Join(append(a.Remarks, a.Info...), "; ")),
	}
}

// identificationTypes are the file's codes for documents and numbers.
var identificationTypes = map[string]string{
	"passport": lists.IDPassport, "diplomatic passport": lists.IDPassport, "id": lists.IDNational, "ssn": lists.IDNational, "birthcert": "birth certificate",
	"regnumber": lists.IDRegistration, "fiscalcode": lists.IDTax, "tax": lists.IDTax, "imo": lists.IDIMO, "swiftbic": lists.IDSWIFT, "tradelic": lists.IDRegistration,
	"residentperm": "residence permit", "drivinglicence": "driving licence", "travel doc": "travel document", "electionid": lists.IDNational,
}

func (x identification) add(e *lists.Entity, p *source.Problems) {
	number := strings.TrimSpace(x.Number)
	if number == "" {
		number = strings.TrimSpace(x.Latin)
	}
	if number == "" {
		return
	}
	t, ok := identificationTypes[strings.ToLower(strings.TrimSpace(x.Code))]
	if !ok {
		if t = strings.TrimSpace(x.Description); t == "" {
			t = "other"
		}
	}
	e.Identifiers = append(e.Identifiers, lists.Identifier{
		Type: t, Value: number, Country: x.country(p, e.ID, "identification"), Note: source.Join(append([]string{x.Issuer, x.Holder}, x.Remarks...)...),
	})
}

func (r regulation) measure(p *source.Problems, id string) lists.Measure {
	from := r.InForce
	if from == "" {
		from = r.Published
	}
	day, err := source.Date(from)
	if err != nil {
		p.Add(lists.Problem{Record: id, Field: "regulation", Err: err})
	}
	return lists.Measure{Programme: r.Programme, Notice: r.Title, Citation: strings.TrimSpace(r.URL), Timeline: dated.Since(day)}
}
