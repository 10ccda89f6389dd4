package han

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxRunes is the number of runes of a name that are read.
const MaxRunes = 128

//go:embed tables/*.txt
var files embed.FS

// lines is the lines of an embedded table as fields split at tabs, comments left out.
func lines(name string) [][]string {
	data, err := files.ReadFile("tables/" + name)
	if err != nil {
		return nil // cannot happen: the files are embedded, and a test reads every one
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

var foldTable = sync.OnceValue(func() map[rune]rune {
	out := make(map[rune]rune, 8192)
	for _, f := range lines("fold.txt") {
		to := []rune(f[0])[0]
		for _, r := range f[1] {
			out[r] = to
		}
	}
	return out
})

// Fold makes the forms of each Han character one: Traditional, Japanese and variant forms become the
// Simplified character, full width and compatibility forms the plain ones (NFKC). Where Simplified
// merged characters (后 後, 发 發 髮, 干 乾 幹) all of them fold to one. Other scripts are untouched but for
// NFKC.
func Fold(s string) string {
	if ascii(s) {
		return s
	}
	return strings.Map(FoldRune, norm.NFKC.String(s))
}

// FoldRune is the form [Fold] gives one Han character; any other rune stays as it is.
func FoldRune(r rune) rune {
	if to, ok := foldTable()[r]; ok {
		return to
	}
	return r
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// characters is the folded Han characters and iteration marks of a name, at most MaxRunes.
func characters(name string) []rune {
	var out []rune
	for _, r := range Fold(name) {
		if unicode.Is(unicode.Han, r) && len(out) < MaxRunes {
			out = append(out, r)
		}
	}
	return out
}
