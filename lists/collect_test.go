package lists_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/testdata/madeup"
)

// BenchmarkCollect is what a list in force costs each cycle of the garbage collector of a service: the time of a
// collection, on one processor all of it marking, and the objects and bytes that 50,000 made-up entities are.
func BenchmarkCollect(b *testing.B) {
	var before, after runtime.MemStats
	var table bytes.Buffer
	require.NoError(b, madeup.WriteList(&table, 50_000))
	runtime.GC()
	runtime.ReadMemStats(&before)
	list, err := sheet.Read(&table, sheet.Options{})
	require.NoError(b, err)
	snapshot, err := lists.NewSnapshot(list)
	require.NoError(b, err)
	index, err := lists.NewIndex(snapshot)
	require.NoError(b, err)
	list = lists.List{}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for b.Loop() {
		runtime.GC()
	}
	b.ReportMetric(float64(after.HeapObjects-before.HeapObjects), "objects")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(index)
}
