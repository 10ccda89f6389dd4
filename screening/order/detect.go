package order

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/ordergate/ordergate/screening/order/csvorder"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
)

// detect tells the format of a document that is UTF-8 and not empty, "" where it is none. What begins
// as a format and is broken further on is that format: its reader says what is wrong.
func detect(data []byte) Format {
	switch trimmed := bytes.TrimSpace(data); {
	case trimmed[0] == '{' || trimmed[0] == '[':
		return detectJSON(trimmed)
	case trimmed[0] == '<':
		return UBL
	case csvorder.IsHeader(data):
		return CSV
	}
	return ""
}

// erpFields are members by which a record of an ERP is known. No native order has a member so named.
var erpFields = map[string]Format{
	"SalesOrder": SAP, "SalesOrderType": SAP, "to_Item": SAP, "_Item": SAP,
	"partner_id": Odoo, "order_line": Odoo, "partner_invoice_id": Odoo, "partner_shipping_id": Odoo,
}

// envelopes are members that ERPs wrap records in, several deep.
var envelopes = map[string]bool{"d": true, "results": true, "value": true, "result": true, "records": true, "data": true}

// nativeFields are members that no ERP's record has.
var nativeFields = map[string]bool{"schema": true, "parties": true, "lines": true, "end_use": true}

// maxEnvelopes bounds how deep a record is looked for.
const maxEnvelopes = 6

// detectJSON looks at the members of the first record, inside arrays and envelopes; everything that is
// no ERP's is native, whose reader says best what is wrong.
func detectJSON(data []byte) Format {
	if f := detectValue(jsontree.NewDecoder(data), 0); f != "" {
		return f
	}
	return Native
}

func detectValue(dec *jsontext.Decoder, depth int) Format {
	t, err := dec.ReadToken()
	if err != nil || depth > maxEnvelopes {
		return ""
	}
	switch t.Kind() {
	case '[':
		return detectValue(dec, depth+1)
	case '{':
		return detectObject(dec, depth)
	}
	return ""
}

func detectObject(dec *jsontext.Decoder, depth int) Format {
	for dec.PeekKind() == '"' {
		t, err := dec.ReadToken()
		if err != nil {
			return ""
		}
		name := t.String()
		if f := erpFields[name]; f != "" || nativeFields[name] {
			return f
		}
		if envelopes[name] {
			return detectValue(dec, depth+1)
		}
		if dec.SkipValue() != nil {
			return ""
		}
	}
	return ""
}
