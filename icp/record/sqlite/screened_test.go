package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/icp/record/storetest"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/native"
	"github.com/ordergate/ordergate/testdata/madeup"
	"github.com/ordergate/ordergate/testdata/orders"
)

// screener screens against the built-in lists, tables and rules, and hands its reports to a recorder.
func screener(t testing.TB, r screening.Recorder) *screening.Screener {
	all, err := cn.BuiltIn()
	require.NoError(t, err)
	u, err := un.BuiltIn()
	require.NoError(t, err)
	snap, err := lists.NewSnapshot(append(all, u)...)
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, index.Close()) })
	s, err := screening.New(screening.Config{Lists: index, Recorder: r})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// sampleOrders are the orders of testdata/orders.
func sampleOrders(t testing.TB) (all []screening.Order) {
	names, err := fs.Glob(orders.FS, "*.json")
	require.NoError(t, err)
	for _, name := range names {
		data, err := orders.FS.ReadFile(name)
		require.NoError(t, err)
		read, err := native.Read(bytes.NewReader(data))
		require.NoError(t, err, name)
		all = append(all, read...)
	}
	return all
}

func newLog(t testing.TB, path string, opt sqlite.Options) *record.Log {
	store, err := sqlite.Open(context.Background(), path, opt)
	require.NoError(t, err)
	signer, verifier := storetest.Keys(t)
	return storetest.Open(t, store, signer, verifier)
}

// TestScreenFailsClosed requires that no report leaves while the log cannot keep it, and that the same order is
// screened once it can again.
func TestScreenFailsClosed(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "records.db")
	l := newLog(t, path, sqlite.Options{LockWait: 20 * time.Millisecond})
	s := screener(t, icp.NewRecorder(l))
	samples := sampleOrders(t)
	refused := func(o screening.Order, at time.Time, why error) {
		rep, err := s.Screen(ctx, o, screening.Request{At: at})
		require.Nil(t, rep)
		require.ErrorIs(t, err, screening.ErrNotRecorded)
		require.ErrorIs(t, err, why)
	}
	first, err := s.Screen(ctx, samples[0], screening.Request{At: storetest.Start})
	require.NoError(t, err)

	refused(samples[1], storetest.Start.Add(-time.Hour), record.ErrClock)
	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	require.NoError(t, err)
	defer other.Close()
	tx, err := other.Begin()
	require.NoError(t, err)
	refused(samples[1], storetest.Start, record.ErrLocked)
	require.NoError(t, tx.Rollback())

	second, err := s.Screen(ctx, samples[1], screening.Request{At: storetest.Start})
	require.NoError(t, err)
	for _, rep := range []*screening.Report{first, second} {
		_, err := icp.ReadReport(ctx, l, rep.ID)
		require.NoError(t, err)
	}
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(2), v.Records, "what was withheld is not in the log")
	require.NoError(t, l.Close())
	refused(samples[2], storetest.Start, record.ErrClosed)
}

// TestRecordAtHand: the record that a screening gives is the one that is read from the log, and a case keeps the same of
// the report made as of the report read.
func TestRecordAtHand(t *testing.T) {
	ctx := t.Context()
	l := newLog(t, filepath.Join(t.TempDir(), "records.db"), sqlite.Options{})
	s := screener(t, icp.NewRecorder(l))
	for i, o := range sampleOrders(t) {
		o.ID = fmt.Sprintf("SO-%d", i)
		rec, err := s.ScreenRecord(ctx, o, screening.Request{At: storetest.Start})
		require.NoError(t, err)
		made, err := rec.Result.JSON()
		require.NoError(t, err)
		require.Equal(t, string(made), string(rec.Report))
		read, err := icp.ReadReport(ctx, l, rec.ID)
		require.NoError(t, err)
		here, err := icp.NewScreening(rec)
		require.NoError(t, err)
		there, err := icp.NewScreening(read)
		require.NoError(t, err)
		require.Equal(t, there, here)
		rec.Result = nil
		require.Equal(t, read, rec)
	}
	require.NoError(t, l.Close())
}

// BenchmarkRecord records, from 64 goroutines, reports that were made before: what recording alone allows.
func BenchmarkRecord(b *testing.B) {
	var made []screening.Record
	keep := screening.RecorderFunc(func(_ context.Context, r screening.Record) error {
		made = append(made, r)
		return nil
	})
	s := screener(b, keep)
	size := 0
	for _, o := range sampleOrders(b) {
		_, err := s.Screen(b.Context(), o, screening.Request{At: storetest.Start})
		require.NoError(b, err)
		size += len(made[len(made)-1].Report)
	}
	recorder := icp.NewRecorder(newLog(b, filepath.Join(b.TempDir(), "records.db"), sqlite.Options{}))
	b.SetBytes(int64(size / len(made)))
	var next atomic.Int64
	var errs [64]error
	var wg sync.WaitGroup
	b.ResetTimer()
	for w := range errs {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N) && errs[w] == nil; i = next.Add(1) {
				r := made[int(i)%len(made)]
				r.ID = fmt.Sprintf("R-%d", i)
				errs[w] = recorder.Record(b.Context(), r)
			}
		})
	}
	wg.Wait()
	require.NoError(b, errors.Join(errs[:]...))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}

// BenchmarkScreenRecorded screens orders and records each report durably before the screening ends: an operation is
// one order. "Samples" are those of testdata/orders, over and over, each of which was written to find something;
// "plain" are made up, each with other customers, one in twenty of them held.
func BenchmarkScreenRecorded(b *testing.B) {
	samples := sampleOrders(b)
	for name, order := range map[string]func(i int) screening.Order{
		"samples": func(i int) screening.Order {
			o := samples[i%len(samples)]
			o.ID = fmt.Sprintf("SO-%07d", i)
			return o
		},
		"plain": func(i int) screening.Order { return madeup.Order("bench", i, i%20 == 0) },
	} {
		for _, workers := range []int{1, 64, 256} {
			b.Run(fmt.Sprintf("%s/workers=%d", name, workers), func(b *testing.B) {
				s := screener(b, icp.NewRecorder(newLog(b, filepath.Join(b.TempDir(), "records.db"), sqlite.Options{})))
				var arriving iter.Seq[screening.Order] = func(yield func(screening.Order) bool) {
					for i := range b.N {
						if !yield(order(i)) {
							return
						}
					}
				}
				b.ResetTimer()
				request := func(*screening.Order) screening.Request { return screening.Request{At: storetest.Start} }
				for r := range s.ScreenAll(b.Context(), arriving, workers, request) {
					require.NoError(b, r.Err)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
			})
		}
	}
}
