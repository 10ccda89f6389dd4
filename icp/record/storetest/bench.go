package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ordergate/ordergate/icp/record"
)

// counting counts the transactions that a log commits: each is one fsync of the write-ahead log.
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

// BenchmarkAppend appends reports from one and from 64 writers to a new store each.
func BenchmarkAppend(b *testing.B, open func(*testing.B) record.Store) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			signer, verifier := Keys(b)
			store := &counting{Store: open(b)}
			l := Open(b, store, signer, verifier)
			var next atomic.Int64
			var failed atomic.Pointer[error]
			b.SetBytes(int64(len(reportBody)))
			b.ResetTimer()
			var wg sync.WaitGroup
			for range writers {
				wg.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						e := Entry(int(i))
						e.Time, e.Body = Start, reportBody
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
