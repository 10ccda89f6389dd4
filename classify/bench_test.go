package classify

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkClassify classifies the labelled lines one after the other and reports the median and the
// 99th percentile of one line.
func BenchmarkClassify(b *testing.B) {
	c, err := New(Config{})
	require.NoError(b, err)
	defer c.Close()
	ls := readLabelled(b)
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		c.Classify(ls[i%len(ls)].item(), "2026-11-20")
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
}

// BenchmarkNew loads every built-in table and builds the text index.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		c, err := New(Config{})
		require.NoError(b, err)
		require.NoError(b, c.Close())
	}
}
