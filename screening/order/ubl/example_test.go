package ubl_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/screening/order/ubl"
)

func ExampleRead() {
	document := `<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
	    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
	  <cbc:ID>PO-1</cbc:ID><cbc:IssueDate>2026-10-12</cbc:IssueDate>
	  <cac:BuyerCustomerParty><cac:Party><cac:PartyName><cbc:Name>Beispiel GmbH</cbc:Name></cac:PartyName></cac:Party></cac:BuyerCustomerParty>
	  <cac:BeneficiaryParty><cac:PartyName><cbc:Name>Muster AG</cbc:Name></cac:PartyName></cac:BeneficiaryParty>
	  <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cac:Item><cbc:Name>fan</cbc:Name>
	    <cac:CommodityClassification><cbc:ItemClassificationCode listID="HS">8414.51</cbc:ItemClassificationCode></cac:CommodityClassification>
	    <cac:CommodityClassification><cbc:ItemClassificationCode listID="EU-DU">2B350</cbc:ItemClassificationCode></cac:CommodityClassification>
	  </cac:Item></cac:LineItem></cac:OrderLine>
	</Order>`
	orders, err := ubl.Read(strings.NewReader(document))
	if err != nil {
		log.Fatal(err)
	}
	o := orders[0]
	for _, p := range o.Parties {
		fmt.Println(p.Roles[0], p.Name)
	}
	fmt.Println(o.Lines[0].HS, o.Lines[0].ControlCodes)
	// Output:
	// buyer Beispiel GmbH
	// end_user Muster AG
	// 8414.51 [{EU-DU 2B350}]
}
