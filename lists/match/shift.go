package match

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/edit"
)

// Shift is the words that count otherwise in one corpus than in another. A query that holds none of them
// has the same score against names that hold none of them in both.
type Shift struct {
	// weighs holds the texts of terms that are common in one corpus only, or read otherwise.
	weighs map[string]bool
	// listed are the words that only one corpus has: a word near a listed one is not looked for farther off.
	listed *edit.Dictionary
}

// ShiftOf compares two corpora that are closed.
func ShiftOf(was, now *Corpus) *Shift {
	s := &Shift{weighs: map[string]bool{}}
	var listed []string
	for _, c := range [][2]*Corpus{{was, now}, {now, was}} {
		one, other := c[0], c[1]
		for text, w := range one.words {
			if same := other.words[text]; w.index != 0 && (same == nil || same.index == 0) {
				listed = append(listed, text)
			}
			for t := w.terms; t != nil; t = t.next {
				u := other.look(t, other.words[t.text])
				if u == nil && t.count >= manyNames || u != nil && ((t.count >= manyNames) != (u.count >= manyNames) || t.full != u.full) {
					s.weighs[text] = true
				}
			}
		}
	}
	slices.Sort(listed)
	s.listed = edit.NewDictionary(slices.Compact(listed))
	return s
}

// Weighs reports whether a name holds a term whose weight differs.
func (s *Shift) Weighs(n *Name) bool {
	for _, t := range n.terms {
		if s.weighs[t.text] {
			return true
		}
	}
	return false
}

// Touches reports whether a query may find other names, or with another score, for the words that shifted.
func (s *Shift) Touches(query *Name) bool {
	if s.Weighs(query) {
		return true
	}
	for _, t := range query.terms {
		if !sought(t) {
			continue
		}
		for w := range strings.SplitSeq(t.text, " ") {
			if slipsOf(w) > 1 && len(s.listed.Words(nil, w, 1)) > 0 {
				return true
			}
		}
	}
	return false
}
