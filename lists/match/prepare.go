package match

import (
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// maxTerms bounds the terms of a name that are compared; the sets of an alignment are machine words.
const maxTerms = 32

// Name is a name made ready for comparison. It is immutable.
type Name struct {
	terms []*term
	spans []span
	kind  Kind
	// tied is the set of terms that are written together with the term before, or with a hyphen.
	tied uint32
	// repeats is set where a term occurs twice.
	repeats bool
	// corporate is set where a legal form or an organisation word says what the name is of.
	corporate bool
	// bare is set where a name has no term of substance but what ensureSubstance made.
	bare bool
	// heard is set where a term is transcribed.
	heard bool
	text  string
}

// span is several neighbouring terms that mean something together: "limited liability company".
type span struct {
	from, n uint8
	key     string
	form    words.FormClass
}

// Text is the name as it was given.
func (n *Name) Text() string { return n.text }

// Kind is the kind the name was prepared as.
func (n *Name) Kind() Kind { return n.kind }

// Prepare reads one name outside any corpus.
func Prepare(text string, kind Kind) *Name { return (&reader{}).read(text, kind) }

// reader cuts names into terms. Terms the corpus has are taken from it; others are put into it while it
// is filled.
type reader struct {
	corpus *Corpus
	fill   bool
}

// scratch is what reading one name needs; it is used again for the next.
type scratch struct {
	folded []fold.Word
	tokens []token
	texts  []string
	words  []*word
	fresh  [fold.MaxWords]word
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// token is a word on its way to become a term.
type token struct {
	fold.Word
	script script.Script
	// full is a word of Arabic script with the article that was cut off.
	full string
	// given is a class that is known already, for pieces of a word written without spaces.
	given bool
	term  term
}

func (r *reader) read(text string, kind Kind) *Name {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.folded, _ = fold.Append(s.folded[:0], text)
	s.tokens = tokenise(s.tokens[:0], text, s.folded, kind)
	s.texts, s.words = s.texts[:0], s.words[:0]
	for i := range s.tokens {
		s.texts = append(s.texts, s.tokens[i].Text)
		s.words = append(s.words, r.word(s.tokens[i].Text, &s.fresh[i]))
	}
	n := r.name(len(s.tokens))
	n.text, n.kind = text, kind
	c := classifier{texts: s.texts, tokens: s.tokens, words: s.words, kind: kind}
	for i := 0; i < len(s.tokens); {
		from := &s.tokens[i]
		if from.given {
			r.keep(n, &from.term, from, s.words[i])
			i++
			continue
		}
		w, as := s.words[i], readingOf(kind)
		if id := w.alone[as]; id != 0 {
			n.add(r.corpus.term(id), from.Glued)
			i++
			continue
		}
		terms, size, phrase := c.at(i)
		if phrase.n > 0 && len(n.terms)+size <= maxTerms {
			phrase.from = uint8(len(n.terms))
			n.spans = append(n.spans, phrase)
		}
		before := len(n.terms)
		for k := range terms {
			r.keep(n, &terms[k], &s.tokens[i+k], s.words[i+k])
		}
		if r.fill && c.alone(i) && len(n.terms) == before+1 {
			w.alone[as] = n.terms[before].id
		}
		i += size
	}
	r.ensureSubstance(n)
	for i, t := range n.terms {
		n.repeats = n.repeats || t.class < light && slices.ContainsFunc(n.terms[:i], func(u *term) bool { return u.text == t.text })
	}
	return n
}

// name is an empty name with room for so many terms.
func (r *reader) name(terms int) *Name {
	terms = min(terms, maxTerms)
	if r.fill {
		return r.corpus.filling.name(terms)
	}
	return &Name{terms: make([]*term, 0, terms)}
}

// keep appends a term to the name, as far as there is room. w is what is known of the text it was read from.
func (r *reader) keep(n *Name, t *term, from *token, w *word) {
	if len(n.terms) < maxTerms {
		n.add(r.term(t, w, from.script, from.full), from.Glued)
	}
}

// add appends a term, as far as there is room.
func (n *Name) add(t *term, tied bool) {
	if len(n.terms) == maxTerms {
		return
	}
	if t.class == form || t.class == body || t.class == industry {
		n.corporate = true
	}
	if tied {
		n.tied |= 1 << len(n.terms)
	}
	n.heard = n.heard || t.heard != nil
	n.terms = append(n.terms, t)
}

// term is the one copy of a term to use. Where the corpus keeps w and it has the term's text, that is not looked up again.
func (r *reader) term(t *term, w *word, s script.Script, full string) *term {
	if r.corpus != nil {
		if w == nil || w.text != t.text {
			w = r.corpus.words.find(t.text)
		}
		if old := r.corpus.look(t, w); old != nil {
			return old
		}
	}
	made := new(term)
	if r.fill {
		made = r.corpus.filling.terms.New()
	}
	*made = *t
	made.read(s, full)
	if r.fill {
		r.corpus.keep(made, w)
	}
	return made
}

// ensureSubstance makes a name that would have no term of substance consist of its words: a company
// called "The Company" or a person called "Sheikh" is still called something.
func (r *reader) ensureSubstance(n *Name) {
	for _, t := range n.terms {
		if t.class.ofSubstance() {
			return
		}
	}
	n.bare = true
	for i, t := range n.terms {
		c := term{text: t.text, key: t.key, class: generic}
		if n.kind == Person {
			c = term{text: t.text, class: core}
		}
		n.terms[i] = r.term(&c, nil, script.Of(t.text), "")
	}
}

// tokenise cuts further what folding leaves whole: dotted initials of persons, compounds and articles
// of Arabic script, names written without spaces.
func tokenise(tokens []token, text string, folded []fold.Word, kind Kind) []token {
	unspaced := 0
	for _, w := range folded {
		if !edit.ASCII(w.Text) && isUnspaced(script.Of(w.Text)) {
			unspaced++
		}
	}
	heard := unspaced > 0 && transcribed(text, folded, kind)
	for _, w := range folded {
		s := script.Roman
		if !edit.ASCII(w.Text) {
			s = script.Of(w.Text)
		}
		switch {
		case kind == Person && (w.Dotted || initials(w.Text)):
			for _, c := range w.Text {
				tokens = append(tokens, token{Word: fold.Word{Text: string(c), Glued: w.Glued}, script: s})
			}
		case s == script.Arabic:
			for i, part := range script.Words(w.Text) {
				t := token{Word: fold.Word{Text: part, Glued: w.Glued || i > 0}, script: s, full: part}
				if strings.Contains(w.Text, arabicArticle+part) {
					t.full = arabicArticle + part
				}
				tokens = append(tokens, t)
			}
		case isUnspaced(s):
			tokens = appendUnspaced(tokens, w, s, kind, unspaced == 1, heard)
		default:
			tokens = append(tokens, token{Word: w, script: s})
		}
		if len(tokens) >= fold.MaxWords {
			return tokens[:fold.MaxWords]
		}
	}
	return tokens
}

// initials reports whether a word is two letters that make no syllable: JC Juncker.
func initials(w string) bool {
	return len(w) == 2 && edit.ASCII(w) && !strings.ContainsAny(w, "aeiouy0123456789") &&
		words.Titles().Of(w) == nil && words.Particles().Of(w) == nil && words.Names().Of(w) == nil
}

const arabicArticle = "ال"

func isUnspaced(s script.Script) bool {
	return s == script.Han || s == script.Kana || s == script.Hangul
}

// Slight reports whether the name tells too little to stand for anybody unless matched exactly: a single
// word, and that a short or a common one ("KOMID", "Base").
func (n *Name) Slight() bool {
	var only *term
	for _, t := range n.terms {
		switch {
		case t.class == dropped:
		case only != nil:
			return false
		default:
			only = t
		}
	}
	return only != nil && (only.class != core || length(only.text) <= maxSlight)
}

// maxSlight is the greatest number of letters of a short word.
const maxSlight = 5
