package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// clearanceOf clears the order's second party of being the entity, each as it is.
func clearanceOf(t *testing.T, o screening.Order, e lists.Entity) screening.Clearance {
	t.Helper()
	norm, err := o.Normalise()
	require.NoError(t, err)
	party, err := norm.Parties[1].Digest()
	require.NoError(t, err)
	entity, err := screening.EntityDigest(&e)
	require.NoError(t, err)
	return screening.Clearance{
		ID: "C-1", Party: "b", PartyDigest: party, List: "un", Entity: "L-1", EntityDigest: entity,
		Reviewer: "reviewer 3", Reason: "another company, founded in 1998, other owners", On: "2026-10-01", Expires: "2027-04-01",
	}
}

func TestClearanceShowsTheHitAndFallsAway(t *testing.T) {
	e := listed()
	b := newBench(t, "un", e)
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	clearance := clearanceOf(t, o, e)
	outcome := func(o screening.Order, c screening.Clearance) screening.Outcome {
		rep := b.screen(t, o, screening.Request{Clearances: []screening.Clearance{c}})
		f := find(t, rep, screening.ListedParty)
		require.Equal(t, f.Outcome == screening.Advise, f.Cleared != nil)
		return f.Outcome
	}
	require.Equal(t, screening.Advise, outcome(o, clearance))

	for name, change := range map[string]func(*screening.Order, *screening.Clearance){
		"expired":            func(_ *screening.Order, c *screening.Clearance) { c.Expires = "2026-10-11" },
		"not yet given":      func(_ *screening.Order, c *screening.Clearance) { c.On = "2026-10-13" },
		"no reason":          func(_ *screening.Order, c *screening.Clearance) { c.Reason = "" },
		"another order":      func(_ *screening.Order, c *screening.Clearance) { c.Order = "T-2" },
		"the party changed":  func(o *screening.Order, _ *screening.Clearance) { o.Parties[1].Country = "IR" },
		"the entity changed": func(_ *screening.Order, c *screening.Clearance) { c.EntityDigest = c.PartyDigest },
	} {
		o, c := order(), clearance
		o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
		change(&o, &c)
		require.Equal(t, screening.Stop, outcome(o, c), name)
	}
}

// A clearance falls away when a new version of the list changes the entity's entry, and when the party's data change.
func TestClearanceFallsAwayWhenTheListChanges(t *testing.T) {
	e := listed()
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	cleared := screening.Request{Clearances: []screening.Clearance{clearanceOf(t, o, e)}}
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
