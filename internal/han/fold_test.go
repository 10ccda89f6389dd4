package han

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"后", "後"}, {"发", "發", "髮", "発", "髪"}, {"干", "乾", "幹"}, {"台", "臺", "颱"}, {"国", "國", "圀"}, {"广", "廣", "広"}, {"泽", "澤", "沢"},
		{"示例电气", "示例電氣", "示例電気"}, {"龙", "龍", "竜"}, {"边", "邊", "邉", "辺"}, {"丰", "豐", "豊"}, {"钟", "鍾", "鐘"}, {"ABC123", "ＡＢＣ１２３"},
		{"岛", "島", "嶋"}, {"铁", "鐵", "鉄"},
	} {
		for _, form := range same {
			require.Equal(t, same[0], Fold(form), form)
		}
	}
	require.Equal(t, "Straße Ελλάδα", Fold("Straße Ελλάδα"))
}

func TestFoldBeyondBasicPlane(t *testing.T) {
	n := 0
	for from, to := range foldTable() {
		if from > 0xFFFF || to > 0xFFFF {
			n++
		}
	}
	require.Greater(t, n, 500, "rare characters are folded too")
}

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Fold(s)
		require.Equal(t, once, Fold(once))
	})
	for from, to := range foldTable() {
		require.Equal(t, Fold(string(from)), Fold(string(to)))
		_, again := foldTable()[to]
		require.False(t, again, "%c folds to %c, which folds on", from, to)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("示例電氣株式会社")
	f.Add("\xff\U00020000")
	f.Fuzz(func(t *testing.T, s string) {
		if out := Fold(s); utf8.ValidString(s) && !utf8.ValidString(out) || strings.ContainsRune(out, '國') {
			t.Fatalf("%q folds to %q", s, out)
		}
	})
}
