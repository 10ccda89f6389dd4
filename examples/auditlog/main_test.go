package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
)

// tool runs the program in a directory of its own, at a fixed time that tests may move.
type tool struct {
	t   *testing.T
	dir string
	at  time.Time
}

func newTool(t *testing.T) *tool {
	x := &tool{t: t, dir: t.TempDir(), at: time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC)}
	x.ok("keygen", "-name", "exports.example.com/records", "-dir", x.dir)
	x.write("body.json", `{ "order": "SO-1001",  "findings": [] }`)
	x.write("statement.json", `{"order":"SO-1001","outcome":"review"}`)
	return x
}

func (x *tool) path(name string) string { return filepath.Join(x.dir, name) }

func (x *tool) write(name, text string) {
	require.NoError(x.t, os.WriteFile(x.path(name), []byte(text), 0o600))
}

// run gives exit status and output; arguments beginning with @ are paths in the tool's directory.
func (x *tool) run(args ...string) (status int, out string) {
	args = append([]string(nil), args...)
	for i, a := range args {
		if name, ok := strings.CutPrefix(a, "@"); ok {
			args[i] = x.path(name)
		}
	}
	var b bytes.Buffer
	status = run(context.Background(), args, &b, &b, func() time.Time { return x.at })
	return status, b.String()
}

func (x *tool) ok(args ...string) string {
	status, out := x.run(args...)
	require.Zero(x.t, status, out)
	return out
}

func (x *tool) fails(want int, args ...string) string {
	status, out := x.run(args...)
	require.Equal(x.t, want, status, out)
	return out
}

func (x *tool) append(id, subject string, flags ...string) string {
	args := append([]string{"append", "-signer", "@signer.key", "-kind", "report", "-subject", subject, "-statement", "@statement.json",
		"-party", "Example Works Ltd", "-country", "KZ", "-document", "PO-7", "-outcome", "review", "-regime", "CN"}, flags...)
	return x.ok(append(args, "@log.db", id, "@body.json")...)
}

func TestWholeWay(t *testing.T) {
	x := newTool(t)
	require.Equal(t, "record 0\n", x.append("report/SO-1001/1", "SO-1001"))
	x.write("early", x.ok("checkpoint", "-key", "@public.key", "@log.db"))
	x.at = x.at.AddDate(0, 0, 1)
	require.Equal(t, "record 1\n", x.append("report/SO-1002/1", "SO-1002"))
	require.Contains(t, x.ok("verify", "-key", "@public.key", "-trusted", "@early", "@log.db"), "2 records")
	require.Contains(t, x.ok("verify", "-key", "@public.key", "@log.db"), "no trusted checkpoint")
	require.Contains(t, x.ok("show", "-key", "@public.key", "@log.db", "report/SO-1001/1"), `"findings"`)
	require.Contains(t, x.ok("prove", "-key", "@public.key", "@log.db", "report/SO-1001/1"), "index 0\n")
	require.Contains(t, x.ok("prove", "-key", "@public.key", "-old", "@early", "@log.db"), "exports.example.com/records\n2\n")
	require.Equal(t, "2 records\n", x.ok("publish", "-key", "@public.key", "@log.db", "@tiles"))
	require.FileExists(t, x.path("tiles/tile/0/000.p/2"))
	require.Contains(t, x.ok("verify", "-key", "@public.key", "-trusted", "@early", "@tiles"), "2 records")
	x.write("tiles/tile/entries/000.p/2", "")
	x.fails(2, "verify", "-key", "@public.key", "@tiles")
	found := x.ok("search", "-key", "@public.key", "-party", "example works", "-from", "2026-03-03", "@log.db")
	require.Equal(t, "1\t2026-03-03T08:15:00Z\treport\treport/SO-1002/1\tSO-1002\treview\tExample Works Ltd\n1 of 1\n", found)
}

func TestReceipt(t *testing.T) {
	x := newTool(t)
	x.append("report/SO-1001/1", "SO-1001")
	text := x.ok("receipt", "make", "-key", "@public.key", "@log.db", "report/SO-1001/1")
	x.write("receipt.txt", text)
	require.NoError(t, os.Remove(x.path("log.db")))
	out := x.ok("receipt", "check", "-key", "@public.key", "@receipt.txt")
	require.Contains(t, out, "order\tSO-1001\noutcome\treview\n")
	x.write("receipt.txt", strings.Replace(text, `"review"`, `"clear"`, 1))
	x.fails(2, "receipt", "check", "-key", "@public.key", "@receipt.txt")
}

