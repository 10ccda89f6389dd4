package trigger

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const oneRule = `version: "1"
questions:
  - id: asked
    text: {en: "Asked?", zh: "问？"}
    why: {en: because, zh: 因为}
rules:
  - id: own-rule
    title: {en: T, zh: 题}
    message: {en: M, zh: 文}
    resolve: {en: R, zh: 解}
    regime: OWN
    citation: own
    when: WHEN
    outcome: review
`

func loadWhen(when string) (*RuleSet, error) {
	return Load("own.yaml", strings.NewReader(strings.Replace(oneRule, "WHEN", when, 1)))
}

// TestLoadErrors: every defect is named with file, line, column and rule.
func TestLoadErrors(t *testing.T) {
	for when, want := range map[string]string{
		`order.currency = "EUR"`:               `own.yaml:13:26: rule own-rule: unexpected token Operator("=")`,
		`order.colour == "red"`:                "own.yaml:13:11: rule own-rule: unknown name order.colour",
		`order.currency == 5`:                  "own.yaml:13:26: rule own-rule: invalid operation",
		`order.currency`:                       "expected bool, but got string",
		`party.name == ""`:                     "party is not known in scope order",
		`answer.never_asked == "yes"`:          `own.yaml:7:5: rule own-rule: no question "never_asked" is declared`,
		`{some: [order.controlled]}`:           `own.yaml:13:12: rule own-rule: unknown key "some" in a condition`,
		`[]`:                                   "an empty list of conditions",
		`{known: order.nothing}`:               "unknown name order.nothing",
		`'any(1..1000000000, {# > 5})'`:        "ranges are not allowed",
		`'let x = order.currency; x == ""'`:    "variables are not allowed",
		`'len(map(order.countries, {#})) > 0'`: "map is not a function of rules",
		`'any(order.countries, {any(order.countries, {# == "DE"})})'`: "any within any",
		`'now() > now()'`: "own.yaml:13",
		strings.Repeat("[", 12) + "order.controlled" + strings.Repeat("]", 12): "nested deeper",
	} {
		_, err := loadWhen(when)
		require.ErrorContains(t, err, want, when)
		var e *RuleError
		require.ErrorAs(t, err, &e, when)
		require.Equal(t, "own-rule", e.Rule, when)
	}
}

func TestLoadNamesSeveralErrors(t *testing.T) {
	_, err := Load("own.yaml", strings.NewReader("version: \"1\"\nrules:\n  - id: Bad Id\n    scope: galaxy\n    outcome: maybe\n    timeline: [{status: in_force, from: 2020-13-01}]\n  - id: b\n    when: order.x\n    colour: red\n"))
	for _, want := range []string{"Bad Id", "galaxy", "maybe", "timeline", "gives no title", "gives no when", "own.yaml:8:11: rule b: unknown name order.x", "own.yaml:9:5: rule b: unknown key \"colour\""} {
		require.ErrorContains(t, err, want)
	}
	_, err = Load("twice.yaml", strings.NewReader(strings.Replace(oneRule, "WHEN", "order.controlled", 1)+"  - id: own-rule\n    when: order.controlled\n"))
	require.ErrorIs(t, err, ErrDuplicate)
	_, err = Load("broken.yaml", strings.NewReader("rules:\n  - {"))
	require.ErrorContains(t, err, "broken.yaml:")
	_, err = Load("big.yaml", strings.NewReader(strings.Repeat("#", maxFile+1)))
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = Load("empty.yaml", strings.NewReader(""))
	require.Error(t, err)
}

func TestMerge(t *testing.T) {
	own, err := Load("own.yaml", strings.NewReader(strings.NewReplacer("WHEN", "order.currency == \"EUR\"", "outcome: review", "outcome: advise").Replace(oneRule)))
	require.NoError(t, err)
	base := builtInRules(t)
	both, err := Merge(base, own)
	require.NoError(t, err)
	require.Len(t, both.Rules(), len(base.Rules())+1)
	require.NotEqual(t, base.Digest(), both.Digest())
	require.Equal(t, base.Version()+"+1", both.Version())

	v, err := (&Case{}).View()
	require.NoError(t, err)
	results := both.Eval(v)
	require.Equal(t, Fired, results[len(results)-1].State)
	// The merged set comes to the same as the sets alone.
	for i, r := range base.Eval(v) {
		require.Equal(t, r.State, results[i].State)
	}
	_, err = Merge(own, own)
	require.ErrorIs(t, err, ErrDuplicate)
	require.ErrorContains(t, err, "own.yaml:7:5: rule own-rule: ")
	other, err := Load("other.yaml", strings.NewReader(strings.Replace(oneRule, "when: WHEN", "when: order.currency == \"USD\"\n    replaces: true", 1)))
	require.NoError(t, err)
	replaced, err := Merge(own, other)
	require.NoError(t, err)
	require.Len(t, replaced.Rules(), 1)
	require.Equal(t, NotFired, replaced.Eval(v)[0].State)
}

// TestConcurrentUse: one rule set serves many evaluations at once, each with the same result.
func TestConcurrentUse(t *testing.T) {
	s := builtInRules(t)
	v := busyOrder(t)
	want := states(s.Eval(v))
	var wg sync.WaitGroup
	got := make([][]State, 8)
	for i := range got {
		wg.Go(func() { got[i] = states(s.Eval(v)) })
	}
	wg.Wait()
	for _, g := range got {
		require.Equal(t, want, g)
	}
}

func states(results []Result) (out []State) {
	for _, r := range results {
		out = append(out, r.State)
	}
	return out
}

func FuzzLoad(f *testing.F) {
	f.Add(strings.Replace(oneRule, "WHEN", "order.controlled", 1))
	files, err := filepath.Glob(filepath.Join("rules", "*.yaml"))
	require.NoError(f, err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(string(data[:min(len(data), 4000)]))
	}
	v, err := (&Case{}).View()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data string) {
		s, err := Load("f.yaml", strings.NewReader(data))
		if (s == nil) == (err == nil) {
			t.Fatalf("set %v, error %v", s, err)
		}
		if s != nil {
			s.Eval(v)
		}
	})
}
