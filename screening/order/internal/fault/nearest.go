package fault

import (
	"strings"
	"unicode"

	"github.com/ordergate/ordergate/internal/edit"
)

// Nearest is the known name a writer most likely meant, or "" where none is near: at most a third of
// the name's letters, and never more than four, may differ, case and separators left aside. Of names
// equally near the first wins. Where none is so near it is the longest that is part of the name, word by
// word: hs of hsCode, origin of country_of_origin.
func Nearest(name string, known []string) string {
	if len(name) > 64 {
		return ""
	}
	a := bare(name)
	best, least := "", min(len(a)/3, 4)+1
	for _, k := range known {
		if d := edit.Within(a, bare(k), least); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return best
	}
	spelt := spaced(name)
	for _, k := range known {
		if len(k) > len(best) && strings.Contains(spelt, spaced(k)) {
			best = k
		}
	}
	return best
}

// DidYouMean is the end of a sentence that names the nearest known name, or "" where none is near.
func DidYouMean(name string, known []string) string {
	if n := Nearest(name, known); n != "" {
		return "; did you mean " + Quote(n) + "?"
	}
	return ""
}

func bare(s string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "", ".", "").Replace(strings.ToLower(s))
}

// spaced is a name's words, in small letters, each between two spaces.
func spaced(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	small := false
	for _, r := range s {
		switch {
		case strings.ContainsRune("_-. ", r):
			r = ' '
		case small && unicode.IsUpper(r):
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	b.WriteByte(' ')
	return b.String()
}