// TestScreening screens a sample order, and lets a forwarder check the receipt and an auditor the pack.
func TestScreening(t *testing.T) {
	x := newTool(t)
	path := func(i int) string {
		return filepath.Join("..", "..", "testdata", "orders", []string{"01-clear-office-chairs.json", "02-clear-fans-zh.json"}[i])
	}
	x.screen(path(0))
	x.write("policy.yaml", "a policy\n")
	x.ok("append", "-signer", "@signer.key", "-hash", "-document", "C-7", "@log.db", "document/C-7", "@policy.yaml")
	require.Contains(t, x.ok("show", "-key", "@public.key", "@log.db", "document/C-7"),
		`"sha256": "8f20683e4c9e991589cad8b12dbd690d94972e3638de384889ef7524abb0e11b"`)

	found := strings.Fields(x.ok("search", "-key", "@public.key", "-kind", "report", "@log.db"))
	x.write("receipt.txt", x.ok("receipt", "make", "-key", "@public.key", "@log.db", found[3]))
	out := x.ok("receipt", "check", "-key", "@public.key", "-order", path(0), "@receipt.txt")
	for _, want := range []string{"order_sha256\t", "as_of\t2026-03-02\n", "outcome\t", "lists[0].digest\t", "the order is the one that was screened"} {
		require.Contains(t, out, want)
	}
	require.Contains(t, x.fails(2, "receipt", "check", "-key", "@public.key", "-order", path(1), "@receipt.txt"), "not of this order")

	x.ok("export", "-signer", "@signer.key", "-tiles", "-files", "@archive", "@log.db", "@pack.zip")
	require.Contains(t, x.ok("verify", "-key", "@public.key", "@pack.zip"), "2 records of a log of 2")
}

// TestStopReport prints the evidence of an order with a forged certificate, and none of an order without one.
func TestStopReport(t *testing.T) {
	x := newTool(t)
	orders := filepath.Join("..", "..", "testdata", "orders")
	x.screen(filepath.Join(orders, "27-certificate-forged-zh.json"))
	x.screen(filepath.Join(orders, "01-clear-office-chairs.json"))
	for document, want := range map[string]string{"EX-1027": "", "EX-1001": "nothing in it must be reported"} {
		id := strings.Fields(x.ok("search", "-key", "@public.key", "-kind", "report", "-document", document, "@log.db"))[3]
		if want != "" {
			require.Contains(t, x.fails(1, "stopreport", "-key", "@public.key", "@log.db", id), want)
			continue
		}
		require.Contains(t, x.ok("stopreport", "-key", "@public.key", "@log.db", id), "STOP AND REPORT: order EX-1027")
		require.Contains(t, x.ok("stopreport", "-key", "@public.key", "-lang", "zh", "@log.db", id), "停止出口并报告：订单 EX-1027")
		var pack screening.StopReport
		require.NoError(t, json.Unmarshal([]byte(x.ok("stopreport", "-key", "@public.key", "-json", "@log.db", id)), &pack))
		require.Equal(t, screening.StopReportSchema, pack.Schema)
		require.Equal(t, "report/"+pack.Report, id)
		require.NotEmpty(t, pack.Grounds)
	}
	x.append("note/1", "SO-1", "-kind", "note")
	require.Contains(t, x.fails(1, "stopreport", "-key", "@public.key", "@log.db", "note/1"), "not a report")
}

// screen screens the orders of a file into the tool's log, and keeps what the reports were made from.
func (x *tool) screen(path string) {
	ctx := context.Background()
	c := &call{ctx: ctx}
	l, err := c.openWrite(x.path("signer.key"), x.path("log.db"))
	require.NoError(x.t, err)
	defer l.Close()
	all, err := cn.BuiltIn()
	require.NoError(x.t, err)
	snapshot, err := lists.NewSnapshot(all...)
	require.NoError(x.t, err)
	index, err := lists.NewIndex(snapshot)
	require.NoError(x.t, err)
	defer index.Close()
	s, err := screening.New(screening.Config{Lists: index, Recorder: icp.NewRecorder(l)})
	require.NoError(x.t, err)
	defer s.Close()
	require.NoError(x.t, s.Keep(lists.DirStore(x.path("archive"))))
	f, err := os.Open(path)
	require.NoError(x.t, err)
	defer f.Close()
	read, _, err := order.Read(f)
	require.NoError(x.t, err)
	for _, o := range read {
		_, err := s.Screen(ctx, o, screening.Request{At: x.at})
		require.NoError(x.t, err)
	}
}

