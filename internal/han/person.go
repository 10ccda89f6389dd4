package han

import (
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/memo"
	"github.com/ordergate/ordergate/internal/script"
)

// System is a way of spelling Han characters in Latin letters.
type System string

// The systems, in the order [Person] gives them.
const (
	Pinyin          System = "pinyin"
	WadeGilesSystem System = "wade_giles"
	CantoneseSystem System = "cantonese"
	Southern        System = "southern" // Hokkien, Teochew, Hakka surname; given name in pinyin or Wade-Giles
	Korean          System = "korean"
)

// Reading is one spelling of a person's name, in lower-case ASCII.
type Reading struct {
	System  System
	Surname string   // "" where the name is no Chinese name: too long, or with a middle dot
	Given   []string // one syllable a character; empty for a surname alone
}

// String is surname and given name, the given name written together: "shan zhiqiang".
func (r Reading) String() string {
	return strings.TrimSpace(r.Surname + " " + strings.Join(r.Given, ""))
}

// surname is a line of tables/surnames.txt.
type surname struct{ pinyin, cantonese, southern []string }

var surnames = sync.OnceValue(func() map[string]surname {
	out := map[string]surname{}
	for _, f := range lines("surnames.txt") {
		s := surname{spellings(f[1]), spellings(f[2]), spellings(f[3])}
		for _, name := range strings.Fields(f[0]) {
			out[name] = s
		}
	}
	return out
})

// spellings is the words of a table's field; "-" is none.
func spellings(field string) []string {
	if field == "-" {
		return nil
	}
	return strings.Fields(field)
}

const (
	maxPerSystem = 8
	maxGiven     = 3
	longSurname  = 4
)

// SplitPerson splits a name in Han characters into surname and given name, folded: a compound surname
// where the name begins with one and a given name is left (欧阳文), else the first character. The
// surname is "" where the name has more than three characters after it or is written with a middle dot: then it
// spells a foreign name.
func SplitPerson(name string) (family, given string) {
	rs := characters(name)
	if dotted(name) {
		return "", string(rs)
	}
	for n := min(longSurname, len(rs)-1); n > 1; n-- {
		if _, ok := surnames()[string(rs[:n])]; ok && len(rs)-n <= maxGiven {
			return string(rs[:n]), string(rs[n:])
		}
	}
	if len(rs) == 0 || len(rs) > maxGiven+1 {
		return "", string(rs)
	}
	return string(rs[:1]), string(rs[1:])
}

// dotted reports whether a middle dot parts a name, as in foreign ones and seldom in another.
func dotted(name string) bool { return strings.ContainsAny(name, "·・•‧∙") }

// Person is the spellings of a person's name in Han characters, at most eight a system, likeliest first within
// its system. Surnames are read as surnames; other readings of a character follow. It is nil for a
// name without Han characters.
func Person(name string) []Reading {
	family, given := SplitPerson(name)
	if family == "" && given == "" {
		return nil
	}
	rs := []rune(given)
	py, wg := each(rs, pinyinOf), each(rs, wadeReadings)
	s := surnames()[family]
	mandarin := mandarinSurname(family)
	out := combine(Pinyin, undotted(mandarin), py)
	out = append(out, combine(WadeGilesSystem, wadeAll(mandarin), wg)...)
	if family == "" {
		return out
	}
	out = append(out, combine(CantoneseSystem, union(s.cantonese, regularCantonese(family)), each(rs, Cantonese))...)
	out = append(out, combine(Southern, s.southern, py)...)
	if k := koreanSurname(family); len(k) > 0 {
		out = append(out, combine(Korean, k, each(rs, koreanReadings))...)
	}
	return out
}

// PersonWord is the name made ready to judge a Latin spelling of the whole name: every combination
// of readings within a system, surname first or last. See [script.Word.Cost].
func PersonWord(name string) script.Word {
	family, given := SplitPerson(name)
	rs := []rune(given)
	s := surnames()[family]
	mandarin := mandarinSurname(family)
	py, wg := each(rs, pinyinOf), each(rs, wadeReadings)
	rows := [][2][][]string{{{undotted(mandarin)}, py}, {{wadeAll(mandarin)}, wg}}
	if family != "" {
		rows = append(rows,
			[2][][]string{{union(s.cantonese, regularCantonese(family))}, each(rs, Cantonese)},
			[2][][]string{{s.southern}, py}, [2][][]string{{s.southern}, wg},
			[2][][]string{{koreanSurname(family)}, each(rs, koreanReadings)})
	}
	var all [][][]string
	for _, r := range rows {
		if family == "" {
			all = append(all, r[1])
			continue
		}
		all = append(all, slices.Concat(r[0], r[1]), slices.Concat(r[1], r[0]))
	}
	return script.Syllabic(all...)
}

