package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ascii is the letters a-z and digits of a Latin word, case and diacritics folded, everything else
// dropped. A word that is so already is returned as it is.
func ascii(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteByte(byte(r))
		default:
			b.WriteString(special[r])
		}
	}
	return b.String()
}

func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// special spells the Latin letters that do not decompose.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i",
	'ə': "a", 'ŋ': "ng", 'ɓ': "b", 'ɗ': "d", 'ƙ': "k", 'ơ': "o", 'ư': "u",
}
