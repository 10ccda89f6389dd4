package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

var moment = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// orders are JSON lines: ten of rising value, and one broken line where wanted.
func orders(t *testing.T, broken bool) string {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, `{"id":"P-%d","date":"2026-10-12","currency":"EUR","parties":[{"roles":["buyer","consignee","end_user"],"name":"Example Studio Ltd","country":"NA"}],`+
			`"lines":[{"id":"1","description":"modelling clay","hs":"3407.00","uncontrolled":true,"value":"%d"}],"end_use":{"text":"sculpture lessons","code":"civil"},"destination":"NA"}`+"\n", i, 1000*i)
	}
	if broken {
		b.WriteString(`{"id":"BROKEN","colour":"red"}` + "\n")
	}
	return write(t, "orders.jsonl", b.String())
}

const ownRules = `version: own-1
rules:
  - id: own-large-order
    title: {en: Large order <5000+>, zh: 大额订单}
    message: {en: The order is worth 5000 or more., zh: 订单金额达到5000。}
    resolve: {en: Obtain the committee's decision., zh: 由委员会决定。}
    regime: OWN
    citation: committee's resolution 3
    when: order.value >= 5000
    outcome: review
    cases:
      - {expect: fired, set: {"lines[0].value": "60000"}}
`

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return string(b)
}

func simulate(t *testing.T, args ...string) (status int, out string, err error) {
	t.Helper()
	var stdout bytes.Buffer
	args = append([]string{"-any-age", "-quiet", "-asof", "2026-10-12"}, args...)
	status, err = run(t.Context(), args, strings.NewReader(""), &stdout, io.Discard, moment)
	return status, stdout.String(), err
}

func TestSimulate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	rules := write(t, "own.yaml", ownRules)
	status, out, err := simulate(t, "-out", dir, "-name", "limit of 5000", "-rules", rules, orders(t, false))
	require.NoError(t, err)
	require.Equal(t, changed, status)
	require.Contains(t, out, "SIMULATION limit of 5000")
	require.Contains(t, out, "orders 10 · held 0 -> 5 · newly held 5 · newly free 0 · not screened 0")
	require.Contains(t, out, "review      0       5\n")
	require.Regexp(t, `(?m)^own-large-order +0 +5 +0 +5 +0 +0 +- +review +Large order <5000\+>$`, out)

	var s summary
	require.NoError(t, json.Unmarshal([]byte(read(t, dir, summaryFile)), &s))
	require.Equal(t, "simulation", s.Kind)
	require.Equal(t, pair{0, 5}, s.Held)
	require.NotEqual(t, s.Present.Rules, s.Proposed.Rules)
	require.Equal(t, s.Present.Policy, s.Proposed.Policy)
	reports := read(t, dir, reportsFile)
	sum := sha256.Sum256([]byte(reports))
	require.Equal(t, hex.EncodeToString(sum[:]), s.Reports)

	lines := strings.Split(strings.TrimSpace(reports), "\n")
	require.Len(t, lines, 20)
	for _, line := range lines {
		var rec screening.Record
		var rep screening.Report
		require.NoError(t, json.Unmarshal([]byte(line), &rec))
		require.NoError(t, json.Unmarshal(rec.Report, &rep))
		require.Contains(t, rec.Simulation, "limit of 5000: p")
		require.Equal(t, screening.SimulationSchema, rep.Schema)
	}

	rows, err := csv.NewReader(strings.NewReader(read(t, dir, changesFile))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 6)
	require.Equal(t, []string{"P-5", "advise", "review"}, rows[1][:3])
	require.Regexp(t, `^own-large-order \(review\); \d+ rules unchecked$`, rows[1][3], "a held order is asked more")
	require.Empty(t, rows[1][4])

	status, _, err = simulate(t, "-out", dir, orders(t, false))
	require.Equal(t, failed, status)
	require.ErrorContains(t, err, "already holds results")
}

