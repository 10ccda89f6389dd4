package script

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// English is the English equivalents of a generic word of organisation names (legal forms, kinds of body, industries,
// countries) in Russian, Ukrainian, Belarusian, Arabic or Persian, the usual one first, lower case, some of
// several words; nil for other words. A few words of other scripts are known too. Cyrillic words are recognised by
// their stem in any inflection, and an adjective in -skiy gives the place it is made of. It is not for names of people:
// surnames look like such adjectives.
func English(word string) []string {
	d := englishWords()
	rs := cut(word)
	switch Of(string(rs)) {
	case Cyrillic:
		w := strings.ReplaceAll(cyrillic(string(rs)), "ё", "е")
		if e, ok := d.whole[w]; ok {
			return slices.Clone(e)
		}
		for n := len(w); n > 0; n-- {
			if e, ok := d.stems[w[:n]]; ok {
				return slices.Concat(e, town(w)) // Красноярский begins as красный does
			}
		}
		return town(w)
	case Arabic:
		w := letters(string(rs))
		for _, article := range []string{"", "ال", "لل", "وال"} {
			if bare, ok := strings.CutPrefix(w, article); ok {
				if e, ok := d.whole[bare]; ok {
					return slices.Clone(e)
				}
			}
		}
	default:
		return slices.Clone(d.whole[strings.ToLower(string(rs))])
	}
	return nil
}

// town spells the place that an adjective in -skiy is made of, with and without the ending such names
// lose: арзамасский, Arzamas; самарский, Samara. It is nil for other words.
func town(w string) []string {
	for _, ending := range []string{"ский", "ская", "ское", "ского", "ской", "скому", "ским", "ские", "ских", "ський", "ська", "ське", "скі"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && utf8.RuneCountInString(stem) >= 4 {
			if r := Latin(stem); len(r) > 0 {
				return []string{r[0], r[0] + "a"}
			}
		}
	}
	return nil
}

type englishTable struct{ whole, stems map[string][]string }

var englishWords = sync.OnceValue(func() englishTable {
	t := englishTable{map[string][]string{}, map[string][]string{}}
	data, err := files.ReadFile("tables/english.txt")
	if err != nil {
		return t // cannot happen: the file is embedded
	}
	for line := range strings.Lines(string(data)) {
		words, english, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			if OfRune([]rune(w)[0]) == Arabic {
				w = letters(w)
			}
			stem, open := strings.CutSuffix(w, "*")
			stem = strings.ReplaceAll(stem, "ё", "е")
			into := t.whole
			if open {
				into = t.stems
			}
			if _, ok := into[stem]; !ok {
				into[stem] = strings.Split(english, "|")
			}
		}
	}
	return t
})
