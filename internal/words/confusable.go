package words

import (
	"strings"
	"sync"
	"unicode"
)

// confusables holds every ordered pair of different spellings of a row.
var confusables = sync.OnceValue(func() map[[2]string]struct{} {
	lines, err := rows("confusables")
	if err != nil {
		panic(err)
	}
	m := make(map[[2]string]struct{}, 16*len(lines))
	for _, r := range lines {
		for _, a := range r.spellings {
			for _, b := range r.spellings {
				if a != b {
					m[[2]string{a, b}] = struct{}{}
				}
			}
		}
	}
	return m
})

// Confusable reports whether a and b, one or two characters each, are taken for one another by people
// who type, by optical readers or by people who disguise a name: "0" and "o", "rn" and "m", "5" and "s".
// It is symmetric, and false for equal strings.
func Confusable(a, b string) bool {
	_, ok := confusables()[[2]string{a, b}]
	return ok
}

// homoglyphs are lower-case letters of other scripts that look like a Latin letter.
var homoglyphs = map[rune]rune{
	'а': 'a', 'в': 'b', 'е': 'e', 'ё': 'e', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'т': 't', 'у': 'y', 'х': 'x',
	'і': 'i', 'ї': 'i', 'ј': 'j', 'ѕ': 's', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'һ': 'h', 'ү': 'y', 'ӏ': 'l', 'ь': 'b',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'σ': 'o', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ζ': 'z', 'γ': 'y', 'ω': 'w',
	'օ': 'o', 'ո': 'n', 'ս': 'u', 'հ': 'h', 'ց': 'g', 'ɡ': 'g', 'ı': 'i', 'ɑ': 'a',
}

// FoldHomoglyphs replaces look-alike letters of other scripts by Latin ones in a word that also holds a
// Latin letter; a word of one script, and one with a letter that has no Latin look-alike, is returned as it is.
func FoldHomoglyphs(word string) string {
	latin, foreign := false, false
	for _, r := range word {
		switch {
		case !unicode.IsLetter(r):
		case homoglyphs[r] != 0:
			foreign = true
		case unicode.Is(unicode.Latin, r):
			latin = true
		default:
			return word
		}
	}
	if !latin || !foreign {
		return word
	}
	return strings.Map(func(r rune) rune {
		if l := homoglyphs[r]; l != 0 {
			return l
		}
		return r
	}, word)
}

var leet = map[rune]rune{
	'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a', '$': 's', '|': 'i', '!': 'i', '€': 'e', '£': 'l',
}

// FoldLeet replaces digits and signs that stand for letters by those letters ("m0hamm3d", "ru$$ia") in
// a word with at least as many Latin letters as such signs and at least one letter on either
// side of one; other words ("29th", "b52", "3com") are returned as they are.
func FoldLeet(word string) string {
	letters, signs, inner := 0, 0, false
	for i, r := range word {
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case leet[r] != 0:
			signs++
			next := strings.TrimLeftFunc(word[i:], func(r rune) bool { return leet[r] != 0 })
			inner = inner || letters > 0 && next != "" && next[0] >= 'a' && next[0] <= 'z'
		default:
			return word
		}
	}
	if !inner || letters < signs {
		return word
	}
	return strings.Map(func(r rune) rune {
		if l := leet[r]; l != 0 {
			return l
		}
		return r
	}, word)
}
