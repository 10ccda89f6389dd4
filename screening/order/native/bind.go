package native

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// binder copies trees into the order types, by their JSON tags.
type binder struct {
	data     []byte
	problems *fault.List
	// at is the way to the value being bound.
	at jsontree.Path
}

var (
	decimalType = reflect.TypeFor[screening.Decimal]()
	dateType    = reflect.TypeFor[screening.Date]()
)

// bind sets v, which is settable, from n. What does not fit is noted and left zero.
func (b *binder) bind(n *jsontree.Node, v reflect.Value) {
	if v.Kind() == reflect.Pointer && n.Kind != jsontree.Null {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch t := v.Type(); {
	case n.Kind == jsontree.Null:
		b.add(fault.Value, n.Offset, "is null; leave out a field that has no value")
	case t == decimalType:
		b.decimal(n, v)
	case t == dateType:
		b.date(n, v)
	case v.Kind() == reflect.String:
		if b.is(n, jsontree.String) {
			v.SetString(n.Text)
		}
	case v.Kind() == reflect.Bool:
		if b.is(n, jsontree.Bool) {
			v.SetBool(n.Text == "true")
		}
	case v.Kind() == reflect.Int:
		b.integer(n, v)
	case v.Kind() == reflect.Slice:
		b.slice(n, v)
	default:
		b.object(n, v)
	}
}

func (b *binder) decimal(n *jsontree.Node, v reflect.Value) {
	if n.Kind != jsontree.Number && n.Kind != jsontree.String {
		b.add(fault.Value, n.Offset, "is "+n.Kind.String()+", not a number or a string of digits")
		return
	}
	d, err := scalar.Decimal(n.Text)
	if err != nil {
		b.add(fault.Value, n.Offset, err.Error())
		return
	}
	*v.Addr().Interface().(*screening.Decimal) = d
}

func (b *binder) date(n *jsontree.Node, v reflect.Value) {
	if !b.is(n, jsontree.String) {
		return
	}
	d, err := scalar.Date(n.Text)
	if err != nil {
		b.add(fault.Value, n.Offset, err.Error())
		return
	}
	v.SetString(string(d))
}

func (b *binder) integer(n *jsontree.Node, v reflect.Value) {
	if !b.is(n, jsontree.Number) {
		return
	}
	i, err := strconv.ParseInt(n.Text, 10, 32)
	if err != nil {
		b.add(fault.Value, n.Offset, fault.Quote(n.Text)+" is not a whole number of at most 32 bits")
		return
	}
	v.SetInt(i)
}

func (b *binder) slice(n *jsontree.Node, v reflect.Value) {
	if !b.is(n, jsontree.Array) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Elems), len(n.Elems)))
	for i, e := range n.Elems {
		b.inner(jsontree.Step{Index: i}, func() { b.bind(e, v.Index(i)) })
	}
}

func (b *binder) object(n *jsontree.Node, v reflect.Value) {
	if !b.is(n, jsontree.Object) {
		return
	}
	names := fieldNames(v.Type())
	for _, m := range n.Members {
		b.inner(jsontree.Step{Name: m.Name, Index: -1}, func() {
			if i := slices.Index(names, m.Name); i >= 0 {
				b.bind(m.Value, v.Field(i))
				return
			}
			b.add(fault.Unknown, m.Offset, "is not a field of "+objectName(v.Type())+fault.DidYouMean(m.Name, names))
		})
	}
}

// inner binds what is one step further in.
func (b *binder) inner(s jsontree.Step, bind func()) {
	b.at = append(b.at, s)
	bind()
	b.at = b.at[:len(b.at)-1]
}

// is reports whether n is of a kind, and notes it where not.
func (b *binder) is(n *jsontree.Node, k jsontree.Kind) bool {
	if n.Kind != k {
		b.add(fault.Value, n.Offset, "is "+n.Kind.String()+", not "+k.String())
	}
	return n.Kind == k
}

func (b *binder) add(code fault.Code, offset int, text string) {
	b.problems.AddFunc(func() fault.Problem {
		line, column := fault.Position(b.data, offset)
		return fault.Problem{Code: code, Path: b.at.String(), Line: line, Column: column, Text: text}
	})
}

// named are the fields of the types that were bound before.
var named sync.Map

// fieldNames are the JSON names of a struct's fields, by field index.
func fieldNames(t reflect.Type) []string {
	if names, ok := named.Load(t); ok {
		return names.([]string)
	}
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	named.Store(t, names)
	return names
}

// objectName is what an error calls a struct: "an order", "a party".
func objectName(t reflect.Type) string {
	name := strings.ToLower(t.Name())
	switch name[0] {
	case 'a', 'e', 'i', 'o', 'u':
		return "an " + name
	}
	return "a " + name
}
