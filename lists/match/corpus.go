package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/nameindex"
	"github.com/ordergate/ordergate/internal/slab"
)

// Corpus prepares the names of a list and finds the ones a query may mean. It is filled with Add by one
// goroutine; after Close it is immutable and safe for concurrent use.
//
// Equal terms are kept once, and counted: see the package comment for what the counts do.
type Corpus struct {
	words lexicon
	names []*Name
	index *nameindex.Index
	// unvowelled is set where a name is written in a script that leaves vowels out, or in Chinese characters by its sound.
	unvowelled bool
	// What of names and terms is read before they are compared: the gists of terms by their id, the ids of the
	// terms of name i at ids[ends[i]:ends[i+1]], and its shape.
	gists     []gist
	ids, ends []uint32
	shapes    []shape
	filling   filling
}

// filling is what a corpus needs only while it is filled.
type filling struct {
	builder nameindex.Builder
	// What is kept is made here.
	names  slab.Of[Name]
	ofName slab.Of[*term]
	terms  slab.Of[term]
	text   slab.Text
	// What one name needs is used again for the next.
	sought, keys []uint32
	texts        []string
}

// Found is a name of a corpus, by its number in the order of Add, and its score.
type Found struct {
	ID    int
	Score float64
}

// candidates is how many names are compared in full for one query. Measured recall of the true name
// among them is in testdata/bench/RESULTS.md.
const candidates = 60

// heardCandidates is that of a query spelt by its sound in Chinese characters, whose words may be many.
const heardCandidates = 300

// A query in Latin letters is spelt as it is listed, but for slips: fewer names need be compared, and only those that
// share more with it.
const (
	latinCandidates = 40
	leastShare      = 1 / 8.
	leastLatin      = 1 / 4.
)

// NewCorpus is an empty corpus with room for about so many names; others may be added.
func NewCorpus(names int) *Corpus {
	c := &Corpus{
		words: newLexicon(names), names: make([]*Name, 0, names),
		gists: make([]gist, 1, 1+names/2), ids: make([]uint32, 0, 4*names), ends: make([]uint32, 1, 1+names), shapes: make([]shape, 0, names),
	}
	c.filling.builder.Grow(names)
	return c
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
		c.ids = append(c.ids, t.id)
	}
	c.ends = append(c.ends, uint32(len(c.ids)))
	c.shapes = append(c.shapes, n.shape())
	c.enter(n)
}

// name is an empty name with room for so many terms.
func (f *filling) name(terms int) *Name {
	n := f.names.New()
	n.terms = f.ofName.Make(terms)[:0]
	return n
}

// enter gives the index a name that was added.
func (c *Corpus) enter(n *Name) {
	f := &c.filling
	f.sought, f.texts = f.sought[:0], appendTexts(f.texts[:0], n.terms)
	for _, t := range n.terms {
		if !sought(t) {
			continue
		}
		c.unvowelled = c.unvowelled || unvowelled(t) || t.heard != nil
		known := c.words.at(t.known)
		if known.index == 0 && strings.IndexByte(t.text, ' ') < 0 {
			f.keys = listedKeys(f.keys[:0], t)
			known.index = 1 + f.builder.Word(t.text, f.keys)
		}
		if known.index != 0 {
			f.sought = append(f.sought, known.index-1)
			continue
		}
		for w := range strings.SplitSeq(t.text, " ") { // a number
			known := c.word(w)
			if known.index == 0 {
				known.index = 1 + f.builder.Word(w, nil)
			}
			f.sought = append(f.sought, known.index-1)
		}
	}
	f.builder.Name(f.sought, f.texts)
}

// Close ends the filling and makes the corpus searchable.
func (c *Corpus) Close() {
	c.index = c.filling.builder.Build()
	c.filling = filling{}
	c.gists, c.ids, c.ends, c.shapes = slices.Clip(c.gists), slices.Clip(c.ids), slices.Clip(c.ends), slices.Clip(c.shapes)
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
	s.gather(c, query)
	out = s.like(out, c, query, threshold)
	sortFound(out[from:])
	return out
}

// like appends the candidates that are like the query, in no order.
func (s *search) like(out []Found, c *Corpus, query *Name, threshold float64) []Found {
	s.putAside(c, query, threshold)
	for _, x := range s.candidates {
		if score := Compare(query, c.names[x.Name]); score >= threshold {
			out = append(out, Found{int(x.Name), score})
		}
	}
	return out
}

// sortFound puts the best first, of equal ones the earliest added.
func sortFound(found []Found) {
	slices.SortFunc(found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
}

// gather looks up the names that the query may be meant for.
func (s *search) gather(c *Corpus, query *Name) {
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
	limit, least := choice(query)
	s.candidates = c.index.Search(s.candidates[:0], s.probes, appendTexts(room[:0], query.terms), limit, least)
}

// choice is how many names are compared for a query, and the least share they have in common with it.
func choice(query *Name) (limit int, least float32) {
	if query.heard {
		return heardCandidates, leastShare
	}
	if slices.ContainsFunc(query.terms, func(t *term) bool { return len(t.latin) > 0 }) {
		return candidates, leastShare
	}
	return latinCandidates, leastLatin
}

func appendTexts(out []string, terms []*term) []string {
	for _, t := range terms {
		out = append(out, t.text)
	}
	return out
}

// sought reports whether names are looked for by a term.
func sought(t *term) bool { return t.class < initial }

// look is the term of the corpus that is the same as t, nil where there is none. w is what the corpus knows of its
// text, nil for nothing.
func (c *Corpus) look(t *term, w *word) *term {
	if w == nil {
		return nil
	}
	for id := w.terms; id != 0; {
		old := c.term(id)
		if old.class == t.class && old.key == t.key && old.transcribed() == t.transcribed() {
			return old
		}
		id = old.next
	}
	return nil
}

// term is the term of a number.
func (c *Corpus) term(id uint32) *term { return c.gists[id].term }

// keep makes a term one of the corpus.
func (c *Corpus) keep(t *term, w *word) {
	if w == nil {
		w = c.word(t.text)
	}
	t.text, t.known = w.text, w.id
	if t.sound == t.text {
		t.sound = t.text
	} else {
		t.sound = c.filling.text.Clone(t.sound)
	}
	t.next = w.terms
	t.id = uint32(len(c.gists))
	c.gists = append(c.gists, t.gist(w.id))
	w.terms = t.id
}
