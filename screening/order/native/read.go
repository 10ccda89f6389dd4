package native

import (
	"io"
	"reflect"
	"sync"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/internal/jsontree"
)

// Format is the name of this format in errors.
const Format = "native"

// Read reads every order of a document. An error of r is returned as it is; every other error is an
// order.Error that lists all problems, and then no order is returned.
func Read(r io.Reader) ([]screening.Order, error) {
	var problems fault.List
	data, ok, err := problems.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problems.Err(Format)
	}
	tree := trees.Get().(*jsontree.Tree)
	defer func() {
		tree.Clear() // orders hold texts of it, and nothing else
		trees.Put(tree)
	}()
	values, ok := tree.Parse(data, &problems)
	if !ok {
		return nil, problems.Err(Format)
	}
	b := binder{data: data, problems: &problems}
	var orders []screening.Order
	for _, v := range values {
		if v.Kind != jsontree.Array {
			orders = append(orders, b.order(v))
			continue
		}
		for i, e := range v.Elems {
			b.inner(jsontree.Step{Index: i}, func() { orders = append(orders, b.order(e)) })
		}
	}
	if len(orders) == 0 {
		problems.Add(fault.Problem{Code: fault.Missing, Text: "holds no order"})
	}
	if err := problems.Err(Format); err != nil {
		return nil, err
	}
	return orders, nil
}

// trees are what documents are parsed into: ERPs send one order after another.
var trees = sync.Pool{New: func() any { return new(jsontree.Tree) }}

func (b *binder) order(n *jsontree.Node) screening.Order {
	var o screening.Order
	if s := n.Get("schema"); s != nil && s.Kind == jsontree.String && s.Text != screening.OrderSchema {
		b.inner(jsontree.Step{Name: "schema", Index: -1}, func() {
			b.add(fault.Value, s.Offset, "is "+fault.Quote(s.Text)+", this version reads "+fault.Quote(screening.OrderSchema))
		})
	}
	b.bind(n, reflect.ValueOf(&o).Elem())
	return o
}
