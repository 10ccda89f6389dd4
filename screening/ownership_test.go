package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// The affiliates rule of the Bureau of Industry and Security is in force, suspended and, when the suspension has run
// out with nothing later known, to be verified: only in force does the listing reach the company by itself.
func TestOwnershipRuleHasDates(t *testing.T) {
	e := listed()
	e.Measures[0].Programme = "EL"
	b := newBench(t, "us-csl", e)
	o := order()
	o.Lines[0].Contents = []screening.Content{{Country: "US", Percent: *number("28")}}
	o.Parties[1].Owners = []screening.Owner{{Name: "Vorzelmann Trikotronik GmbH", Percent: number("60")}}
	for _, c := range []struct {
		day    screening.Date
		status lists.Status
		want   screening.Outcome
	}{
		{"2025-09-28", "not_yet", screening.Review},
		{"2025-09-29", "in_force", screening.Require},
		{"2025-11-09", "in_force", screening.Require},
		{"2025-11-10", "suspended", screening.Review},
		{"2026-11-09", "suspended", screening.Review},
		{"2026-11-10", "verify", screening.Review},
	} {
		f := find(t, b.screen(t, o, screening.Request{AsOf: c.day, Current: current(c.day)}), screening.ListedOwner)
		require.Equal(t, c.want, f.Outcome, c.day)
		rule := f.Sources[len(f.Sources)-1]
		require.Equal(t, "BIS affiliates rule", rule.Citation)
		require.Equal(t, c.status, rule.Status, c.day)
		require.Equal(t, "own-bis-50", f.Match.Owner.Rule)
		require.Equal(t, []string{"Vorzelmann Trikotronik GmbH", "Beispiel Büromöbel GmbH"}, f.Match.Owner.Path)
	}
}

// A rule's share is the policy's: any, a quarter, a half. Control reaches a company whatever the share.
func TestOwnershipTiers(t *testing.T) {
	b := newBench(t, "un", listed())
	c, err := classifier()
	require.NoError(t, err)
	outcome := func(threshold string, owner screening.Owner) screening.Outcome {
		policy, err := screening.BuiltInPolicy()
		require.NoError(t, err)
		policy, err = policy.Modify(func(p *screening.Policy) {
			for i := range p.Ownership {
				if p.Ownership[i].Regime == "UN" {
					p.Ownership[i].Share = threshold
				}
			}
		})
		require.NoError(t, err)
		s, err := screening.New(screening.Config{Lists: b.index, Classifier: c, Policy: policy, Recorder: &b.memory})
		require.NoError(t, err)
		o := order()
		owner.Name = "Vorzelmann Trikotronik GmbH"
		o.Parties[1].Owners = []screening.Owner{owner}
		rep, err := s.Screen(t.Context(), o, screening.Request{At: at})
		require.NoError(t, err)
		return rep.Outcome
	}
	for _, tier := range []struct{ threshold, reached, below string }{{"0", "0.1", ""}, {"25", "25", "24.9"}, {"50", "50", "49.9"}} {
		require.Equal(t, screening.Stop, outcome(tier.threshold, screening.Owner{Percent: number(tier.reached)}), "%s of %s", tier.reached, tier.threshold)
		if tier.below != "" {
			require.Equal(t, screening.Review, outcome(tier.threshold, screening.Owner{Percent: number(tier.below)}), "%s of %s", tier.below, tier.threshold)
		}
	}
	require.Equal(t, screening.Stop, outcome("50", screening.Owner{Percent: number("5"), Control: true}), "control without shares")
	require.True(t, outcome("50", screening.Owner{}).Holds(), "an unknown share")
}

// Under the United Kingdom's rule a half is not enough: a person looks.
func TestOwnershipAbove(t *testing.T) {
	b := newBench(t, "uk", listed())
	o := order()
	o.Currency = "GBP" // a tie to the United Kingdom
	for share, want := range map[string]screening.Outcome{"49.9": screening.Review, "50": screening.Review, "50.01": screening.Stop} {
		o.Parties[1].Owners = []screening.Owner{{Name: "Vorzelmann Trikotronik GmbH", Percent: number(share)}}
		rep := b.screen(t, o, screening.Request{})
		f := find(t, rep, screening.ListedOwner)
		require.Equal(t, want, f.Outcome, share)
		require.Equal(t, want, rep.Outcome, share)
		require.True(t, f.Match.Owner.Above)
	}
}
