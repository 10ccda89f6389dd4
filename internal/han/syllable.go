package han

import (
	"slices"
	"strings"
	"sync"
)

// pinyinSyllables is every syllable of standard Mandarin, without tone, ü written v and, where a
// writer may drop the dots (lü, nü), u too. A row gives an initial and its finals.
const pinyinSyllables = `
- a ai an ang ao e ei en eng er o ou
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
y a an ang ao e i in ing o ong ou u uan ue un
w a ai an ang ei en eng o u
`

// syllables maps each syllable to its parts.
var syllables = sync.OnceValue(func() map[string][2]string {
	out := map[string][2]string{}
	for line := range strings.Lines(pinyinSyllables) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		initial := strings.TrimPrefix(f[0], "-")
		for _, final := range f[1:] {
			out[initial+final] = [2]string{initial, final}
			if dotless := strings.Replace(final, "v", "u", 1); dotless != final {
				if _, ok := out[initial+dotless]; !ok {
					out[initial+dotless] = [2]string{initial, final}
				}
			}
		}
	}
	return out
})

// Syllable reports whether s is a syllable of pinyin: lower case, no tone.
func Syllable(s string) bool {
	_, ok := syllables()[s]
	return ok
}

const (
	maxSplits   = 16
	maxSyllable = 6
	maxJoined   = 64
)

// Syllables is every way to split lower-case pinyin written together into syllables, fewest
// syllables first, then longer ones first; at most 16. An apostrophe, space or hyphen is a border. It
// is empty where the letters are no pinyin.
func Syllables(joined string) [][]string {
	if len(joined) > maxJoined {
		return nil
	}
	out := [][]string{nil}
	for _, part := range strings.FieldsFunc(joined, func(r rune) bool { return strings.ContainsRune("'’ -", r) }) {
		splits := splitPinyin(part)
		next := make([][]string, 0, len(out)*len(splits))
		for _, head := range out {
			for _, tail := range splits {
				next = append(next, slices.Concat(head, tail))
			}
		}
		out = next[:min(len(next), maxSplits)]
	}
	if len(out) == 1 && out[0] == nil {
		return nil
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(a) - len(b) })
	return out
}

// splitPinyin splits a part without borders, from the end: splits[i] are those of s[i:].
func splitPinyin(s string) [][]string {
	known := syllables()
	splits := make([][][]string, len(s)+1)
	splits[len(s)] = [][]string{nil}
	for i := len(s) - 1; i >= 0; i-- {
		for n := min(maxSyllable, len(s)-i); n > 0; n-- {
			if _, ok := known[s[i:i+n]]; !ok {
				continue
			}
			for _, tail := range splits[i+n] {
				splits[i] = append(splits[i], slices.Concat([]string{s[i : i+n]}, tail))
			}
		}
		slices.SortStableFunc(splits[i], func(a, b []string) int { return len(a) - len(b) })
		splits[i] = splits[i][:min(len(splits[i]), maxSplits)]
	}
	return splits[0]
}
