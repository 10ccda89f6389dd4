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
			made := numbers.Make(len(n))
			require.Equal(t, make([]int, len(n)), append([]int{}, made...), "they are zero")
			copy(made, n)
			_ = append(made, -1) // goes elsewhere
			slices, keptSlices = append(slices, n), append(keptSlices, made)
			require.Zero(t, *numbers.New())
		}
		require.Equal(t, texts, kept)
		for i := range slices {
			require.Equal(t, slices[i], append([]int{}, keptSlices[i]...))
		}
	})
}
