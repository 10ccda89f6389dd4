package han

import (
	"slices"
	"sync"
)

// wadeInitials are the Wade-Giles initials that differ from pinyin. The apostrophe of the aspirated
// ones is left out, as in print and on lists.
var wadeInitials = map[string]string{
	"b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "ch": "ch", "r": "j",
	"z": "ts", "c": "ts",
}

// wadeFinals are the Wade-Giles finals that differ whatever the initial.
var wadeFinals = map[string]string{"ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "ve": "ueh", "v": "u"}

// wadeWhole are syllables that follow no rule.
var wadeWhole = map[string]string{
	"e": "o", "er": "erh", "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "he": "ho", "ke": "ko",
	"ge": "ko", "yi": "i", "yan": "yen", "ye": "yeh", "yong": "yung", "you": "yu", "yue": "yueh", "gui": "kuei", "kui": "kuei", "guo": "kuo",
	"kuo": "kuo", "huo": "huo", "shuo": "shuo", "xu": "hsu", "jue": "chueh", "que": "chueh", "xue": "hsueh",
}

// WadeGiles is the Wade-Giles spelling of a pinyin syllable, without apostrophes and dots: zhang and
// chang are both "chang". It is "" for what is no syllable.
func WadeGiles(pinyin string) string {
	parts, ok := syllables()[pinyin]
	if !ok {
		return ""
	}
	if w, ok := wadeWhole[pinyin]; ok {
		return w
	}
	initial, final := parts[0], parts[1]
	if f, ok := wadeFinals[final]; ok {
		final = f
	}
	if final == "uo" { // duo is to, luo is lo
		final = "o"
	}
	if i, ok := wadeInitials[initial]; ok {
		initial = i
	}
	return initial + final
}

// FromWadeGiles is the pinyin syllables that a Wade-Giles spelling without apostrophes may stand for,
// in order of the alphabet: "chang" is chang or zhang.
func FromWadeGiles(wade string) []string { return slices.Clone(fromWade()[wade]) }

var fromWade = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for p := range syllables() {
		w := WadeGiles(p)
		out[w] = append(out[w], p)
	}
	for _, p := range out {
		slices.Sort(p)
	}
	return out
})
