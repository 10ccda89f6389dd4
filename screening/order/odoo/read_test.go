package odoo_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/odoo"
	"github.com/stretchr/testify/require"
)

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		want      []string
	}{
		{"no record", `{"jsonrpc":"2.0","result":[]}`, []string{"missing holds no sale.order"}},
		{"an error answer", `{"jsonrpc":"2.0","error":{"code":200}}`, []string{"missing line 1:1: has no name or no partner_id: this is no sale.order"}},
		{"another model", `[{"id":1,"name":"x"}]`, []string{"missing line 1:2: [0]: has no name or no partner_id: this is no sale.order"}},
		{"ids of lines only", `[{"name":"S1","partner_id":[1,"A"],"order_line":[55,56]}]`,
			[]string{"missing line 1:49: [0].order_line: holds ids only; ask for the lines' fields (web_read with a specification)"}},
		{"no lines", `[{"name":"S1","partner_id":[1,"A"]}]`, []string{"missing line 1:2: [0].order_line: is missing: there is nothing to screen"}},
		{"party without name", `[{"name":"S1","partner_id":{"id":4},"order_line":[{"id":1,"name":"x"}]}]`, []string{"missing line 1:28: [0].partner_id: gives no name"}},
		{"values", `[{"name":"S1","date_order":"12.10.2026","partner_id":[1,"A"],"partner_invoice_id":7,"order_line":[{"id":1,"name":"x","product_uom_qty":"many","price_subtotal":1e300}]}]`, []string{
			`value line 1:28: [0].date_order: "12.10.2026" is not a date of the form 2006-01-02`,
			`value line 1:83: [0].partner_invoice_id: is a number, not an object`,
			`missing [0].partner_invoice_id: gives no name`,
			`value line 1:136: [0].order_line[0].product_uom_qty: "many" is not a number below 10^15`,
			`value line 1:160: [0].order_line[0].price_subtotal: "1e300" is not a number below 10^15`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			orders, err := odoo.Read(strings.NewReader(tt.doc), odoo.Mapping{})
			require.Empty(t, orders)
			var e *fault.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, odoo.Format, e.Format)
			var got []string
			for _, p := range e.Problems {
				got = append(got, string(p.Code)+" "+p.String())
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestReadMapping(t *testing.T) {
	doc := `[{"name":"S1","partner_id":[1,"A"],"x_studio_user":[9,"User"],"x_use":"tests < 5 bar","order_line":[{"id":1,"product_id":{"id":2,"display_name":"Valve","x_eccn":"2B350"}}]}]`
	orders, err := odoo.Read(strings.NewReader(doc), odoo.Mapping{EndUser: "x_studio_user", EndUse: "x_use", ControlCode: "x_eccn", ControlList: "EAR-CCL"})
	require.NoError(t, err)
	require.Equal(t, []screening.Party{{ID: "1", Name: "A", Roles: []screening.Role{screening.Buyer}}, {ID: "9", Name: "User", Roles: []screening.Role{screening.EndUser}}}, orders[0].Parties)
	require.Equal(t, "tests < 5 bar", orders[0].EndUse.Text)
	require.Equal(t, []screening.ControlCode{{List: "EAR-CCL", Code: "2B350"}}, orders[0].Lines[0].ControlCodes)
	require.Equal(t, "Valve", orders[0].Lines[0].Description)
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"odoo-web-read.json", "odoo-json-rpc.json"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "orders", "formats", name))
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, err := odoo.Read(strings.NewReader(string(b)), odoo.Mapping{})
		if err == nil {
			require.NotEmpty(t, orders)
			return
		}
		require.Empty(t, orders)
		var e *fault.Error
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Problems)
	})
}
