package screening

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sync"

	"github.com/ordergate/ordergate/lists"
)

// Rescreen screens again what a change of lists can touch: of the orders given, open ones and past shipments
// alike, those for which other listed entities are found than on the lists as they were, or the same with another
// likeness or entry. Their results come in the order of the orders and are recorded as [Screener.Screen] does;
// for all others a full screening would report what it did before, but for the digests of its inputs. An
// order that could not be looked at gives an error.
//
// All are screened on the lists in force when Rescreen is called, even if those are replaced meanwhile. Request,
// context and workers are as in [Screener.ScreenAll]. Where by the request a list was missing or too old and is so
// no more, or has become so, every order is touched. No order whose report differs is passed over: see [lists.Touch] for
// what a change does to a party, and why.
func (s *Screener) Rescreen(ctx context.Context, was *lists.Index, orders iter.Seq[Order], workers int, request func(*Order) Request) iter.Seq[Result] {
	c := s.since(was)
	look := func(given *Order) *Result {
		o := *given // request may keep it
		req := request(&o)
		touched, err := c.touchesOrder(&o, req)
		switch {
		case err != nil:
			return &Result{Order: o, Err: err}
		case touched || ctx.Err() != nil:
			r := c.screener.result(ctx, o, req)
			return &r
		}
		return nil
	}
	return touchedOnly(orders, workers, look)
}

// PartyChange is a party that other listed entities are like than before, or the same ones otherwise.
type PartyChange struct {
	// Party is the party as given. Where Err is set, it could not be compared.
	Party Party
	// Was and Now are the hits on the lists as they were and as they are: of the party, then of its people and owners.
	Was, Now []lists.Hit
	Err      error
}

// RescreenParties gives those of the parties, the customers on file and others that no order names yet, that
// a change of lists touches. It records nothing: whether a change matters depends on an order.
func (s *Screener) RescreenParties(ctx context.Context, was *lists.Index, parties iter.Seq[Party], workers int) iter.Seq[PartyChange] {
	c := s.since(was)
	look := func(p *Party) *PartyChange {
		if err := ctx.Err(); err != nil {
			return &PartyChange{Party: *p, Err: err}
		}
		n := *p
		if err := n.normalise(); err != nil {
			return &PartyChange{Party: *p, Err: err}
		}
		before, after, differ := c.hits(0, &n)
		if !differ {
			return nil
		}
		return &PartyChange{Party: *p, Was: before, Now: after}
	}
	return touchedOnly(parties, workers, look)
}

// rescreenBatch is how many items one goroutine looks at before it hands over what it found: most are
// dismissed in microseconds.
const rescreenBatch = 256

// touchedOnly gives what look finds of the items, in their order. What an item is looked at in is used again for others.
func touchedOnly[T, R any](items iter.Seq[T], workers int, look func(*T) *R) iter.Seq[R] {
	used := sync.Pool{New: func() any { return &[]T{} }}
	batches := func(yield func(*[]T) bool) {
		batch := used.Get().(*[]T)
		for item := range items {
			if *batch = append(slices.Grow(*batch, rescreenBatch-len(*batch)), item); len(*batch) == rescreenBatch {
				if !yield(batch) {
					return
				}
				batch = used.Get().(*[]T)
			}
		}
		if len(*batch) > 0 {
			yield(batch)
		}
	}
	found := sideBySide(batches, workers, func(batch *[]T) (all []*R) {
		for i := range *batch {
			if r := look(&(*batch)[i]); r != nil {
				all = append(all, r)
			}
		}
		clear(*batch)
		*batch = (*batch)[:0]
		used.Put(batch)
		return all
	})
	return func(yield func(R) bool) {
		for all := range found {
			for _, r := range all {
				if !yield(*r) {
					return
				}
			}
		}
	}
}

// change is a change of lists: a screener bound to the lists as they are, and what differs from what they were.
type change struct {
	screener *Screener
	was, now *lists.Index
	touch    *lists.Touch
}

func (s *Screener) since(was *lists.Index) *change {
	bound := *s
	now := s.cfg.Lists.Current()
	bound.cfg.Lists = now
	return &change{&bound, was, now, lists.NewTouch(was, now)}
}

// touchesOrder reports whether an order's report differs.
func (c *change) touchesOrder(o *Order, req Request) (bool, error) {
	req, err := req.normalise()
	if err != nil {
		return false, err
	}
	order, err := o.Normalise()
	if err != nil {
		return false, err
	}
	if !reflect.DeepEqual(c.standing(c.was, req), c.standing(c.now, req)) {
		return true, nil
	}
	for i := range order.Parties {
		if _, _, differ := c.hits(i, &order.Parties[i]); differ {
			return true, nil
		}
	}
	return false, nil
}

// standing is what there is to say of the lists themselves: those missing and those too old.
func (c *change) standing(ix *lists.Index, req Request) []Finding {
	cfg := &c.screener.cfg
	r := run{policy: cfg.Policy, index: ix, classifier: cfg.Classifier, rules: cfg.Rules, req: req}
	r.checkLists()
	return r.findings
}

// hits looks up a party and everybody behind it. Unless something differs there are no hits.
func (c *change) hits(i int, p *Party) (was, now []lists.Hit, differ bool) {
	all := subjectsOf(i, p)
	for k := range all {
		all[k].query.Threshold = c.screener.cfg.Policy.Threshold
	}
	if !slices.ContainsFunc(all, func(s subject) bool { return c.touch.Reaches(&s.query) }) {
		return nil, nil, false
	}
	for k := range all {
		before, after, changed := c.touch.Hits(&all[k].query)
		was, now, differ = append(was, before...), append(now, after...), differ || changed
	}
	if !differ {
		return nil, nil, false
	}
	return was, now, true
}

// normalise makes of a copy of a party one by itself as [Order.Normalise] makes the parties of an order; one without a role is
// a buyer.
func (p *Party) normalise() error {
	if len(p.Roles) == 0 {
		p.Roles = []Role{Buyer}
	}
	p.own()
	v := validator{}
	v.party(top.element("parties", 0), p)
	if len(v.problems) > 0 {
		return fmt.Errorf("party %q: %w", clip(p.ID, 60), &InvalidOrderError{Problems: v.problems})
	}
	return nil
}
