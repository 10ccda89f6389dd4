package trigger

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMissingNeverClears takes from each firing case, one by one, the fields that made the rule fire: the
// rule may still fire or be unchecked, but it must not pass as if the field had been harmless. Rules that ask
// whether a field is there are left out, and so are fields whose absence is a statement of its own.
func TestMissingNeverClears(t *testing.T) {
	s := builtInRules(t)
	checked := 0
	for i, r := range s.Rules() {
		if asksForAbsence(r.when) {
			continue
		}
		for _, c := range r.Cases {
			if c.Expect != Fired {
				continue
			}
			v, err := c.View()
			require.NoError(t, err)
			for _, f := range s.Eval(v)[i].Facts {
				if f.Value == "not given" || strings.HasPrefix(f.Name, "answers") || slices.ContainsFunc(alwaysThere, func(s string) bool { return strings.HasSuffix(f.Name, s) }) {
					continue
				}
				w, err := withoutField(c, f.Name)
				if err != nil {
					continue
				}
				checked++
				if got := s.Eval(w)[i]; got.State == NotFired {
					t.Errorf("%s:%d: rule %s passes without %s", r.File, c.Line, r.ID, f.Name)
				}
			}
		}
	}
	require.Greater(t, checked, 100)
}

// alwaysThere are fields that every order has or that have a default.
var alwaysThere = []string{".roles", ".kind", ".customised", ".field", ".type"}

// withoutField is the case's view with a field taken out after everything is set.
func withoutField(c Case, path string) (*View, error) {
	c.Set = append(slices.Clone(c.Set), Setting{path, nil})
	return c.View()
}

func asksForAbsence(c *cond) bool {
	return c.op == opKnown || c.op == opMissing || slices.ContainsFunc(c.kids, asksForAbsence)
}
