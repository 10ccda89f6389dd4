package csvorder

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// The two columns every row has.
const (
	orderID = "order_id"
	lineID  = "line_id"
)

// orderColumns say what a column of the order sets.
var orderColumns = map[string]func(o *screening.Order, s string) error{
	orderID:       func(o *screening.Order, s string) error { o.ID = s; return nil },
	"order_date":  func(o *screening.Order, s string) error { return setDate(&o.Date, s) },
	"stage":       func(o *screening.Order, s string) error { o.Stage = screening.Stage(s); return nil },
	"currency":    func(o *screening.Order, s string) error { o.Currency = s; return nil },
	"entered_by":  func(o *screening.Order, s string) error { o.EnteredBy = s; return nil },
	"note":        func(o *screening.Order, s string) error { o.Note = s; return nil },
	"destination": func(o *screening.Order, s string) error { o.Destination = s; return nil },
	"revision": func(o *screening.Order, s string) error {
		n, err := strconv.ParseInt(s, 10, 32)
		if err != nil {
			return fmt.Errorf("%s is not a whole number", fault.Quote(s))
		}
		o.Revision = int(n)
		return nil
	},
	"end_use":         func(o *screening.Order, s string) error { made(&o.EndUse).Text = s; return nil },
	"end_use_code":    func(o *screening.Order, s string) error { made(&o.EndUse).Code = s; return nil },
	"incoterm":        func(o *screening.Order, s string) error { made(&o.Delivery).Incoterm = s; return nil },
	"delivery_date":   func(o *screening.Order, s string) error { return setDate(&made(&o.Delivery).Requested, s) },
	"payment_means":   func(o *screening.Order, s string) error { made(&o.Payment).Means = s; return nil },
	"prepaid_percent": func(o *screening.Order, s string) error { return setDecimal(&made(&o.Payment).PrepaidPercent, s) },
	"bank_country":    func(o *screening.Order, s string) error { made(&o.Payment).BankCountry = s; return nil },
}

// partyColumns say what a column of a party sets; its name follows the role.
var partyColumns = map[string]func(p *screening.Party, s string) error{
	"name":        func(p *screening.Party, s string) error { p.Name = s; return nil },
	"other_names": func(p *screening.Party, s string) error { p.OtherNames = several(s); return nil },
	"kind":        func(p *screening.Party, s string) error { p.Kind = s; return nil },
	"country":     func(p *screening.Party, s string) error { p.Country = s; return nil },
	"business":    func(p *screening.Party, s string) error { p.Business = screening.Business(s); return nil },
	"address": func(p *screening.Party, s string) error {
		for _, a := range several(s) {
			p.Addresses = append(p.Addresses, screening.Address{Text: a})
		}
		return nil
	},
	"identifiers": func(p *screening.Party, s string) error {
		return pairs(s, func(typ, value string) {
			p.Identifiers = append(p.Identifiers, screening.Identifier{Type: typ, Value: value})
		})
	},
}

// lineColumns say what a column of the line sets.
var lineColumns = map[string]func(l *screening.Line, s string) error{
	lineID:        func(l *screening.Line, s string) error { l.ID = s; return nil },
	"line_kind":   func(l *screening.Line, s string) error { l.Kind = screening.LineKind(s); return nil },
	"part_number": func(l *screening.Line, s string) error { l.PartNumber = s; return nil },
	"description": func(l *screening.Line, s string) error { l.Description = s; return nil },
	"hs":          func(l *screening.Line, s string) error { l.HS = s; return nil },
	"hs_edition":  func(l *screening.Line, s string) error { l.HSEdition = s; return nil },
	"control_codes": func(l *screening.Line, s string) error {
		return pairs(s, func(list, code string) {
			l.ControlCodes = append(l.ControlCodes, screening.ControlCode{List: list, Code: code})
		})
	},
	"uncontrolled": func(l *screening.Line, s string) error {
		if s != "true" && s != "false" {
			return fmt.Errorf("%s is neither true nor false", fault.Quote(s))
		}
		l.Uncontrolled = s == "true"
		return nil
	},
	"quantity":          func(l *screening.Line, s string) error { return setDecimal(&l.Quantity, s) },
	"unit":              func(l *screening.Line, s string) error { l.Unit = s; return nil },
	"value":             func(l *screening.Line, s string) error { return setDecimal(&l.Value, s) },
	"list_price":        func(l *screening.Line, s string) error { return setDecimal(&l.ListPrice, s) },
	"origin":            func(l *screening.Line, s string) error { l.Origin = s; return nil },
	"line_end_use":      func(l *screening.Line, s string) error { made(&l.EndUse).Text = s; return nil },
	"line_end_use_code": func(l *screening.Line, s string) error { made(&l.EndUse).Code = s; return nil },
}

// made is what p points to, made where it is nil.
func made[T any](p **T) *T {
	if *p == nil {
		*p = new(T)
	}
	return *p
}

func setDate(d *screening.Date, s string) (err error) {
	*d, err = scalar.Date(s)
	return err
}

func setDecimal(d **screening.Decimal, s string) error {
	v, err := scalar.Decimal(s)
	if err != nil {
		return err
	}
	*d = &v
	return nil
}

func several(s string) []string {
	var values []string
	for v := range strings.SplitSeq(s, "|") {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	return values
}

func pairs(s string, add func(a, b string)) error {
	for _, v := range several(s) {
		a, b, ok := strings.Cut(v, ":")
		a, b = strings.TrimSpace(a), strings.TrimSpace(b)
		if !ok || a == "" || b == "" {
			return fmt.Errorf("%s is not of the form LIST:CODE or TYPE:VALUE", fault.Quote(v))
		}
		add(a, b)
	}
	return nil
}
