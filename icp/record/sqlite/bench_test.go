package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// counting counts the transactions that a log commits: each is one fsync of the WAL.
type counting struct {
	record.Store
	commits atomic.Int64
}

func (c *counting) Update(ctx context.Context, fn func(record.Writer) error) error {
	c.commits.Add(1)
	return c.Store.Update(ctx, fn)
}

// reportBody is JSON of the size of a screening report with a few findings.
var reportBody = json.RawMessage(`{"findings":"` + strings.Repeat("name compared, score, list, date; ", 120) + `"}`)

func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			signer, verifier := storetest.Keys(b)
			store := &counting{Store: openFile(b, filepath.Join(b.TempDir(), "records.db"), Options{})}
			l := storetest.Open(b, store, signer, verifier)
			var next atomic.Int64
			var failed atomic.Pointer[error]
			b.SetBytes(int64(len(reportBody)))
			b.ResetTimer()
			var wg sync.WaitGroup
			for range writers {
				wg.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						e := storetest.Entry(int(i))
						e.Time, e.Body = storetest.Start, reportBody
						if _, err := l.Append(context.Background(), e); err != nil {
							failed.Store(&err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			if err := failed.Load(); err != nil {
				b.Fatal(*err)
			}
			b.ReportMetric(float64(b.N)/float64(store.commits.Load()), "appends/commit")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
		})
	}
}

// large is a log of ORDERGATE_BENCH_RECORDS records, 20,000 by default.
func large(b *testing.B) *record.Log {
	signer, verifier := storetest.Keys(b)
	l := storetest.Open(b, openFile(b, filepath.Join(b.TempDir(), "records.db"), Options{}), signer, verifier)
	storetest.Fill(b, l, 0, storetest.Count(b, "ORDERGATE_BENCH_RECORDS", 20_000))
	return l
}

// BenchmarkLarge reads a large log: verification of the whole, one proof, one record.
func BenchmarkLarge(b *testing.B) {
	ctx := context.Background()
	l := large(b)
	size := storetest.Count(b, "ORDERGATE_BENCH_RECORDS", 20_000)
	b.Run("Verify", func(b *testing.B) {
		for b.Loop() {
			_, err := l.Verify(ctx)
			require.NoError(b, err)
		}
	})
	b.Run("ProveInclusion", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_, err := l.ProveInclusion(ctx, int64(i*7919%size))
			require.NoError(b, err)
		}
	})
	b.Run("Get", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_, err := l.Get(ctx, storetest.Entry(i*7919%size).ID)
			require.NoError(b, err)
		}
	})
	b.Run("Due", func(b *testing.B) {
		for b.Loop() {
			_, err := l.Due(ctx, "2026-12-31")
			require.NoError(b, err)
		}
	})
}
