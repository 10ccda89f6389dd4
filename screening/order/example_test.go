package order_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/screening/order/sap"
)

func ExampleRead() {
	document := `{
	  "id": "EX-1", "date": "2026-10-12",
	  "parties": [{"roles": ["buyer", "end_user"], "name": "Example Works Ltd", "country": "DE"}],
	  "lines": [{"id": "10", "description": "office chair", "hs": "9401.39", "value": "70.00"}],
	  "destination": "DE"
	}`
	orders, format, err := order.Read(strings.NewReader(document))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(format, orders[0].ID, orders[0].Parties[0].Name, orders[0].Lines[0].Value)
	// Output: native EX-1 Example Works Ltd 70
}

// Everything that is wrong with a document is said at once, with its place.
func ExampleError() {
	document := `{"id": "EX-1", "date": "12.10.2026",
	  "lines": [{"id": "10", "hs_cod": "9401.39"}]}`
	_, _, err := order.Read(strings.NewReader(document))
	var e *order.Error
	if errors.As(err, &e) {
		for _, p := range e.Problems {
			fmt.Printf("%s at %s (line %d): %s\n", p.Code, p.Path, p.Line, p.Text)
		}
	}
	// Output:
	// value at date (line 1): "12.10.2026" is not a date of the form 2006-01-02
	// unknown_field at lines[0].hs_cod (line 2): is not a field of a line; did you mean "hs"?
}

// A program's users say in a file what their order system calls things.
func ExampleReadOptions() {
	_, err := order.ReadOptions(strings.NewReader(`{"sap": {"functions": {"Z2": "enduser"}}}`))
	fmt.Println(err)
	opt, err := order.ReadOptions(strings.NewReader(`{"sap": {"functions": {"Z1": "end_user"}}, "odoo": {"end_use": "x_studio_end_use"}}`))
	fmt.Println(opt.SAP.Functions["Z1"], opt.Odoo.EndUse, err)
	// Output:
	// order options: sap.functions.Z2: "enduser" is no role; want one of [end_user ultimate_consignee consignee intermediate_consignee buyer payer bank agent notify forwarder carrier transport seller]
	// end_user x_studio_end_use <nil>
}

// An SAP client that keeps the end user in a partner function of its own says so.
func ExampleOptions_Read() {
	opt := order.Options{SAP: sap.Mapping{
		Functions:     map[string]screening.Role{"Z1": screening.EndUser},
		CommodityCode: "YY1_HSCODE_SDI",
	}}
	document := `{"d": {"SalesOrder": "4711", "SalesOrderDate": "/Date(1791763200000)/",
	  "to_Partner": {"results": [
	    {"PartnerFunction": "AG", "Customer": "1", "to_Address": {"results": [{"OrganizationName1": "Beispiel GmbH", "Country": "DE"}]}},
	    {"PartnerFunction": "Z1", "Customer": "2", "to_Address": {"results": [{"OrganizationName1": "Muster AG", "Country": "CH"}]}}]},
	  "to_Item": {"results": [{"SalesOrderItem": "10", "SalesOrderItemText": "fan", "YY1_HSCODE_SDI": "8414.51"}]}}}`
	orders, format, err := opt.Read(strings.NewReader(document))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range orders[0].Parties {
		fmt.Println(format, p.Roles, p.Name)
	}
	fmt.Println(orders[0].Date, orders[0].Lines[0].HS)
	// Output:
	// sap [buyer] Beispiel GmbH
	// sap [end_user] Muster AG
	// 2026-10-12 8414.51
}
