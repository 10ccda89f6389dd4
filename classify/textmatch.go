package classify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/memo"
	"github.com/ordergate/ordergate/internal/textindex"
)

// The text source works in two steps. Retrieval asks the index for the goods and entries that share
// the rarest terms with the description (BM25). Scoring then takes every name of each by itself: how
// much of the name, by weight of its terms, stands in the description, where, and how telling the
// name is. So a full short name beats scattered parts of a long one, and a longer full name beats a
// shorter: "lens cleaning cloth" is not a lens. Where no name fits, the share of the description that
// a document's words explain is weaker evidence, so goods described in other words are still found.

// textDoc is a good or an entry as the index knows it.
type textDoc struct {
	targets []target
	names   []alias
	note    Text
	// bag is further text whose words are searched; words are the terms of names and bag, sorted.
	bag   string
	words []int32
}

// target is an entry a document speaks for, and how strongly.
type target struct {
	entry  int // into Classifier.entries
	weight float64
}

// alias is one name of a document.
type alias struct {
	// written is the name as its table has it, text the folded form.
	written, text string
	terms         []int32
	// mass is the weight of its terms together; han is set where it holds Chinese characters.
	mass float64
	han  bool
}

// matcher is the text source, compiled.
type matcher struct {
	vocabulary map[string]int32
	weight     []float64 // of each term: rarer is heavier
	docs       []textDoc
	index      *textindex.Index
	// known are what the latest descriptions fit: a catalogue's articles are ordered again and again.
	known *memo.Memo[string, []textHit]
}

// textHit is one document that fits a description.
type textHit struct {
	doc   int
	score float64
	// name is the name that fits best, "" where only single words do; full is set where all of it stands.
	name string
	full bool
	// words are a few of the words found where no name fits.
	words []string
}

// Tuning of the text source; see testdata/items and testdata/bench/classify.md for what was measured.
const (
	// retrieved is how many documents are scored, queried how many terms are asked for.
	retrieved = 80
	queried   = 24
	// saturation is the mass at which a full name scores one half.
	saturation = 4.0
	// asideWeight is what terms count that only say what the goods are for, deniedWeight what those
	// count that say what the goods are not.
	asideWeight  = 0.55
	deniedWeight = 0.1
	// minCoverage is how much of a name must be found, headlessFactor what is left of one whose last word is not.
	minCoverage    = 0.7
	headlessFactor = 0.6
	// maxExplained bounds the evidence of single words; minExplained is the mass that they must have;
	// explainSaturation the mass at which they count half; loneWordFactor is what one word by itself keeps.
	maxExplained      = 0.45
	minExplained      = 4.5
	explainSaturation = 12.0
	loneWordFactor    = 0.6
)

// knownTexts is how many descriptions are remembered, none of them longer than knownLength bytes.
const (
	knownTexts  = 4096
	knownLength = 1 << 10
)

// newMatcher compiles the names of all documents and indexes them.
func newMatcher(docs []textDoc) (*matcher, error) {
	m := &matcher{vocabulary: map[string]int32{}, docs: docs, known: memo.New[string, []textHit](knownTexts)}
	var df []int
	bags := make([][]string, len(docs))
	intern := func(d int, t textindex.Token) int32 {
		id, ok := m.vocabulary[t.Term]
		if !ok {
			id = int32(len(df))
			m.vocabulary[t.Term] = id
			df = append(df, 0)
		}
		bags[d] = append(bags[d], t.Term)
		docs[d].words = append(docs[d].words, id)
		return id
	}
	for d := range docs {
		for i := range docs[d].names {
			a := &docs[d].names[i]
			for _, t := range textindex.Tokens(a.text) {
				id := intern(d, t)
				a.han = a.han || t.Han
				if !slices.Contains(a.terms, id) {
					a.terms = append(a.terms, id)
				}
			}
		}
		for _, t := range textindex.Tokens(docs[d].bag) {
			intern(d, t)
		}
		slices.Sort(docs[d].words)
		docs[d].words = slices.Compact(docs[d].words)
		for _, id := range docs[d].words {
			df[id]++
		}
	}
	m.weight = make([]float64, len(df))
	for i, k := range df {
		m.weight[i] = math.Log(1 + float64(len(docs))/float64(k))
	}
	for d := range docs {
		for i := range docs[d].names {
			a := &docs[d].names[i]
			for _, id := range a.terms {
				a.mass += m.termMass(a, id)
			}
		}
	}
	var err error
	m.index, err = textindex.New(bags)
	return m, err
}

// termMass is what a term counts within a name. The pairs of a Chinese name overlap, so each counts
// a little over half.
func (m *matcher) termMass(a *alias, id int32) float64 {
	if a.han && len(a.terms) > 1 {
		return 0.6 * m.weight[id]
	}
	return m.weight[id]
}

// description is a text prepared for matching.
type description struct {
	folded string
	// found gives the best weight of each vocabulary term of the text; order keeps their order.
	found map[int32]float64
	order []int32
	terms []string // of order
}

// fits is the documents that fit a text, best first. They are shared and must not be changed.
func (m *matcher) fits(text string) ([]textHit, error) {
	if hits, ok := m.known.Get(text); ok {
		return hits, nil
	}
	hits, err := m.search(m.prepare(text))
	if err == nil && len(text) <= knownLength {
		m.known.Put(text, hits)
	}
	return hits, err
}

