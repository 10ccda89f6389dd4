package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// Fresh is a list in force, read anew.
type Fresh struct {
	// ID is the id of the list that is to be renewed.
	ID   string
	List lists.List
	// On is the day List was last known to be current.
	On dated.Date
	// Err says why it could not be read.
	Err error
}

// freshness is what is known of the lists in force beside their content. It is never changed, only replaced.
type freshness struct {
	current []screening.ListCurrent
	// failed says since when a list could not be renewed.
	failed map[string]time.Time
}

// Reload puts lists that were read anew in force, all in one step. A list that could not be read, is another one, or
// has lost most of its entries stays as it is in force, with the day it was last known to be current, so that it grows
// too old in time; the error names each. What reports will be made again from is kept before the first of them is made.
func (d *Desk) Reload(ctx context.Context, fresh []Fresh) ([]lists.Change, error) {
	d.renewal.Lock()
	defer d.renewal.Unlock()
	was, now := d.fresh.Load(), d.cfg.Now()
	next := &freshness{slices.Clone(was.current), maps.Clone(was.failed)}
	var problems []error
	fail := func(id string, err error) {
		problems = append(problems, fmt.Errorf("list %s stays as it is: %w", id, err))
		if next.failed[id].IsZero() {
			next.failed[id] = now
		}
	}
	before := d.lists.Current()
	changes, err := d.lists.Update(ctx, func(ctx context.Context, inForce *lists.Snapshot) (*lists.Snapshot, error) {
		all := inForce
		for _, f := range fresh {
			renewed, err := renew(all, f)
			if err != nil {
				fail(f.ID, err)
				continue
			}
			all = renewed
			delete(next.failed, f.ID)
			next.current = append(slices.DeleteFunc(next.current, func(c screening.ListCurrent) bool { return c.List == f.ID }),
				screening.ListCurrent{List: f.ID, On: f.On})
		}
		if all.Digest() == inForce.Digest() {
			return all, nil
		}
		return all, d.adopt(ctx, all)
	})
	if err != nil { // nothing is in force that was not before
		next, problems = &freshness{was.current, maps.Clone(was.failed)}, nil
		for _, f := range fresh {
			fail(f.ID, err)
		}
	}
	// Only now: an order that is screened meanwhile takes the new list for as old as the old one, never the other way.
	d.fresh.Store(next)
	if before != d.lists.Current() {
		problems = append(problems, before.Close()) // its memory for searches; who screens with it goes on
	}
	return changes, errors.Join(problems...)
}

// A list of at least minLoss entries that comes back with less than half of them was cut off on its way, more likely
// than not: formats of one line an entry do not show where they end.
const minLoss = 100

// renew is a snapshot with a list read anew.
func renew(s *lists.Snapshot, f Fresh) (*lists.Snapshot, error) {
	if f.Err != nil {
		return nil, f.Err
	}
	if f.List.ID != f.ID {
		return nil, fmt.Errorf("what was read is the list %s", f.List.ID)
	}
	if old, ok := s.List(f.ID); ok && len(old.Entities) >= minLoss && len(f.List.Entities) < len(old.Entities)/2 {
		return nil, fmt.Errorf("what was read has %d entries instead of %d", len(f.List.Entities), len(old.Entities))
	}
	return s.With(f.List)
}

// adopt keeps a snapshot that is about to be in force, and says so in the log: no report may be made from lists that
// are not kept.
func (d *Desk) adopt(ctx context.Context, s *lists.Snapshot) error {
	if err := lists.NewArchive(d.archive()).Keep(s); err != nil {
		return err
	}
	return d.recordLists(ctx, s)
}

func (d *Desk) archive() lists.Store { return lists.DirStore(filepath.Join(d.cfg.Dir, "archive")) }
