package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

var moment = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// orders are JSON lines: n plain ones, one to a UN-listed end user, and one broken line.
func orders(n int) string {
	const line = `{"id":%q,"date":"2026-10-12","parties":[{"roles":["buyer","consignee","end_user"],"name":%q,"country":"NA"}],` +
		`"lines":[{"id":"1","description":"modelling clay","hs":"3407.00","uncontrolled":true}],"end_use":{"text":"sculpture","code":"civil"},"destination":"NA"}` + "\n"
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, fmt.Sprintf("P-%d", i), fmt.Sprintf("Example Studio %d Ltd", i))
	}
	fmt.Fprintf(&b, line, "LISTED", "Mansudae Overseas Project Group of Companies")
	b.WriteString(`{"id":"BROKEN","colour":"red"}` + "\n")
	return b.String()
}

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

func runBatch(t *testing.T, stdin string, args ...string) (status int, out string, err error) {
	t.Helper()
	var stdout bytes.Buffer
	args = append([]string{"-any-age", "-quiet", "-asof", "2026-10-12"}, args...)
	status, err = run(t.Context(), args, strings.NewReader(stdin), &stdout, io.Discard, moment)
	return status, stdout.String(), err
}

func TestBatch(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	in := write(t, "orders.jsonl", orders(20))
	status, out, err := runBatch(t, "", "-out", dir, in)
	require.Equal(t, failed, status)
	require.ErrorContains(t, err, "1 orders could not be screened")
	require.Contains(t, out, "orders 21")

	require.Equal(t, 21, strings.Count(read(t, dir, recordsFile), "\n"))
	rows, err := csv.NewReader(strings.NewReader(read(t, dir, tableFile))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 22)
	require.Equal(t, header["en"], rows[0])
	require.Equal(t, "P-0", rows[1][0])
	require.Equal(t, []string{"LISTED", "0", "2026-10-12", "stop"}, rows[21][:4])
	require.Contains(t, read(t, dir, errorsFile), in+":22")
	require.Contains(t, read(t, dir, errorsFile), "colour: is not a field of an order")

	_, _, err = runBatch(t, "", "-out", dir, in)
	require.ErrorContains(t, err, "already holds results")
}

// A run that was broken off in the middle of a record goes on behind the last whole one, and ends with
// the table of a run that was never broken off.
func TestResume(t *testing.T) {
	in := write(t, "orders.jsonl", orders(20))
	whole, broken := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "broken")
	_, _, err := runBatch(t, "", "-out", whole, "-workers", "1", in)
	require.ErrorContains(t, err, "could not be screened")

	records := strings.SplitAfter(read(t, whole, recordsFile), "\n")
	require.NoError(t, os.MkdirAll(broken, 0o700))
	torn := strings.Join(records[:7], "") + records[7][:100]
	require.NoError(t, os.WriteFile(filepath.Join(broken, recordsFile), []byte(torn), 0o600))

	_, out, err := runBatch(t, "", "-out", broken, "-workers", "1", "-resume", in)
	require.ErrorContains(t, err, "could not be screened")
	require.Contains(t, out, "done before 7")
	require.Equal(t, read(t, whole, recordsFile), read(t, broken, recordsFile))
	require.Equal(t, read(t, whole, tableFile), read(t, broken, tableFile))

	// Another day is another screening.
	_, out, err = runBatch(t, "", "-out", broken, "-resume", "-asof", "2026-10-13", in)
	require.ErrorContains(t, err, "could not be screened")
	require.Contains(t, out, "done before 0")
}

// The workbook holds what the table holds, as text: nothing of an order is a formula.
func TestBook(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	formula := strings.ReplaceAll(orders(2), `"id":"P-1"`, `"id":"=1+1"`)
	_, _, err := runBatch(t, "", "-out", dir, "-lang", "zh", write(t, "orders.jsonl", formula))
	require.ErrorContains(t, err, "could not be screened")
	f, err := excelize.OpenFile(filepath.Join(dir, bookFile))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	require.Equal(t, []string{"汇总", "订单"}, f.GetSheetList())
	rows, err := f.GetRows("订单")
	require.NoError(t, err)
	require.Equal(t, header["zh"], rows[0])
	require.Equal(t, "=1+1", rows[2][0])
	require.Equal(t, []string{"LISTED", "0", "2026-10-12", "stop", "EC-STOP"}, rows[3][:5])
	kind, err := f.GetCellType("订单", "A3")
	require.NoError(t, err)
	require.Equal(t, excelize.CellTypeInlineString, kind)
	summary, err := f.GetRows("汇总")
	require.NoError(t, err)
	require.Contains(t, summary, []string{"stop", "1"})
	require.Contains(t, summary, []string{"未能筛查", "1"})
	require.Equal(t, "un", summary[len(summary)-1][0])
}

