package stream_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp/internal/logtest"
	"github.com/ordergate/ordergate/icp/internal/stream"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sum is a thing: what was added to it.
type sum struct {
	ID    string
	Seq   int
	Terms []int
}

type term struct {
	ID   string
	Seq  int
	Term int
}

// total is the row of a sum.
type total struct {
	ID    string
	Total int
}

func newSums(log *record.Log, kind record.Kind, recent int) *stream.Stream[sum, term, total] {
	return stream.New(log, stream.Config[sum, term, total]{
		Prefix: string(kind) + "/", Kind: kind, Recent: recent,
		Place: func(t *term) (string, int) { return t.ID, t.Seq },
		Seq:   func(s *sum) int { return s.Seq },
		Apply: func(s *sum, t *term) error {
			if t.Seq != s.Seq+1 {
				return fmt.Errorf("%s: event %d after %d", t.ID, t.Seq, s.Seq)
			}
			s.ID, s.Seq, s.Terms = t.ID, t.Seq, append(s.Terms, t.Term)
			return nil
		},
		Clone: func(s *sum) sum { return sum{s.ID, s.Seq, slices.Clone(s.Terms)} },
		Row: func(s *sum) total {
			r := total{ID: s.ID}
			for _, t := range s.Terms {
				r.Total += t
			}
			return r
		},
		Entry: func(_ *sum, t *term) (record.Entry, error) {
			body, err := json.Marshal(t)
			return record.Entry{Time: time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC), Body: body}, err
		},
	})
}

// TestStreams moves things by several streams on one log, of which none or few states are kept in memory: each of them
// always gives what the log says.
func TestStreams(t *testing.T) {
	log := logtest.New(t)
	ctx := context.Background()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		// A kind of its own: the events of earlier checks need not be read. Kinds are letters.
		kind := record.Kind(strings.Map(func(r rune) rune { return r - '0' + 'a' }, strconv.Itoa(n)))
		machines := make([]*stream.Stream[sum, term, total], 3)
		for i, recent := range []int{0, 1, 10} {
			machines[i] = newSums(log, kind, recent)
		}
		want := map[string][]int{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			m := rapid.SampledFrom(machines).Draw(t, "machine")
			switch id := rapid.SampledFrom([]string{"a", "b", "c/d"}).Draw(t, "thing"); rapid.IntRange(0, 4).Draw(t, "step") {
			case 0, 1:
				x := rapid.IntRange(1, 9).Draw(t, "term")
				s, err := m.Add(ctx, id, func(s *sum) (term, error) { return term{id, s.Seq + 1, x}, nil })
				require.NoError(t, err)
				want[id] = append(want[id], x)
				require.Equal(t, sum{id, len(want[id]), want[id]}, s)
			case 2:
				s, err := m.Load(ctx, id)
				require.NoError(t, err)
				require.Equal(t, want[id], s.Terms)
			case 3:
				has, err := m.Has(ctx, id)
				require.NoError(t, err)
				require.Equal(t, len(want[id]) > 0, has)
			case 4:
				rows, err := m.All(ctx, func(r *total) bool { return want[r.ID] != nil })
				require.NoError(t, err)
				require.Len(t, rows, len(want))
				for _, r := range rows {
					sum := 0
					for _, x := range want[r.ID] {
						sum += x
					}
					require.Equal(t, sum, r.Total)
				}
			}
		}
	})
}

// TestHasAfterAppend: a machine of its own log knows, once it has appended, what another one appended before.
func TestHasAfterAppend(t *testing.T) {
	ctx := t.Context()
	one, other := logtest.Two(t)
	far, near := newSums(one, "term", 1), newSums(other, "term", 1)
	has, err := near.Has(ctx, "a")
	require.NoError(t, err)
	require.False(t, has)
	_, err = far.Add(ctx, "a", func(*sum) (term, error) { return term{"a", 1, 1}, nil })
	require.NoError(t, err)
	_, err = other.Append(ctx, record.Entry{ID: "another", Kind: "letter", Time: time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	has, err = near.Has(ctx, "a")
	require.NoError(t, err)
	require.True(t, has)
}

// TestHasAtOnce lets many add and look at the same time, by two logs: what was added before a look, and seen by an
// append, is there.
func TestHasAtOnce(t *testing.T) {
	ctx := t.Context()
	one, other := logtest.Two(t)
	machines := []*stream.Stream[sum, term, total]{newSums(one, "term", 1), newSums(other, "term", 1)}
	var wg sync.WaitGroup
	for w := range 8 {
		m := machines[w%len(machines)]
		wg.Go(func() {
			for i := range 20 {
				id := fmt.Sprintf("%d/%d", w, i)
				has, err := m.Has(ctx, id)
				assert.NoError(t, err)
				assert.False(t, has)
				_, err = machines[i%len(machines)].Add(ctx, id, func(*sum) (term, error) { return term{id, 1, 1}, nil })
				assert.NoError(t, err)
				_, err = m.Add(ctx, id+"/more", func(*sum) (term, error) { return term{id + "/more", 1, 1}, nil })
				assert.NoError(t, err)
				has, err = m.Has(ctx, id)
				assert.NoError(t, err)
				assert.True(t, has)
			}
		})
	}
	wg.Wait()
}
