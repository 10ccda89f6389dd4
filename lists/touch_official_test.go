package lists_test

import (
	"flag"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
)

// touchQueries is how many queries TestTouchOnOfficialList asks. The figure of testdata/bench/lists.md is of
//
//	go test ./lists -run TouchOnOfficialList -v -touch.queries 10000
var touchQueries = flag.Int("touch.queries", 1000, "queries asked of each changed official list")

// TestTouchOnOfficialList changes one entity in a hundred of a published list and looks up names of the
// list, damaged and mixed, in both versions: whom Touch dismisses finds the same.
func TestTouchOnOfficialList(t *testing.T) {
	for _, x := range []struct {
		file string
		read func(io.Reader) (lists.List, error)
	}{{"us_csl_2026-07-31.csv", uscsl.Read}, {"un_consolidated.xml", un.Read}} {
		t.Run(x.file, func(t *testing.T) {
			l, err := x.read(listtest.Shared(t, "data", "lists", x.file))
			require.NoError(t, err)
			touchAll(t, l)
		})
	}
}

func touchAll(t *testing.T, l lists.List) {
	r := rand.New(rand.NewPCG(1, 2))
	changed := l
	changed.Entities = nil
	for _, e := range l.Entities {
		switch r.IntN(300) {
		case 0:
			continue
		case 1:
			e.Names = slices.Clone(e.Names)
			e.Names[0].Text = damaged(r, e.Names[0].Text)
		case 2:
			e.Remarks += " (amended)"
		}
		changed.Entities = append(changed.Entities, e)
	}
	index := func(l lists.List) *lists.Index {
		s, err := lists.NewSnapshot(l)
		require.NoError(t, err)
		ix, err := lists.NewIndex(s)
		require.NoError(t, err)
		return ix
	}
	was, now := index(l), index(changed)
	touch := lists.NewTouch(was, now)
	reached, differ, missed := 0, 0, 0
	for i := range *touchQueries {
		e := &l.Entities[r.IntN(len(l.Entities))]
		name := e.Names[r.IntN(len(e.Names))].Text
		switch i % 4 {
		case 0, 2:
			name = damaged(r, name)
		case 1:
			other := l.Entities[r.IntN(len(l.Entities))].PrimaryName()
			name = name[:len(name)/2] + other[len(other)/2:]
		}
		q := lists.Query{Names: []string{name}, Kind: e.Kind}
		reaches := touch.Reaches(&q)
		before, after, other := touch.Hits(&q)
		require.True(t, slices.EqualFunc(before, was.Match(q), sameFound) && slices.EqualFunc(after, now.Match(q), sameFound), name)
		if reaches {
			reached++
		}
		if other {
			differ++
		}
		if other && !reaches {
			missed++
			t.Log("dismissed:", name)
		}
	}
	t.Logf("of %d queries %d were reached, %d found otherwise, %d of these had been dismissed", *touchQueries, reached, differ, missed)
	assert.Positive(t, differ)
	assert.Zero(t, missed)
}

// sameFound reports whether two hits of one index are of the same name, as like.
func sameFound(a, b lists.Hit) bool {
	return a.Entity == b.Entity && a.Name == b.Name && a.Score == b.Score && a.Rank == b.Rank
}

// damaged is a name with up to two slips.
func damaged(r *rand.Rand, s string) string {
	b := []rune(s)
	for range r.IntN(3) {
		switch i := r.IntN(len(b)); r.IntN(3) {
		case 0:
			b[i] = rune('a' + r.IntN(26))
		case 1:
			b = slices.Insert(b, i, rune('a'+r.IntN(26)))
		case 2:
			if len(b) > 2 {
				b = slices.Delete(b, i, i+1)
			}
		}
	}
	return string(b)
}
