package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// A party under another name at a listed party's address is a case for a person, whatever it does there: many share
// the addresses of forwarders and free zones, so such a hit never stops an order by itself.
func TestAddressOfListedParty(t *testing.T) {
	e := listed()
	e.Addresses = []lists.Address{
		{Text: "Plot S20119, South Zone, Jebel Ali Free Zone, Dubai, United Arab Emirates", Country: "AE"},
		{Text: "8 Muster Hafenstrasse, Kassel, Germany", Street: "8 Muster Hafenstrasse", City: "Kassel", Country: "DE"},
	}
	b := newBench(t, "un", e)
	for name, c := range map[string]struct {
		role    screening.Role
		address screening.Address
		found   bool
		verdict lists.Verdict
	}{
		"a forwarder at the address":    {screening.Forwarder, screening.Address{Street: "Muster-Hafenstr. 8", City: "Kassel", Country: "DE"}, true, lists.Agrees},
		"another floor of the building": {screening.Consignee, screening.Address{Text: "8 Muster Hafenstrasse, Floor 3, Kassel", Country: "DE"}, true, lists.Near},
		"the house next door":           {screening.Forwarder, screening.Address{Street: "Muster Hafenstrasse 10", City: "Kassel", Country: "DE"}, false, ""},
		"the same street elsewhere":     {screening.Forwarder, screening.Address{Street: "Muster Hafenstrasse 8", City: "Bremen", Country: "DE"}, false, ""},
		"the plot in the free zone":     {screening.Consignee, screening.Address{Text: "Plot S20119, South Zone, Jebel Ali Free Zone, Dubai", Country: "AE"}, true, lists.Agrees},
		"another plot of the free zone": {screening.Consignee, screening.Address{Text: "Plot S30507, South Zone, Jebel Ali Free Zone, Dubai", Country: "AE"}, false, ""},
	} {
		o := order()
		o.Parties = append(o.Parties, screening.Party{ID: "x", Roles: []screening.Role{c.role}, Kind: "organization", Name: "Quillhaven Spedition", Country: c.address.Country, Addresses: []screening.Address{c.address}})
		var hits []screening.Finding
		for _, f := range b.screen(t, o, screening.Request{}).Findings {
			if f.Kind == screening.ListedAddress {
				hits = append(hits, f)
			}
		}
		if !c.found {
			require.Empty(t, hits, name)
			continue
		}
		require.Len(t, hits, 1, name)
		require.Equal(t, screening.Review, hits[0].Outcome, name)
		require.Equal(t, "L-1", hits[0].Match.EntityID, name)
		compared := false // the two addresses stand side by side, and how near they are
		for _, x := range hits[0].Match.Corroboration {
			compared = compared || x.Field == lists.FieldAddress && x.Query != "" && x.Listed != "" && x.Verdict == c.verdict
		}
		require.True(t, compared, name)
	}
}
