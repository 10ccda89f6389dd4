package han

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTranscribed(t *testing.T) {
	for name, fit := range map[string]string{
		"西门斯": "Simens", "沃尔特": "Walter", "彼得罗夫": "Petrov", "卡尔森": "Karlsen", "米勒·汉森": "Miller Hansen", "阿尔贝托": "Alberto", "伊万诺夫": "Ivanov",
	} {
		w := Transcribed(name)
		require.Greater(t, w.Size(), 0, name)
		require.Less(t, w.Cost(fit)/float64(len(fit)), 0.25, "%s %s %v", name, fit, w.Cost(fit))
	}
	for name, other := range map[string]string{"彼得罗夫": "Pavlova", "卡尔森": "Kowalski", "沃尔特": "Victor", "伊万诺夫": "Sidorov"} {
		require.Greater(t, Transcribed(name).Cost(other)/float64(len(other)), 0.3, "%s %s", name, other)
	}
	require.True(t, math.IsInf(Transcribed("示例").Cost("shili"), 1))
	require.Zero(t, Transcribed("示例技术").Size())
}
