package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/screening/render"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "rewrite the golden reports in testdata/reports")

var moment = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const golden = "../../testdata/reports"

// TestGoldenReports screens every bundled order and compares its report, as JSON and in both languages,
// with the golden ones. Run with -update to rewrite them, and read the difference.
func TestGoldenReports(t *testing.T) {
	s, err := newSession(t.Context(), options{}, io.Discard)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.close()) })
	orders, err := readOrders(nil, order.Options{}, nil)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(orders), 16)

	outcomes := map[screening.Outcome]int{}
	kinds := map[screening.FindingKind]int{}
	for _, o := range orders {
		req := screening.Request{At: moment, AsOf: o.Date}
		rep, err := s.screener.Screen(t.Context(), o, req)
		require.NoError(t, err)
		again, err := s.screener.Screen(t.Context(), o, req)
		require.NoError(t, err)
		first, err := rep.JSON()
		require.NoError(t, err)
		second, err := again.JSON()
		require.NoError(t, err)
		require.Equal(t, string(first), string(second), "order %s: the same inputs gave other bytes", o.ID)

		outcomes[rep.Outcome]++
		for _, f := range rep.Findings {
			kinds[f.Kind]++
		}
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, first, "", " "))
		compare(t, o.ID+".json", indented.String()+"\n")
		for _, tag := range []language.Tag{language.English, language.SimplifiedChinese} {
			var text bytes.Buffer
			require.NoError(t, render.Text(&text, rep, tag))
			base, _ := tag.Base()
			compare(t, o.ID+"."+base.String()+".txt", text.String())
		}
	}
	for _, o := range screening.Outcomes {
		require.NotZero(t, outcomes[o], "no bundled order is %s", o)
	}
	for _, k := range []screening.FindingKind{
		screening.ListedParty, screening.WeakAliasHit, screening.ListedAddress, screening.ListedOwner, screening.ControlledItem,
		screening.PossibleControl, screening.PriorityItem, screening.ItemUnclear, screening.RuleFired, screening.RuleUnchecked, screening.PaperFinding,
	} {
		require.NotZero(t, kinds[k], "no bundled order has a finding of kind %s", k)
	}
}

var formats = filepath.Join("..", "..", "testdata", "orders", "formats")

// digests are those of inputs, and the report ids made from them: they change with every edition of the data
// and say nothing about what was found.
var digests = regexp.MustCompile(`\b[0-9a-f]{64}\b|\bR-[0-9a-f]{24}\b`)

// compare holds a text against the golden file of a name, or rewrites the file.
func compare(t *testing.T, name, got string) {
	t.Helper()
	got = digests.ReplaceAllString(got, "(digest)")
	path := filepath.Join(golden, strings.ReplaceAll(name, "/", "-"))
	if *update {
		require.NoError(t, os.MkdirAll(golden, 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s; run with -update where the change is meant", name)
}

// TestEveryFormat reads every sample document, told apart by content.
func TestEveryFormat(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(formats, "*"))
	require.NoError(t, err)
	files = slices.DeleteFunc(files, func(name string) bool {
		return filepath.Base(name) == "README.md" || filepath.Base(name) == "mapping.json"
	})
	require.GreaterOrEqual(t, len(files), 9)
	mapping, err := orderfile.ReadMapping(filepath.Join(formats, "mapping.json"))
	require.NoError(t, err)
	all, err := readOrders(files, mapping, nil)
	require.NoError(t, err)
	require.Greater(t, len(all), len(files))
}

func TestExitStatuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	clear, err := os.ReadFile("../../testdata/orders/01-clear-office-chairs.json")
	require.NoError(t, err)
	stop, err := os.ReadFile("../../testdata/orders/10-un-listed-end-user-exact.json")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		args   []string
		status int
		says   string
	}{
		"clear":        {[]string{"-asof", "2026-10-12", write("clear.json", string(clear))}, allClear, "CLEAR"},
		"held":         {[]string{"-asof", "2026-10-16", write("stop.json", string(stop))}, held, "STOP"},
		"chinese":      {[]string{"-lang", "zh", "-asof", "2026-10-16", filepath.Join(dir, "stop.json")}, held, "停止"},
		"no such file": {[]string{filepath.Join(dir, "none.json")}, failed, ""},
		"broken order": {[]string{write("broken.json", `{"id":"x","colour":"red"}`)}, failed, ""},
		"bad day":      {[]string{"-asof", "yesterday"}, failed, ""},
		"bad language": {[]string{"-lang", "fr"}, failed, ""},
		"mapping":      {[]string{"-asof", "2026-10-12", "-mapping", filepath.Join(formats, "mapping.json"), filepath.Join(formats, "sap-v2.json")}, held, "Order 40001"},
		"no mapping":   {[]string{"-asof", "2026-10-12", filepath.Join(formats, "sap-v2.json")}, failed, ""},
		"bad mapping":  {[]string{"-mapping", write("mapping.json", `{"sap":{"functions":{"Z1":"friend"}}}`), filepath.Join(formats, "sap-v2.json")}, failed, ""},
		"bad list":     {[]string{"-list", "abc=/nowhere", filepath.Join(dir, "clear.json")}, failed, ""},
	} {
		var out bytes.Buffer
		status, err := run(t.Context(), c.args, strings.NewReader(""), &out, io.Discard, moment)
		require.Equal(t, c.status, status, "%s: %v", name, err)
		require.Equal(t, c.status == failed, err != nil, name)
		require.Contains(t, out.String(), c.says, name)
	}
	status, err := run(t.Context(), []string{"-h"}, nil, io.Discard, io.Discard, moment)
	require.Equal(t, allClear, status)
	require.True(t, errors.Is(err, flag.ErrHelp))
}

func TestRecordVerifyReplay(t *testing.T) {
	log := filepath.Join(t.TempDir(), "records.db")
	var out bytes.Buffer
	status, err := run(t.Context(), []string{"-record", log}, nil, &out, io.Discard, moment)
	require.NoError(t, err)
	require.Equal(t, held, status)

	out.Reset()
	status, err = run(t.Context(), []string{"-verify", log}, nil, &out, io.Discard, moment)
	require.NoError(t, err)
	require.Equal(t, allClear, status)
	require.Contains(t, out.String(), "all as they were recorded")

	out.Reset()
	status, err = run(t.Context(), []string{"-replay", log}, nil, &out, io.Discard, moment)
	require.NoError(t, err)
	require.Equal(t, allClear, status)
	require.Contains(t, out.String(), "byte for byte")

	key, err := os.Stat(log + ".key")
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), key.Mode().Perm())
}
