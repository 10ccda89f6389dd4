package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sort is what a character does to words.
type sort uint8

const (
	space sort = iota
	letter
	digit
	gone // as if it were not there
	stop
	hyphen
	comma
	percent
)

func kind(r rune) sort {
	switch {
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return letter
	case '0' <= r && r <= '9':
		return digit
	}
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', 'ʹ', 'ʺ', 'ʻ', 'ʼ', 'ʾ', 'ʿ', '′', '"', '”', '“', 'ـ', '׳', '״':
		return gone
	case '.', '·', '•', '・':
		return stop
	case '-', '‐', '‑', '‒', '–', '־':
		return hyphen
	case ',', '،', '、':
		return comma
	case '%':
		return percent
	case utf8.RuneError:
		return space
	case 'ー', '々':
		return letter
	}
	if r < utf8.RuneSelf {
		return space
	}
	switch {
	case unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r):
		return letter
	case unicode.Is(unicode.Nd, r):
		return digit
	case unicode.Is(unicode.M, r):
		if vowelSign(r) {
			return letter
		}
		return gone
	case unicode.In(r, unicode.Lm, unicode.Cf):
		return gone
	}
	return space
}

// vowelSign reports whether a mark belongs to the spelling: in the Indic scripts, Thai, Khmer and their
// kin, whose blocks lie between U+0900 and U+1DBF. Elsewhere marks are accents and points.
func vowelSign(r rune) bool {
	return 0x0900 <= r && r < 0x1AB0 || 0x1B00 <= r && r < 0x1DC0 || r >= 0xA800 && r < 0xAC00
}

// letters are the small letters that have no decomposition but are commonly written otherwise.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h",
	'ı': "i", 'ŋ': "n", 'ĸ': "k", 'ə': "a", 'ŧ': "t", 'ɓ': "b", 'ɗ': "d", 'ƙ': "k", 'ɛ': "e", 'ɔ': "o",
	'ς': "σ", 'ё': "е", 'ٱ': "ا", 'أ': "ا", 'إ': "ا", 'آ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ۀ': "ه", 'ة': "ه",
}

// appendSmall appends the small form of a letter beyond ASCII, without the diacritics that other records
// leave away. Cyrillic keeps its own: й and ї are letters of their alphabets.
func appendSmall(buf []byte, r rune) []byte {
	r = unicode.ToLower(r)
	if s, ok := letters[r]; ok {
		return append(buf, s...)
	}
	if unicode.In(r, unicode.Latin, unicode.Greek) {
		var parts [16]byte
		d := norm.NFD.AppendString(parts[:0], string(r))
		base, _ := utf8.DecodeRune(d)
		base = unicode.ToLower(base)
		if s, ok := letters[base]; ok {
			return append(buf, s...)
		}
		return utf8.AppendRune(buf, base)
	}
	return utf8.AppendRune(buf, r)
}

// digitValue is the value of a decimal digit: Unicode keeps the ten digits of a script together.
func digitValue(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	return 0
}
