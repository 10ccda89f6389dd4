package slab

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhatIsMadeStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text Text
		var numbers Of[int]
		var texts, kept []string
		var slices, keptSlices [][]int
		for i := range rapid.IntRange(0, 400).Draw(t, "values") {
			s := strings.Repeat(string(rune('a'+i%26)), rapid.SampledFrom([]int{0, 1, 7, 300, mostText/4 + 1}).Draw(t, "bytes"))
			texts, kept = append(texts, s), append(kept, text.Clone(s))
			n := make([]int, rapid.SampledFrom([]int{0, 1, 3, most/4 + 1}).Draw(t, "numbers"))
			for j := range n {
				n[j] = i
			}
			slices, keptSlices = append(slices, n), append(keptSlices, numbers.Clone(n))
			require.Zero(t, *numbers.New())
			if s := numbers.Slice(2); i%2 == 0 {
				require.Empty(t, s)
				require.Equal(t, []int{-1, -1, -1}, append(s, -1, -1, -1), "more than there is room for goes elsewhere")
			}
		}
		require.Equal(t, texts, kept)
		for i := range slices {
			require.Equal(t, slices[i], append([]int{}, keptSlices[i]...))
		}
	})
}
