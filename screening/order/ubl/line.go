package ubl

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/xmltree"
)

// controlLists are the values of listID that say an item classification code is a control list entry.
var controlLists = []string{"CN-DUCL", "CN-ML", "EAR-CCL", "EU-DU"}

func (rd *reader) lines() {
	if rd.invoice {
		for _, n := range rd.root.All("InvoiceLine") {
			rd.line("", n, n, n.One("InvoicedQuantity"))
		}
		return
	}
	for _, n := range rd.root.All("OrderLine") {
		item := n.One("LineItem")
		if item == nil {
			n.Problem(fault.Missing, "has no LineItem")
			continue
		}
		if item.One("LineStatusCode").Text() != "Cancelled" {
			rd.line("", n, item, item.One("Quantity"))
		}
	}
}

// line reads one line; n is the element with the line's notes, item the one with its data, of the id of the line it is part
// of, "" where it is none.
func (rd *reader) line(of string, n, item, quantity *xmltree.Node) {
	id := item.One("ID").Text()
	if of != "" && !strings.HasPrefix(id, of+".") {
		id = of + "." + id
	}
	l := screening.Line{
		ID:       id,
		Quantity: decimal(quantity),
		Unit:     quantity.Attr("unitCode"),
		Value:    rd.amount(item.One("LineExtensionAmount")),
	}
	rd.note("line "+l.ID+": ", n.All("Note"))
	if item != n {
		rd.note("line "+l.ID+": ", item.All("Note"))
	}
	for _, d := range item.All("Delivery") {
		rd.delivery(d)
	}
	l.EndUser = rd.party(item.One("BeneficiaryParty"), screening.EndUser)
	if originator := item.One("OriginatorParty"); l.EndUser == "" {
		l.EndUser = rd.party(originator, screening.EndUser)
	} else {
		rd.party(originator, screening.Agent)
	}
	rd.others(item, "BeneficiaryParty", "OriginatorParty")
	rd.item(item.One("Item"), &l)
	rd.o.Lines = append(rd.o.Lines, l)
	// What a line is put together from is delivered too.
	for _, sub := range item.All("SubLineItem") {
		if sub.One("LineStatusCode").Text() != "Cancelled" {
			rd.line(l.ID, sub, sub, sub.One("Quantity"))
		}
	}
	for _, sub := range item.All("SubInvoiceLine") {
		rd.line(l.ID, sub, sub, sub.One("InvoicedQuantity"))
	}
}

// item reads what the line delivers.
func (rd *reader) item(n *xmltree.Node, l *screening.Line) {
	l.PartNumber = first(n.One("SellersItemIdentification", "ID").Text(), n.One("StandardItemIdentification", "ID").Text())
	var words []string
	for _, w := range append(n.All("Name"), n.All("Description")...) {
		if w.Text() != "" && !slices.Contains(words, w.Text()) {
			words = append(words, w.Text())
		}
	}
	l.Description = strings.Join(words, "; ")
	for _, c := range n.All("CommodityClassification") {
		for _, code := range append(c.All("ItemClassificationCode"), c.All("CommodityCode")...) {
			rd.classification(code, l)
		}
	}
	for _, c := range n.All("OriginCountry") {
		l.Origin = first(l.Origin, country(c))
	}
	for _, p := range n.All("AdditionalItemProperty") {
		property(p, l)
	}
	for _, c := range n.All("Certificate") {
		if typ := screening.DocumentType(c.One("CertificateTypeCode").Text()); known(typ) {
			rd.o.Documents = append(rd.o.Documents, screening.Document{
				Type: typ, Number: c.One("ID").Text(), Issuer: rd.name(c.One("IssuerParty")), Lines: []string{l.ID},
			})
		}
	}
}

// classification takes a code for a control list entry or a customs code by its list. Codes of other
// lists, such as UNSPSC, say nothing of export control.
func (rd *reader) classification(n *xmltree.Node, l *screening.Line) {
	code, list := n.Text(), n.Attr("listID")
	switch {
	case code == "":
	case slices.Contains(controlLists, list):
		l.ControlCodes = append(l.ControlCodes, screening.ControlCode{List: list, Code: code})
	case list == "HS" || list == "" && n.Name.Local == "CommodityCode":
		if l.HS != "" && l.HS != code {
			n.Problem(fault.Duplicate, "is a second customs code of the line")
			return
		}
		l.HS, l.HSEdition = code, n.Attr("listVersionID")
	}
}

// property reads a technical parameter, or the end use under the names this module gives it.
func property(n *xmltree.Node, l *screening.Line) {
	name, value, unit := n.One("Name").Text(), n.One("Value").Text(), ""
	if q := n.One("ValueQuantity"); value == "" && q != nil {
		value, unit = q.Text(), q.Attr("unitCode")
	}
	switch {
	case name == "" && value == "":
	case name == "EndUse" || name == "EndUseCode":
		if l.EndUse == nil {
			l.EndUse = &screening.EndUse{}
		}
		if name == "EndUse" {
			l.EndUse.Text = value
		} else {
			l.EndUse.Code = value
		}
	default:
		l.Properties = append(l.Properties, screening.Property{Name: name, Value: value, Unit: unit})
	}
}

// amount reads an amount, which must be in the order's currency: sums in two could not be compared.
func (rd *reader) amount(n *xmltree.Node) *screening.Decimal {
	d := decimal(n)
	currency := n.Attr("currencyID")
	switch {
	case d == nil || currency == "" || currency == rd.o.Currency:
	case rd.o.Currency == "":
		rd.o.Currency = currency
	default:
		n.Problem(fault.Value, "is in "+fault.Quote(currency)+", the order in "+fault.Quote(rd.o.Currency))
	}
	return d
}
