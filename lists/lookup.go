package lists

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/ordergate/ordergate/internal/address"
	"github.com/ordergate/ordergate/internal/nameindex"
	"github.com/ordergate/ordergate/internal/radix"
)

// lookup finds entities by identifier or by address. What a key leads to is to be compared: two keys may be one number.
type lookup struct {
	identifiers, addresses radix.Table // of the numbers of keys, to places in entities
	entities               []entityRef // in order
}

// entityRef is where an entity stands in the snapshot.
type entityRef struct{ list, entity int32 }

func newLookup(s *Snapshot) lookup {
	var l lookup
	var identifiers, addresses []uint64
	for i := range s.lists {
		for j := range s.lists[i].Entities {
			e, at := &s.lists[i].Entities[j], uint32(len(l.entities))
			l.entities = append(l.entities, entityRef{int32(i), int32(j)})
			for k := range e.Identifiers {
				if key := identifierKey(&e.Identifiers[k]); key != "" {
					identifiers = append(identifiers, radix.Pair(lookupKey(key), at))
				}
			}
			for k := range e.Addresses {
				for _, key := range placeOf(&e.Addresses[k]).Keys() {
					addresses = append(addresses, radix.Pair(lookupKey(key), at))
				}
			}
		}
	}
	l.identifiers, l.addresses = radix.NewTable(identifiers), radix.NewTable(addresses)
	return l
}

func lookupKey(key string) uint32 { return nameindex.Key('l', key) }

// at yields the entities that a key may lead to, in order.
func (l *lookup) at(t *radix.Table, key string) iter.Seq[entityRef] {
	return func(yield func(entityRef) bool) {
		for _, pair := range t.At(lookupKey(key)) {
			if !yield(l.entities[radix.Value(pair)]) {
				return
			}
		}
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
