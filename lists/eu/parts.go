package eu

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

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
	case b.Calendar != "" && b.Calendar != "GREGORIAN":
		p.Note(lists.Problem{Record: e.ID, Field: "birthdate", Reason: "a date of the calendar " + b.Calendar})
		return
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
		Region: strings.TrimSpace(a.Region), PostalCode: strings.TrimSpace(a.Zip), Country: a.country(p, id, "address"), Note: strings.TrimSpace(strings.Join(a.Remarks, "; ")),
	}
}

// contactTypes are the identifiers that the file's keys stand for.
var contactTypes = map[string]string{"PHONE": lists.IDPhone, "FAX": lists.IDPhone, "EMAIL": lists.IDEmail, "WEB": lists.IDWebsite}

// add adds what the contact holds: several values stand between commas or semicolons.
func (c contact) add(e *lists.Entity, p *source.Problems) {
	t, ok := contactTypes[strings.ToUpper(strings.TrimSpace(c.Key))]
	if !ok {
		p.Note(lists.Problem{Record: e.ID, Field: "contactInfo", Reason: "unknown key " + c.Key})
		return
	}
	for _, v := range source.Split(strings.ReplaceAll(c.Value, ",", ";"), ";") {
		if id := (lists.Identifier{Type: t, Value: v}); !slices.Contains(e.Identifiers, id) {
			e.Identifiers = append(e.Identifiers, id)
		}
	}
}

// identificationTypes are the file's codes for documents and numbers.
var identificationTypes = map[string]string{
	"passport": lists.IDPassport, "diplomatic passport": lists.IDPassport, "id": lists.IDNational, "ssn": lists.IDNational, "birthcert": "birth certificate",
	"regnumber": lists.IDRegistration, "fiscalcode": lists.IDTax, "tax": lists.IDTax, "imo": lists.IDIMO, "swiftbic": lists.IDSWIFT, "tradelic": lists.IDRegistration,
	"residentperm": "residence permit", "drivinglicence": "driving licence", "travel doc": "travel document", "electionid": lists.IDNational,
	"nrn": lists.IDNational, "nationcert": "citizenship certificate", "travelcardid": "travel document",
}

func (x identification) add(e *lists.Entity, p *source.Problems) {
	t, ok := identificationTypes[strings.ToLower(strings.TrimSpace(x.Code))]
	if !ok {
		if t = strings.TrimSpace(x.Description); t == "" {
			t = "other"
		}
	}
	plain := func(number string) string {
		if number = strings.TrimSpace(number); t == lists.IDIMO {
			number = strings.TrimSpace(strings.TrimPrefix(number, "IMO"))
		}
		return number
	}
	for _, number := range source.AddUnique(nil, plain(x.Number), plain(x.Latin)) {
		e.Identifiers = append(e.Identifiers, lists.Identifier{
			Type: t, Value: number, Country: x.country(p, e.ID, "identification"), Note: source.Join(append([]string{x.Issuer, x.Holder}, x.Remarks...)...),
		})
	}
}
