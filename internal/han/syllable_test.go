package han

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSyllables(t *testing.T) {
	for joined, want := range map[string][]string{
		"beijinghangkong": {"bei jing hang kong"},
		"xian":            {"xian", "xi an"},
		"xi'an":           {"xi an"},
		"Fangan":          nil,
		"fangan":          {"fan gan", "fang an"},
		"zhi-qiang":       {"zhi qiang", "zhi qi ang"},
		"lvshun":          {"lv shun"},
		"smith":           nil,
		"":                nil,
		"'":               nil,
	} {
		var got []string
		for _, s := range Syllables(joined) {
			got = append(got, strings.Join(s, " "))
		}
		require.ElementsMatch(t, want, got, joined)
	}
}

func TestSyllablesJoinBack(t *testing.T) {
	known := knownSyllables()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(known), 1, 8).Draw(t, "parts")
		joined := strings.Join(parts, "")
		splits := Syllables(joined)
		require.NotEmpty(t, splits, joined)
		require.LessOrEqual(t, len(splits), maxSplits)
		for _, s := range splits {
			require.Equal(t, joined, strings.Join(s, ""))
		}
	})
}

func knownSyllables() []string {
	var out []string
	for r := rune(0x4E00); r < 0x5000; r++ {
		out = append(out, Readings(r)...)
	}
	return out
}

func TestWadeGiles(t *testing.T) {
	for pinyin, wade := range map[string]string{
		"cao": "tsao", "zhang": "chang", "chang": "chang", "xue": "hsueh", "duo": "to", "rong": "jung", "jian": "chien", "shuo": "shuo", "zhong": "chung",
		"er": "erh", "zi": "tzu", "si": "ssu", "shi": "shih", "ri": "jih", "ge": "ko", "guo": "kuo", "ye": "yeh", "yu": "yu", "lv": "lu", "jiong": "chiung",
		"beijing": "", "te": "te", "zhe": "che", "xiao": "hsiao", "qing": "ching", "gui": "kuei", "de": "te", "yan": "yen",
	} {
		require.Equal(t, wade, WadeGiles(pinyin), pinyin)
		if wade != "" {
			require.Contains(t, FromWadeGiles(wade), pinyin)
		}
	}
	require.Equal(t, []string{"chang", "zhang"}, FromWadeGiles("chang"))
	require.Empty(t, FromWadeGiles("xyz"))
}

func TestEverySyllableHasWadeGiles(t *testing.T) {
	for s := range syllables() {
		require.NotEmpty(t, WadeGiles(s), s)
		require.Contains(t, FromWadeGiles(WadeGiles(s)), s)
	}
}

func FuzzSyllables(f *testing.F) {
	f.Add("beijing'hangkong")
	f.Add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
	f.Fuzz(func(t *testing.T, s string) {
		require.LessOrEqual(t, len(Syllables(s)), maxSplits)
	})
}
