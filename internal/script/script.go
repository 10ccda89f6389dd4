package script

import (
	"unicode"
	"unicode/utf8"
)

// MaxWord is the number of runes of a word that are read; the rest is ignored.
const MaxWord = 48

// Script is a writing system, named in lower case English.
type Script string

// The scripts told apart. Kana stands for Hiragana and Katakana; Common for words without letters.
const (
	Common     Script = "common"
	Roman      Script = "latin"
	Cyrillic   Script = "cyrillic"
	Greek      Script = "greek"
	Georgian   Script = "georgian"
	Armenian   Script = "armenian"
	Arabic     Script = "arabic"
	Hebrew     Script = "hebrew"
	Han        Script = "han"
	Kana       Script = "kana"
	Hangul     Script = "hangul"
	Thai       Script = "thai"
	Lao        Script = "lao"
	Khmer      Script = "khmer"
	Myanmar    Script = "myanmar"
	Devanagari Script = "devanagari"
	Bengali    Script = "bengali"
	Gurmukhi   Script = "gurmukhi"
	Gujarati   Script = "gujarati"
	Oriya      Script = "oriya"
	Tamil      Script = "tamil"
	Telugu     Script = "telugu"
	Kannada    Script = "kannada"
	Malayalam  Script = "malayalam"
	Sinhala    Script = "sinhala"
	Ethiopic   Script = "ethiopic"
	Other      Script = "other"
)

// ranges lists the scripts by their Unicode tables, the frequent ones first.
var ranges = []struct {
	script Script
	table  *unicode.RangeTable
}{
	{Roman, unicode.Latin}, {Han, unicode.Han}, {Cyrillic, unicode.Cyrillic}, {Arabic, unicode.Arabic},
	{Hangul, unicode.Hangul}, {Kana, unicode.Hiragana}, {Kana, unicode.Katakana}, {Hebrew, unicode.Hebrew},
	{Greek, unicode.Greek}, {Georgian, unicode.Georgian}, {Armenian, unicode.Armenian}, {Thai, unicode.Thai},
	{Devanagari, unicode.Devanagari}, {Bengali, unicode.Bengali}, {Gurmukhi, unicode.Gurmukhi},
	{Gujarati, unicode.Gujarati}, {Oriya, unicode.Oriya}, {Tamil, unicode.Tamil}, {Telugu, unicode.Telugu},
	{Kannada, unicode.Kannada}, {Malayalam, unicode.Malayalam}, {Sinhala, unicode.Sinhala},
	{Ethiopic, unicode.Ethiopic}, {Khmer, unicode.Khmer}, {Lao, unicode.Lao}, {Myanmar, unicode.Myanmar},
}

// OfRune is the script of one rune: Common for anything that is not a letter or a mark of a script.
func OfRune(r rune) Script {
	if r < utf8.RuneSelf {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return Roman
		}
		return Common
	}
	if r == 'ー' || r == 'ｰ' {
		return Kana
	}
	for _, s := range ranges {
		if unicode.Is(s.table, r) {
			return s.script
		}
	}
	if unicode.IsLetter(r) {
		return Other
	}
	return Common
}

// Of is the script most letters of the word are written in; on a tie the one met first. Han with
// Kana is Kana: a Japanese word is not read by its characters' Chinese readings alone.
func Of(word string) Script {
	var counts [32]int
	var seen [32]Script
	n := 0
	for _, r := range word {
		s := OfRune(r)
		if s == Common {
			continue
		}
		i := 0
		for i < n && seen[i] != s {
			i++
		}
		if i == n {
			seen[n] = s
			n++
		}
		counts[i]++
	}
	best, most, kana := Common, 0, false
	for i := range n {
		kana = kana || seen[i] == Kana
		if counts[i] > most {
			best, most = seen[i], counts[i]
		}
	}
	if best == Han && kana {
		return Kana
	}
	return best
}