// What is in force now may be given too, and a simulation may be turned round.
func TestSimulateTheOtherWay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	status, out, err := simulate(t, "-out", dir, "-lang", "zh", "-present-rules", write(t, "own.yaml", ownRules), orders(t, false))
	require.NoError(t, err)
	require.Equal(t, changed, status)
	require.Contains(t, out, "冻结 5 -> 0 · 新冻结 0 · 新放行 5")
	require.Contains(t, out, "大额订单")

	chart := read(t, dir, chartFile)
	require.Contains(t, chart, "冻结的订单")
	d := xml.NewDecoder(strings.NewReader(chart))
	bars := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "rect" {
			bars++
		}
	}
	require.Equal(t, 7, bars, "paper, key, and two bars each for the orders held and the rule")
}

func TestPolicyTablesAndOwn(t *testing.T) {
	table := write(t, "sensitive.csv", "# table: sensitive\n# title: Ours\n# as_of: 2026-10-01\ncountry,mark,from,until,status,citation,note\nNamibia,review,,,,,\n")
	own := write(t, "own.json", `{"sensitive_items":["3407"]}`)
	for name, args := range map[string][]string{"own-sensitive-country": {"-table", table}, "own-sensitive-item": {"-own", own}} {
		status, out, err := simulate(t, append(append([]string{"-out", filepath.Join(t.TempDir(), "out")}, args...), orders(t, false))...)
		require.NoError(t, err, name)
		require.Equal(t, changed, status, name)
		require.Contains(t, out, "held 0 -> 10", name)
		require.Regexp(t, "(?m)^"+name+" +0 +10 ", out)
	}
}

// With -history an order is compared with those before it in the file: of up to 9000 each, they come to more than 20000.
func TestHistory(t *testing.T) {
	own := write(t, "own.json", `{"split_limit":"20000"}`)
	for flag, want := range map[string]string{"-history": `(?m)^order-split +0 +[1-9]`, "-history=false": "No rule changes"} {
		_, out, err := simulate(t, "-out", filepath.Join(t.TempDir(), "out"), flag, "-own", own, orders(t, false))
		require.NoError(t, err)
		require.Regexp(t, want, out, flag)
	}
}

func TestNothingChanges(t *testing.T) {
	status, out, err := simulate(t, "-out", filepath.Join(t.TempDir(), "out"), "-asof", "order", "-all", orders(t, false))
	require.NoError(t, err)
	require.Equal(t, unchanged, status)
	require.Contains(t, out, "No rule changes.")
	require.Contains(t, out, "end-use-not-stated ", "-all lists every rule")
}

func TestBrokenOrdersAreNoted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	status, out, err := simulate(t, "-out", dir, orders(t, true))
	require.Equal(t, failed, status)
	require.ErrorContains(t, err, "1 orders could not be screened")
	require.Contains(t, out, "not screened 1")
	require.Contains(t, read(t, dir, summaryFile), "colour: is not a field of an order")
}

func TestArguments(t *testing.T) {
	in := orders(t, false)
	for name, args := range map[string][]string{
		"no file": {}, "bad language": {"-lang", "fr", "x"}, "bad day": {"-asof", "today", "x"}, "bad workers": {"-workers", "-1", "x"}, "no name": {"-name", "", "x"},
		"no such file": {"-out", t.TempDir(), filepath.Join(t.TempDir(), "none")}, "bad rules": {"-out", t.TempDir(), "-rules", write(t, "r.yaml", "rules: 7"), in},
		"bad policy": {"-out", t.TempDir(), "-policy", write(t, "p.yaml", "id: x"), in}, "bad table": {"-out", t.TempDir(), "-table", write(t, "t.csv", "x"), in},
		"bad own": {"-out", t.TempDir(), "-own", write(t, "o.json", `{"colour":1}`), in},
	} {
		status, err := run(t.Context(), args, strings.NewReader(""), io.Discard, io.Discard, moment)
		require.Equal(t, failed, status, name)
		require.Error(t, err, name)
	}
	status, err := run(t.Context(), []string{"-h"}, nil, io.Discard, io.Discard, moment)
	require.Equal(t, unchanged, status)
	require.True(t, errors.Is(err, flag.ErrHelp))
}

func TestScreeningsAreNotTaken(t *testing.T) {
	r, err := openResults(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.ErrorIs(t, r.Record(t.Context(), screening.Record{ID: "R-1"}), errScreening)
	require.Empty(t, read(t, r.dir, reportsFile))
}
