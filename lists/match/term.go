package match

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/han"
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

// term is one word of a name. Terms are shared between the names of a corpus.
type term struct {
	text string // folded
	// letters is the set of letters and digits of a text in ASCII, one bit for several where they are more than
	// fit; 0 for other texts.
	letters uint32
	count   uint32 // names of the corpus that hold the term
	last    uint32 // the number of the last of them, from 1, while it is filled
	id      uint32 // its number in the corpus, from 1; 0 outside of one
	value   int32  // of a number
	class   class
	*foreign
	key   string // what it means, equal for all spellings and languages; "" for a core term
	names []words.NameGroup
	sound string // the Latin text, or likeliest reading, without differences of romanisation; of terms of substance only
	form  words.FormClass
	known uint32 // the number of its text among the corpus's words; 0 outside of one
	next  uint32 // the number of another term of the same text in the corpus; 0 where there is none
}

// foreign is how a term in another script than Latin is read. Terms in Latin letters share an empty one.
type foreign struct {
	latin  []string     // readings in Latin letters, likeliest first
	system []system     // of each reading of a person's name in Han characters
	word   *script.Word // nil for Han characters, which are read by latin alone
	full   string       // what word was read from: the text with an Arabic article that was cut off
	// english is what a common word of organisations means.
	english []string
	// heard is a name of another language in Han characters, read by their sound; nil for other terms.
	heard *han.Transcription
}

var inLatin = new(foreign)

// system is a set of ways to read Han characters: those that give one spelling.
type system uint8

// read gives a new term its readings.
func (t *term) read(s script.Script, full string) {
	if t.foreign == nil {
		t.foreign = inLatin
	}
	t.letters = lettersOf(t.text)
	if t.class == number {
		return
	}
	if edit.ASCII(t.text) || s == script.Roman || s == script.Common {
		if t.class.ofSubstance() {
			t.sound = script.Key(t.text)
		}
		return
	}
	if s != script.Han {
		if full == "" {
			full = t.text
		}
		w := script.Parse(full)
		t.foreign = &foreign{word: &w, latin: w.Latin(), full: full}
		if len(t.names) == 0 {
			t.english = script.English(full)
		}
	}
	if len(t.latin) > 0 {
		t.sound = script.Key(t.latin[0])
	}
}

// lettersOf is the set of the letters and digits of a word in ASCII, 0 for another.
func lettersOf(s string) uint32 {
	set := uint32(0)
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return 0
		}
		set |= 1 << (s[i] & 31)
	}
	return set
}

// transcribed reports whether the term is a name of another language in Han characters.
func (t *term) transcribed() bool { return t.foreign != nil && t.heard != nil }

// han reports whether the term is in Han characters, read in Latin letters.
func (t *term) han() bool { return t.word == nil && len(t.latin) > 0 }

// syllabic reports whether the term is written in characters that are syllables.
func (t *term) syllabic() bool {
	return t.han() && t.heard == nil || t.word != nil && t.word.Script() == script.Hangul
}

// spellings is the term in Latin letters, in all its readings.
func (t *term) spellings() []string {
	if len(t.latin) > 0 {
		return t.latin
	}
	return []string{t.text}
}

// wellKnown reports whether a name is borne by so many that it takes the rest of the name to tell who is
// meant: the tables know it, the corpus has it often, or it is a syllable of Chinese or Korean writing.
func (t *term) wellKnown() bool { return len(t.names) > 0 || t.count >= manyNames || t.syllabic() }

// manyNames is in how many names of a corpus a word occurs that very many bear.
const manyNames = 6

// patronymics are the endings of East Slavic patronymics in Latin letters.
var patronymics = []string{"ovich", "evich", "ovych", "evych", "avich", "ovna", "evna", "ivna", "auna", "ichna"}

// transcribedPatronymics are the same in Chinese characters.
var transcribedPatronymics = []string{"维奇", "夫娜", "芙娜"}

// patronymic reports whether a name is the father's, which records give or leave out as they like.
func (t *term) patronymic() bool {
	if t.heard != nil {
		return slices.ContainsFunc(transcribedPatronymics, func(end string) bool { return strings.HasSuffix(t.text, end) })
	}
	for _, s := range t.spellings() {
		for _, end := range patronymics {
			if len(s) > len(end)+2 && strings.HasSuffix(s, end) {
				return true
			}
		}
	}
	return false
}
