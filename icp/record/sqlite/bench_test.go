package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func BenchmarkAppend(b *testing.B) {
	storetest.BenchmarkAppend(b, func(b *testing.B) record.Store {
		return openFile(b, filepath.Join(b.TempDir(), "records.db"), Options{})
	})
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
