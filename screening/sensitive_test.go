package screening_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger/policy"
	"github.com/stretchr/testify/require"
)

// The seller's own sensitive clients go through the index as any list does, each with its effect, its dates and its reason.
func TestSensitiveClients(t *testing.T) {
	client := listed(lists.Event{Status: "in_force", From: "2026-03-01"}, lists.Event{Status: "ended", From: "2026-09-01"})
	client.Measures[0].Notice, client.Measures[0].Terms, client.Remarks = "Board 2026-3", "asked for goods to be relabelled", "owner: export control officer"
	for _, effect := range []screening.Outcome{screening.Stop, screening.Review, screening.Advise} {
		client.Measures[0].Effect = string(effect)
		snap, err := lists.NewSnapshot(lists.List{ID: "sensitive-clients", Title: "Sensitive clients", TitleZh: "敏感客户", Regime: "OWN", Published: today, Entities: []lists.Entity{client}})
		require.NoError(t, err)
		index, err := lists.NewIndex(snap)
		require.NoError(t, err)
		c, err := classifier()
		require.NoError(t, err)
		s, err := screening.New(screening.Config{Lists: index, Classifier: c, Recorder: &memory{}})
		require.NoError(t, err)
		o := order()
		o.Parties[1].Name = "VORZELMANN Trikotronik"
		for day, want := range map[screening.Date]screening.Outcome{"2026-02-28": screening.Advise, "2026-03-01": effect, "2026-08-31": effect} {
			rep, err := s.Screen(t.Context(), o, screening.Request{At: at, AsOf: day, Current: current(day)})
			require.NoError(t, err)
			f := find(t, rep, screening.ListedParty)
			require.Equal(t, want, f.Outcome, day)
			require.Equal(t, "Board 2026-3", f.Sources[0].Citation)
		}
		require.NoError(t, index.Close())
	}
}

// A product that the seller's master marks as sensitive goes to a person, who reads why and by whom, from the day of the
// decision on; a country does by the seller's table of that day.
func TestSensitiveProductsAndCountries(t *testing.T) {
	master, err := classify.ReadMaster(strings.NewReader("part_number,list,basis,reviewer,reviewed,expires,sensitive,note\n"+
		"OC-1,EU-DU,own review,Reviewer A,2026-06-01,2027-06-01,y,found in a drone in 2026\n"), "master")
	require.NoError(t, err)
	c, err := classify.New(classify.Config{Master: &master})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	table, err := policy.Read("own.csv", strings.NewReader("# table: sensitive\n# title: Sensitive countries\n# title_zh: 敏感国家\n# authority: the seller\n# as_of: 2026-10-01\n# max_age_days: 400\n"+
		"country,mark,from,until,status,citation,note\nDE,review,2026-08-01,2026-09-30,in_force,resolution 4,made up\n"))
	require.NoError(t, err)
	tables, err := policy.BuiltIn()
	require.NoError(t, err)
	tables = tables.With(table)
	s, err := screening.New(screening.Config{Lists: newBench(t, "").index, Classifier: c, Tables: tables, Recorder: &memory{}})
	require.NoError(t, err)
	for _, day := range []struct {
		day              screening.Date
		product, country bool
	}{{"2026-05-31", false, false}, {"2026-06-01", true, false}, {"2026-08-01", true, true}, {"2026-09-30", true, true}, {"2026-10-12", true, false}} {
		rep, err := s.Screen(t.Context(), order(), screening.Request{At: at, AsOf: day.day, Current: current(day.day)})
		require.NoError(t, err)
		product, country := false, false
		for _, f := range rep.Findings {
			if f.Kind == screening.ItemConflict {
				product = true
				require.Equal(t, screening.Review, f.Outcome)
				require.Equal(t, "The product master marks this part as sensitive: found in a drone in 2026; Reviewer A; 2026-06-01.", f.Message.En)
			}
			country = country || f.Kind == screening.RuleFired && slices.Contains(f.Rule.IDs, "own-sensitive-country")
		}
		require.Equal(t, day.product, product, day.day)
		require.Equal(t, day.country, country, "%s: %+v", day.day, rep.Findings)
	}
}
