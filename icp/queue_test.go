package icp_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// BenchmarkHeldOrders opens a case an operation, and says what memory each keeps:
//
//	go test ./icp -run '^$' -bench HeldOrders -benchtime 20000x
func BenchmarkHeldOrders(b *testing.B) {
	d := newDesk(b, sample(b))
	s := situation{stage: screening.PreContract, outcome: screening.Review, lists: "a"}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for i := range b.N {
		s.order = plainOrder(fmt.Sprintf("SO-%07d", i))
		_, err := d.open(s, start)
		require.NoError(b, err)
	}
	b.StopTimer()
	kept := heap() - before
	rows, err := d.cases.List(b.Context(), icp.Filter{})
	require.NoError(b, err)
	require.Len(b, rows, b.N)
	b.ReportMetric(float64(kept)/float64(b.N), "B/case")
}
