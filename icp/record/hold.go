package record

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Hold forbids the deletion of records that somebody asked for, such as an authority's request (15 CFR
// 762.6(b)) or a suit. Placing and lifting are records of the log; holds themselves are never deleted.
type Hold struct {
	// Name is the hold's own, by which it is lifted.
	Name string `json:"name"`
	// Subjects are held; All holds the whole log.
	Subjects []string `json:"subjects,omitempty"`
	All      bool     `json:"all,omitempty"`
	// By is who ordered it, by role or number: it cannot be erased. Reason is why.
	By     string `json:"by"`
	Reason string `json:"reason"`
	// Lifted is set in the record that ends the hold.
	Lifted bool `json:"lifted,omitempty"`
}

// PlaceHold records a hold as record id at a time. It binds from then on, before Delete of any process.
func (l *Log) PlaceHold(ctx context.Context, id string, at time.Time, h Hold) (Position, error) {
	h.Lifted = false
	if h.Name == "" || h.By == "" || h.Reason == "" || h.All == (len(h.Subjects) > 0) {
		return Position{}, &EntryError{id, fmt.Errorf("hold: name, by, reason and either subjects or all must be given")}
	}
	return l.appendHold(ctx, id, at, h)
}

// LiftHold records that the hold of a name has ended. The error wraps [ErrNotFound] where none is in force.
func (l *Log) LiftHold(ctx context.Context, id string, at time.Time, name, by, reason string) (Position, error) {
	holds, err := l.Holds(ctx)
	if err != nil {
		return Position{}, err
	}
	if !slices.ContainsFunc(holds, func(h Hold) bool { return h.Name == name }) {
		return Position{}, fmt.Errorf("hold %q: %w", name, ErrNotFound)
	}
	return l.appendHold(ctx, id, at, Hold{Name: name, By: by, Reason: reason, Lifted: true})
}

func (l *Log) appendHold(ctx context.Context, id string, at time.Time, h Hold) (Position, error) {
	if l.signer == nil {
		return Position{}, ErrReadOnly
	}
	body, err := marshal(h)
	if err != nil {
		return Position{}, err
	}
	p, err := l.prepare(&Entry{ID: id, Kind: LegalHold, Time: at, Body: body})
	if err != nil {
		return Position{}, err
	}
	if err := l.submit(ctx, p); err != nil {
		return Position{}, err
	}
	return p.pos, nil
}

// Holds are the holds in force, in the order they were placed.
func (l *Log) Holds(ctx context.Context) (holds []Hold, err error) {
	err = l.cfg.Store.View(ctx, func(r Reader) error {
		holds, err = readHolds(ctx, r)
		return err
	})
	return holds, err
}

func readHolds(ctx context.Context, r Reader) (holds []Hold, err error) {
	err = eachHold(ctx, r, func(_ int64, h Hold) {
		holds = slices.DeleteFunc(holds, func(x Hold) bool { return x.Name == h.Name })
		if !h.Lifted {
			holds = append(holds, h)
		}
	})
	return holds, err
}

// eachHold calls fn for every record of a hold or of its end, in order.
func eachHold(ctx context.Context, r Reader, fn func(index int64, h Hold)) error {
	recs, err := listRecords(ctx, r, func(r Reader) ([]int64, error) { return r.ByKind(ctx, LegalHold, 0) })
	if err != nil {
		return err
	}
	for _, rec := range recs {
		var h Hold
		if err := json.Unmarshal(rec.Body, &h); err != nil {
			return fmt.Errorf("record %d: hold: %w: %w", rec.Index, ErrTampered, err)
		}
		fn(rec.Index, h)
	}
	return nil
}

func (h *Hold) covers(subject string) bool { return h.All || slices.Contains(h.Subjects, subject) }

// holding is the first hold that covers a subject, or nil.
func holding(holds []Hold, subject string) *Hold {
	for i := range holds {
		if holds[i].covers(subject) {
			return &holds[i]
		}
	}
	return nil
}
