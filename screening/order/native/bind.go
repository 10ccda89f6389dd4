package native

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
	"github.com/ordergate/ordergate/screening/order/internal/scalar"
)

// binder copies trees into the order types, by their JSON tags.
type binder struct {
	data     []byte
	problems *fault.List
}

var (
	decimalType = reflect.TypeFor[screening.Decimal]()
	dateType    = reflect.TypeFor[screening.Date]()
)

// bind sets v, which is settable, from n. What does not fit is noted and left zero.
func (b *binder) bind(n *jsontree.Node, v reflect.Value, path string) {
	if v.Kind() == reflect.Pointer && n.Kind != jsontree.Null {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch t := v.Type(); {
	case n.Kind == jsontree.Null:
		b.add(fault.Value, path, n.Offset, "is null; leave out a field that has no value")
	case t == decimalType:
		b.decimal(n, v, path)
	case t == dateType:
		b.date(n, v, path)
	case v.Kind() == reflect.String:
		if b.is(n, jsontree.String, path) {
			v.SetString(n.Text)
		}
	case v.Kind() == reflect.Bool:
		if b.is(n, jsontree.Bool, path) {
			v.SetBool(n.Text == "true")
		}
	case v.Kind() == reflect.Int:
		b.integer(n, v, path)
	case v.Kind() == reflect.Slice:
		b.slice(n, v, path)
	default:
		b.object(n, v, path)
	}
}

func (b *binder) decimal(n *jsontree.Node, v reflect.Value, path string) {
	if n.Kind != jsontree.Number && n.Kind != jsontree.String {
		b.add(fault.Value, path, n.Offset, "is "+n.Kind.String()+", not a number or a string of digits")
		return
	}
	d, err := scalar.Decimal(n.Text)
	if err != nil {
		b.add(fault.Value, path, n.Offset, err.Error())
		return
	}
	v.Set(reflect.ValueOf(d))
}

func (b *binder) date(n *jsontree.Node, v reflect.Value, path string) {
	if !b.is(n, jsontree.String, path) {
		return
	}
	d, err := scalar.Date(n.Text)
	if err != nil {
		b.add(fault.Value, path, n.Offset, err.Error())
		return
	}
	v.Set(reflect.ValueOf(d))
}

func (b *binder) integer(n *jsontree.Node, v reflect.Value, path string) {
	if !b.is(n, jsontree.Number, path) {
		return
	}
	i, err := strconv.ParseInt(n.Text, 10, 32)
	if err != nil {
		b.add(fault.Value, path, n.Offset, fault.Quote(n.Text)+" is not a whole number of at most 32 bits")
		return
	}
	v.SetInt(i)
}

func (b *binder) slice(n *jsontree.Node, v reflect.Value, path string) {
	if !b.is(n, jsontree.Array, path) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Elems), len(n.Elems)))
	for i, e := range n.Elems {
		b.bind(e, v.Index(i), path+"["+strconv.Itoa(i)+"]")
	}
}

func (b *binder) object(n *jsontree.Node, v reflect.Value, path string) {
	if !b.is(n, jsontree.Object, path) {
		return
	}
	names := fieldNames(v.Type())
	for _, m := range n.Members {
		at := jsontree.Join(path, m.Name)
		if i := slices.Index(names, m.Name); i >= 0 {
			b.bind(m.Value, v.Field(i), at)
			continue
		}
		b.add(fault.Unknown, at, m.Offset, "is not a field of "+objectName(v.Type())+fault.DidYouMean(m.Name, names))
	}
}

// is reports whether n is of a kind, and notes it where not.
func (b *binder) is(n *jsontree.Node, k jsontree.Kind, path string) bool {
	if n.Kind != k {
		b.add(fault.Value, path, n.Offset, "is "+n.Kind.String()+", not "+k.String())
	}
	return n.Kind == k
}

func (b *binder) add(code fault.Code, path string, offset int, text string) {
	b.problems.AddFunc(func() fault.Problem {
		line, column := fault.Position(b.data, offset)
		return fault.Problem{Code: code, Path: path, Line: line, Column: column, Text: text}
	})
}

// fieldNames are the JSON names of a struct's fields, by field index.
func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
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