func TestPack(t *testing.T) {
	x := newTool(t)
	x.append("report/SO-1001/1", "SO-1001")
	x.write("early", x.ok("checkpoint", "-key", "@public.key", "@log.db"))
	x.append("report/SO-1002/1", "SO-1002")
	require.NoError(t, os.Mkdir(x.path("files"), 0o700))
	x.write("files/programme.yaml", "policy: none\n")
	x.ok("export", "-signer", "@signer.key", "-tiles", "-earlier", "@early", "-files", "@files", "@log.db", "@pack.zip")
	require.Contains(t, x.ok("verify", "-key", "@public.key", "@pack.zip"), "2 records of a log of 2")
	x.ok("export", "-signer", "@signer.key", "-subject", "SO-1002", "-to", "2026-03-02", "@log.db", "@one.zip")
	require.Contains(t, x.ok("verify", "-key", "@public.key", "@one.zip"), "1 records of a log of 2")

	pack, err := os.ReadFile(x.path("pack.zip"))
	require.NoError(t, err)
	pack[len(pack)/2] ^= 1
	x.write("pack.zip", string(pack))
	x.fails(2, "verify", "-key", "@public.key", "@pack.zip")
}

func TestRetention(t *testing.T) {
	x := newTool(t)
	x.append("report/SO-1001/1", "SO-1001")
	require.Empty(t, x.ok("due", "-key", "@public.key", "-asof", "2031-03-02", "@log.db"))
	require.Equal(t, "2031-03-03\tSO-1001\tCN\t1\t\n", x.ok("due", "-key", "@public.key", "-asof", "2031-03-03", "@log.db"))
	why := []string{"-signer", "@signer.key", "-by", "records officer", "-reason", "term passed"}
	remove := append(append([]string{"delete"}, why...), "-id", "deletion/1", "-subject", "SO-1001", "@log.db")
	require.Contains(t, x.fails(1, remove...), "not due")
	x.at = x.at.AddDate(6, 0, 0)
	x.ok(append(append([]string{"hold"}, why...), "-id", "hold/1", "-name", "request 7", "-all", "@log.db")...)
	require.Contains(t, x.ok("due", "-key", "@public.key", "@log.db"), "held: request 7")
	require.Contains(t, x.fails(1, remove...), "legal hold")
	x.ok(append(append([]string{"lift"}, why...), "-id", "hold/2", "-name", "request 7", "@log.db")...)
	require.Equal(t, "record 3\n", x.ok(remove...))
	require.Contains(t, x.ok("verify", "-key", "@public.key", "@log.db"), "3 erased as recorded")
}

func TestStatus(t *testing.T) {
	x := newTool(t)
	x.append("report/SO-1001/1", "SO-1001")
	x.ok("help")
	for _, name := range helpOrder {
		require.Contains(t, x.ok(append(strings.Fields(name), "-h")...), commands[name].summary)
	}
	x.fails(1)
	x.fails(1, "nothing")
	x.fails(1, "verify", "@log.db")
	x.fails(1, "verify", "-key", "@public.key")
	x.fails(1, "verify", "-key", "@public.key", "@no.db")
	x.fails(1, "prove", "-key", "@public.key", "@log.db")
	require.Contains(t, x.fails(1, "keygen", "-name", "other", "-dir", x.dir), "exists")
	require.NoError(t, os.Chmod(x.path("signer.key"), 0o644))
	require.Contains(t, x.fails(1, "append", "-signer", "@signer.key", "@log.db", "x", "@body.json"), "chmod 600")

	log, err := os.ReadFile(x.path("log.db"))
	require.NoError(t, err)
	x.write("log.db", strings.Replace(string(log), `"order":"SO-1001","findings"`, `"order":"SO-1002","findings"`, 1))
	require.Contains(t, x.fails(2, "verify", "-key", "@public.key", "@log.db"), "record 0")
}
