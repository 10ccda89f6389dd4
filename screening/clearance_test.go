package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// A clearance falls away when a new version of the list changes the entity's entry, and when the party's data change.
func TestClearanceFallsAwayWhenTheListChanges(t *testing.T) {
	e := listed()
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	norm, err := o.Normalise()
	require.NoError(t, err)
	party, err := norm.Parties[1].Digest()
	require.NoError(t, err)
	entity, err := screening.EntityDigest(&e)
	require.NoError(t, err)
	cleared := screening.Request{Clearances: []screening.Clearance{{
		ID: "C-1", Party: "b", PartyDigest: party, List: "un", Entity: "L-1", EntityDigest: entity, Reviewer: "reviewer 3", Reason: "another company", On: "2026-10-01", Expires: "2027-04-01",
	}}}
	outcome := func(e lists.Entity, o screening.Order) screening.Outcome {
		return find(t, newBench(t, "un", e).screen(t, o, cleared), screening.ListedParty).Outcome
	}
	require.Equal(t, screening.Advise, outcome(e, o))
	for name, change := range map[string]func(*lists.Entity){
		"an alias":   func(e *lists.Entity) { e.Names = append(e.Names, lists.Name{Text: "VTG", Kind: lists.WeakAlias}) },
		"an address": func(e *lists.Entity) { e.Addresses = []lists.Address{{Text: "Musterweg 1, Kassel", Country: "DE"}} },
		"a number": func(e *lists.Entity) {
			e.Identifiers = []lists.Identifier{{Type: lists.IDRegistration, Value: "HRB 1"}}
		},
		"a measure": func(e *lists.Entity) { e.Measures = append(e.Measures, lists.Measure{Programme: "more"}) },
		"a remark":  func(e *lists.Entity) { e.Remarks = "now also a trader" },
	} {
		changed := listed()
		change(&changed)
		require.NotEqual(t, screening.Advise, outcome(changed, o), name)
	}
	for name, change := range map[string]func(*screening.Party){
		"another spelling": func(p *screening.Party) { p.Name = "Vorzelmann Trikotronik" },
		"another address":  func(p *screening.Party) { p.Addresses = nil },
		"an owner": func(p *screening.Party) {
			p.Owners = []screening.Owner{{Name: "Muster Holding AG", Percent: number("10")}}
		},
	} {
		o := order()
		o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
		change(&o.Parties[1])
		require.NotEqual(t, screening.Advise, outcome(e, o), name)
	}
	o.Parties[1].Roles = []screening.Role{screening.Buyer}
	require.Equal(t, screening.Advise, outcome(e, o), "a role says nothing of who the party is")
}
