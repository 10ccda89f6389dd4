package ofac

import (
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// The elements of the advanced XML, as far as they are read.

// value is a reference value: <ReferenceValueSets><XxxValues><Xxx ID="1">text</Xxx>.
type value struct {
	ID          string `xml:"ID,attr"`
	Description string `xml:"Description,attr"`
	PartyType   string `xml:"PartyTypeID,attr"`
	Text        string `xml:",chardata"`
}

type location struct {
	ID      string `xml:"ID,attr"`
	Area    ref    `xml:"LocationAreaCode"`
	Country ref    `xml:"LocationCountry"`
	Parts   []struct {
		Type   string `xml:"LocPartTypeID,attr"`
		Values []struct {
			Primary string `xml:"Primary,attr"`
			Value   string `xml:"Value"`
		} `xml:"LocationPartValue"`
	} `xml:"LocationPart"`
}

// ref is an element that refers to a reference value.
type ref struct {
	Country string `xml:"CountryID,attr"`
	Area    string `xml:"AreaCodeID,attr"`
}

type regDocument struct {
	Type     string `xml:"IDRegDocTypeID,attr"`
	Identity string `xml:"IdentityID,attr"`
	Country  string `xml:"IssuedBy-CountryID,attr"`
	Number   string `xml:"IDRegistrationNo"`
	Comment  string `xml:"Comment"`
	Issuer   string `xml:"IssuingAuthority"`
}

type party struct {
	Ref      string `xml:"FixedRef,attr"`
	Comment  string `xml:"Comment"`
	Profiles []struct {
		ID         string     `xml:"ID,attr"`
		SubType    string     `xml:"PartySubTypeID,attr"`
		Identities []identity `xml:"Identity"`
		Features   []feature  `xml:"Feature"`
	} `xml:"Profile"`
}

// elements are those of a party itself; the many of its profiles that say nothing of it are not looked at.
var elements = source.Elements{"DistinctParty": {"Comment", "Profile"}}

type identity struct {
	ID      string `xml:"ID,attr"`
	Aliases []struct {
		Type       string `xml:"AliasTypeID,attr"`
		Primary    string `xml:"Primary,attr"`
		LowQuality string `xml:"LowQuality,attr"`
		Names      []struct {
			Parts []struct {
				Value  string `xml:",chardata"`
				Group  string `xml:"NamePartGroupID,attr"`
				Script string `xml:"ScriptID,attr"`
			} `xml:"DocumentedNamePart>NamePartValue"`
		} `xml:"DocumentedName"`
	} `xml:"Alias"`
}

type feature struct {
	Type     string `xml:"FeatureTypeID,attr"`
	Versions []struct {
		Comment   string   `xml:"Comment"`
		Period    []period `xml:"DatePeriod"`
		Details   []detail `xml:"VersionDetail"`
		Locations []struct {
			ID string `xml:"LocationID,attr"`
		} `xml:"VersionLocation"`
	} `xml:"FeatureVersion"`
}

type detail struct {
	Reference string `xml:"DetailReferenceID,attr"`
	Text      string `xml:",chardata"`
}

type entry struct {
	Profile string `xml:"ProfileID,attr"`
	List    string `xml:"ListID,attr"`
	Events  []struct {
		Date  point  `xml:"Date"`
		Basis string `xml:"LegalBasisID,attr"`
	} `xml:"EntryEvent"`
	Measures []struct {
		Type    string `xml:"SanctionsTypeID,attr"`
		Comment string `xml:"Comment"`
	} `xml:"SanctionsMeasure"`
}

// point is a date in parts.
type point struct {
	Year  string `xml:"Year"`
	Month string `xml:"Month"`
	Day   string `xml:"Day"`
}

// text is the date as 2006, 2006-01 or 2006-01-02; "" where it is none.
func (p point) text() string {
	date, _ := source.PartialDate(p.words())
	return date
}

// words are the parts of the date that are there, in the calendar or not.
func (p point) words() string {
	var parts []string
	for _, s := range []string{p.Year, p.Month, p.Day} {
		s = strings.TrimSpace(s)
		if s == "" {
			break
		}
		if len(s) == 1 {
			s = "0" + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "-")
}

// period is the span in which a date lies: it begins within Start and ends within End. One day is four times the
// same; a year is from its first day to its last.
type period struct {
	Start edge `xml:"Start"`
	End   edge `xml:"End"`
}

type edge struct {
	Approximate string `xml:"Approximate,attr"`
	From        point  `xml:"From"`
	To          point  `xml:"To"`
}

// birth is the period as a date of birth.
func (p period) birth() (d lists.BirthDate, ok bool) {
	from, to := p.Start.From.text(), p.End.To.text()
	if from == "" {
		return d, false
	}
	d.Circa = p.Start.Approximate == "true"
	d.Date = from
	switch {
	case to == "" || to == from:
	case from[:4] == to[:4] && strings.HasSuffix(from, "-01-01") && strings.HasSuffix(to, "-12-31"):
		d.Date = from[:4]
	case from[:7] == to[:7] && strings.HasSuffix(from, "-01") && endOfMonth(lists.Date(to)):
		d.Date = from[:7]
	case strings.HasSuffix(from, "-01-01") && strings.HasSuffix(to, "-12-31"):
		d.Date, d.To = from[:4], to[:4]
	default:
		d.To = to
	}
	return d, true
}

func endOfMonth(d lists.Date) bool { return strings.HasSuffix(string(d.AddDays(1)), "-01") }
