package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const ownRule = `version: "1"
rules:
  - id: no-dollars
    title: {en: Order in dollars, zh: 美元订单}
    message: {en: The order is in US dollars., zh: 订单以美元计价。}
    resolve: {en: Change the currency., zh: 更换币种。}
    regime: OWN
    citation: decision of the seller
    when: order.currency == "USD"
    outcome: advise
    cases:
      - {expect: fired, set: {currency: USD}}
      - {expect: EXPECT}
      - {expect: incomplete, unset: [currency], missing: [currency]}
`

func check(t *testing.T, text string, args ...string) (status int, out, errOut string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "own.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	var o, e strings.Builder
	status = run(append(args, file), &o, &e)
	return status, o.String(), e.String()
}

func TestOwnRules(t *testing.T) {
	status, out, _ := check(t, strings.Replace(ownRule, "EXPECT", "not_fired", 1), "-v")
	require.Equal(t, 0, status, out)
	require.Contains(t, out, "1 rules, 3 cases, 0 failed")

	status, out, _ = check(t, strings.Replace(ownRule, "EXPECT", "incomplete", 1))
	require.Equal(t, 2, status)
	require.Contains(t, out, "own.yaml:13: rule no-dollars: expected incomplete, got not_fired")
	require.Contains(t, out, "needs a firing and a non-firing case")

	status, out, _ = check(t, strings.NewReplacer("EXPECT", "not_fired", "      - {expect: incomplete, unset: [currency], missing: [currency]}\n", "").Replace(ownRule))
	require.Equal(t, 2, status)
	require.Contains(t, out, "own.yaml:3: rule no-dollars: reads what can be missing, and needs an incomplete case")

	status, _, errOut := check(t, strings.Replace(ownRule, "order.currency ==", "order.curency ==", 1))
	require.Equal(t, 1, status)
	require.Contains(t, errOut, "own.yaml:9:11: rule no-dollars: unknown name order.curency")
}

func TestBuiltInRules(t *testing.T) {
	var out, errOut strings.Builder
	require.Equal(t, 0, run(nil, &out, &errOut), out.String())
	require.Contains(t, out.String(), "0 failed, 0 rules without cases")
	out.Reset()
	require.Equal(t, 0, run([]string{"-vocabulary"}, &out, &errOut))
	require.Contains(t, out.String(), "line.priority")
	require.Equal(t, 1, run([]string{"no-such-file.yaml"}, &out, &errOut))
	errOut.Reset()
	require.Equal(t, 0, run([]string{"-h"}, &out, &errOut))
	require.Contains(t, errOut.String(), "Exit status")
	require.Equal(t, 1, run([]string{"-colour"}, &out, &errOut))
}