// prepare reads the terms of a description and weighs them by where they stand.
func (m *matcher) prepare(text string) *description {
	d := &description{folded: textindex.Fold(text), found: map[int32]float64{}}
	weigh := asides(d.folded)
	for _, t := range textindex.Tokens(text) {
		id, ok := m.vocabulary[t.Term]
		if !ok {
			continue
		}
		w := weigh(t.At)
		if old, seen := d.found[id]; !seen {
			d.order = append(d.order, id)
			d.terms = append(d.terms, t.Term)
			d.found[id] = w
		} else if w > old {
			d.found[id] = w
		}
	}
	return d
}

// search is the documents that fit, best first.
func (m *matcher) search(d *description) ([]textHit, error) {
	// The rarest terms find the goods; common ones only cost time.
	terms := slices.Clone(d.order)
	slices.SortStableFunc(terms, func(a, b int32) int {
		switch {
		case m.weight[a] > m.weight[b]:
			return -1
		case m.weight[a] < m.weight[b]:
			return 1
		}
		return 0
	})
	byID := make(map[int32]string, len(d.order))
	for i, id := range d.order {
		byID[id] = d.terms[i]
	}
	ask := make([]string, 0, queried)
	for _, id := range terms[:min(len(terms), queried)] {
		ask = append(ask, byID[id])
	}
	hits, err := m.index.Search(ask, retrieved)
	if err != nil {
		return nil, err
	}
	var out []textHit
	for _, h := range hits {
		best := textHit{doc: h.Doc}
		doc := &m.docs[h.Doc]
		for i := range doc.names {
			if s, full := m.fit(&doc.names[i], d); s > best.score {
				best.score, best.name, best.full = s, doc.names[i].written, full
			}
		}
		explained, words := m.explain(doc, d)
		if best.name == "" {
			best.words = words
		}
		best.score = 1 - (1-best.score)*(1-explained)
		if best.score > 0 {
			out = append(out, best)
		}
	}
	slices.SortStableFunc(out, func(a, b textHit) int {
		if d := b.score - a.score; d > 1e-9 {
			return 1
		} else if d < -1e-9 {
			return -1
		}
		return a.doc - b.doc
	})
	return out, nil
}

// fit is how well one name stands in a description, 0 to 1, and whether all of it does.
func (m *matcher) fit(a *alias, d *description) (score float64, full bool) {
	got, whole := 0.0, 0.0
	for _, id := range a.terms {
		if w, ok := d.found[id]; ok {
			got += w * m.termMass(a, id)
			whole += m.termMass(a, id)
		}
	}
	if a.mass == 0 || whole < minCoverage*a.mass {
		return 0, false
	}
	full = whole > a.mass-1e-9
	cover := got / a.mass
	score = math.Pow(cover, 1.5) * a.mass / (a.mass + saturation)
	if !strings.Contains(d.folded, a.text) {
		score *= 0.9
	}
	// An English name ends with what the thing is: "tuning forks" hold most of "tuning fork gyro" and are none.
	if _, head := d.found[a.terms[len(a.terms)-1]]; !head && !a.han {
		score *= headlessFactor
	}
	return score, full
}

// explain is how much of a description the words of a document explain, 0 to maxExplained, and the
// heaviest of the words they share.
func (m *matcher) explain(doc *textDoc, d *description) (float64, []string) {
	var shared []int
	got, all := 0.0, 0.0
	for i, id := range d.order {
		w := m.weight[id] * d.found[id]
		all += w
		if _, ok := slices.BinarySearch(doc.words, id); ok {
			got += w
			shared = append(shared, i)
		}
	}
	if got < minExplained {
		return 0, nil
	}
	slices.SortStableFunc(shared, func(a, b int) int {
		if m.weight[d.order[a]] > m.weight[d.order[b]] {
			return -1
		}
		return 1
	})
	words := make([]string, 0, 4)
	for _, i := range shared[:min(len(shared), 4)] {
		words = append(words, d.terms[i])
	}
	score := maxExplained * got / all * got / (got + explainSaturation)
	if len(shared) == 1 {
		// One word in common is a coincidence as often as not: clay is not an "ion adsorption clay".
		score *= loneWordFactor
	}
	return score, words
}

// namesOf cuts a title into the names it holds: at commas, colons, semicolons and brackets.
func namesOf(title string) []string {
	return strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(",;:，、；：（）()", r) })
}

// newAlias is a name ready for compiling.
func newAlias(s string) alias {
	s = strings.TrimSpace(s)
	return alias{written: s, text: textindex.Fold(s)}
}

// words says a text match in both languages.
func (h textHit) inWords() Text {
	if h.name == "" {
		w := strings.Join(h.words, ", ")
		return Text{"the description shares words with it: " + w, "描述与其有共同用词：" + w}
	}
	if h.full {
		return Text{fmt.Sprintf("the description holds %q", h.name), fmt.Sprintf("描述中含有“%s”", h.name)}
	}
	return Text{fmt.Sprintf("the description holds most of %q", h.name), fmt.Sprintf("描述与“%s”大部分相符", h.name)}
}
