package ftm

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// nameProperties are the properties that hold names, in the order they are taken.
var nameProperties = []struct {
	property string
	kind     lists.NameKind
}{{"name", lists.Alias}, {"alias", lists.Alias}, {"weakAlias", lists.WeakAlias}, {"previousName", lists.FormerName}, {"abbreviation", lists.WeakAlias}}

// identifierProperties are the properties that hold numbers.
var identifierProperties = []struct{ property, idType string }{
	{"passportNumber", lists.IDPassport}, {"idNumber", lists.IDNational}, {"taxNumber", lists.IDTax}, {"vatCode", lists.IDTax}, {"registrationNumber", lists.IDRegistration},
	{"uscCode", lists.IDUSCC}, {"leiCode", lists.IDLEI}, {"swiftBic", lists.IDSWIFT}, {"imoNumber", lists.IDIMO}, {"mmsi", lists.IDMMSI}, {"callSign", lists.IDCallSign},
	{"serialNumber", lists.IDSerial}, {"dunsCode", "duns"}, {"innCode", lists.IDTax}, {"ogrnCode", lists.IDRegistration}, {"phone", lists.IDPhone}, {"email", lists.IDEmail},
	{"website", lists.IDWebsite}, {"publicKey", lists.IDCrypto},
}

// countryProperties are the properties that hold nationality, residence, registration and flag.
var countryProperties = []string{"nationality", "citizenship", "jurisdiction", "country", "flag", "mainCountry"}

func (b *builder) entity(x *object, kind lists.Kind) lists.Entity {
	e := lists.Entity{ID: x.ID, Kind: kind}
	b.addNames(&e, x)
	for _, p := range countryProperties {
		for _, c := range x.Properties[p] {
			e.Countries = source.AddUnique(e.Countries, b.country(x.ID, c))
		}
	}
	for _, a := range x.Properties["address"] {
		if a = strings.TrimSpace(a); a != "" {
			e.Addresses = append(e.Addresses, lists.Address{Text: a, Country: source.Code(a[strings.LastIndex(a, ",")+1:])})
		}
	}
	n := 0
	for _, p := range identifierProperties {
		n += len(x.Properties[p.property])
	}
	if n > 0 {
		e.Identifiers = make([]lists.Identifier, 0, n) // a million entities have no room to spare
	}
	for _, p := range identifierProperties {
		for _, v := range x.Properties[p.property] {
			if v = strings.TrimSpace(v); v != "" {
				e.Identifiers = append(e.Identifiers, lists.Identifier{Type: p.idType, Value: strings.TrimPrefix(v, "IMO")})
			}
		}
	}
	for _, s := range x.Properties["birthDate"] {
		if d, ok := source.PartialDate(s); ok {
			e.BirthDates = source.AddBirth(e.BirthDates, lists.BirthDate{Date: d})
		} else {
			b.p.Note(lists.Problem{Line: b.line, Record: x.ID, Field: "birthDate", Reason: "not a date: " + s})
		}
	}
	e.BirthPlaces = source.AddUnique(nil, x.Properties["birthPlace"]...)
	if g := first(x, "gender"); g == "male" || g == "female" {
		e.Gender = b.word(g)
	}
	e.Titles = source.AddUnique(source.AddUnique(nil, x.Properties["title"]...), x.Properties["position"]...)
	e.Remarks = strings.Join(append(slices.Clone(x.Properties["notes"]), x.Properties["summary"]...), "\n")
	e.URL = first(x, "sourceUrl")
	e.Measures = b.listing(x)
	return e
}

// addNames makes the caption, or else the first name in Latin letters, the primary name.
func (b *builder) addNames(e *lists.Entity, x *object) {
	primary := strings.TrimSpace(x.Caption)
	if names := x.Properties["name"]; len(names) > 0 && !slices.Contains(names, primary) {
		primary = names[0]
		if i := slices.IndexFunc(names, isLatin); i >= 0 {
			primary = names[i]
		}
	}
	n := 0
	for _, p := range nameProperties {
		n += len(x.Properties[p.property])
	}
	e.Names = make([]lists.Name, 0, n)
	source.AddName(e, lists.Name{Text: primary, Kind: lists.PrimaryName})
	for _, p := range nameProperties {
		for _, n := range x.Properties[p.property] {
			kind := p.kind
			if kind == lists.Alias && !isLatin(n) {
				kind = lists.OriginalName
			}
			source.AddName(e, lists.Name{Text: n, Kind: kind})
		}
	}
}

func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

// formerCountries are codes of the data's own for states of the past.
var formerCountries = map[string]string{"suhh": "SU", "yucs": "YU", "csxx": "CS", "ddde": "DE", "zz": "", "eu": ""}

func (b *builder) country(id, c string) string {
	if code, ok := formerCountries[c]; ok {
		return code
	}
	if code := source.Code(c); code != "" || len(c) > 3 {
		return code // parts of countries, such as ua-cri, have none
	}
	return b.p.Country(id, "country", c)
}
