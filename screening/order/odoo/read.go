package odoo

import (
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// Format is the name of this format in errors.
const Format = "odoo"

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
		for _, e := range records(v) {
			orders = append(orders, rd.order(e))
		}
	}
	if len(orders) == 0 {
		problems.Add(fault.Problem{Code: fault.Missing, Text: "holds no sale.order"})
	}
	if err := problems.Err(Format); err != nil {
		return nil, err
	}
	return orders, nil
}

// records takes the envelopes of an answer off.
func records(r jsontree.Record) []jsontree.Record {
	if r.IsArray() {
		return r.Elems()
	}
	for _, envelope := range []string{"result", "records", "data"} {
		if r.Has(envelope) && !r.Has("order_line") {
			return records(r.Sub(envelope))
		}
	}
	return []jsontree.Record{r}
}

type reader struct{ m Mapping }

func (rd reader) order(r jsontree.Record) screening.Order {
	if !r.IsObject() || !r.Has("name") || !r.Has("partner_id") {
		r.Problem(fault.Missing, "", "has no name or no partner_id: this is no sale.order")
		return screening.Order{}
	}
	o := screening.Order{
		Schema:    screening.OrderSchema,
		ID:        r.Text("name"),
		Date:      r.Date("date_order"),
		Currency:  label(r.Sub("currency_id")),
		EnteredBy: label(r.Sub("user_id")),
	}
	if text := plain(r.Text(rd.m.EndUse)); text != "" {
		o.EndUse = &screening.EndUse{Text: text}
	}
	day, place := r.Date("commitment_date"), r.Text("incoterm_location")
	if incoterm := rule(label(r.Sub("incoterm"))); incoterm != "" || day != "" || place != "" {
		o.Delivery = &screening.Delivery{Incoterm: incoterm, Requested: day}
		if place != "" {
			o.Delivery.Place = &screening.Address{Text: place}
		}
	}
	for _, p := range []struct {
		field string
		role  screening.Role
	}{
		{"company_id", screening.Seller}, {"partner_id", screening.Buyer}, {rd.m.EndUser, screening.EndUser},
		{"partner_shipping_id", screening.Consignee}, {"partner_invoice_id", screening.Payer},
	} {
		if r.Has(p.field) {
			addParty(&o, r.Sub(p.field), p.role)
		}
	}
	rd.lines(r, &o)
	return o
}

func (rd reader) lines(r jsontree.Record, o *screening.Order) {
	if !r.Has("order_line") {
		r.Problem(fault.Missing, "order_line", "is missing: there is nothing to screen")
		return
	}
	notes := nonEmpty(plain(r.Text("note")))
	for _, l := range r.Sub("order_line").Elems() {
		if !l.IsObject() {
			r.Problem(fault.Missing, "order_line", "holds ids only; ask for the lines' fields (web_read with a specification)")
			return
		}
		if l.Has("display_type") {
			notes = append(notes, nonEmpty(l.Text("name"))...)
			continue
		}
		o.Lines = append(o.Lines, rd.line(l))
	}
	o.Note = strings.Join(notes, "\n")
}

func (rd reader) line(r jsontree.Record) screening.Line {
	product := r.Sub("product_id")
	l := screening.Line{
		ID:          r.Text("id"),
		PartNumber:  product.Text("default_code"),
		Description: r.Text("name"),
		HS:          product.Text("hs_code"),
		Quantity:    r.Number("product_uom_qty", scalar.Float),
		Unit:        label(firstSub(r, "product_uom_id", "product_uom")),
		Value:       r.Number("price_subtotal", scalar.Float),
		Origin:      country(product.Sub("country_of_origin")),
	}
	if l.Description == "" {
		l.Description = label(product)
	}
	if product.Text("type") == "service" {
		l.Kind = screening.Servicing
	}
	if code := product.Text(rd.m.ControlCode); code != "" {
		l.ControlCodes = []screening.ControlCode{{List: rd.m.ControlList, Code: code}}
	}
	return l
}

func firstSub(r jsontree.Record, names ...string) jsontree.Record {
	for _, n := range names[:len(names)-1] {
		if r.Has(n) {
			return r.Sub(n)
		}
	}
	return r.Sub(names[len(names)-1])
}

// label is what a many2one field shows: the second part of a pair, or a record's name.
func label(r jsontree.Record) string {
	if e := r.Elems(); len(e) == 2 {
		return e[1].Value()
	}
	if s := r.Text("name"); s != "" {
		return s
	}
	return r.Text("display_name")
}

var (
	bracketed = regexp.MustCompile(`^\[([A-Z]{3})\]`)
	tag       = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	spaces    = regexp.MustCompile(`\s+`)
)

// rule is the code of an Incoterms rule, which Odoo shows as "[FOB] FREE ON BOARD".
func rule(shown string) string {
	if m := bracketed.FindStringSubmatch(shown); m != nil {
		return m[1]
	}
	return shown
}

// plain is the text of a field that may hold HTML.
func plain(s string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(s, " ")), " "))
}
