package trigger

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening/trigger/policy"
	"github.com/stretchr/testify/require"
)

// TestEveryRedFlagIsARule: each line of the table of red flags is carried out by a rule. The table is ours;
// where the fuller one is at hand it must name the same flags.
func TestEveryRedFlagIsARule(t *testing.T) {
	flags := readFlags(t, filepath.Join("testdata", "red_flags.tsv"))
	require.Len(t, flags, 55)
	s := builtInRules(t)
	for _, f := range flags {
		require.True(t, slices.ContainsFunc(s.Rules(), func(r *Rule) bool { return r.Flag == f }), f)
	}
	for _, r := range s.Rules() {
		if r.Flag != "" {
			require.Contains(t, flags, r.Flag, r.ID)
		}
	}
	full := filepath.Join("..", "..", "..", "shared", "facts", "red_flags.tsv")
	if _, err := os.Stat(full); err == nil {
		require.Equal(t, flags, readFlags(t, full))
	}
}

func readFlags(t *testing.T, file string) (ids []string) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if i > 0 {
			ids = append(ids, strings.Split(line, "\t")[0])
		}
	}
	return ids
}

// TestEveryRuleHasCases: each rule states a firing and a non-firing case and, where something it reads can
// be missing, an incomplete one.
func TestEveryRuleHasCases(t *testing.T) {
	s := builtInRules(t)
	for _, r := range s.Rules() {
		has := func(want State) bool {
			return slices.ContainsFunc(r.Cases, func(c Case) bool { return c.Expect == want })
		}
		require.True(t, has(Fired), "%s has no firing case", r.ID)
		require.True(t, has(NotFired), "%s has no non-firing case", r.ID)
		if r.CanLack() {
			require.True(t, has(NotCheckable), "%s has no incomplete case", r.ID)
		}
	}
}

// TestMissingAndStaleTablesAreSaid: on an order that concerns it, each country table that is missing or stale is named, and
// holds the order.
func TestMissingAndStaleTablesAreSaid(t *testing.T) {
	s := builtInRules(t)
	v := busyOrder(t)
	v.Regimes, v.Parties[1].RegisteredOn, v.EndUse.Text = nil, "2023-01-01", "wafer fab of the army"
	for _, table := range v.Policy.All() {
		stale := *table
		stale.AsOf, stale.MaxAgeDays = "2020-01-01", 1
		for name, tables := range map[string]*policy.Tables{"missing": v.Policy.Without(table.Name), "stale": v.Policy.With(&stale)} {
			w := *v
			w.Policy = tables
			gaps := Gaps(s.Eval(&w))
			i := slices.IndexFunc(gaps, func(g Gap) bool { return g.Path == "tables."+table.Name })
			require.GreaterOrEqual(t, i, 0, "%s %s is passed over", name, table.Name)
			require.False(t, gaps[i].Outcome.less(Incomplete), "%s %s: %s", name, table.Name, gaps[i].Outcome)
		}
	}
}

// TestStatutes: the catch-alls the project promises are there, under their citations.
func TestStatutes(t *testing.T) {
	s := builtInRules(t)
	for _, want := range []string{
		"Export Control Law art. 12(3)", "Order 792, art. 14", "Order 792, art. 25", "Order 792, art. 26", "Order 792, art. 28",
		"Wassenaar Arrangement", "2021/821 art. 4", "2021/821 art. 9", "2021/821 art. 10", "15 CFR 744.2", "15 CFR 744.3",
		"15 CFR 744.4", "15 CFR 744.6", "15 CFR 744.21", "15 CFR 744.23", "MOFCOM notice 2026-1", "MOFCOM notice 2025-61", "Security Council resolutions",
	} {
		require.True(t, slices.ContainsFunc(s.Rules(), func(r *Rule) bool { return strings.Contains(r.Citation, want) }), want)
	}
}

// TestEveryQuestionIsAsked: a question no rule waits for would never be put.
func TestEveryQuestionIsAsked(t *testing.T) {
	s := builtInRules(t)
	for _, q := range s.questions {
		require.True(t, slices.ContainsFunc(s.rules, func(r *Rule) bool { return slices.Contains(r.Questions, q.ID) }), q.ID)
	}
}
