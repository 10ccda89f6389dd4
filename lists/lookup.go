package lists

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/ordergate/ordergate/internal/address"
)

// lookup finds entities by identifier, exactly after normalising, or by address.
type lookup struct {
	identifiers map[string][]entityRef
	addresses   map[string][]entityRef
}

// entityRef is where an entity stands in the snapshot.
type entityRef struct{ list, entity int32 }

func newLookup(s *Snapshot) lookup {
	l := lookup{map[string][]entityRef{}, map[string][]entityRef{}}
	for i := range s.lists {
		for j := range s.lists[i].Entities {
			e, at := &s.lists[i].Entities[j], entityRef{int32(i), int32(j)}
			for k := range e.Identifiers {
				l.keep(l.identifiers, identifierKey(&e.Identifiers[k]), at)
			}
			for k := range e.Addresses {
				for _, key := range placeOf(&e.Addresses[k]).Keys() {
					l.keep(l.addresses, key, at)
				}
			}
		}
	}
	return l
}

func (l *lookup) keep(m map[string][]entityRef, key string, at entityRef) {
	if key != "" && !slices.Contains(m[key], at) {
		m[key] = append(m[key], at)
	}
}

// minIdentifier is the least number of letters and digits of an identifier that is looked up: shorter
// ones are shared by chance.
const minIdentifier = 4

// identifierKey is what of an identifier is compared: its letters and digits, in capitals; of a website
// the host and path, of a phone number the digits.
func identifierKey(id *Identifier) string {
	v := strings.ToUpper(norm.NFKC.String(id.Value))
	switch id.Type {
	case IDWebsite:
		if _, after, ok := strings.Cut(v, "://"); ok {
			v = after
		}
		v = strings.TrimPrefix(v, "WWW.")
	case IDIMO:
		v = strings.TrimPrefix(strings.TrimSpace(v), "IMO")
	}
	key := strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z' && id.Type != IDPhone, '0' <= r && r <= '9':
			return r
		case r >= 0x80 && id.Type != IDPhone && r != '№':
			return r
		}
		return -1
	}, v)
	if len(key) < minIdentifier {
		return ""
	}
	return key
}

// sameIdentifier reports whether two identifiers are one. Numbers of different known types differ, and so
// do numbers issued by different countries.
func sameIdentifier(a, b *Identifier) bool {
	if a.Country != "" && b.Country != "" && a.Country != b.Country {
		return false
	}
	if a.Type != b.Type && identifierTypes[a.Type] && identifierTypes[b.Type] {
		return false
	}
	k := identifierKey(a)
	return k != "" && k == identifierKey(b)
}

// identifierTypes are the types whose numbers cannot be confused with another of them. Registration, tax
// and national numbers are not among them: sources mix them up.
var identifierTypes = map[string]bool{
	IDPassport: true, IDLEI: true, IDSWIFT: true, IDIMO: true, IDMMSI: true, IDCallSign: true, IDTail: true, IDCrypto: true,
	IDPhone: true, IDEmail: true, IDWebsite: true,
}

// placeOf is an address taken apart for comparison.
func placeOf(a *Address) address.Address {
	return address.Parse(address.Parts{Text: a.Text, Street: a.Street, City: a.City, PostalCode: a.PostalCode, Country: a.Country})
}

func addressText(a *Address) string {
	if a.Text != "" {
		return a.Text
	}
	parts := []string{a.Street, a.City, a.Region, a.PostalCode, a.Country}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
