package lists

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUpdatePutsAllOrNothingInForce(t *testing.T) {
	ctx := context.Background()
	h := &Holder{}
	assert.Nil(t, h.Current())
	changes, err := h.Update(ctx, func(_ context.Context, inForce *Snapshot) (*Snapshot, error) {
		assert.Nil(t, inForce)
		return NewSnapshot(sampleList("a", 3))
	})
	require.NoError(t, err)
	assert.Len(t, changes, 3)
	first := h.Current()

	broken := errors.New("broken")
	for _, load := range []func(context.Context, *Snapshot) (*Snapshot, error){
		func(context.Context, *Snapshot) (*Snapshot, error) { return nil, broken },
		func(_ context.Context, s *Snapshot) (*Snapshot, error) { return s.With(List{ID: "b", Regime: "OWN"}) },
	} {
		_, err = h.Update(ctx, load)
		require.Error(t, err)
		assert.Same(t, first, h.Current(), "a failed load leaves what is in force")
	}

	changes, err = h.Update(ctx, func(_ context.Context, s *Snapshot) (*Snapshot, error) { return s.With() })
	require.NoError(t, err)
	assert.Empty(t, changes)
	assert.Same(t, first, h.Current(), "the same data needs no new index")

	changes, err = h.Update(ctx, func(_ context.Context, s *Snapshot) (*Snapshot, error) { return s.With(sampleList("b", 2)) })
	require.NoError(t, err)
	assert.Len(t, changes, 2)
	assert.Equal(t, 5, h.Current().Snapshot().Len())
}

// TestNoSnapshotIsEverMixed reads from 64 goroutines while the lists are swapped: in every snapshot both lists
// are of one generation.
func TestNoSnapshotIsEverMixed(t *testing.T) {
	generation := func(n int) *Snapshot {
		a, b := sampleList("a", 3), sampleList("b", 3)
		for _, l := range []List{a, b} {
			for i := range l.Entities {
				l.Entities[i].Remarks = fmt.Sprint(n)
			}
		}
		return mustSnapshot(t, a, b)
	}
	ix, err := NewIndex(generation(0))
	require.NoError(t, err)
	h := NewHolder(ix)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for ctx.Err() == nil {
				s := h.Current().Snapshot()
				want := s.Lists()[0].Entities[0].Remarks
				for _, e := range s.Entities() {
					if e.Remarks != want {
						t.Errorf("generation %s beside %s", e.Remarks, want)
						return
					}
				}
			}
		})
	}
	for n := range 20 {
		_, err := h.Update(ctx, func(context.Context, *Snapshot) (*Snapshot, error) { return generation(n + 1), nil })
		require.NoError(t, err)
	}
	cancel()
	wg.Wait()
	assert.Equal(t, "20", h.Current().Snapshot().Lists()[1].Entities[0].Remarks)
}
