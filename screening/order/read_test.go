package order_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/screening/order/native"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var formats = filepath.Join("..", "..", "testdata", "orders", "formats")

// options is what the samples' ERPs have defined: Z1 is the end user.
func options(t testing.TB) order.Options {
	t.Helper()
	f, err := os.Open(filepath.Join(formats, "mapping.json"))
	require.NoError(t, err)
	defer f.Close()
	o, err := order.ReadOptions(f)
	require.NoError(t, err)
	return o
}

func TestReadSamples(t *testing.T) {
	for name, want := range map[string]order.Format{
		"ubl-order.xml": order.UBL, "ubl-order-change.xml": order.UBL, "ubl-invoice.xml": order.UBL,
		"lines.csv": order.CSV, "sap-v2.json": order.SAP, "sap-v4.json": order.SAP,
		"odoo-web-read.json": order.Odoo, "odoo-json-rpc.json": order.Odoo, "orders.jsonl": order.Native,
	} {
		t.Run(name, func(t *testing.T) {
			f, err := os.Open(filepath.Join(formats, name))
			require.NoError(t, err)
			defer f.Close()
			orders, format, err := options(t).Read(f)
			require.NoError(t, err)
			require.Equal(t, want, format)

			got, err := json.MarshalIndent(orders, "", "  ")
			require.NoError(t, err)
			golden := filepath.Join("testdata", "golden", name+".golden")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
				require.NoError(t, os.WriteFile(golden, append(got, '\n'), 0o644))
			}
			wantJSON, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(wantJSON), string(got)+"\n")

			// Orders read from a buffer hold no part of it: its memory may serve the next document.
			doc, err := os.ReadFile(filepath.Join(formats, name))
			require.NoError(t, err)
			fromBuffer, _, err := options(t).Read(bytes.NewBuffer(doc))
			require.NoError(t, err)
			clear(doc)
			require.Equal(t, orders, fromBuffer)

			// What any reader gives is a native document, and reads back as what it was.
			again, err := native.Read(bytes.NewReader(got))
			require.NoError(t, err)
			require.Len(t, again, len(orders))
			for i := range orders {
				_, err := orders[i].Normalise()
				require.NoError(t, err)
			}
		})
	}
}

// The OASIS example documents are read where they are at hand.
func TestReadOASISExamples(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "orders")
	files, err := filepath.Glob(filepath.Join(dir, "UBL-*.xml"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skipf("no UBL example documents in %s", dir)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f, err := os.Open(name)
			require.NoError(t, err)
			defer f.Close()
			orders, format, err := order.Read(f)
			require.NoError(t, err)
			require.Equal(t, order.UBL, format)
			require.Len(t, orders, 1)
			o := orders[0]
			require.NotEmpty(t, o.ID)
			require.NotEmpty(t, o.Date)
			require.Equal(t, screening.Seller, o.Parties[0].Roles[0])
			require.Equal(t, screening.Buyer, o.Parties[1].Roles[0])
			for _, l := range o.Lines {
				require.NotEmpty(t, l.ID)
				require.NotEmpty(t, l.Description)
				require.NotNil(t, l.Quantity)
				require.NotNil(t, l.Value)
			}
		})
	}
}

func TestReadTellsFormats(t *testing.T) {
	for _, tt := range []struct {
		doc  string
		want order.Format
	}{
		{`{"id":"1"`, order.Native},
		{`{"value":[{"id":"1"}]}`, order.Native},
		{`[[[[[[[[[[{"SalesOrder":"1"}]]]]]]]]]]`, order.Native},
		{`{"d":{"SalesOrder":"1"}}`, order.SAP},
		{`{"@odata.context":{"x":[1,{}]},"value":[{"SalesOrder":"1"}]}`, order.SAP},
		{`{"jsonrpc":"2.0","id":1,"result":{"length":1,"records":[{"id":1,"name":"S1","partner_id":[1,"X"]}]}}`, order.Odoo},
		{`<Order/>`, order.UBL},
		{`<html>`, order.UBL},
		{"line_id;\"order_id\"\r\n", order.CSV},
		{"a\torder_id\n", order.CSV},
		{"order,line\n", ""},
		{"just text", ""},
		{"\x00\x01", ""},
	} {
		_, format, err := order.Read(strings.NewReader(tt.doc))
		require.Equal(t, tt.want, format, tt.doc)
		var e *order.Error
		require.ErrorAs(t, err, &e, tt.doc)
		require.NotEmpty(t, e.Problems, tt.doc)
		require.Equal(t, string(tt.want), e.Format, tt.doc)
	}
}

func TestReadPassesOnErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, _, err := order.Read(io.MultiReader(strings.NewReader("{"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(formats, "*"))
	require.NoError(f, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(b)
	}
	o := options(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, format, err := o.Read(bytes.NewReader(b))
		if err == nil {
			require.NotEmpty(t, orders)
			out, err := json.Marshal(orders)
			require.NoError(t, err)
			if format == order.Native {
				_, err = native.Read(bytes.NewReader(out))
				require.NoError(t, err)
			}
			return
		}
		require.Empty(t, orders)
		var e *order.Error
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Problems)
		require.Equal(t, string(format), e.Format)
	})
}
