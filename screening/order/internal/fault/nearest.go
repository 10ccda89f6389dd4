package fault

import (
	"strings"

	"github.com/ordergate/ordergate/internal/edit"
)

// Nearest is the known name a writer most likely meant, or "" where none is near: at most a third of
// the name's letters, and never more than four, may differ, case and separators left aside. Of names
// equally near the first wins.
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
