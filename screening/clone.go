package screening

import "slices"

// clone is a deep copy: normalising must not write into what the caller still holds.
func (o *Order) clone() *Order {
	n := *o
	n.EndUse = o.EndUse.clone()
	n.Route = slices.Clone(o.Route)
	n.Delivery = copyOf(o.Delivery)
	if n.Delivery != nil {
		n.Delivery.Place = copyOf(n.Delivery.Place)
	}
	n.Payment = copyOf(o.Payment)
	n.Answers = slices.Clone(o.Answers)
	n.Changes = slices.Clone(o.Changes)
	n.Documents = slices.Clone(o.Documents)
	n.Lines = slices.Clone(o.Lines)
	for i := range n.Lines {
		l := &n.Lines[i]
		l.ControlCodes = slices.Clone(l.ControlCodes)
		l.Properties = slices.Clone(l.Properties)
		l.Contents = slices.Clone(l.Contents)
		l.EndUse = l.EndUse.clone()
	}
	n.Parties = slices.Clone(o.Parties)
	for i := range n.Parties {
		n.Parties[i].own()
	}
	return &n
}

// own makes of a copy of a party a deep one.
func (p *Party) own() {
	p.Roles = slices.Clone(p.Roles)
	p.OtherNames = slices.Clone(p.OtherNames)
	p.Addresses = slices.Clone(p.Addresses)
	p.Identifiers = slices.Clone(p.Identifiers)
	p.People = slices.Clone(p.People)
	p.Owners = cloneOwners(p.Owners)
}

func (u *EndUse) clone() *EndUse {
	n := copyOf(u)
	if n != nil {
		n.Site = copyOf(n.Site)
	}
	return n
}

func cloneOwners(owners []Owner) []Owner {
	n := slices.Clone(owners)
	for i := range n {
		n[i].OtherNames = slices.Clone(n[i].OtherNames)
		n[i].Owners = cloneOwners(n[i].Owners)
	}
	return n
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// countries is every country the order names, in order of appearance.
func (o *Order) countries() []string {
	var cs []string
	cs = appendNew(cs, o.Destination)
	for _, p := range o.Parties {
		cs = appendNew(cs, p.Country)
		for _, a := range p.Addresses {
			cs = appendNew(cs, a.Country)
		}
	}
	for _, l := range o.Route {
		cs = appendNew(cs, l.Country)
	}
	for _, l := range o.Lines {
		cs = appendNew(cs, l.Origin)
	}
	return cs
}
