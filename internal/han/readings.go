package han

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// Readings is the pinyin readings of a character without tone, the commonest first, ü written v; nil
// for what is not a Han character. The character need not be folded, but is read in its own form
// and, failing that, in its folded one.
func Readings(r rune) []string {
	marked, ok := pinyin.PinyinDict[int(r)]
	if !ok {
		to, folded := foldTable()[r]
		if !folded {
			return nil
		}
		marked = pinyin.PinyinDict[int(to)]
	}
	var out []string
	for s := range strings.SplitSeq(marked, ",") {
		if s = toneless.Replace(s); Syllable(s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// toneless takes the tone marks off.
var toneless = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ê", "e", "ế", "e", "ề", "e",
)

// otherReadings maps simplified characters to their readings of one table.
func otherReadings(file string) func() map[rune][]string {
	return sync.OnceValue(func() map[rune][]string {
		out := map[rune][]string{}
		for _, f := range lines(file) {
			for _, r := range f[1] {
				out[r] = append(out[r], f[0])
			}
		}
		return out
	})
}

var (
	jyutping = otherReadings("cantonese.txt")
	hangul   = otherReadings("korean.txt")
)

// Cantonese is the spellings of a character by its Cantonese reading as used in Hong Kong
// and Macau names, likeliest first; nil where the reading is not known.
func Cantonese(r rune) []string {
	if to, ok := foldTable()[r]; ok {
		r = to
	}
	var out []string
	for _, j := range jyutping()[r] {
		for _, s := range hongKong(j) {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// Hangul is the Korean syllables a character is read as.
func Hangul(r rune) []string {
	if to, ok := foldTable()[r]; ok {
		r = to
	}
	return slices.Clone(hangul()[r])
}

// The initials and finals of Jyutping and how Hong Kong and Macau (ou, tch) write them, longest first.
var (
	hkInitials = [][]string{
		{"gw", "kw", "ku"}, {"kw", "kw"}, {"ng", "ng", ""}, {"b", "p", "b"}, {"d", "t", "d"}, {"g", "k", "g"}, {"z", "ch", "ts", "j"}, {"c", "ch", "ts"},
		{"j", "y"}, {"s", "s", "sh"}, {"", ""},
	}
	hkFinals = map[string][]string{
		"aa": {"a", "ah"}, "aai": {"ai"}, "aau": {"au"}, "aam": {"am"}, "aan": {"an"}, "aang": {"ang"}, "aap": {"ap"}, "aat": {"at"}, "aak": {"ak"},
		"am": {"am", "um"}, "an": {"an", "un"}, "ang": {"ang", "ung"}, "ap": {"ap", "up"}, "at": {"at", "ut"}, "ak": {"ak", "uk"}, "e": {"e", "eh"},
		"ei": {"ei", "ee", "i", "ay"}, "eng": {"eng", "ing"}, "i": {"i", "ze", "ee", "y"}, "iu": {"iu", "iew"}, "u": {"u", "oo"}, "ui": {"ui"},
		"un": {"un", "oon"}, "ou": {"o", "ou"}, "oe": {"eu", "oe"}, "oeng": {"eung", "eong", "iong"}, "oek": {"euk", "eok"}, "eoi": {"ui", "eui", "oi"},
		"eon": {"un", "eon"}, "eot": {"ut"}, "yu": {"yu", "ue", "u"}, "yun": {"uen", "un", "yuen"}, "yut": {"uet", "ut"}, "ong": {"ong"}, "ok": {"ok", "ock"},
		"oi": {"oi", "oy"}, "ik": {"ik", "ick"}, "ung": {"ung"},
	}
)

// hongKong spells a Jyutping syllable.
func hongKong(j string) []string {
	if j == "ng" || j == "m" {
		return []string{j}
	}
	for _, i := range hkInitials {
		final, ok := strings.CutPrefix(j, i[0])
		if !ok {
			continue
		}
		if i[0] == "" && strings.IndexByte("aeiou", j[0]) < 0 { // an initial that is spelled as it is
			i, final = []string{"", j[:1]}, j[1:]
		}
		finals := hkFinals[final]
		if finals == nil {
			finals = []string{final}
		}
		var out []string
		for _, f := range finals {
			for _, head := range i[1:] {
				if s := strings.Replace(head+f, "yy", "y", 1); f != "ze" || head == "s" || head == "ts" {
					out = append(out, s)
				}
			}
		}
		return out
	}
	return nil
}
