package uk

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

type designation struct {
	ID         string        `xml:"UniqueID"`
	UN         string        `xml:"UNReferenceNumber"`
	Designated string        `xml:"DateDesignated"`
	Regime     string        `xml:"RegimeName"`
	Kind       string        `xml:"IndividualEntityShip"`
	Imposed    string        `xml:"SanctionsImposed"`
	Other      string        `xml:"OtherInformation"`
	Reasons    string        `xml:"UKStatementofReasons"`
	Names      []nameParts   `xml:"Names>Name"`
	Original   []script      `xml:"NonLatinNames>NonLatinName"`
	Titles     []string      `xml:"Titles>Title"`
	Addresses  []addressPart `xml:"Addresses>Address"`
	Phones     []string      `xml:"PhoneNumbers>PhoneNumber"`
	Emails     []string      `xml:"EmailAddresses>EmailAddress"`
	Websites   []string      `xml:"Websites>Website"`
	People     []individual  `xml:"IndividualDetails>Individual"`
	Entities   []entity      `xml:"EntityDetails>Entity"`
	Ships      []ship        `xml:"ShipDetails>Ship"`
}

type nameParts struct {
	Name1    string `xml:"Name1"`
	Name2    string `xml:"Name2"`
	Name3    string `xml:"Name3"`
	Name4    string `xml:"Name4"`
	Name5    string `xml:"Name5"`
	Name6    string `xml:"Name6"`
	Kind     string `xml:"NameType"`
	Strength string `xml:"AliasStrength"`
}

type script struct {
	Name string `xml:"NameNonLatinScript"`
}

type addressPart struct {
	Line1    string `xml:"AddressLine1"`
	Line2    string `xml:"AddressLine2"`
	Line3    string `xml:"AddressLine3"`
	Line4    string `xml:"AddressLine4"`
	Line5    string `xml:"AddressLine5"`
	Line6    string `xml:"AddressLine6"`
	Postcode string `xml:"AddressPostalCode"`
	Country  string `xml:"AddressCountry"`
}

type individual struct {
	Births        []string   `xml:"DOBs>DOB"`
	Nationalities []string   `xml:"Nationalities>Nationality"`
	Positions     []string   `xml:"Positions>Position"`
	Genders       []string   `xml:"Genders>Gender"`
	Passports     []passport `xml:"PassportDetails>Passport"`
	NationalIDs   []national `xml:"NationalIdentifierDetails>NationalIdentifier"`
	Places        []location `xml:"BirthDetails>Location"`
}

type passport struct {
	Number string `xml:"PassportNumber"`
	Note   string `xml:"PassportAdditionalInformation"`
}

type national struct {
	Number string `xml:"NationalIdentifierNumber"`
	Note   string `xml:"NationalIdentifierAdditionalInformation"`
}

type location struct {
	Town    string `xml:"TownOfBirth"`
	Country string `xml:"CountryOfBirth"`
}

type entity struct {
	Types         []string `xml:"TypeOfEntities>TypeOfEntity"`
	Registrations []string `xml:"BusinessRegistrationNumbers>BusinessRegistrationNumber"`
	Parents       []string `xml:"ParentCompanies>ParentCompany"`
	Subsidiaries  []string `xml:"Subsidiaries>Subsidiary"`
}

type ship struct {
	IMOs   []string `xml:"IMONumbers>IMONumber"`
	Flags  []string `xml:"CurrentBelievedFlagOfShips>CurrentBelievedFlagOfShip"`
	Owners []string `xml:"CurrentOwnerOperators>CurrentOwnerOperator"`
	Types  []string `xml:"TypeOfShipDetails>TypeOfShip"`
}

// elements are those that are read, and those that the text of others repeats or that say nothing of the party.
var elements = source.Elements{}.Record("Designation", designation{}).
	Unused("Designation", "LastUpdated", "OFSIGroupID", "SanctionsImposedIndicators", "DesignationSource").
	Unused("NonLatinName", "NonLatinScriptType", "NonLatinScriptLanguage")

