package radix

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSortAsAStableSortDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 10, few - 1, few, 3 * few}).Draw(t, "n")
		span := rapid.Uint32Range(1, 1<<31).Draw(t, "span")
		x := rapid.Uint64().Draw(t, "seed")
		pairs := make([]uint64, n)
		for i := range pairs {
			x = x*6364136223846793005 + 1442695040888963407
			pairs[i] = Pair(uint32(x>>33)%span*2, uint32(i))
		}
		want := slices.Clone(pairs)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(Key(a), Key(b)) })
		require.Equal(t, want, Sort(pairs))
	})
}
