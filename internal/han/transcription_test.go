package han

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/ordergate/ordergate/internal/script"
)

// wellKnown is parts of the names in testdata/transcribed.txt, each with the word it spells.
func wellKnown(t *testing.T) (parts, latin []string) {
	data, err := os.ReadFile("testdata/transcribed.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		chinese, name, ok := strings.Cut(strings.TrimSpace(line), "\t")
		p, l := strings.Split(chinese, "·"), strings.Fields(unaccented(name))
		if !ok || len(p) != len(l) {
			continue
		}
		for i := range p {
			if !slices.Contains(parts, p[i]) {
				parts, latin = append(parts, p[i]), append(latin, l[i])
			}
		}
	}
	return parts, latin
}

func unaccented(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r == 'ł':
			return 'l'
		case '̀' <= r && r <= 'ͯ':
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// misfit is how far a whole transcription is from a Latin spelling, 1 where it does not fit.
func misfit(chinese, latin string) float32 {
	t, out := Transcribed(chinese), float32(1)
	t.Misfit(0, SoundsOf(latin), 0.25, func(to int, m float32) {
		if to == t.Len() {
			out = m
		}
	})
	return out
}

// Of well-known names nine in ten fit what they spell, and one other word in five hundred. The rest are names that Chinese
// has by another way than their sound, and words that sound alike (Marx, Marcos).
func TestMisfit(t *testing.T) {
	parts, latin := wellKnown(t)
	fit, close, others := 0, 0, 0
	for i, p := range parts {
		if misfit(p, latin[i]) <= 0.15 {
			fit++
		}
		for k, l := range latin {
			if k != i && l != latin[i] {
				others++
				if misfit(p, l) <= 0.15 {
					close++
				}
			}
		}
	}
	t.Logf("%d of %d fit, and %d of %d others", fit, len(parts), close, others)
	require.GreaterOrEqual(t, len(parts), 300)
	assert.GreaterOrEqual(t, fit*10, len(parts)*9)
	assert.LessOrEqual(t, close*500, others)
}

func TestTranscribed(t *testing.T) {
	for _, c := range []struct {
		chinese, latin string
		fits           bool
	}{
		{"彼得罗夫", "petrov", true}, {"伊萬諾夫", "ivanov", true}, {"沃尔特", "walter", true}, {"施密特", "schmidt", true}, {"亚历山大", "aleksandr", true},
		{"肯尼迪", "kennedy", true}, {"赫鲁晓夫", "khrushchev", true}, {"赫鲁晓夫", "khruschev", true}, {"果戈里", "gogol'", true},
		{"飞娜罗娃", "finarova", true}, // characters that no convention has, by their pinyin
		{"彼得罗夫", "pavlov", false}, {"卡尔森", "kowalski", false}, {"沃尔特", "victor", false}, {"伊万诺夫", "sidorov", false}, {"谢尔盖", "igor", false},
	} {
		m := misfit(c.chinese, c.latin)
		assert.Equal(t, c.fits, m <= 0.15, "%s, %s: %.2f", c.chinese, c.latin, m)
	}
}

func TestIsTranscribed(t *testing.T) {
	for name, want := range map[string]bool{
		"彼得罗夫伊万": true, "彼得罗夫 伊万": true, "弗拉基米尔 普京": true, "彼得罗夫伊万·谢尔盖耶维奇": true, "马丁·路德·金": true, "胡安·庇隆": true,
		"王小明": false, "欧阳修文": false, "欧阳文修德": false, "长谷川 太郎": false, "王 小明": false, "彼得": false, "马丁 路德": false, "示例机械技术": false,
		strings.Repeat("伊万诺夫", 10): false, "": false,
	} {
		assert.Equal(t, want, IsTranscribed(name, strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '·' })...), name)
	}
}

// A transcription has the consonants of the word it spells among its own for most names; the others are found by another part.
func TestTranscriptionSkeletons(t *testing.T) {
	parts, latin := wellKnown(t)
	found := 0
	for i, p := range parts {
		tr := Transcribed(p)
		bones := tr.Skeletons(0, tr.Len())
		require.LessOrEqual(t, len(bones), maxBones)
		if slices.ContainsFunc(script.Skeletons(latin[i]), func(s string) bool { return slices.Contains(bones, s) }) {
			found++
		}
	}
	t.Logf("%d of %d", found, len(parts))
	require.GreaterOrEqual(t, found*100, len(parts)*75)
}

// Names written without a separator are told apart by the words they may be, in any order, with others among them.
func TestSplit(t *testing.T) {
	split := func(chinese string, words ...string) []string {
		var sounds [][]Sounds
		for _, w := range words {
			sounds = append(sounds, []Sounds{SoundsOf(w)})
		}
		var out []string
		for _, p := range Transcribed(chinese).Split(sounds, 0.25) {
			out = append(out, string([]rune(chinese)[p.From:p.To]), words[p.Word])
		}
		return out
	}
	require.Equal(t, []string{"彼得罗夫", "petrov", "伊万", "ivan"}, split("彼得罗夫伊万", "ivan", "sergeevich", "petrov"))
	require.Equal(t, []string{"卡尔", "karl", "马克思", "marx"}, split("卡尔马克思", "karl", "marx"))
	require.Empty(t, split("彼得罗夫伊万", "ivan", "kuznetsov"))
	require.Empty(t, split("彼得罗夫伊万"))
	rapid.Check(t, func(t *rapid.T) {
		chinese := string(rapid.SliceOfN(rapid.SampledFrom([]rune("伊万诺夫斯基彼得罗尔飞蛇")), 1, maxTranscribed).Draw(t, "chinese"))
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,9}`), 0, 9).Draw(t, "words")
		pieces := split(chinese, words...)
		whole := ""
		for i := 0; i < len(pieces); i += 2 {
			whole += pieces[i]
		}
		require.True(t, len(pieces) == 0 || whole == chinese, "%v", pieces)
	})
}
