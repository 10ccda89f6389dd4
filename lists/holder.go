package lists

import (
	"context"
	"sync"
	"sync/atomic"
)

// Holder holds the index in force, for a process that screens while its lists are updated. Whoever screens takes
// [Holder.Current] once and uses that index to the end; a decision is never made on two snapshots. The zero
// value holds nothing.
type Holder struct {
	current atomic.Pointer[Index]
	update  sync.Mutex
}

// NewHolder holds an index from the beginning.
func NewHolder(ix *Index) *Holder {
	h := &Holder{}
	h.current.Store(ix)
	return h
}

// Current is the index in force; nil where there is none yet.
func (h *Holder) Current() *Index { return h.current.Load() }

// Update loads a new snapshot, given the one in force or nil, indexes it and puts it in force, in one step for
// all who ask for it afterwards. Where load or the indexing fails, what was in force stays and the error is
// returned; so it does where the new snapshot has the old one's digest. The changes are those of [Diff], all of
// them additions the first time. Updates wait for one another; screening waits for none.
func (h *Holder) Update(ctx context.Context, load func(ctx context.Context, inForce *Snapshot) (*Snapshot, error)) ([]Change, error) {
	h.update.Lock()
	defer h.update.Unlock()
	inForce := &Snapshot{}
	var given *Snapshot
	if ix := h.Current(); ix != nil {
		inForce, given = ix.Snapshot(), ix.Snapshot()
	}
	next, err := load(ctx, given)
	if err != nil {
		return nil, err
	}
	if next.Digest() == inForce.Digest() {
		return nil, nil
	}
	ix, err := NewIndex(next)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h.current.Store(ix)
	return Diff(inForce, next), nil
}
