package search

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func newLog(t testing.TB) *record.Log {
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "records.db"), sqlite.Options{})
	require.NoError(t, err)
	signer, verifier := storetest.Keys(t)
	return storetest.Open(t, store, signer, verifier)
}

// orders are what the tests look for.
var orders = []record.Entry{
	{ID: "report/SO-1/1", Kind: record.Report, Subject: "SO-1", Keys: record.Keys{Parties: []string{"Example Works Ltd"},
		Persons: []string{"Sample Buyer"}, Countries: []string{"KZ"}, Documents: []string{"PO 2026/0017"}, Outcome: "review"}},
	{ID: "report/SO-2/1", Kind: record.Report, Subject: "SO-2", Keys: record.Keys{Parties: []string{"示例重工机械有限公司", "Beispiel Führung GmbH"},
		Countries: []string{"CN", "DE"}, Documents: []string{"LC-77"}, Outcome: "clear"}},
	{ID: "case/SO-1/1", Kind: record.CaseEvent, Subject: "SO-1", Keys: record.Keys{Parties: []string{"Example Works Ltd", "Sample Shipping"},
		Countries: []string{"KZ"}, Outcome: "released"}},
	{ID: "audit/1", Kind: record.Audit, Keys: record.Keys{Documents: []string{"AUD-1"}}},
}

func fill(t testing.TB, l *record.Log) {
	for i, e := range orders {
		e.Time = storetest.Start.AddDate(0, 0, i)
		_, err := l.Append(context.Background(), e)
		require.NoError(t, err)
	}
}

// found is the ids that a query finds, in order.
func found(t testing.TB, x *Index, q Query) string {
	res, err := x.Search(context.Background(), q)
	require.NoError(t, err)
	var ids []string
	for _, rec := range res.Records {
		ids = append(ids, rec.ID)
	}
	return strings.Join(ids, " ")
}

func TestSearch(t *testing.T) {
	l := newLog(t)
	x, err := Open(context.Background(), "", l)
	require.NoError(t, err)
	defer x.Close()
	fill(t, l)
	for _, c := range []struct {
		query Query
		want  string
	}{
		{Query{Party: "EXAMPLE works"}, "case/SO-1/1 report/SO-1/1"},
		{Query{Party: "works example"}, "case/SO-1/1 report/SO-1/1"},
		{Query{Party: "example nobody"}, ""},
		{Query{Party: "sample buyer"}, "report/SO-1/1"},
		{Query{Party: "重工机械"}, "report/SO-2/1"},
		{Query{Party: "械重"}, ""},
		{Query{Party: "fuhrung"}, "report/SO-2/1"},
		{Query{Country: "kz"}, "case/SO-1/1 report/SO-1/1"},
		{Query{Document: "po-2026-0017"}, "report/SO-1/1"},
		{Query{Document: "so1"}, "case/SO-1/1 report/SO-1/1"},
		{Query{Outcome: "clear"}, "report/SO-2/1"},
		{Query{Kind: record.Audit}, "audit/1"},
		{Query{From: "2026-03-03", To: "2026-03-04"}, "case/SO-1/1 report/SO-2/1"},
		{Query{To: "2026-03-02"}, "report/SO-1/1"},
		{Query{Party: "example", Country: "KZ", Outcome: "released", From: "2026-03-04"}, "case/SO-1/1"},
		{Query{Limit: 2}, "audit/1 case/SO-1/1"},
		{Query{Limit: 2, Offset: 2}, "report/SO-2/1 report/SO-1/1"},
	} {
		require.Equal(t, c.want, found(t, x, c.query), "%+v", c.query)
	}
	for _, q := range []Query{{Document: "--"}, {From: "today"}, {Limit: -1}, {Offset: maxWindow}} {
		_, err := x.Search(context.Background(), q)
		require.Error(t, err, "%+v", q)
	}
}

