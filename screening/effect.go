package screening

import (
	"fmt"
	"slices"

	"github.com/ordergate/ordergate/lists"
	"github.com/shopspring/decimal"
)

// effect is what a listing does to an order: the matrix row that decides, and the outcome it gives
// once the order's ties to the list's regime are counted in.
type effect struct {
	*Effect
	outcome Outcome
	nexus   []string
}

// effectOf reads the matrix for a listing, a party's roles and the order's item class. The greatest
// outcome over the roles decides. A user's own list may state the effect with the listing itself.
func (p *Policy) effectOf(list *lists.List, m lists.Measure, roles []Role, class ItemClass, ties nexus) effect {
	var best effect
	for _, role := range roles {
		row := p.row(list.ID, m.Programme, role, class)
		e := effect{Effect: row, outcome: row.Outcome, nexus: ties.of(list.Regime)}
		if o, err := ParseOutcome(m.Effect); err == nil {
			e.outcome = o
		}
		if len(e.nexus) == 0 && row.WithoutNexus != "" {
			e.outcome = e.outcome.Min(row.WithoutNexus)
		}
		if best.Effect == nil || e.outcome.rank() > best.outcome.rank() {
			best = e
		}
	}
	return best
}

// row is the first row that fits; LoadPolicy has made sure that the last one fits everything.
func (p *Policy) row(list, programme string, role Role, class ItemClass) *Effect {
	for i := range p.Effects {
		e := &p.Effects[i]
		if (e.List == "" || e.List == list) &&
			(len(e.Programmes) == 0 || slices.Contains(e.Programmes, programme)) &&
			(len(e.Roles) == 0 || slices.Contains(e.Roles, role)) &&
			(len(e.Items) == 0 || slices.Contains(e.Items, class)) {
			return e
		}
	}
	return &p.Effects[len(p.Effects)-1]
}

// nexus holds, for each regime of the policy, why its law applies to the order.
type nexus []regimeTies

type regimeTies struct {
	regime string
	why    []string
}

// of is the reasons why a regime applies; none where it does not. A regime the policy does not name
// applies: silence of the policy never weakens a listing.
func (n nexus) of(regime string) []string {
	for _, t := range n {
		if t.regime == regime {
			return t.why
		}
	}
	return []string{"policy"}
}

// regimes names those whose law applies.
func (n nexus) regimes() []string {
	names := []string{}
	for _, t := range n {
		if len(t.why) > 0 {
			names = append(names, t.regime)
		}
	}
	return names
}

// ties finds what ties an order to each regime of the policy.
func (p *Policy) ties(o *Order) nexus {
	n := make(nexus, 0, len(p.Regimes))
	for _, r := range p.Regimes {
		t := regimeTies{regime: r.Regime}
		if r.Always {
			t.why = append(t.why, "always")
		}
		if slices.Contains(r.Currencies, o.Currency) {
			t.why = append(t.why, "currency "+o.Currency)
		}
		for i, l := range o.Lines {
			if slices.Contains(r.Origins, l.Origin) {
				t.why = append(t.why, fmt.Sprintf("lines[%d].origin %s", i, l.Origin))
			}
			for _, c := range l.Contents {
				if slices.Contains(r.Origins, c.Country) {
					t.why = append(t.why, fmt.Sprintf("lines[%d].contents %s %s %%", i, c.Country, c.Percent))
				}
			}
		}
		for i, q := range o.Parties {
			if slices.Contains(r.Parties, q.Country) {
				t.why = append(t.why, fmt.Sprintf("parties[%d].country %s", i, q.Country))
			}
		}
		n = append(n, t)
	}
	return n
}

// tiesKnown reports whether an order states everything that ties are found by.
func tiesKnown(o *Order) bool {
	return o.Currency != "" && !slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Origin == "" }) &&
		!slices.ContainsFunc(o.Parties, func(p Party) bool { return p.Country == "" })
}

func parsePercent(s string) (Decimal, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("%q is not a number", s)
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)) {
		return Decimal{}, fmt.Errorf("%s is not a percentage", s)
	}
	return d, nil
}
