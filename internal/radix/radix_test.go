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

func TestTableFindsThePairsOfAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.Uint32Range(0, 40), 0, 60).Draw(t, "keys")
		shift := rapid.SampledFrom([]uint32{0, 26}).Draw(t, "shift") // keys that begin alike, and that do not
		var pairs []uint64
		want := map[uint32][]uint64{}
		for i, k := range keys {
			p := Pair(k<<shift, uint32(i/2))
			if !slices.Contains(want[k], p) {
				want[k] = append(want[k], p)
			}
			pairs = append(pairs, p)
		}
		table := NewTable(pairs)
		for k := range uint32(42) {
			require.Equal(t, want[k], append([]uint64(nil), table.At(k<<shift)...))
		}
	})
}

func TestLabelledFindsTheValuesOfAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.Uint32(), 0, 60).Draw(t, "keys")
		var pairs []uint64
		for i, k := range keys {
			pairs = append(pairs, Pair(k, uint32(i)))
		}
		labelled := NewLabelled(pairs, func(value uint32) uint32 { return value * 3 })
		for i, k := range keys {
			near := labelled.Near(k)
			require.Contains(t, near, Pair(uint32(i)*3, uint32(i)))
			for _, p := range near {
				require.Equal(t, Value(p)*3, Key(p))
			}
		}
	})
}
