package match

import (
	"strings"

	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// class is what part a term plays in its name. The order is that of weight, heaviest first.
type class uint8

const (
	core      class = iota // a brand, a given name, a surname: what tells one party from another
	number                 // "13", "thirteenth", "XIII"
	place                  // a country, city or region, or the adjective of one
	industry               // what an organisation deals in
	body                   // what it is: institute, factory, ministry
	qualifier              // national, central, military
	generic                // trading, international
	initial                // one letter of a person's name
	light                  // a title that may be part of the name
	particle               // bin, al, van
	suffix                 // junior, senior: tells generations apart
	form                   // a legal form, or a word of one
	dropped                // an article, a preposition, a title: never tells anything
)

// ofSubstance reports whether terms of the class can by themselves make two names agree or differ.
func (c class) ofSubstance() bool { return c <= initial }

// term is one word or phrase of a name. Terms are shared between the names of a corpus.
type term struct {
	text   string // folded; a phrase has its words parted by spaces
	key    string // what it means, equal for all spellings and languages; "" for a core term
	sound  string // the Latin text, or likeliest reading, without differences of romanisation; core and initial only
	latin  []string
	system []system     // of each reading of a person's name in Han characters
	word   *script.Word // of a term in another script than Latin
	full   string       // what word was read from: text with an Arabic article that was cut off
	names  []words.NameGroup
	value  int // of a number
	count  uint32
	class  class
	form   words.FormClass
}

// system is a set of ways to read Han characters: those that give one spelling.
type system uint8

// wellKnown reports whether a name is borne by so many that it takes the rest of the name to tell who is
// meant: the tables know it, or it is a syllable of Chinese or Korean writing.
func (t *term) wellKnown() bool {
	return len(t.names) > 0 || t.count >= manyNames || t.syllabic()
}

// manyNames is in how many names of a corpus a word occurs that very many bear.
const manyNames = 6

// syllabic reports whether the term is written in characters that are syllables.
func (t *term) syllabic() bool { return t.han() || t.word != nil && t.word.Script() == script.Hangul }

// patronymics are the endings of East Slavic patronymics in Latin letters.
var patronymics = []string{"ovich", "evich", "ovych", "yevych", "avich", "ovna", "evna", "ivna", "auna", "ichna", "inichna"}

// patronymic reports whether a name is the father's, which records give or leave out as they like.
func (t *term) patronymic() bool {
	for _, s := range t.spellings() {
		for _, end := range patronymics {
			if len(s) > len(end)+2 && strings.HasSuffix(s, end) {
				return true
			}
		}
	}
	return false
}

// known reports whether the corpus has the term in so many names that a slip can hardly have made it.
func (t *term) known() bool { return t.count >= 3 }