// Parties are looked up by themselves: one that is listed is held, and one of which nothing is known but its name is clear.
func TestParties(t *testing.T) {
	lines := `{"id":"C-1","name":"Example Studio Ltd","country":"NA"}
{"id":"C-2","name":"Mansudae Overseas Project Group of Companies","roles":["buyer","payer"]}

{"id":"C-3","nmae":"Example"}
{"id":"C-4","name":"x"}],"lines":[]
{"name":"Another Example Ltd"}
`
	table := "\ufeffid,name,other_names,country,address\nC-1,Example Studio Ltd,,NA,\n" +
		"C-2,Example Works,Mansudae Overseas Project Group of Companies|Works,NA,\"1 Example Road, Windhoek\"\nC-3,\"a\nb\",,NA,,more\n"
	for name, c := range map[string]struct {
		text   string
		want   []string
		errors []string
	}{
		"parties.jsonl": {lines, []string{"C-1 clear", "C-2 stop", "parties.jsonl:6 clear"}, []string{"nmae", `parties.jsonl:5","error":"is no JSON object`}},
		"parties.csv":   {table, []string{"C-1 clear", "C-2 stop"}, []string{"wrong number of fields"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			path := write(t, name, c.text)
			status, _, err := runBatch(t, "", "-out", dir, "-parties", path)
			require.ErrorContains(t, err, "could not be screened")
			require.Equal(t, failed, status)
			rows, err := csv.NewReader(strings.NewReader(read(t, dir, tableFile))).ReadAll()
			require.NoError(t, err)
			var got []string
			for _, r := range rows[1:] {
				got = append(got, strings.TrimPrefix(r[0], filepath.Dir(path)+"/")+" "+r[3])
			}
			require.Equal(t, c.want, got)
			for _, e := range c.errors {
				require.Contains(t, read(t, dir, errorsFile), e)
			}
		})
	}
}

func TestResumeRefusesDamage(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, recordsFile), []byte("{}\n"), 0o600))
	_, _, err := runBatch(t, "", "-out", dir, "-resume", write(t, "orders.jsonl", orders(1)))
	require.ErrorContains(t, err, "the record at byte 0 is damaged")
}

func TestInputs(t *testing.T) {
	csvText := "order_id,line_id,order_date,buyer_name,buyer_country,description,uncontrolled\nC-1,1,2026-10-12,Example Works Ltd,DE,chair,true\nC-2,1,2026-10-12,样例商行,MY,椅子,true\n"
	dir := filepath.Join(t.TempDir(), "out")
	status, out, err := runBatch(t, csvText, "-out", dir, "-lang", "zh", "-", filepath.Join("..", "..", "testdata", "orders", "formats", "ubl-order.xml"))
	require.NoError(t, err)
	require.Equal(t, held, status)
	require.Contains(t, out, "订单 3")
	require.Contains(t, read(t, dir, tableFile), header["zh"][0])
}

func TestArguments(t *testing.T) {
	for name, args := range map[string][]string{
		"no file": {}, "bad language": {"-lang", "fr", "x"}, "bad day": {"-asof", "today", "x"}, "bad workers": {"-workers", "-1", "x"},
		"no such file": {"-out", t.TempDir(), filepath.Join(t.TempDir(), "none")}, "bad list": {"-out", t.TempDir(), "-list", "x=y", write(t, "o.jsonl", orders(1))},
	} {
		status, err := run(t.Context(), args, strings.NewReader(""), io.Discard, io.Discard, moment)
		require.Equal(t, failed, status, name)
		require.Error(t, err, name)
	}
	status, err := run(t.Context(), []string{"-h"}, nil, io.Discard, io.Discard, moment)
	require.Equal(t, nothingHeld, status)
	require.True(t, errors.Is(err, flag.ErrHelp))
}

func TestCellGuardsSpreadsheets(t *testing.T) {
	for in, want := range map[string]string{"": "", "PO-1": "PO-1", "=1+1": "'=1+1", "-5": "'-5", "@x": "'@x", "样例": "样例"} {
		require.Equal(t, want, cell(in))
	}
}
