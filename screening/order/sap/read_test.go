package sap_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/sap"
	"github.com/stretchr/testify/require"
)

const item = `"to_Item":[{"SalesOrderItem":"10","RequestedQuantity":"1"}]`

// partner is a partner in a function with a name.
func partner(function, number, name string) string {
	return fmt.Sprintf(`{"PartnerFunction":%q,"Customer":%q,"to_Address":[{"OrganizationName1":%q,"Country":"DE"}]}`, function, number, name)
}

func order(partners ...string) string {
	return `{"SalesOrder":"1","to_Partner":[` + strings.Join(partners, ",") + `],` + item + `}`
}

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		want      []string
	}{
		{"no order", `{"d":{"results":[]}}`, []string{"missing holds no sales order"}},
		{"another entity", `{"d":{"results":[{"Customer":"1"}]}}`, []string{"missing line 1:18: d.results[0].SalesOrder: is missing: this is no sales order"}},
		{"not expanded", `{"SalesOrder":"1","to_Partner":{"__deferred":{"uri":"x"}},` + item + `}`, []string{
			"missing line 1:32: to_Partner: is not expanded; ask for $expand=to_Partner",
			"missing line 1:32: to_Partner: is missing: without the partners there is nobody to screen; ask for $expand=to_Partner/to_Address",
		}},
		{"no items", `{"SalesOrder":"1","to_Partner":[` + partner("AG", "1", "A") + `]}`, []string{"missing line 1:1: to_Item: is missing: there is nothing to screen; ask for $expand=to_Item"}},
		{"unknown function", order(partner("AG", "1", "A"), partner("Z9", "2", "B")),
			[]string{`unknown_field line 1:148: to_Partner[1].PartnerFunction: "Z9" is no known partner function; say in the mapping what role it stands for`}},
		{"no name", `{"SalesOrder":"1","to_Partner":[{"PartnerFunction":"AG","Customer":"1"}],` + item + `}`,
			[]string{`missing line 1:33: to_Partner[0].to_Address: gives no name for partner "1"; ask for $expand=to_Partner/to_Address`}},
		{"values", `{"SalesOrder":"1","SalesOrderDate":"/Date(x)/","RequestedDeliveryDate":"/Date(99999999999999)/","TransactionCurrency":{},"to_Partner":[` + partner("AG", "1", "A") + `],"to_Item":[{"SalesOrderItem":true,"NetAmount":"1.000,00"}]}`, []string{
			`value line 1:36: SalesOrderDate: "/Date(x)/" is not a date of the form 2006-01-02`,
			`value line 1:119: TransactionCurrency: is an object, not a string`,
			`value line 1:262: to_Item[0].SalesOrderItem: is true or false, not a string`,
			`value line 1:279: to_Item[0].NetAmount: "1.000,00" is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)`,
		}},
		{"duplicate", `{"SalesOrder":"1","SalesOrder":"2"}`, []string{
			"duplicate line 1:19: SalesOrder: given twice",
			"missing line 1:1: to_Partner: is missing: without the partners there is nobody to screen; ask for $expand=to_Partner/to_Address",
			"missing line 1:1: to_Item: is missing: there is nothing to screen; ask for $expand=to_Item",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			orders, err := sap.Read(strings.NewReader(tt.doc), sap.Mapping{})
			require.Empty(t, orders)
			var e *fault.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, sap.Format, e.Format)
			var got []string
			for _, p := range e.Problems {
				got = append(got, string(p.Code)+" "+p.String())
			}
			require.Equal(t, tt.want, got)
		})
	}
}

// SP is the sold-to party in English and the forwarding agent in German.
func TestReadTellsLanguageOfFunctions(t *testing.T) {
	roles := func(m sap.Mapping, doc string) map[string][]screening.Role {
		orders, err := sap.Read(strings.NewReader(doc), m)
		require.NoError(t, err)
		got := map[string][]screening.Role{}
		for _, p := range orders[0].Parties {
			got[p.Name] = p.Roles
		}
		return got
	}
	require.Equal(t, map[string][]screening.Role{"A": {screening.Buyer}, "B": {screening.Consignee}},
		roles(sap.Mapping{}, order(partner("SP", "1", "A"), partner("SH", "2", "B"))))
	require.Equal(t, map[string][]screening.Role{"A": {screening.Forwarder}, "B": {screening.Consignee}},
		roles(sap.Mapping{}, order(partner("SP", "1", "A"), partner("WE", "2", "B"))))
	require.Equal(t, map[string][]screening.Role{"A": {screening.Forwarder}},
		roles(sap.Mapping{}, order(strings.Replace(partner("CR", "1", "A"), `{`, `{"PartnerFunctionInternalCode":"SP",`, 1))))
	require.Equal(t, map[string][]screening.Role{"A": {screening.Agent, screening.Payer}},
		roles(sap.Mapping{Functions: map[string]screening.Role{"SP": screening.Agent, "Z1": ""}}, order(partner("SP", "1", "A"), partner("PY", "1", "A"), partner("Z1", "2", "B"))))
}

func TestReadItemPartners(t *testing.T) {
	doc := `{"SalesOrder":"1","to_Partner":[` + partner("AG", "1", "A") + `],"to_Item":[{"SalesOrderItem":"10","to_Partner":[` +
		partner("EU", "7", "User") + `,` + partner("WE", "1", "A, warehouse") + `]}]}`
	orders, err := sap.Read(strings.NewReader(doc), sap.Mapping{})
	require.NoError(t, err)
	require.Equal(t, "7", orders[0].Lines[0].EndUser)
	require.Len(t, orders[0].Parties, 3)
	require.Equal(t, "1/2", orders[0].Parties[2].ID)
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"sap-v2.json", "sap-v4.json"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "orders", "formats", name))
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(order(partner("AG", "1", "A"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, err := sap.Read(strings.NewReader(string(b)), sap.Mapping{})
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
