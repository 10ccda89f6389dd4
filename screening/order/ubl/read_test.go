package ubl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/ubl"
	"github.com/stretchr/testify/require"
)

// document is an Order with the given content, in short names without prefixes.
func document(typ, content string) string {
	return fmt.Sprintf(`<%s xmlns="urn:oasis:names:specification:ubl:schema:xsd:%s-2" xmlns:c="urn:c">%s</%s>`, typ, typ, content, typ)
}

func read(t *testing.T, typ, content string) screening.Order {
	t.Helper()
	orders, err := ubl.Read(strings.NewReader(document(typ, content)))
	require.NoError(t, err)
	require.Len(t, orders, 1)
	return orders[0]
}

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		want      []string
	}{
		{"other document", `<html/>`, []string{"format line 1:8: /html: is not an Order, OrderChange or Invoice of UBL 2"}},
		{"other namespace", `<Order xmlns="urn:x"/>`, []string{"format line 1:23: /Order: is not an Order, OrderChange or Invoice of UBL 2"}},
		{"doctype", "<?xml version=\"1.0\"?>\n<!DOCTYPE Order [<!ENTITY a \"b\">]>\n<Order/>", []string{"syntax line 2:35: not XML that is read here: a DOCTYPE is refused"}},
		{"entity", document("Order", "<ID>&a;</ID>"), []string{"syntax line 1:92: not XML that is read here: invalid character entity &a;"}},
		{"encoding", `<?xml version="1.0" encoding="GB18030"?><Order/>`, []string{`syntax line 1:41: not XML that is read here: xml: opening charset "GB18030": only UTF-8 is read`}},
		{"broken", "<Order>\n<ID>1</Id></Order>", []string{"syntax line 2:11: not XML that is read here: element <ID> closed by </Id>"}},
		{"cut off", "<Order>\n<ID>", []string{"syntax line 2:5: not XML that is read here: unexpected EOF"}},
		{"two roots", "<Order/><Order/>", []string{"syntax line 1:17: not XML that is read here: there is more than one root element"}},
		{"only a comment", "<!-- x -->", []string{"syntax line 1:11: not XML that is read here: there is no element"}},
		{"deep", strings.Repeat("<a>", 100), []string{"limit line 1:196: elements nested more than 64 deep"}},
		{"wide", "<a>" + strings.Repeat("<b/>", 20_000) + "</a>", []string{"limit line 1:42008: more than 10500 elements in one"}},
		{"values", document("Order", `
<ID>1</ID><ID>2</ID>
<IssueDate>12.10.2026</IssueDate>
<DocumentCurrencyCode>EUR</DocumentCurrencyCode>
<BuyerCustomerParty><Party><Contact/></Party></BuyerCustomerParty>
<OrderLine/>
<OrderLine><LineItem><ID>1</ID><Quantity>1.000,5</Quantity><LineExtensionAmount currencyID="USD">5</LineExtensionAmount><Item>
<CommodityClassification><ItemClassificationCode listID="HS">9401</ItemClassificationCode></CommodityClassification>
<CommodityClassification><CommodityCode>9403</CommodityCode></CommodityClassification>
</Item></LineItem></OrderLine>`), []string{
			"duplicate line 2:15: /Order/ID[2]: given twice",
			`value line 3:12: /Order/IssueDate: "12.10.2026" is not a date of the form 2006-01-02`,
			"missing line 5:28: /Order/BuyerCustomerParty/Party: is a party without a name",
			"missing line 6:13: /Order/OrderLine[1]: has no LineItem",
			`value line 7:42: /Order/OrderLine[2]/LineItem/Quantity: "1.000,5" is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)`,
			`value line 7:98: /Order/OrderLine[2]/LineItem/LineExtensionAmount: is in "USD", the order in "EUR"`,
			"duplicate line 9:41: /Order/OrderLine[2]/LineItem/Item/CommodityClassification[2]/CommodityCode: is a second customs code of the line",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			orders, err := ubl.Read(strings.NewReader(tt.doc))
			require.Empty(t, orders)
			var e *fault.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, ubl.Format, e.Format)
			var got []string
			for _, p := range e.Problems {
				got = append(got, string(p.Code)+" "+p.String())
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestReadChoosesEndUser(t *testing.T) {
	const (
		originator  = `<OriginatorCustomerParty><Party><PartyName><Name>Originator</Name></PartyName></Party></OriginatorCustomerParty>`
		beneficiary = `<BeneficiaryParty><PartyName><Name>Beneficiary</Name></PartyName></BeneficiaryParty>`
		buyer       = `<BuyerCustomerParty><Party><PartyName><Name>Buyer</Name></PartyName></Party></BuyerCustomerParty>`
		line        = `<OrderLine><LineItem><ID>1</ID><OriginatorParty><PartyName><Name>Line</Name></PartyName></OriginatorParty></LineItem></OrderLine>`
	)
	for _, tt := range []struct{ doc, want, ofLine string }{
		{buyer, "", ""},
		{buyer + originator, "Originator", ""},
		{buyer + originator + beneficiary, "Beneficiary", ""},
		{buyer + beneficiary + line, "Beneficiary Line", "Line"},
	} {
		o := read(t, "Order", tt.doc)
		var users []string
		ids := map[string]string{"": ""}
		for _, p := range o.Parties {
			ids[p.ID] = p.Name
			for _, r := range p.Roles {
				if r == screening.EndUser {
					users = append(users, p.Name)
				}
			}
		}
		require.Equal(t, tt.want, strings.Join(users, " "))
		if len(o.Lines) > 0 {
			require.Equal(t, tt.ofLine, ids[o.Lines[0].EndUser])
		}
	}
}

// Whoever has a name in a document is a party of the order, whatever the element is called.
func TestReadEveryParty(t *testing.T) {
	party := func(element string) string {
		return fmt.Sprintf("<%s><PartyName><Name>%s</Name></PartyName></%s>", element, element, element)
	}
	customer := func(element string) string {
		return fmt.Sprintf("<%s><Party><PartyName><Name>%s</Name></PartyName></Party></%s>", element, element, element)
	}
	o := read(t, "Order", customer("OriginatorCustomerParty")+party("BeneficiaryParty")+customer("ContractorCustomerParty")+party("TaxRepresentativeParty")+"<PayerParty/>"+
		"<Delivery><Despatch>"+party("DespatchParty")+"</Despatch><Shipment><Consignment>"+party("ExporterParty")+party("ImporterParty")+party("LogisticsOperatorParty")+party("BillOfLadingHolderParty")+
		"</Consignment><ShipmentStage>"+party("CarrierParty")+party("CustomsAgencyParty")+"</ShipmentStage></Shipment></Delivery>"+
		"<OrderLine><LineItem><ID>1</ID>"+party("BeneficiaryParty")+party("OriginatorParty")+party("WarrantyParty")+"</LineItem></OrderLine>")
	got := map[string]screening.Role{}
	for _, p := range o.Parties {
		require.Len(t, p.Roles, 1)
		got[p.Name] = p.Roles[0]
	}
	require.Equal(t, map[string]screening.Role{
		"BeneficiaryParty": screening.EndUser, "OriginatorCustomerParty": screening.Agent, "ContractorCustomerParty": screening.Agent, "TaxRepresentativeParty": screening.Agent,
		"DespatchParty": screening.Seller, "ExporterParty": screening.Seller, "ImporterParty": screening.Agent, "LogisticsOperatorParty": screening.Forwarder,
		"BillOfLadingHolderParty": screening.Agent, "CarrierParty": screening.Carrier, "CustomsAgencyParty": screening.Agent,
		"OriginatorParty": screening.Agent, "WarrantyParty": screening.Agent,
	}, got)
	_, err := ubl.Read(strings.NewReader(document("Order", "<Delivery><Shipment><Consignment><ConsigneeParty/></Consignment></Shipment></Delivery>")))
	require.ErrorContains(t, err, "ConsigneeParty: is a party without a name")
}

// What a line is put together from is a line of its own.
func TestReadPartsOfLines(t *testing.T) {
	item := func(word, code string) string {
		return "<Item><Name>" + word + "</Name><CommodityClassification><CommodityCode>" + code + "</CommodityCode></CommodityClassification></Item>"
	}
	for _, c := range []struct{ typ, doc string }{
		{"Order", "<OrderLine><LineItem><ID>1</ID>" + item("set", "8414") + "<SubLineItem><ID>1</ID><Quantity>2</Quantity>" + item("pump", "8413") +
			"<SubLineItem><ID>1.1.7</ID>" + item("seal", "8484") + "</SubLineItem></SubLineItem>" +
			"<SubLineItem><ID>2</ID><LineStatusCode>Cancelled</LineStatusCode>" + item("valve", "8481") + "</SubLineItem></LineItem></OrderLine>"},
		{"Invoice", "<InvoiceLine><ID>1</ID>" + item("set", "8414") + "<SubInvoiceLine><ID>1</ID><InvoicedQuantity>2</InvoicedQuantity>" + item("pump", "8413") +
			"<SubInvoiceLine><ID>1.1.7</ID>" + item("seal", "8484") + "</SubInvoiceLine></SubInvoiceLine></InvoiceLine>"},
	} {
		var got []string
		for _, l := range read(t, c.typ, c.doc).Lines {
			got = append(got, l.ID+" "+l.Description+" "+l.HS)
		}
		require.Equal(t, []string{"1 set 8414", "1.1 pump 8413", "1.1.7 seal 8484"}, got, c.typ)
	}
}

func TestReadOnePartyInSeveralRoles(t *testing.T) {
	same := `<Party><PartyName><Name>Example Works Ltd</Name></PartyName></Party>`
	o := read(t, "Order", "<BuyerCustomerParty>"+same+"</BuyerCustomerParty><AccountingCustomerParty>"+same+"</AccountingCustomerParty>")
	require.Len(t, o.Parties, 1)
	require.Equal(t, []screening.Role{screening.Buyer, screening.Payer}, o.Parties[0].Roles)
}

func TestReadBoundsParties(t *testing.T) {
	var doc strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&doc, `<BeneficiaryParty><PartyName><Name>Example %d</Name></PartyName></BeneficiaryParty>`, i)
	}
	o := read(t, "Order", doc.String())
	require.Len(t, o.Parties, screening.MaxParties+1) // refused when it is screened
}

func TestReadTakesTradeFinancing(t *testing.T) {
	o := read(t, "Order", `<PaymentMeans><PaymentMeansCode>30</PaymentMeansCode><TradeFinancing><FinancingParty><PartyName><Name>Example Bank</Name></PartyName></FinancingParty></TradeFinancing></PaymentMeans>`)
	require.Equal(t, "letter_of_credit", o.Payment.Means)
	require.Equal(t, []screening.Role{screening.Bank}, o.Parties[0].Roles)
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "orders", "formats", "*.xml"))
	require.NoError(f, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(document("Order", `<OrderLine><LineItem><ID>1</ID><Item/></LineItem></OrderLine>`)))
	f.Add([]byte(document("Invoice", `<Delivery><Shipment><Consignment/></Shipment></Delivery>`)))
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, err := ubl.Read(strings.NewReader(string(b)))
		if err == nil {
			require.Len(t, orders, 1)
			return
		}
		var e *fault.Error
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Problems)
	})
}
