package match

import (
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/words"
)

// minFormWord is the least length of a word that is taken for a misspelt part of a legal form.
const minFormWord = 6

// formWord reports whether a word is part of a legal form's full name, or one slip away: "liability",
// "liablity", "aktiengeselschaft". Such a word left alone, or misspelt, tells no more than the form.
func formWord(w string) bool {
	if len(w) < minFormWord {
		return false
	}
	return len(formWords().Words(nil, w, 1)) > 0
}

var formWords = sync.OnceValue(func() *edit.Dictionary {
	seen := make(map[string]bool)
	var list []string
	for spelling := range words.Forms().All() {
		for w := range strings.SplitSeq(spelling, " ") {
			if len(w) >= minFormWord && !seen[w] && words.Orgs().Of(w) == nil && words.Places().Of(w) == nil {
				seen[w] = true
				list = append(list, w)
			}
		}
	}
	return edit.NewDictionary(list)
})
