package icp

import (
	"context"

	"github.com/ordergate/ordergate/icp/internal/stream"
)

// Try reports what [Cases.Do] would answer to an event now, and records nothing: whether a person can be offered a
// move, and what speaks against it.
func (cs *Cases) Try(ctx context.Context, e Event) error {
	c, err := cs.Get(ctx, e.Case)
	if err != nil {
		return err
	}
	e.Screening, e.Changed = nil, nil
	if err := cs.complete(ctx, &c, &e); err != nil {
		return err
	}
	return cs.p.Check(c, e)
}

// EventRecord is the id in the log of an event of an order's case.
func EventRecord(order string, seq int) string { return stream.RecordID(casePrefix, order, seq) }
