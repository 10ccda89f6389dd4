package sap

import (
	"io"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// Format is the name of this format in errors.
const Format = "sap"

// Read reads every order of an answer. An error of r is returned as it is; every other error is an
// order.Error that lists all problems, and then no order is returned.
func Read(r io.Reader, m Mapping) ([]screening.Order, error) {
	var problems fault.List
	data, ok, err := problems.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problems.Err(Format)
	}
	values, ok := jsontree.Parse(data, &problems)
	if !ok {
		return nil, problems.Err(Format)
	}
	var orders []screening.Order
	rd := reader{m.withDefaults()}
	for _, v := range jsontree.Records(values, data, &problems) {
		for _, e := range entities(v) {
			orders = append(orders, rd.order(e))
		}
	}
	if len(orders) == 0 {
		problems.Add(fault.Problem{Code: fault.Missing, Text: "holds no sales order"})
	}
	if err := problems.Err(Format); err != nil {
		return nil, err
	}
	return orders, nil
}

// entities takes the envelopes of OData off.
func entities(r jsontree.Record) []jsontree.Record {
	switch {
	case r.IsArray():
		return r.Elems()
	case r.Has("d"):
		return entities(r.Sub("d"))
	case r.Has("results"):
		return r.Sub("results").Elems()
	case r.Has("value"):
		return r.Sub("value").Elems()
	}
	return []jsontree.Record{r}
}

// expanded are the entities of a navigation property, by its V2 or V4 name.
func expanded(r jsontree.Record, v2, v4 string) []jsontree.Record {
	name := v2
	if r.Has(v4) {
		name = v4
	}
	if !r.Has(name) {
		return nil
	}
	s := r.Sub(name)
	if s.Has("__deferred") {
		r.Problem(fault.Missing, name, "is not expanded; ask for $expand="+name)
		return nil
	}
	return entities(s)
}

type reader struct{ m Mapping }

func (rd reader) order(r jsontree.Record) screening.Order {
	if !r.IsObject() || !r.Has("SalesOrder") {
		r.Problem(fault.Missing, "SalesOrder", "is missing: this is no sales order")
		return screening.Order{}
	}
	o := screening.Order{
		Schema:      screening.OrderSchema,
		ID:          r.Text("SalesOrder"),
		Date:        date(r, "SalesOrderDate"),
		Currency:    r.Text("TransactionCurrency"),
		EnteredBy:   r.Text("CreatedByUser"),
		Destination: r.Text(rd.m.Destination),
	}
	if text := r.Text(rd.m.EndUse); text != "" {
		o.EndUse = &screening.EndUse{Text: text}
	}
	if incoterm, day := r.Text("IncotermsClassification"), date(r, "RequestedDeliveryDate"); incoterm != "" || day != "" {
		o.Delivery = &screening.Delivery{Incoterm: incoterm, Requested: day}
		if place := r.Text("IncotermsLocation1"); place != "" {
			o.Delivery.Place = &screening.Address{Text: place}
		}
	}
	if rd.m.Seller.Name != "" {
		seller := rd.m.Seller
		seller.Roles = []screening.Role{screening.Seller}
		o.Parties = append(o.Parties, seller)
	}
	partners := expanded(r, "to_Partner", "_Partner")
	if len(partners) == 0 {
		r.Problem(fault.Missing, "to_Partner", "is missing: without the partners there is nobody to screen; ask for $expand=to_Partner/to_Address")
	}
	rd.partners(partners, &o)
	if o.Destination == "" {
		o.Destination = shipToCountry(o.Parties)
	}
	var notes []string
	for _, t := range expanded(r, "to_Text", "_Text") {
		notes = append(notes, t.Text("LongText"))
	}
	o.Note = joined("\n", notes...)
	items := expanded(r, "to_Item", "_Item")
	if len(items) == 0 {
		r.Problem(fault.Missing, "to_Item", "is missing: there is nothing to screen; ask for $expand=to_Item")
	}
	for _, item := range items {
		if item.Text("SalesDocumentRjcnReason") == "" {
			o.Lines = append(o.Lines, rd.line(item, &o))
		}
	}
	return o
}

func (rd reader) line(r jsontree.Record, o *screening.Order) screening.Line {
	l := screening.Line{
		ID:          r.Text("SalesOrderItem"),
		PartNumber:  firstText(r, "Material", "Product"),
		Description: r.Text("SalesOrderItemText"),
		HS:          r.Text(rd.m.CommodityCode),
		Quantity:    r.Number("RequestedQuantity", scalar.Decimal),
		Unit:        firstText(r, "RequestedQuantityISOUnit", "RequestedQuantityUnit"),
		Value:       r.Number("NetAmount", scalar.Decimal),
		Origin:      r.Text(rd.m.Origin),
		EndUser:     rd.partners(expanded(r, "to_Partner", "_Partner"), o),
	}
	if code := r.Text(rd.m.ControlCode); code != "" {
		l.ControlCodes = []screening.ControlCode{{List: rd.m.ControlList, Code: code}}
	}
	return l
}

func firstText(r jsontree.Record, names ...string) string {
	for _, n := range names {
		if s := r.Text(n); s != "" {
			return s
		}
	}
	return ""
}

func shipToCountry(parties []screening.Party) string {
	for _, want := range []screening.Role{screening.UltimateConsignee, screening.Consignee} {
		for _, p := range parties {
			for _, role := range p.Roles {
				if role == want && p.Country != "" {
					return p.Country
				}
			}
		}
	}
	return ""
}
