//go:build unix

package postgres

import (
	"testing"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func BenchmarkAppend(b *testing.B) {
	storetest.BenchmarkAppend(b, func(b *testing.B) record.Store {
		schema, s := fresh(b)
		return open(b, s, Options{Schema: schema})
	})
}
