// Package eu reads the European Union's consolidated list of financial sanctions in the XML of its Financial
// Sanctions Files, version 1.1.
//
// An entity's id is its EU reference number ("EU.27.28"), or the logical id where it has none. The first name that
// the file marks as strong is the primary one; names with strong="false", or which a remark calls of low quality, as
// the United Nations do, are weak aliases; names in another script are kept as such with their language. Each
// regulation under which the party is listed is a measure. It is in force from the day of the party's designation
// where the file gives one that is earlier than the regulation's: that may only have amended the entry.
package eu

import (
	"encoding/xml"
	"io"
	"slices"
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
	Whole    string   `xml:"wholeName,attr"`
	First    string   `xml:"firstName,attr"`
	Middle   string   `xml:"middleName,attr"`
	Last     string   `xml:"lastName,attr"`
	Function string   `xml:"function,attr"`
	Title    string   `xml:"title,attr"`
	Gender   string   `xml:"gender,attr"`
	Language string   `xml:"nameLanguage,attr"`
	Strong   string   `xml:"strong,attr"`
	Remarks  []string `xml:"remark"`
}

type place struct {
	ISO         string `xml:"countryIso2Code,attr"`
	Description string `xml:"countryDescription,attr"`
}

type birth struct {
	place
	Date     string `xml:"birthdate,attr"`
	Year     string `xml:"year,attr"`
	Month    string `xml:"monthOfYear,attr"`
	Day      string `xml:"dayOfMonth,attr"`
	From     string `xml:"yearRangeFrom,attr"`
	To       string `xml:"yearRangeTo,attr"`
	Circa    string `xml:"circa,attr"`
	Calendar string `xml:"calendarType,attr"`
	City     string `xml:"city,attr"`
	Region   string `xml:"region,attr"`
	Place    string `xml:"place,attr"`
}

type address struct {
	place
	Street   string    `xml:"street,attr"`
	POBox    string    `xml:"poBox,attr"`
	City     string    `xml:"city,attr"`
	Zip      string    `xml:"zipCode,attr"`
	Region   string    `xml:"region,attr"`
	Place    string    `xml:"place,attr"`
	Contacts []contact `xml:"contactInfo"`
	Remarks  []string  `xml:"remark"`
}

// contact is a number or address by which a party is reached, under a key: PHONE, FAX, EMAIL, WEB.
type contact struct {
	Key   string `xml:"key,attr"`
	Value string `xml:"value,attr"`
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

// elements are those that are read, and the regulation's summary that each part of an entity repeats.
var elements = source.Elements{}.Record("sanctionEntity", entity{}).Unused("nameAlias", "regulationSummary").
	Unused("address", "regulationSummary").Unused("identification", "regulationSummary")

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
		for _, c := range a.Contacts {
			c.add(&e, p)
		}
	}
	for _, id := range x.Identifications {
		id.add(&e, p)
	}
	for _, r := range x.Regulations {
		e.Measures = append(e.Measures, r.measure(x.Date, p, e.ID))
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
		if !n.weak() && n.whole() != "" && (primary < 0 || isLatin(n.whole()) && !isLatin(x.Names[primary].whole())) {
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
		case n.weak():
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

// weak reports whether the file calls the name of little worth.
func (n nameAlias) weak() bool {
	return strings.EqualFold(n.Strong, "false") ||
		slices.ContainsFunc(n.Remarks, func(r string) bool { return strings.Contains(strings.ToLower(r), "low quality") })
}

// isLatin reports whether no letter is of another script.
func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

// measure is the listing under the regulation, of a party designated on a day, "" where the file does not say.
func (r regulation) measure(designated string, p *source.Problems, id string) lists.Measure {
	date := func(field, text string) lists.Date {
		day, err := source.Date(text)
		if err != nil {
			p.Add(lists.Problem{Record: id, Field: field, Err: err})
		}
		return day
	}
	from := r.InForce
	if from == "" {
		from = r.Published
	}
	day := date("regulation", from)
	if first := date("designationDate", designated); first != "" && (day == "" || first < day) {
		day = first
	}
	return lists.Measure{Programme: r.Programme, Notice: r.Title, Citation: strings.TrimSpace(r.URL), Timeline: dated.Since(day)}
}
