package match

import "github.com/ordergate/ordergate/internal/words"

// word is what is known of a written word whatever name it stands in. A corpus keeps one of each, so that
// the tables are asked once for it.
type word struct {
	text   string // in a corpus, where that keeps it
	begins phrases
	// alone is the number of the term the word is wherever it stands, by the reading of the name; 0 where its
	// neighbours matter, or where no name of the corpus was read so.
	alone [readingCount]uint32
	terms uint32 // the number of the last term of this text, which leads to the others; 0 where there is none
	index uint32 // 1 + its number in the index; 0 where no name is looked for by it
	id    uint32 // 1 + its number in the corpus
}

// phrases says in which tables spellings begin with a word.
type phrases uint8

const (
	beginsForm phrases = 1 << iota
	beginsOrg
	beginsPlace
	beginsNumber
	beginsTitle
	beginsParticle
	beginsOther // a numeral or stop word, or a single letter
)

// The ways to read a name: as a person's, as another's, or both ways.
const (
	asPerson = iota
	asOrganization
	asEither
	readingCount
)

func readingOf(k Kind) int {
	switch k {
	case Person:
		return asPerson
	case Unknown:
		return asEither
	}
	return asOrganization
}

// word is what is known of a text: what the corpus keeps of it, or fresh filled with what the tables say.
func (r *reader) word(text string, fresh *word) *word {
	if r.corpus != nil {
		if w := r.corpus.words.find(text); w != nil {
			return w
		}
		if r.fill {
			w := r.corpus.words.add(r.corpus.filling.text.Clone(text)) // the text is a part of the whole name's
			w.begins = phrasesOf(text)
			return w
		}
	}
	*fresh = word{text: text, begins: phrasesOf(text)}
	return fresh
}

func phrasesOf(text string) phrases {
	set := phrases(0)
	for _, x := range [...]struct {
		is  bool
		bit phrases
	}{
		{words.Forms().Begins(text), beginsForm}, {words.Orgs().Begins(text), beginsOrg}, {words.Places().Begins(text), beginsPlace},
		{words.BeginsNumber(text), beginsNumber}, {words.Titles().Begins(text), beginsTitle},
		{words.Particles().Of(text) != nil, beginsParticle}, {words.Stop(text) || letter(text), beginsOther},
	} {
		if x.is {
			set |= x.bit
		}
	}
	if _, ok := words.Roman(text); ok {
		set |= beginsOther
	}
	return set
}

// alone reports whether word i is the same term wherever it stands.
func (c *classifier) alone(i int) bool {
	switch readingOf(c.kind) {
	case asPerson:
		return c.words[i].begins&(beginsTitle|beginsParticle|beginsOther) == 0
	case asOrganization:
		return c.words[i].begins&^(beginsTitle|beginsParticle) == 0
	}
	return c.words[i].begins&^beginsTitle == 0
}

// at is what of a table begins at word i: the longest spelling, and how many words it takes.
func at[V comparable](c *classifier, i int, bit phrases, table func() *words.Table[V]) ([]V, int) {
	if c.words[i].begins&bit == 0 {
		return nil, 0
	}
	return table().At(c.texts, i)
}
