package order_test

import (
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/screening/order/odoo"
	"github.com/ordergate/ordergate/screening/order/sap"
	"github.com/stretchr/testify/require"
)

func TestReadOptions(t *testing.T) {
	o, err := order.ReadOptions(strings.NewReader(`{
		"sap": {"functions": {"Z1": "end_user", "Z9": ""}, "seller": {"name": "Example Works", "country": "CN"}, "end_use": "A", "destination": "B",
			"commodity_code": "C", "control_code": "D", "origin": "E", "control_list": "F"},
		"odoo": {"end_user": "G", "end_use": "H", "control_code": "I", "control_list": "J"}}`))
	require.NoError(t, err)
	require.Equal(t, order.Options{
		SAP: sap.Mapping{
			Functions: map[string]screening.Role{"Z1": screening.EndUser, "Z9": ""}, Seller: screening.Party{Name: "Example Works", Country: "CN"},
			EndUse: "A", Destination: "B", CommodityCode: "C", ControlCode: "D", Origin: "E", ControlList: "F",
		},
		Odoo: odoo.Mapping{EndUser: "G", EndUse: "H", ControlCode: "I", ControlList: "J"},
	}, o)
	for text, want := range map[string]string{
		"": "EOF", "[]": "cannot unmarshal array", `{"sap": {"function": {}}}`: `unknown field "function"`, "{} {}": "something follows",
		`{"sap": {"functions": {"Z1": "enduser", "Z2": "buyer", "Z3": "friend"}}}`: `sap.functions.Z3: "friend" is no role`,
	} {
		o, err := order.ReadOptions(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
		require.Zero(t, o)
	}
}

func FuzzReadOptions(f *testing.F) {
	f.Add(`{"sap": {"functions": {"Z1": "end_user"}, "seller": {"name": "x", "owners": [{"name": "y", "percent": "1"}]}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		o, err := order.ReadOptions(strings.NewReader(text))
		if err != nil {
			require.Zero(t, o)
		}
	})
}
