package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/nameindex"
)

// Corpus prepares the names of a list and finds the ones a query may mean. It is filled with Add by one
// goroutine; after Close it is immutable and safe for concurrent use.
//
// Equal terms are kept once, and counted: see the package comment for what the counts do.
type Corpus struct {
	terms map[string]*term // by text; terms of one text are chained
	names []*Name
	index *nameindex.Index
	seen  map[*term]int // the last name that held the term, while filling
}

// Found is a name of a corpus, by its number in the order of Add, and its score.
type Found struct {
	ID    int
	Score float64
}

// candidates is how many names are compared in full for one query. Measured recall of the true name
// among them is in testdata/bench/RESULTS.md.
const candidates = 60

// NewCorpus is an empty corpus.
func NewCorpus() *Corpus {
	return &Corpus{terms: make(map[string]*term), seen: make(map[*term]int)}
}

// Add prepares a name and gives it the next number, from 0.
func (c *Corpus) Add(text string, kind Kind) {
	n := (&reader{corpus: c, fill: true}).read(text, kind)
	c.names = append(c.names, n)
	for _, t := range n.terms {
		if c.seen[t] != len(c.names) {
			c.seen[t] = len(c.names)
			t.count++
		}
	}
}

// Close ends the filling and makes the corpus searchable.
func (c *Corpus) Close() {
	var b nameindex.Builder
	ids := make(map[string]uint32, len(c.terms))
	var words []uint32
	var keys []uint32
	var all []string
	for _, n := range c.names {
		words, all = words[:0], appendTexts(all[:0], n.terms)
		for _, t := range n.terms {
			if !sought(t) {
				continue
			}
			for w := range strings.SplitSeq(t.text, " ") {
				id, ok := ids[w]
				if !ok {
					keys = keys[:0]
					if w == t.text {
						keys = listedKeys(keys, t)
					}
					id = b.Word(w, keys)
					ids[w] = id
				}
				words = append(words, id)
			}
		}
		b.Name(words, all)
	}
	c.index, c.seen = b.Build(), nil
}

// Len is the number of names.
func (c *Corpus) Len() int { return len(c.names) }

// Name is the name of a number.
func (c *Corpus) Name(id int) *Name { return c.names[id] }

// Query prepares a name that is not part of the corpus, with the counts of the corpus.
func (c *Corpus) Query(text string, kind Kind) *Name {
	return (&reader{corpus: c}).read(text, kind)
}

// Search appends to out the names that score at least threshold against the query, the best first and
// of equal ones the earliest added first.
func (c *Corpus) Search(out []Found, query *Name, threshold float64) []Found {
	from := len(out)
	probes := make([]nameindex.Probe, 0, 16)
	for i, t := range query.terms {
		if sought(t) {
			probes = appendProbes(probes, t)
		}
		if i > 0 && unvowelled(t) && unvowelled(query.terms[i-1]) {
			probes = append(probes, compound(query.terms[i-1], t))
		}
	}
	var room [maxTerms]string
	c.index.Search(probes, appendTexts(room[:0], query.terms), candidates, func(x nameindex.Candidate) {
		if s := Compare(query, c.names[x.Name]); s >= threshold {
			out = append(out, Found{int(x.Name), s})
		}
	})
	slices.SortFunc(out[from:], func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func appendTexts(out []string, terms []*term) []string {
	for _, t := range terms {
		out = append(out, t.text)
	}
	return out
}

// sought reports whether names are looked for by a term.
func sought(t *term) bool { return t.class < initial }

// look is the term of the corpus that is the same as t, nil where there is none.
func (c *Corpus) look(t *term) *term {
	for old := c.terms[t.text]; old != nil; old = old.next {
		if old.class == t.class && old.key == t.key {
			return old
		}
	}
	return nil
}

func (c *Corpus) keep(t *term) {
	t.next = c.terms[t.text]
	c.terms[t.text] = t
}
