package screening_test

import (
	"testing"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// China's order of 2026-05-02 forbids complying with the US listing of five refineries: from that day on neither law is
// simply followed. The listing no longer stops the order, a person reads of both, and a payment in dollars does not change that.
func TestConflictOfLaws(t *testing.T) {
	policy, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	require.Len(t, policy.Conflicts, 1)
	require.Len(t, policy.Conflicts[0].Names, 5)
	for _, name := range policy.Conflicts[0].Names {
		e := listed()
		e.Names[0].Text, e.Measures[0].Programme, e.Countries = name, "SDN", []string{"CN"}
		b := newBench(t, "us-csl", e)
		o := order()
		o.Currency = "USD"
		o.Parties[1].Name = name
		for day, want := range map[screening.Date]screening.Outcome{"2026-05-01": screening.Stop, "2026-05-02": screening.Review, "2026-10-12": screening.Review} {
			rep := b.screen(t, o, screening.Request{AsOf: day, Current: current(day)})
			hit := find(t, rep, screening.ListedParty)
			require.Equal(t, want, hit.Outcome, "%s on %s", name, day)
			if want == screening.Stop {
				for _, f := range rep.Findings {
					require.NotEqual(t, screening.LawConflict, f.Kind)
				}
				continue
			}
			f := find(t, rep, screening.LawConflict)
			require.Equal(t, screening.Review, f.Outcome)
			require.Equal(t, "parties[1].name", f.Subject)
			require.Equal(t, "MOFCOM prohibition order of 2026-05-02 under the blocking rules of 2021-01-09", f.Sources[0].Citation)
			require.Equal(t, "us-csl", f.Sources[1].List, "both laws are cited")
			require.NotEmpty(t, f.Title.Zh)
			require.NotEmpty(t, f.Next.Zh)
			require.Equal(t, screening.Review, rep.Outcome)
		}
	}
}

// There is no conflict where a reviewer has established that the party is not the refinery, where the US listing has ended,
// or where another authority lists it.
func TestNoConflictOfLaws(t *testing.T) {
	const name = "Hebei Xinhai Chemical Group Co., Ltd."
	screen := func(list string, req func(screening.Order, lists.Entity) screening.Request, timeline ...lists.Event) *screening.Report {
		e := listed(timeline...)
		e.Names[0].Text, e.Measures[0].Programme = name, "SDN"
		o := order()
		o.Currency = "USD"
		o.Parties[1].Name = name
		return newBench(t, list, e).screen(t, o, req(o, e))
	}
	plain := func(screening.Order, lists.Entity) screening.Request { return screening.Request{} }
	cleared := func(o screening.Order, e lists.Entity) screening.Request {
		c := clearanceOf(t, o, e)
		c.List = "us-csl"
		return screening.Request{Clearances: []screening.Clearance{c}}
	}
	for reason, rep := range map[string]*screening.Report{
		"cleared": screen("us-csl", cleared), "listed by others": screen("un", plain),
		"ended": screen("us-csl", plain, lists.Event{Status: "in_force", From: "2025-05-08"}, lists.Event{Status: "ended", From: "2026-08-01"}),
	} {
		find(t, rep, screening.ListedParty)
		for _, f := range rep.Findings {
			require.NotEqual(t, screening.LawConflict, f.Kind, reason)
		}
	}
}
