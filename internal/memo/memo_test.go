package memo

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestMemo: an answer is the last one given, the last size different questions are all answered, and no more than
// twice as many are kept.
func TestMemo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 5).Draw(t, "size")
		m := New[int, int](size)
		put, last := map[int]int{}, []int{}
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			k := rapid.IntRange(0, 12).Draw(t, "question")
			if v, ok := m.Get(k); ok {
				require.Equal(t, put[k], v)
			} else {
				require.NotContains(t, last[max(0, len(last)-size+1):], k)
				m.Put(k, i)
				put[k] = i
			}
			last = append(last, k)
			require.LessOrEqual(t, len(m.young)+len(m.old), 2*size)
		}
	})
}

func TestNothing(t *testing.T) {
	m := New[string, int](0)
	m.Put("a", 1)
	_, ok := m.Get("a")
	require.False(t, ok)
}
