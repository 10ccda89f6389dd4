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
