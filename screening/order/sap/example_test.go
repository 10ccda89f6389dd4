package sap_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/sap"
)

func ExampleRead() {
	answer := `{"SalesOrder": "4711", "SalesOrderDate": "2026-10-12",
	  "_Partner": [
	    {"PartnerFunction": "AG", "Customer": "1", "_Address": [{"OrganizationName1": "Beispiel GmbH", "Country": "DE"}]},
	    {"PartnerFunction": "Z1", "Customer": "2", "_Address": [{"OrganizationName1": "Muster AG", "Country": "CH"}]}],
	  "_Item": [{"SalesOrderItem": "10", "SalesOrderItemText": "fan"}]}`
	orders, err := sap.Read(strings.NewReader(answer), sap.Mapping{
		Functions: map[string]screening.Role{"Z1": screening.EndUser},
		Seller:    screening.Party{Name: "Example Works Export Co., Ltd.", Country: "CN"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range orders[0].Parties {
		fmt.Println(p.Roles[0], p.Name)
	}
	// Output:
	// seller Example Works Export Co., Ltd.
	// buyer Beispiel GmbH
	// end_user Muster AG
}
