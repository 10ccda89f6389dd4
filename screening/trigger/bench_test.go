package trigger

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// orderOf is the plain order with 8 parties and 20 lines.
func orderOf(t testing.TB, c Case) *View {
	t.Helper()
	v, err := c.View()
	require.NoError(t, err)
	for i := len(v.Parties); i < 8; i++ {
		p := v.Parties[1]
		p.ID, p.Roles = fmt.Sprint("x", i), []string{[]string{"notify", "agent", "bank", "forwarder", "carrier"}[i-3]}
		v.Parties = append(v.Parties, p)
	}
	for i := len(v.Lines); i < 20; i++ {
		l := v.Lines[0]
		l.ID, l.PartNumber = fmt.Sprint(i+1), fmt.Sprint("P-", i)
		n := decimal.NewFromInt(int64(100 + i))
		l.Value = &n
		v.Lines = append(v.Lines, l)
	}
	return v
}

// busyOrder makes many rules look further: controlled goods of US origin for a military use, and a match.
func busyOrder(t testing.TB) *View {
	control := []any{map[string]any{"list": "CN-DUCL", "code": "2B201", "strength": "declared", "status": "in_force"}}
	match := []any{map[string]any{"list": "cn-watch", "regime": "CN", "confirmed": true, "status": "in_force", "by": "name"}}
	return orderOf(t, Case{Set: []Setting{
		{"destination", "VE"}, {"lines[0].origin", "US"}, {"lines[0].classes", control}, {"lines[0].priority", "1"},
		{"end_use.text", "radios for the Ministry of Defence; not for missiles"}, {"parties[2].matches", match},
		{"documents", []any{map[string]any{"type": "general_licence", "destination": "VE"}}},
	}})
}

// benchmarkEval also reports the median and the tenth percentile: on a machine that others use too, the mean measures them.
func benchmarkEval(b *testing.B, v *View) {
	s := builtInRules(b)
	b.ReportAllocs()
	var took []time.Duration
	for b.Loop() {
		begin := time.Now()
		s.Eval(v)
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "median-ns")
	b.ReportMetric(float64(took[len(took)/10]), "p10-ns")
}

// BenchmarkEvalPlain is all built-in rules over a plain order of 8 parties and 20 lines.
func BenchmarkEvalPlain(b *testing.B) { benchmarkEval(b, orderOf(b, Case{})) }

// BenchmarkEvalBusy is the same over an order on which many rules fire.
func BenchmarkEvalBusy(b *testing.B) { benchmarkEval(b, busyOrder(b)) }

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := BuiltIn(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestResultsAreDeterministic: equal views give equal bytes.
func TestResultsAreDeterministic(t *testing.T) {
	s := builtInRules(t)
	first, err := json.Marshal(s.Eval(busyOrder(t)))
	require.NoError(t, err)
	for range 5 {
		again, err := json.Marshal(s.Eval(busyOrder(t)))
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}

// TestEvalInto evaluates the orders of all cases one after another into the same memory, and again in the other order:
// what was evaluated before shows nowhere.
func TestEvalInto(t *testing.T) {
	s := builtInRules(t)
	var views []*View
	for _, r := range s.Rules() {
		for i := range r.Cases {
			v, err := r.Cases[i].View()
			require.NoError(t, err)
			views = append(views, v)
		}
	}
	views = append(views, busyOrder(t))
	want := make([]string, len(views))
	for i, v := range views {
		b, err := json.Marshal(s.Eval(v))
		require.NoError(t, err)
		want[i] = string(b)
	}
	var buf []Result
	for i := len(views) - 1; i >= 0; i-- {
		buf = s.EvalInto(buf, views[i])
		b, err := json.Marshal(buf)
		require.NoError(t, err)
		require.Equal(t, want[i], string(b))
	}
}
