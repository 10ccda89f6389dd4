package screening

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/ordergate/ordergate/lists"
	"github.com/shopspring/decimal"
)

// effect is what a listing does to an order: the matrix row that decides, and the outcome it gives
// once the order's ties to the list's regime are counted in.
type effect struct {
	*Effect
	outcome Outcome
	// missing is what the order would have to say before it is known that it has no tie.
	missing []string
}

// effectOf reads the matrix for a listing, a party's roles and the order's item class. The greatest
// outcome over the roles decides. A user's own list may state the effect with the listing itself.
func (r *run) effectOf(list *lists.List, m lists.Measure, roles []Role) effect {
	var best effect
	for _, role := range roles {
		row := r.policy.row(list.ID, m.Programme, role, r.class)
		e := effect{Effect: row, outcome: row.Outcome}
		if o, err := ParseOutcome(m.Effect); err == nil {
			e.outcome = o
		}
		e.outcome, e.missing = r.ties.lower(r.order, list.Regime, e.outcome, row.WithoutNexus)
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
	regime *Regime
	why    []string
}

// of is the reasons why a regime applies; none where it does not. A regime the policy does not name
// applies: silence of the policy never weakens a listing.
func (n nexus) of(regime string) []string {
	for _, t := range n {
		if t.regime.Regime == regime {
			return t.why
		}
	}
	return []string{"policy"}
}

// lower is what an outcome comes to where its regime has no tie to the order: at most without, unless that is "". Where the
// order does not say whether it has one, nothing is released: the outcome is at least Incomplete, for want of the fields given.
func (n nexus) lower(o *Order, regime string, full, without Outcome) (out Outcome, missing []string) {
	if without == "" || len(n.of(regime)) > 0 {
		return full, nil
	}
	out, least := full.Min(without), full.Min(Incomplete)
	if out.rank() >= least.rank() {
		return out, nil
	}
	for _, t := range n {
		if t.regime.Regime == regime {
			missing = t.regime.missing(o)
		}
	}
	if len(missing) > 0 {
		out = least
	}
	return out, missing
}

// known reports whether the order states everything that ties are found by.
func (n nexus) known(o *Order) bool {
	return !slices.ContainsFunc(n, func(t regimeTies) bool { return len(t.regime.missing(o)) > 0 })
}

// missing are the fields that an order leaves out by which a tie to the regime would be found: goods of unknown origin,
// parties of no country, no currency.
func (r *Regime) missing(o *Order) []string {
	var paths []string
	add := func(field string, n, first int) {
		switch {
		case n == 1:
			paths = append(paths, fmt.Sprintf(field, strconv.Itoa(first)))
		case n > 1:
			paths = append(paths, fmt.Sprintf(field, "*"))
		}
	}
	if len(r.Currencies) > 0 && o.Currency == "" {
		paths = append(paths, "currency")
	}
	if len(r.Origins) > 0 {
		n, first := count(o.Lines, func(l *Line) bool { return l.Origin == "" && l.Kind != Servicing })
		add("lines[%s].origin", n, first)
	}
	if len(r.Parties) > 0 {
		n, first := count(o.Parties, func(p *Party) bool { return p.Country == "" })
		add("parties[%s].country", n, first)
	}
	return paths
}

// count is how many elements are such, and which is the first.
func count[T any](all []T, such func(*T) bool) (n, first int) {
	for i := range all {
		if such(&all[i]) {
			if n++; n == 1 {
				first = i
			}
		}
	}
	return n, first
}

// regimes names those whose law applies.
func (n nexus) regimes() []string {
	names := []string{}
	for _, t := range n {
		if len(t.why) > 0 {
			names = append(names, t.regime.Regime)
		}
	}
	return names
}

// ties finds what ties an order to each regime of the policy.
func (p *Policy) ties(o *Order) nexus {
	n := make(nexus, 0, len(p.Regimes))
	for k := range p.Regimes {
		r := &p.Regimes[k]
		t := regimeTies{regime: r}
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
