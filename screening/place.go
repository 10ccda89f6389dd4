package screening

import "strconv"

// place is where in an order a value stands. Its path is written out only where something is wrong there: an order has
// a hundred places, and most orders are right in all of them.
type place struct {
	up    *place // nil for the order itself
	name  string // "" for an element of what stands at up
	index int    // 1 + that of an element, 0 for a field
}

// top is the order.
var top place

func (p *place) field(name string) place { return place{p, name, 0} }

func (p *place) element(name string, i int) place { return place{p, name, i + 1} }

// String is the JSON path.
func (p *place) String() string {
	path := ""
	for ; p.up != nil; p = p.up {
		at := p.name
		if p.index > 0 {
			at += "[" + strconv.Itoa(p.index-1) + "]"
		}
		if path != "" && path[0] != '[' {
			at += "."
		}
		path = at + path
	}
	return path
}
