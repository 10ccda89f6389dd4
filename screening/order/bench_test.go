package order_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkRead reads the samples of each format, orders as they come to a service.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"ubl-order.xml", "lines.csv", "sap-v2.json", "odoo-web-read.json", "orders.jsonl"} {
		b.Run(name, func(b *testing.B) {
			doc, err := os.ReadFile(filepath.Join(formats, name))
			require.NoError(b, err)
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			o := options(b)
			for b.Loop() {
				_, _, err := o.Read(bytes.NewReader(doc))
				require.NoError(b, err)
			}
		})
	}
}
