package screening_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/screening"
)

// BenchmarkScreen screens a plain order of two parties and one line against the built-in lists, tables and
// rules, without a store behind the recorder.
func BenchmarkScreen(b *testing.B) {
	all, err := cn.BuiltIn()
	if err != nil {
		b.Fatal(err)
	}
	u, err := un.BuiltIn()
	if err != nil {
		b.Fatal(err)
	}
	snap, err := lists.NewSnapshot(append(all, u)...)
	if err != nil {
		b.Fatal(err)
	}
	index, err := lists.NewIndex(snap)
	if err != nil {
		b.Fatal(err)
	}
	defer index.Close()
	c, err := classifier()
	if err != nil {
		b.Fatal(err)
	}
	discard := screening.RecorderFunc(func(context.Context, screening.Record) error { return nil })
	s, err := screening.New(screening.Config{Lists: index, Classifier: c, Recorder: discard})
	if err != nil {
		b.Fatal(err)
	}
	o := order()
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := s.Screen(b.Context(), o, screening.Request{At: at}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
