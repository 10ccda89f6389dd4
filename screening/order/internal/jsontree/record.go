package jsontree

import (
	"strconv"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// Record is an object of a document an ERP wrote, read field by field. Unlike native orders such
// documents have many fields that do not matter here, and say "no value" by null, false or "". A field
// of a wrong type is noted in the document's problems and read as absent.
type Record struct {
	Path string
	node *Node
	doc  *document
}

type document struct {
	data     []byte
	problems *fault.List
}

// Records are the top-level values of a parsed document.
func Records(values []*Node, data []byte, problems *fault.List) []Record {
	d := &document{data, problems}
	records := make([]Record, len(values))
	for i, n := range values {
		records[i] = Record{node: n, doc: d}
	}
	return records
}

// Has reports whether a field holds a value.
func (r Record) Has(name string) bool { return given(r.node.Get(name)) }

// IsArray and IsObject report what the record itself is.
func (r Record) IsArray() bool  { return r.node != nil && r.node.Kind == Array }
func (r Record) IsObject() bool { return r.node != nil && r.node.Kind == Object }

func given(n *Node) bool {
	return n != nil && n.Kind != Null && (n.Kind != Bool || n.Text == "true") && (n.Kind != String || n.Text != "")
}

// Text is a field's text: a string, or a number as written; "" where there is none.
func (r Record) Text(name string) string {
	n := r.node.Get(name)
	switch {
	case !given(n):
		return ""
	case n.Kind == String || n.Kind == Number:
		return n.Text
	}
	r.Problem(fault.Value, name, "is "+n.Kind.String()+", not "+String.String())
	return ""
}

// True reports whether a field is true.
func (r Record) True(name string) bool {
	n := r.node.Get(name)
	return n != nil && n.Kind == Bool && n.Text == "true"
}

// Number is a field read by one of package scalar's readers of numbers, nil where there is none.
func (r Record) Number(name string, read func(string) (screening.Decimal, error)) *screening.Decimal {
	s := r.Text(name)
	if s == "" {
		return nil
	}
	d, err := read(s)
	if err != nil {
		r.Problem(fault.Value, name, err.Error())
		return nil
	}
	return &d
}

// Date is the day of a field that begins with a date of the form 2006-01-02, as time stamps do.
func (r Record) Date(name string) screening.Date {
	s := r.Text(name)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	d, err := scalar.Date(s)
	if err != nil {
		r.Problem(fault.Value, name, err.Error())
	}
	return d
}

// Sub is the object in a field; an empty record where there is none.
func (r Record) Sub(name string) Record {
	n := r.node.Get(name)
	if given(n) && n.Kind != Object && n.Kind != Array {
		r.Problem(fault.Value, name, "is "+n.Kind.String()+", not "+Object.String())
		n = nil
	}
	return Record{Path: Join(r.Path, name), node: n, doc: r.doc}
}

// Elems are the elements of a record that is an array.
func (r Record) Elems() []Record {
	if r.node == nil {
		return nil
	}
	records := make([]Record, len(r.node.Elems))
	for i, e := range r.node.Elems {
		records[i] = Record{Path: r.Path + "[" + strconv.Itoa(i) + "]", node: e, doc: r.doc}
	}
	return records
}

// Value is the text of a record that is a bare string or number, "" of any other.
func (r Record) Value() string {
	if r.node == nil || r.node.Kind != String && r.node.Kind != Number {
		return ""
	}
	return r.node.Text
}

// Problem notes a problem with a field, or with the record itself where name is "".
func (r Record) Problem(code fault.Code, name, text string) {
	r.doc.problems.AddFunc(func() fault.Problem {
		p := fault.Problem{Code: code, Path: r.Path, Text: text}
		at := r.node
		if name != "" {
			p.Path = Join(r.Path, name)
			if n := r.node.Get(name); n != nil {
				at = n
			}
		}
		if at != nil {
			p.Line, p.Column = fault.Position(r.doc.data, at.Offset)
		}
		return p
	})
}
