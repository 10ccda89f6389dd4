package fold

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestString(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"  Example   WORKS, Ltd. ":      "example works ltd",
		"Ｅｘａｍｐｌｅ":                       "example",
		"Société d'Exemple S.A.R.L.":    "societe dexemple sarl",
		"Example Sp. z o.o.":            "example sp z oo",
		"A.Example":                     "a example",
		"J.-C. Example":                 "j c example",
		"N.N.":                          "nn",
		"Straße Łódź Ærø İstanbul Việt": "strasse lodz aero istanbul viet",
		"Example7":                      "example 7",
		"E7":                            "e7",
		"2007-EX1":                      "2007 ex 1",
		"示例（集团）有限公司":                    "示例 集团 有限公司",
		"示例第13研究所":                      "示例第13研究所",
		"ABC示例":                         "abc 示例",
		"예시Co":                          "예시 co",
		"٣ مِثال":                       "3 مثال",
		"50% Example":                   "50 percent example",
		"Пример Ёлка":                   "пример елка",
		"O\u200bpen\u00adgate":          "opengate",
		"e\u0301cole":                   "ecole",
		"\xff\xfeab":                    "ab",
		"Οδυσσεύς":                      "οδυσσευσ",
	} {
		assert.Equal(t, want, String(in), in)
	}
}

func TestWordMarks(t *testing.T) {
	words, cut := Words("EXAMPLE-NAME, A.B. Third")
	assert.False(t, cut)
	assert.Equal(t, []Word{
		{Text: "example"}, {Text: "name", Glued: true, Comma: true}, {Text: "ab", Dotted: true}, {Text: "third"},
	}, words)
}

func TestWordsBounded(t *testing.T) {
	words, cut := Words(strings.Repeat("ab ", 5000))
	assert.True(t, cut)
	assert.Len(t, words, MaxWords)
}

func TestStringIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[A-Za-zÀ-ÿĀ-ž \-',]{0,40}`).Draw(t, "s")
		once := String(s)
		assert.Equal(t, once, String(once), "folding twice is folding once")
		assert.Equal(t, once, String(strings.ToUpper(once)), "case does not matter")
	})
}

func FuzzWords(f *testing.F) {
	f.Add("Example (Holding) S.p.A.")
	f.Add("示例第十三研究所")
	f.Add("\u0301\u0300\xf0\x28")
	f.Fuzz(func(t *testing.T, s string) {
		words, _ := Words(s)
		if len(words) > MaxWords {
			t.Fatalf("%d words", len(words))
		}
		for _, w := range words {
			if w.Text == "" || !utf8.ValidString(w.Text) {
				t.Fatalf("bad word %q of %q", w.Text, s)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Words("EXAMPLE MACHINE TOOL WORKS (HOLDING) CO., LTD.")
	}
}
