package odoo_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/screening/order/odoo"
)

func ExampleRead() {
	answer := `[{"name": "S00042", "date_order": "2026-10-12 08:00:00",
	  "partner_id": {"id": 7, "name": "Beispiel GmbH", "country_id": {"id": 57, "code": "DE"}},
	  "x_studio_end_user": {"id": 9, "name": "Muster AG"}, "x_studio_end_use": "<p>ventilation of an office</p>",
	  "order_line": [{"id": 1, "name": "fan", "product_id": {"id": 3, "hs_code": "8414.51"}}]}]`
	orders, err := odoo.Read(strings.NewReader(answer), odoo.Mapping{EndUser: "x_studio_end_user", EndUse: "x_studio_end_use"})
	if err != nil {
		log.Fatal(err)
	}
	o := orders[0]
	for _, p := range o.Parties {
		fmt.Println(p.Roles[0], p.Name)
	}
	fmt.Println(o.EndUse.Text, o.Lines[0].HS)
	// Output:
	// buyer Beispiel GmbH
	// end_user Muster AG
	// ventilation of an office 8414.51
}