// mandarinSurname is the pinyin of a surname: as a surname first, then the other readings of the character.
func mandarinSurname(family string) []string {
	if rs := []rune(family); len(rs) == 1 {
		return union(surnames()[family].pinyin, Readings(rs[0]))
	}
	return surnames()[family].pinyin
}

// pinyinOf is a character's pinyin as names are spelled: ü is u in most of them, yu in passports, v on keyboards.
var pinyinOf = remembered(func(r rune) []string { return undotted(Readings(r)) })

func undotted(pinyin []string) []string {
	var out []string
	for _, p := range pinyin {
		if strings.HasSuffix(p, "v") {
			out = append(out, strings.TrimSuffix(p, "v")+"u", strings.TrimSuffix(p, "v")+"yu")
		}
		out = append(out, p)
	}
	return out
}

// each is the readings of every character.
func each(rs []rune, read func(rune) []string) [][]string {
	out := make([][]string, 0, len(rs))
	for _, r := range rs {
		out = append(out, read(r))
	}
	return out
}

var wadeReadings = remembered(func(r rune) []string { return wadeAll(Readings(r)) })

// wadeAll spells pinyin in Wade-Giles; of several syllables, one after the other.
func wadeAll(pinyin []string) []string {
	var out []string
	for _, p := range pinyin {
		if w := WadeGiles(p); w != "" {
			out = append(out, w)
			continue
		}
		for _, split := range Syllables(p)[:min(1, len(Syllables(p)))] {
			w := ""
			for _, s := range split {
				w += WadeGiles(s)
			}
			out = append(out, w)
		}
	}
	return union(out, nil)
}

func regularCantonese(family string) []string {
	return join(each([]rune(family), Cantonese), maxPerSystem)
}

var koreanSurname = remembered(func(family string) []string {
	rs := []rune(family)
	if len(rs) != 1 {
		return join(each(rs, koreanReadings), maxPerSystem)
	}
	var out []string
	for _, h := range slices.Concat(koreanFamily[rs[0]], Hangul(rs[0])) {
		out = union(out, script.Latin(h))
	}
	return out
})

// koreanFamily is the characters whose reading as a Korean surname is not their common one.
var koreanFamily = map[rune][]string{'金': {"김"}, '沈': {"심"}, '车': {"차"}, '叶': {"엽"}, '李': {"리"}, '柳': {"류"}, '林': {"림"}}

// koreanReadings spells a character inside a Korean given name. A syllable is not a surname there, which
// the syllable 기 before it (gi or ki) keeps script from taking it for.
var koreanReadings = remembered(func(r rune) []string {
	var out []string
	for _, h := range Hangul(r) {
		for _, s := range script.Latin("기" + h) {
			out = union(out, []string{s[len("gi"):]})
		}
	}
	return out
})

// remembered keeps the readings of characters and surnames that were asked for, which a list of names asks for again and
// again. They are shared, and must not be changed.
func remembered[K comparable](read func(K) []string) func(K) []string {
	known := memo.New[K, []string](4096)
	return func(k K) []string {
		out, ok := known.Get(k)
		if !ok {
			out = read(k)
			known.Put(k, out)
		}
		return out
	}
}

func union(a, b []string) []string {
	return distinct(slices.DeleteFunc(slices.Concat(a, b), func(s string) bool { return s == "" }))
}

// distinct is what is not the same as something before it.
func distinct[T comparable](all []T) []T {
	var out []T
	for _, s := range all {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// combine pairs surnames with given names, the first readings first.
func combine(system System, families []string, given [][]string) []Reading {
	if len(families) == 0 {
		families = []string{""}
	}
	names := product(given, maxPerSystem)
	var out []Reading
	for sum := 0; sum < len(families)+len(names) && len(out) < maxPerSystem; sum++ {
		for i := range families {
			if j := sum - i; j >= 0 && j < len(names) && len(out) < maxPerSystem {
				out = append(out, Reading{system, families[i], names[j]})
			}
		}
	}
	return out
}

// product is the ways to choose one reading of each character, those with the fewest later readings
// first; nil where a character has none.
func product(choices [][]string, limit int) [][]string {
	type path struct {
		parts []string
		late  int
	}
	paths := []path{{}}
	for _, c := range choices {
		var next []path
		for _, p := range paths {
			for i, s := range c {
				next = append(next, path{append(slices.Clone(p.parts), s), p.late + i})
			}
		}
		slices.SortStableFunc(next, func(a, b path) int { return a.late - b.late })
		paths = next[:min(len(next), limit)]
	}
	var out [][]string
	for _, p := range paths {
		out = append(out, p.parts)
	}
	return out
}

func join(choices [][]string, limit int) []string {
	var out []string
	for _, p := range product(choices, limit) {
		out = append(out, strings.Join(p, ""))
	}
	return out
}
