package trigger

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func builtInRules(t testing.TB) *RuleSet {
	t.Helper()
	s, err := BuiltIn()
	require.NoError(t, err)
	return s
}

// TestBuiltInCases runs the cases the rule files state.
func TestBuiltInCases(t *testing.T) {
	for _, r := range builtInRules(t).Check() {
		if r.Err != nil {
			t.Errorf("%s:%d: rule %s: %v", r.Rule.File, r.Case.Line, r.Rule.ID, r.Err)
		}
	}
}

// TestPlainOrder: no rule fires on the plain order, none is unchecked, and nothing is asked.
func TestPlainOrder(t *testing.T) {
	s := builtInRules(t)
	v, err := (&Case{}).View()
	require.NoError(t, err)
	results := s.Eval(v)
	for _, r := range results {
		if r.State != NotFired {
			t.Errorf("%s: %s %s, missing %v, facts %v", r.Rule.ID, r.State, r.Outcome, r.Missing, r.Facts)
		}
	}
	require.Empty(t, s.Questions(results))
	require.Empty(t, Gaps(results))
}

// TestSparseOrder: an order that gives what every order has and no more is not held; what was not checked is
// said, at Advise.
func TestSparseOrder(t *testing.T) {
	s := builtInRules(t)
	c := Case{Unset: []string{
		"parties[1].website", "parties[1].employees", "parties[1].phones", "parties[1].emails", "parties[1].industry", "parties[1].owners_known",
		"parties[2].website", "parties[2].employees", "parties[2].phones", "parties[2].emails", "parties[2].industry", "parties[2].owners_known",
		"parties[1].registered_on", "parties[2].registered_on", "parties[1].addresses", "parties[2].addresses", "parties[1].business", "parties[2].business",
		"parties[1].customer_since", "parties[2].customer_since",
		"lines[0].list_price", "lines[0].contents", "end_use.reexport", "end_use.site", "end_use.code", "route", "delivery", "payment", "own", "history", "notices",
	}}
	v, err := c.View()
	require.NoError(t, err)
	results := s.Eval(v)
	for _, r := range results {
		if !r.Outcome.less(Incomplete) {
			t.Errorf("%s: %s %s, missing %v", r.Rule.ID, r.State, r.Outcome, r.Missing)
		}
	}
	gaps := Gaps(results)
	require.NotEmpty(t, gaps)
	for _, g := range gaps {
		require.Equal(t, Advise, g.Outcome, g.Path)
		t.Log(g.Path, g.Rules)
	}
	require.Empty(t, s.Questions(results))
}

// TestHeldOrderIsAsked: once an order is held the soft fields and the questions are due.
func TestHeldOrderIsAsked(t *testing.T) {
	s := builtInRules(t)
	v, err := (&Case{Set: []Setting{{"held", true}}}).View()
	require.NoError(t, err)
	questions := s.Questions(s.Eval(v))
	require.NotEmpty(t, questions)
	for _, q := range questions {
		require.NotEmpty(t, q.Text.Zh)
		require.NotEmpty(t, q.Rules)
		v.Answers = append(v.Answers, Answer{Question: q.ID, Value: map[bool]string{true: "yes", false: "no"}[q.ID == "knows_product" || q.ID == "packaging_fits"]})
	}
	require.Empty(t, s.Questions(s.Eval(v)), "answered")
	for _, r := range s.Eval(v) {
		require.Equal(t, NotFired, r.State, r.Rule.ID)
	}
	v.Answers[0].Value = "unknown"
	require.Len(t, s.Questions(s.Eval(v)), 1, "unknown is no answer")
}

// TestTrace: a fired rule shows what it read, with the words of the text.
func TestTrace(t *testing.T) {
	s := builtInRules(t)
	v, err := (&Case{Set: []Setting{{"end_use.text", "pumps for the army, not for missiles"}}}).View()
	require.NoError(t, err)
	results := s.Eval(v)
	for _, r := range results {
		if r.Rule.ID != "end-use-military" {
			continue
		}
		require.Equal(t, Fired, r.State)
		require.Equal(t, []string{"end_use"}, r.Subjects)
		require.Contains(t, r.Facts, Fact{"end_use.text", `military "army"; missile "missiles" (denied)`})
		require.Equal(t, r.Rule.Resolve, r.WouldChange())
	}
}

// TestGapsTellKindsApart: an optional table stays Advise where a field the same rule needs is Incomplete.
func TestGapsTellKindsApart(t *testing.T) {
	s := builtInRules(t)
	v, err := (&Case{Set: []Setting{{"held", true}, {"payment.means", "cash"}}, Unset: []string{"own.finance_limit", "parties[1].phones", "parties[1].emails", "destination"}}).View()
	require.NoError(t, err)
	outcomes := make(map[string]Outcome)
	for _, g := range Gaps(s.Eval(v)) {
		outcomes[g.Path] = g.Outcome
	}
	require.Equal(t, Advise, outcomes["tables.finance_limit"])
	require.Equal(t, Incomplete, outcomes["parties[1].phones"])
	require.Equal(t, Incomplete, outcomes["destination"])
}
