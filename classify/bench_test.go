package classify

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/memo"
)

// BenchmarkClassify classifies the labelled lines one after the other. It reports the median and the
// 99th percentile of one line over all runs, and the same over the lines at each line's quickest run,
// which a busy machine does not blur. Nothing is remembered from one run to the next.
func BenchmarkClassify(b *testing.B) {
	c, err := New(Config{})
	require.NoError(b, err)
	defer c.Close()
	c.match.known = memo.New[string, []textHit](0)
	ls := readLabelled(b)
	var took []time.Duration
	quickest := make([]time.Duration, len(ls))
	i := 0
	for b.Loop() {
		n := i % len(ls)
		start := time.Now()
		c.Classify(ls[n].item(), "2026-11-20")
		d := time.Since(start)
		took = append(took, d)
		if i < len(ls) || d < quickest[n] {
			quickest[n] = d
		}
		i++
	}
	quickest = quickest[:min(i, len(ls))]
	for name, ds := range map[string][]time.Duration{"": took, "-quickest": quickest} {
		slices.Sort(ds)
		b.ReportMetric(float64(ds[len(ds)/2].Microseconds()), "p50-us"+name)
		b.ReportMetric(float64(ds[len(ds)*99/100].Microseconds()), "p99-us"+name)
	}
}

// BenchmarkLongText classifies a description of 100 kB.
func BenchmarkLongText(b *testing.B) {
	c := builtinClassifier(b)
	text := ""
	for _, l := range readLabelled(b) {
		text += l.description + "; "
	}
	for len(text) < 100_000 {
		text += text
	}
	for b.Loop() {
		c.Classify(Item{Description: text[:100_000]}, "2026-11-20")
	}
}

// BenchmarkNew loads every built-in table and builds the text index.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		c, err := New(Config{})
		require.NoError(b, err)
		require.NoError(b, c.Close())
	}
}
