package treasury

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ordergate/ordergate/lists"
)

func TestIdentifier(t *testing.T) {
	for text, want := range map[string]lists.Identifier{
		"Passport 1084010 (Egypt)":                                     {Type: lists.IDPassport, Value: "1084010", Country: "EG"},
		"Diplomatic Passport 008827 (Iran) issued 1999":                {Type: lists.IDPassport, Value: "008827", Country: "IR", Note: "issued 1999"},
		"Vessel Registration Identification IMO 9187629":               {Type: lists.IDIMO, Value: "9187629"},
		"Aircraft Manufacturer's Serial Number (MSN) 1023409321":       {Type: lists.IDSerial, Value: "1023409321"},
		"Digital Currency Address - ETH 0x7F36":                        {Type: lists.IDCrypto, Value: "0x7F36", Note: "ETH"},
		"Unified Social Credit Code (USCC) 91222401MA0Y31E659 (China)": {Type: lists.IDUSCC, Value: "91222401MA0Y31E659", Country: "CN"},
		"NIT # 800146749-7 (Colombia)":                                 {Type: lists.IDTax, Value: "800146749-7", Country: "CO"},
		"SWIFT/BIC HAVIGB2L":                                           {Type: lists.IDSWIFT, Value: "HAVIGB2L"},
		"Email Address info@example.org":                               {Type: lists.IDEmail, Value: "info@example.org"},
		"Tarjeta Profesional 1":                                        {},
		"Passport":                                                     {},
		"NIT # Provisional (Colombia)":                                 {},
		"Passports 12":                                                 {},
		"Identification Number 1 (Nowhere)":                            {Type: lists.IDNational, Value: "1", Note: "Nowhere"},
	} {
		got, ok := Identifier(text)
		assert.Equal(t, want.Type != "", ok, text)
		if ok {
			assert.Equal(t, want, got, text)
		}
	}
}

func TestIdentifierType(t *testing.T) {
	for words, want := range map[string]string{"Passport": lists.IDPassport, "Tax ID No.": lists.IDTax, "NIT #": lists.IDTax, "Secondary sanctions risk:": "", "": ""} {
		got, ok := IdentifierType(words)
		assert.Equal(t, want, got, words)
		assert.Equal(t, want != "", ok, words)
	}
}

func TestLinkByNameOfOneEntityOnly(t *testing.T) {
	named := func(id string, names ...string) lists.Entity {
		e := lists.Entity{ID: id}
		for _, n := range names {
			e.Names = append(e.Names, lists.Name{Text: n})
		}
		return e
	}
	l := lists.List{Entities: []lists.Entity{named("1", "ALPHA", "One"), named("2", "BETA", "Alpha"), named("3", "GAMMA", "Same"), named("4", "DELTA", "same"), named("5", "EPSILON")}}
	Link(&l, [][]string{nil, nil, nil, {"delta"}, {"Alpha ", "one", "SAME", "nobody", "gamma"}})
	assert.Empty(t, l.Entities[3].Links, "not to itself")
	assert.Equal(t, []string{"1", "3"}, l.Entities[4].Links)
}
