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
	words map[string]*word // by text
	names []*Name
	index *nameindex.Index
	terms uint32 // how many
	// unvowelled is set where a name is written in a script that leaves vowels out.
	unvowelled bool
	// What of names and terms is read before they are compared: the gists of terms by their id, the ids of the
	// terms of name i at ids[ends[i]:ends[i+1]], and its shape.
	gists     []gist
	ids, ends []uint32
	shapes    []shape
	// Names and their terms are made by the chunk.
	roomNames []Name
	roomTerms []*term
}

// Found is a name of a corpus, by its number in the order of Add, and its score.
type Found struct {
	ID    int
	Score float64
}

// candidates is how many names are compared in full for one query. Measured recall of the true name
// among them is in testdata/bench/RESULTS.md.
const candidates = 60

// A query in Latin letters is spelt as it is listed, but for slips: fewer names need be compared, and only those that
// share more with it.
const (
	latinCandidates = 40
	leastShare      = 1 / 8.
	leastLatin      = 1 / 4.
)

// NewCorpus is an empty corpus.
func NewCorpus() *Corpus {
	return &Corpus{words: make(map[string]*word)}
}

// Add prepares a name and gives it the next number, from 0.
func (c *Corpus) Add(text string, kind Kind) {
	n := (&reader{corpus: c, fill: true}).read(text, kind)
	c.names = append(c.names, n)
	for _, t := range n.terms {
		if t.last != uint32(len(c.names)) {
			t.last = uint32(len(c.names))
			t.count++
		}
	}
}

// chunk is how many names are made at a time.
const chunk = 1024

// name is an empty name with room for so many terms.
func (c *Corpus) name(terms int) *Name {
	if len(c.roomNames) == 0 {
		c.roomNames = make([]Name, chunk)
	}
	if len(c.roomTerms) < terms {
		c.roomTerms = make([]*term, 4*chunk)
	}
	n := &c.roomNames[0]
	n.terms = c.roomTerms[:0:terms]
	c.roomNames, c.roomTerms = c.roomNames[1:], c.roomTerms[terms:]
	return n
}

// Close ends the filling and makes the corpus searchable.
func (c *Corpus) Close() {
	var b nameindex.Builder
	var words, keys []uint32
	var all []string
	for _, n := range c.names {
		words, all = words[:0], appendTexts(all[:0], n.terms)
		for _, t := range n.terms {
			if !sought(t) {
				continue
			}
			c.unvowelled = c.unvowelled || unvowelled(t)
			for w := range strings.SplitSeq(t.text, " ") {
				known := t.known
				if known == nil || w != t.text {
					known = c.word(w)
				}
				if known.index == 0 {
					keys = keys[:0]
					if w == t.text {
						keys = listedKeys(keys, t)
					}
					known.index = 1 + b.Word(w, keys)
				}
				words = append(words, known.index-1)
			}
		}
		b.Name(words, all)
	}
	c.index, c.roomNames, c.roomTerms = b.Build(), nil, nil
	c.outline()
}

// word is what the corpus keeps of a text, which is added where it is new.
func (c *Corpus) word(text string) *word { return (&reader{corpus: c, fill: true}).word(text, nil) }

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
	s := searches.Get().(*search)
	defer searches.Put(s)
	s.probes, s.keys = s.probes[:0], s.keys[:0]
	for i, t := range query.terms {
		if sought(t) {
			s.probe(t, c.unvowelled)
		}
		if i > 0 && unvowelled(t) && unvowelled(query.terms[i-1]) {
			s.probes = append(s.probes, compound(query.terms[i-1], t))
		}
	}
	var room [maxTerms]string
	limit, least := latinCandidates, float32(leastLatin)
	if slices.ContainsFunc(query.terms, func(t *term) bool { return len(t.latin) > 0 }) {
		limit, least = candidates, leastShare
	}
	s.candidates = c.index.Search(s.candidates[:0], s.probes, appendTexts(room[:0], query.terms), limit, least)
	s.putAside(c, query, threshold)
	for _, x := range s.candidates {
		if score := Compare(query, c.names[x.Name]); score >= threshold {
			out = append(out, Found{int(x.Name), score})
		}
	}
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
	w := c.words[t.text]
	if w == nil {
		return nil
	}
	for old := w.terms; old != nil; old = old.next {
		if old.class == t.class && old.key == t.key {
			return old
		}
	}
	return nil
}

func (c *Corpus) keep(t *term) {
	t.text = strings.Clone(t.text) // a part of the whole name's text
	t.known = c.word(t.text)
	t.next = t.known.terms
	c.terms++
	t.id = c.terms
	t.known.terms = t
}
