package classify

import (
	"strings"
	"unicode/utf8"
)

// Words after which a description says what the goods are for or come with, and words after which it
// says what they are not, each up to the next mark.
var (
	asideWords = []string{
		" for ", " used in ", " used on ", " used for ", " suitable for ", " compatible with ", " with ",
		"用于", "适用", "配套", "带有", "附带",
	}
	deniedWords = []string{"other than ", "excluding ", "except ", "not including ", "without ", "不含", "不包括", "不包含", "不带"}
)

// asideMarks end a part of a description.
const asideMarks = ",;，；。、()（）"

// aside is a part of a description that is not about the goods themselves; places are in runes.
type aside struct {
	from, to int
	weight   float64
}

// asides finds the parts of a folded text that say what goods are for or come with, or what they are not,
// and returns what a term at a place counts. "lens for camera" is no camera, nor are "aircraft, except
// unmanned" drones; in Chinese the purpose also stands before 用, as in "质谱仪用真空泵", and what is left out
// before 以外 and 除外.
func asides(folded string) func(at int) float64 {
	var found []aside
	add := func(from, to int, weight float64) {
		at := utf8.RuneCountInString(folded[:from])
		found = append(found, aside{at, at + utf8.RuneCountInString(folded[from:to]), weight})
	}
	for _, w := range asideWords {
		for from, to := range after(folded, w) {
			if w == "用于" || w == "适用" {
				// "用于测量的X": what follows 的 is the goods again.
				if k := strings.Index(folded[from:to], "的"); k >= 0 {
					to = from + k
				}
			}
			if strings.TrimSpace(folded[:from-len(w)]) != "" || w == "用于" {
				add(from, to, asideWeight)
			}
		}
	}
	for _, w := range deniedWords {
		for from, to := range after(folded, w) {
			add(from, to, deniedWeight)
		}
	}
	for _, w := range []string{"以外", "除外"} {
		for from := range after(folded, w) {
			clause := folded[:from]
			if k := strings.LastIndexAny(clause, asideMarks); k >= 0 {
				_, n := utf8.DecodeRuneInString(clause[k:])
				add(k+n, from, deniedWeight)
			} else {
				add(0, from, deniedWeight)
			}
		}
	}
	if i := strings.Index(folded, "用"); i > 0 && !strings.HasPrefix(folded[i:], "用于") && !strings.HasPrefix(folded[i:], "用途") {
		if r, _ := utf8.DecodeLastRuneInString(folded[:i]); !strings.ContainsRune("民军商家专通适使应两日医", r) && i+len("用") < len(folded) {
			add(0, i, asideWeight)
		}
	}
	return func(at int) float64 {
		w := 1.0
		for _, a := range found {
			if at >= a.from && at < a.to {
				w = min(w, a.weight)
			}
		}
		return w
	}
}

// after yields the parts of s that follow each place of w, up to the next mark.
func after(s, w string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for i := 0; ; {
			j := strings.Index(s[i:], w)
			if j < 0 {
				return
			}
			from, to := i+j+len(w), len(s)
			if k := strings.IndexAny(s[from:], asideMarks); k >= 0 {
				to = from + k
			}
			if !yield(from, to) {
				return
			}
			i = from
		}
	}
}
