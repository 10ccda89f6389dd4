package script

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

var (
	cyrillicTable = lazyTable("cyrillic")
	greekTable    = lazyTable("greek")
	georgianTable = lazyTable("georgian")
	armenianTable = lazyTable("armenian")
	arabicTable   = lazyTable("arabic")
	hebrewTable   = lazyTable("hebrew")
	kanaTable     = lazyTable("kana")
	hangulTable   = lazyTable("hangul")
	thaiTable     = lazyTable("thai")
	khmerTable    = lazyTable("khmer")
	latinTable    = lazyTable("latin")
)

// Parse makes one word ready for [Word.Latin] and [Word.Cost]. A name of several words is read as
// one. Han words give a Word without a reading.
func Parse(word string) Word {
	rs := cut(word)
	w := Word{script: Of(string(rs))}
	switch w.script {
	case Common, Han:
		return Word{script: w.script}
	case Roman:
		w.add(latinTable().split([]rune(ascii(string(rs)))), 0)
	case Cyrillic:
		for i, form := range nationalForms(cyrillic(string(rs))) {
			cost := float32(0)
			if i > 0 {
				cost = nationalCost
			}
			w.add(cyrillicTable().split([]rune(form)), cost)
		}
	case Greek:
		w.add(greekTable().split(bare(rs)), 0)
	case Georgian:
		w.add(georgianTable().split(georgian(rs)), 0)
	case Armenian:
		w.add(armenianTable().split(bare(rs)), 0)
	case Arabic:
		w.loose = true
		w.add(arabicTable().split([]rune(letters(string(rs)))), 0)
	case Hebrew:
		w.loose = true
		w.add(hebrewTable().split(bare(rs)), 0)
	case Kana:
		w.addAcronym(rs)
		w.add(kanaSlots(rs), 0)
	case Hangul:
		w.addAcronym(rs)
		w.add(hangulSlots(rs), 0)
	case Thai:
		w.loose = true
		w.addAcronym(rs)
		w.add(thaiTable().split(thaiOrder(rs)), 0)
	case Khmer:
		w.loose = true
		w.add(khmerTable().split(rs), 0)
	case Ethiopic:
		w.add(ethiopicSlots(rs), 0)
	default:
		w.loose = true
		w.add(latinTable().split([]rune(byLetter(rs))), 0)
	}
	return w
}

// nationalCost is the price of reading a given name in its form of another East Slavic language.
const nationalCost = 0.15

func (w *Word) add(s []slot, cost float32) {
	if len(s) > 0 {
		w.rows = append(w.rows, row{s, cost})
	}
}

// cut drops what cannot be part of a word's spelling (spaces, punctuation) and bounds its length.
// The apostrophe stays: it is a letter modifier in Hebrew and Cyrillic.
func cut(word string) []rune {
	rs := make([]rune, 0, MaxWord)
	for _, r := range word {
		switch {
		case len(rs) == MaxWord:
			return rs
		case r == '’' || r == '׳' || r == '´' || r == '`':
			rs = append(rs, '\'')
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\'' || r == 'ー' || r == 'ｰ':
			rs = append(rs, r)
		}
	}
	return rs
}

// bare is the lower case of the word without its combining marks.
func bare(rs []rune) []rune {
	out := make([]rune, 0, len(rs))
	for _, r := range norm.NFKD.String(strings.ToLower(string(rs))) {
		if !unicode.Is(unicode.Mn, r) {
			out = append(out, r)
		}
	}
	return out
}

// cyrillic is the lower case of the word without stress marks: й, ў, ё, ї, ӣ, ѓ and ќ keep theirs, being letters
// of their own. A Latin letter typed for the Cyrillic one it looks like becomes that letter.
func cyrillic(word string) string {
	const latin, same = "aceikmhoptxyb", "асеікмнортхув"
	twins := []rune(same)
	var b strings.Builder
	var base rune
	for _, r := range norm.NFKD.String(strings.ToLower(word)) {
		if i := strings.IndexRune(latin, r); i >= 0 {
			r = twins[i]
		}
		switch {
		case !unicode.Is(unicode.Mn, r):
			base = r
			b.WriteRune(r)
		case r == '\u0306' || r == '\u0308' || r == '\u0304' || r == '\u0301' && (base == 'г' || base == 'к'):
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// georgian folds the capitals and church letters onto the modern alphabet.
func georgian(rs []rune) []rune {
	out := make([]rune, 0, len(rs))
	for _, r := range rs {
		switch {
		case 'Ა' <= r && r <= 'Ჿ':
			r -= 'Ა' - 'ა'
		case 'ⴀ' <= r && r <= 'ⴥ':
			r -= 'ⴀ' - 'ა'
		}
		out = append(out, r)
	}
	return out
}

// byLetter spells a word letter by letter with go-unidecode. Its letters of the Indic scripts are
// right but for c, which is the sound of ch; doubled letters stand for the retroflex row.
func byLetter(rs []rune) string {
	var b strings.Builder
	for _, r := range rs {
		s := ascii(unidecode.Unidecode(string(r)))
		switch {
		case s == "c":
			s = "ch"
		case s == "tth" || s == "ddh":
			s = s[1:]
		case len(s) == 2 && s[0] == s[1] && !isVowel(s[0]):
			s = s[:1]
		}
		b.WriteString(s)
	}
	return b.String()
}

// ethiopicSlots reads the syllables of the Ethiopic script. The sixth order (go-unidecode's e) is
// a consonant with or without a vowel.
func ethiopicSlots(rs []rune) []slot {
	var out []slot
	for _, r := range rs {
		s := ascii(unidecode.Unidecode(string(r)))
		i := strings.IndexFunc(s, func(r rune) bool { return r != 'y' && isVowel(byte(r)) })
		if i < 0 {
			continue
		}
		out = append(out, latinTable().split([]rune(ethiopicConsonant(s[:i])))...)
		switch vowel := s[i:]; vowel {
		case "e":
			out = append(out, newSlot(parseSpellings("- e i:1 a:3 u:4")))
		case "a":
			out = append(out, newSlot(parseSpellings("a e")))
		case "ee":
			out = append(out, newSlot(parseSpellings("e ie:1 ee:1 ey:2 i:3")))
		default:
			out = append(out, latinTable().split([]rune(vowel))...)
		}
	}
	return out
}

func ethiopicConsonant(s string) string {
	switch s {
	case "sz", "ss":
		return "s"
	case "hh":
		return "h"
	case "qh":
		return "q"
	}
	return s
}
