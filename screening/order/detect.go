package order

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/ordergate/ordergate/screening/order/csvorder"
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

// maxEnvelopes bounds how deep a record is looked for, maxTokens how far.
const (
	maxEnvelopes = 6
	maxTokens    = 20_000
)

// detectJSON looks at the members of the first record, inside arrays and envelopes; everything that is
// no ERP's is native, whose reader says best what is wrong.
func detectJSON(data []byte) Format {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if f := detectValue(dec, 0); f != "" {
		return f
	}
	return Native
}

func detectValue(dec *json.Decoder, depth int) Format {
	t, err := dec.Token()
	if err != nil || depth > maxEnvelopes {
		return ""
	}
	switch t {
	case json.Delim('['):
		if dec.More() {
			return detectValue(dec, depth+1)
		}
	case json.Delim('{'):
		return detectObject(dec, depth)
	}
	return ""
}

func detectObject(dec *json.Decoder, depth int) Format {
	for dec.More() {
		t, err := dec.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return ""
		}
		if f := erpFields[name]; f != "" || nativeFields[name] {
			return f
		}
		if envelopes[name] {
			return detectValue(dec, depth+1)
		}
		if skip(dec) != nil {
			return ""
		}
	}
	return ""
}

var errTooFar = errors.New("no record is in sight")

// skip passes over one value, by tokens so that depth costs no stack.
func skip(dec *json.Decoder) error {
	for depth, tokens := 0, 0; ; tokens++ {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		if tokens > maxTokens {
			return errTooFar
		}
		switch t {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}
