package main

import (
	"slices"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// history holds the lines of the orders gone through so far by their buyer, for the rules that compare an order with
// earlier ones.
type history map[string][]trigger.PastOrder

// before gives the earlier lines of the order's buyer, and adds the order's own for those that follow. The result is never
// nil: that there was no earlier order is known.
func (h history) before(o *screening.Order) []trigger.PastOrder {
	i := slices.IndexFunc(o.Parties, func(p screening.Party) bool { return slices.Contains(p.Roles, screening.Buyer) })
	if i < 0 {
		return []trigger.PastOrder{}
	}
	buyer := o.Parties[i].ID
	if buyer == "" {
		buyer = o.Parties[i].Name
	}
	earlier := h[buyer]
	for _, l := range o.Lines {
		h[buyer] = append(h[buyer], trigger.PastOrder{
			ID: o.ID, Date: o.Date, Buyer: buyer, PartNumber: l.PartNumber, HS: l.HS, Kind: string(l.Kind), Destination: o.Destination, Value: l.Value,
		})
	}
	return append([]trigger.PastOrder{}, earlier...)
}
