package order

import (
	"bytes"
	"io"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/csvorder"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/native"
	"github.com/ordergate/ordergate/screening/order/odoo"
	"github.com/ordergate/ordergate/screening/order/sap"
	"github.com/ordergate/ordergate/screening/order/ubl"
)

// Error, Problem and Code are what every reader says is wrong with a document.
type (
	Error   = fault.Error
	Problem = fault.Problem
	Code    = fault.Code
)

// The codes of problems.
const (
	Syntax    = fault.Syntax
	Limit     = fault.Limit
	Unknown   = fault.Unknown
	Duplicate = fault.Duplicate
	Value     = fault.Value
	Missing   = fault.Missing
	NoFormat  = fault.Format
)

// Format is a document format, as in [Error.Format].
type Format string

// The formats.
const (
	Native Format = native.Format
	UBL    Format = ubl.Format
	CSV    Format = csvorder.Format
	SAP    Format = sap.Format
	Odoo   Format = odoo.Format
)

// MaxBytes is the size up to which a document is read.
const MaxBytes = fault.MaxBytes

// Read is [Options.Read] with the zero options.
func Read(r io.Reader) ([]screening.Order, Format, error) { return Options{}.Read(r) }

// Read reads every order of a document and says in which format it was. An error of r is returned as it
// is; every other error is an [*Error], with the format where it could be told.
func (o Options) Read(r io.Reader) ([]screening.Order, Format, error) {
	var problems fault.List
	data, ok, err := problems.ReadAll(r)
	if err != nil {
		return nil, "", err
	}
	if !ok {
		return nil, "", problems.Err("")
	}
	format := detect(data)
	var orders []screening.Order
	switch body := bytes.NewBuffer(data); format { // as a buffer it is not copied again
	case Native:
		orders, err = native.Read(body)
	case UBL:
		orders, err = ubl.Read(body)
	case CSV:
		orders, err = csvorder.Read(body)
	case SAP:
		orders, err = sap.Read(body, o.SAP)
	case Odoo:
		orders, err = odoo.Read(body, o.Odoo)
	default:
		problems.Add(Problem{Code: NoFormat, Line: 1, Text: "is neither JSON, nor XML, nor CSV with a column order_id"})
		err = problems.Err("")
	}
	return orders, format, err
}

// Schema is the JSON Schema (draft 2020-12) of one native order.
func Schema() []byte { return native.Schema() }
