package match

import (
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
	text  string // folded; a phrase has its words parted by spaces
	key   string // what it means, equal for all spellings and languages; "" for a core term
	sound string // the Latin text, or likeliest reading, without differences of romanisation; core and initial only
	latin []string
	word  *script.Word // of a term in another script than Latin
	full  string       // what word was read from: text with an Arabic article that was cut off
	names []words.NameGroup
	value int // of a number
	count uint32
	class class
	form  words.FormClass
}

// known reports whether the corpus has the term in so many names that a slip can hardly have made it.
func (t *term) known() bool { return t.count >= 3 }