func TestFollows(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "index")
	l := newLog(t)
	fill(t, l)
	x, err := Open(ctx, path, l)
	require.NoError(t, err)
	require.Equal(t, "audit/1", found(t, x, Query{Document: "AUD-1"}))
	require.NoError(t, x.Close())

	_, err = l.Append(ctx, record.Entry{ID: "audit/2", Kind: record.Audit, Time: storetest.Start.AddDate(0, 0, 9)})
	require.NoError(t, err)
	x, err = Open(ctx, path, l)
	require.NoError(t, err)
	s, err := x.state()
	require.NoError(t, err)
	require.Equal(t, int64(4), s.Next, "what was indexed is not indexed again")
	require.Equal(t, "audit/2 audit/1", found(t, x, Query{Kind: record.Audit}))
	require.NoError(t, x.Rebuild(ctx))
	require.Equal(t, "audit/2 audit/1", found(t, x, Query{Kind: record.Audit}))
	require.NoError(t, x.Close())

	// The index of another log is made anew.
	other := newLog(t)
	x, err = Open(ctx, path, other)
	require.NoError(t, err)
	require.Empty(t, found(t, x, Query{}))
	require.NoError(t, x.Close())
}

func TestErased(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "index")
	l := newLog(t)
	fill(t, l)
	x, err := Open(ctx, path, l)
	require.NoError(t, err)
	require.Equal(t, "report/SO-1/1", found(t, x, Query{Party: "sample buyer"}))
	later := storetest.Start.AddDate(20, 0, 0)
	_, err = l.Delete(ctx, record.DeletionOrder{ID: "deletion/1", Time: later, By: "records officer", Reason: "term passed",
		Subjects: []string{"SO-1"}, PersonalOnly: true})
	require.NoError(t, err)
	require.Empty(t, found(t, x, Query{Party: "sample buyer"}))
	require.Equal(t, "case/SO-1/1 report/SO-1/1", found(t, x, Query{Party: "example works"}))
	_, err = l.Delete(ctx, record.DeletionOrder{ID: "deletion/2", Time: later, By: "records officer", Reason: "term passed", Subjects: []string{"SO-1"}})
	require.NoError(t, err)
	require.Empty(t, found(t, x, Query{Party: "example works"}))
	require.NoError(t, x.Close())
	require.NoError(t, filepath.WalkDir(path, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		require.NotContains(t, string(data), "buyer", "%s still holds the name", name)
		return err
	}))
}

// customer is a record of a log for benchmarks: one in a hundred is of one customer, the others of 50,000.
func customer(i int) record.Entry {
	e := storetest.Entry(i)
	e.Keys.Parties = []string{fmt.Sprintf("Example Works No %d Ltd", 100+i*7919%50_000), "Sample Forwarding GmbH"}
	if i%100 == 0 {
		e.Keys.Parties[0] = "Example Foundry Ltd"
	}
	return e
}

// BenchmarkSearch searches a log of ORDERGATE_BENCH_RECORDS records, 20,000 by default.
func BenchmarkSearch(b *testing.B) {
	ctx := context.Background()
	l := newLog(b)
	n := storetest.Count(b, "ORDERGATE_BENCH_RECORDS", 20_000)
	storetest.FillWith(b, l, 0, n, customer)
	x, err := Open(ctx, filepath.Join(b.TempDir(), "index"), l)
	require.NoError(b, err)
	defer x.Close()
	begin := time.Now()
	require.NoError(b, x.Update(ctx))
	b.Logf("%d records indexed in %s", n, time.Since(begin))
	for _, c := range []struct {
		name  string
		query func(i int) Query
	}{
		{"Party", func(i int) Query { return Query{Party: fmt.Sprintf("Example Works %d", 100+i*104729%50_000)} }},
		{"PartyOfOnePercent", func(i int) Query { return Query{Party: "Example Foundry"} }},
		{"PartyAndCountry", func(i int) Query {
			return Query{Party: fmt.Sprintf("example works %d", 100+i*104729%50_000), Country: "KZ"}
		}},
		{"Document", func(i int) Query { return Query{Document: fmt.Sprintf("PO-%06d", i*7919%n)} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				begin := time.Now()
				_, err := x.Search(ctx, c.query(i))
				require.NoError(b, err)
				times = append(times, time.Since(begin))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
		})
	}
}