// Read reads the list in XML. It returns the whole list or an error that joins every [*lists.Problem] found; a
// country or date of birth that cannot be read is kept out and noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	l := head("UK-Sanctions-List.xml")
	p := &source.Problems{List: ListID}
	source.ReadXML(r, MaxSize, "Designations", p, elements, func(d *xml.Decoder, start xml.StartElement) (bool, error) {
		switch start.Name.Local {
		case "Designations":
			return false, nil
		case "DateGenerated":
			var day string
			if err := d.DecodeElement(&day, &start); err != nil {
				return true, err
			}
			var err error
			if l.Published, err = source.Date(day); err != nil {
				p.Add(lists.Problem{Field: "DateGenerated", Err: err})
			}
			return true, nil
		case "Designation":
			var x designation
			if err := d.DecodeElement(&x, &start); err != nil {
				return true, err
			}
			e := lists.Entity{ID: strings.TrimSpace(x.ID)}
			p.Once(e.ID)
			x.listing(p).merge(&e, p)
			l.Entities = append(l.Entities, e)
			return true, nil
		}
		p.NoteElement(start.Name.Local)
		return false, nil
	})
	return finish(l, p)
}

func (d *designation) listing(p *source.Problems) *listing {
	x := &listing{
		id: strings.TrimSpace(d.ID), kind: strings.TrimSpace(d.Kind), regime: strings.TrimSpace(d.Regime), designated: d.Designated, imposed: d.Imposed,
		un: strings.TrimSpace(d.UN), phones: d.Phones, emails: d.Emails, websites: d.Websites, titles: trimmed(d.Titles), other: d.Other, reasons: d.Reasons,
	}
	for _, n := range d.Names {
		text := strings.Join([]string{n.Name1, n.Name2, n.Name3, n.Name4, n.Name5, n.Name6}, " ")
		x.names = append(x.names, name{text: text, kind: strings.TrimSpace(n.Kind), strength: strings.TrimSpace(n.Strength)})
	}
	for _, n := range d.Original {
		x.original = append(x.original, n.Name)
	}
	for _, a := range d.Addresses {
		x.addresses = append(x.addresses, address(p, x.id, [6]string{a.Line1, a.Line2, a.Line3, a.Line4, a.Line5, a.Line6}, a.Postcode, a.Country))
	}
	for _, i := range d.People {
		x.births = append(x.births, trimmed(i.Births)...)
		x.nationalities = append(x.nationalities, trimmed(i.Nationalities)...)
		x.positions = append(x.positions, trimmed(i.Positions)...)
		x.genders = append(x.genders, trimmed(i.Genders)...)
		for _, d := range i.Passports {
			x.passports = append(x.passports, numbered{d.Number, d.Note})
		}
		for _, d := range i.NationalIDs {
			x.nationalIDs = append(x.nationalIDs, numbered{d.Number, d.Note})
		}
		for _, place := range i.Places {
			x.birthPlaces = append(x.birthPlaces, source.Join(place.Town, place.Country))
		}
	}
	fact := func(label string, values []string) {
		if v := strings.Join(trimmed(values), "; "); v != "" {
			x.facts = append(x.facts, label+": "+v)
		}
	}
	for _, e := range d.Entities {
		x.registrations = append(x.registrations, e.Registrations...)
		fact("type of entity", e.Types)
		fact("subsidiaries", e.Subsidiaries)
		fact("parent company", e.Parents)
	}
	for _, s := range d.Ships {
		x.imos = append(x.imos, s.IMOs...)
		x.flags = append(x.flags, trimmed(s.Flags)...)
		fact("current owner/operator (s)", s.Owners)
		fact("type of ship", s.Types)
	}
	return x
}

// trimmed are the values that are not empty.
func trimmed(values []string) []string {
	var out []string
	for _, v := range values {
		out = source.AddUnique(out, strings.TrimSpace(v))
	}
	return out
}
