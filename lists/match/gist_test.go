package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ordergate/ordergate/internal/nameindex"
)

// What is put aside unread could not have reached the threshold: whatever the two names, they score no more than one
// contradiction leaves.
func TestPutAside(t *testing.T) {
	word := rapid.OneOf(
		rapid.SampledFrom(strings.Fields("mikhail michael john ivan juan abd abdul al bin ben rahman dr sheikh haji jr j k ii 7 seventh "+
			"trading shipping group bank institute national of ltd llc gmbh limited liability company iran tehran "+
			"sergey sergei smith smyth kosafe kosa kosame nalapa иван банк 华为 علي")),
		rapid.StringMatching(`[a-e]{1,7}`),
	)
	// other is a name made of another: words kept, damaged, joined, split, left out, put in, moved.
	other := func(t *rapid.T, words []string) []string {
		words = append([]string(nil), words...)
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			i := rapid.IntRange(0, len(words)-1).Draw(t, "at")
			w := words[i]
			switch rapid.IntRange(0, 5).Draw(t, "change") {
			case 0:
				k := rapid.IntRange(0, len(w)).Draw(t, "slip")
				words[i] = w[:k] + rapid.StringMatching(`[a-z]`).Draw(t, "letter") + w[min(k+1, len(w)):]
			case 1:
				if i > 0 {
					words[i-1] += w
					words = append(words[:i], words[i+1:]...)
				}
			case 2:
				k := rapid.IntRange(0, len(w)).Draw(t, "split")
				words[i] = w[:k] + " " + w[k:]
			case 3:
				words[i] = word.Draw(t, "word")
			case 4:
				words = append(words, w)
			case 5:
				words[0], words[i] = words[i], words[0]
			}
		}
		return words
	}
	kinds := []Kind{Unknown, Person, Organization, Vessel}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 5).Draw(t, "listed")
		listed, kind := strings.Join(words, " "), rapid.SampledFrom(kinds).Draw(t, "kind")
		c := NewCorpus(0)
		c.Add(listed, rapid.SampledFrom(kinds).Draw(t, "listed kind"))
		c.Close()
		query := c.Query(strings.Join(other(t, words), " "), kind)
		s := search{}
		s.candidates = c.all()
		s.putAside(c, query, DefaultThreshold)
		if len(s.candidates) == 0 {
			require.LessOrEqual(t, Compare(query, c.names[0]), float64(100-conflict)/100, "%q %q", query.text, listed)
		}
	})
}

// all is every name of the corpus as a candidate.
func (c *Corpus) all() []nameindex.Candidate {
	out := make([]nameindex.Candidate, len(c.names))
	for i := range out {
		out[i].Name = uint32(i)
	}
	return out
}
