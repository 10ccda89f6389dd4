package screening_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/orders"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A listed party more can only make an order's outcome greater, wherever it stands and whatever it does.
func TestAListedPartyNeverLowersTheOutcome(t *testing.T) {
	b := newBench(t, "un", listed())
	rapid.Check(t, func(rt *rapid.T) {
		o := order()
		before := b.screen(t, o, screening.Request{}).Outcome
		role := rapid.SampledFrom(screening.Roles).Draw(rt, "role")
		p := screening.Party{ID: "x", Roles: []screening.Role{role}, Name: "Vorzelmann Trikotronik GmbH", Country: "DE"}
		at := rapid.IntRange(0, len(o.Parties)).Draw(rt, "at")
		o.Parties = slices.Insert(o.Parties, at, p)
		after := b.screen(t, o, screening.Request{}).Outcome
		require.Equal(rt, after, after.Max(before))
		require.Equal(rt, screening.Stop, after)
	})
}

// The order of parties and lines is no fact about the order.
func TestPlaceDoesNotMatter(t *testing.T) {
	b := newBench(t, "un", listed())
	o := order()
	o.Parties = append(o.Parties, screening.Party{ID: "x", Roles: []screening.Role{screening.Notify}, Name: "Vorzelman Trikotronik", Country: "DE"})
	o.Lines = append(o.Lines, screening.Line{ID: "20", Description: "五轴联动加工中心", HS: "8457.10", Value: number("1")})
	want := kinds(b.screen(t, o, screening.Request{}))
	slices.Reverse(o.Parties)
	slices.Reverse(o.Lines)
	require.Equal(t, want, kinds(b.screen(t, o, screening.Request{})))
}

// kinds are the kinds and outcomes of all findings, sorted.
func kinds(rep *screening.Report) []string {
	var all []string
	for _, f := range rep.Findings {
		all = append(all, string(f.Kind)+" "+string(f.Outcome))
	}
	slices.Sort(all)
	return all
}

// FuzzScreen screens whatever decodes as an order: it never panics, it gives a report or an error that
// names what is wrong, the outcome is the greatest of the findings', and what is returned is recorded.
func FuzzScreen(f *testing.F) {
	entries, err := orders.FS.ReadDir(".")
	require.NoError(f, err)
	for _, e := range entries {
		data, err := orders.FS.ReadFile(e.Name())
		require.NoError(f, err)
		f.Add(data)
	}
	b := newBench(f, "un", listed())
	f.Fuzz(func(t *testing.T, data []byte) {
		var o screening.Order
		if json.Unmarshal(data, &o) != nil {
			return
		}
		b.records = nil
		rep, err := b.Screen(t.Context(), o, screening.Request{At: at, AsOf: today})
		var invalid *screening.InvalidOrderError
		if err != nil {
			require.True(t, errors.As(err, &invalid), "%v", err)
			require.NotEmpty(t, invalid.Problems)
			require.Nil(t, rep)
			require.Empty(t, b.records)
			return
		}
		require.Len(t, b.records, 1)
		outcome := screening.Clear
		for _, f := range rep.Findings {
			outcome = outcome.Max(f.Outcome)
		}
		require.Equal(t, outcome, rep.Outcome)
		require.Equal(t, outcome.BlockCode(), rep.Block)
	})
}
