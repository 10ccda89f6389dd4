package match

import (
	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// maxTerms bounds the terms of a name that are compared; the sets of an alignment are machine words.
const maxTerms = 32

// Name is a name made ready for comparison. It is immutable.
type Name struct {
	text  string
	terms []*term
	// glued has bit i set where only a hyphen parts term i from the one before.
	glued uint32
	kind  Kind
	// corporate is set where a legal form or an organisation word says what the name is of.
	corporate bool
}

// Text is the name as it was given.
func (n *Name) Text() string { return n.text }

// Kind is the kind the name was prepared as.
func (n *Name) Kind() Kind { return n.kind }

// Prepare reads one name outside any corpus.
func Prepare(text string, kind Kind) *Name {
	return (&reader{intern: func(t term) *term { return &t }}).read(text, kind)
}

// reader cuts names into terms; intern gives the one copy of a term to use.
type reader struct {
	intern func(term) *term
}

// token is a word on its way to become a term.
type token struct {
	fold.Word
	script script.Script
	// given is a class that is known already, for pieces of a word written without spaces.
	given bool
	term  term
}

func (r *reader) read(text string, kind Kind) *Name {
	n := &Name{text: text, kind: kind}
	folded, _ := fold.Words(text)
	tokens := tokenise(folded, kind)
	texts := make([]string, len(tokens))
	for i, t := range tokens {
		texts[i] = t.Text
	}
	p := phrases{texts: texts, kind: kind}
	n.terms = make([]*term, 0, len(tokens))
	for i := 0; i < len(tokens) && len(n.terms) < maxTerms; {
		t, size := tokens[i].term, 1
		if !tokens[i].given {
			t, size = p.at(i)
		}
		if tokens[i].Glued && len(n.terms) > 0 {
			n.glued |= 1 << len(n.terms)
		}
		if t.class == form || t.class == body || t.class == industry {
			n.corporate = true
		}
		read(&t, tokens[i].script)
		n.terms = append(n.terms, r.intern(t))
		i += size
	}
	r.ensureSubstance(n)
	return n
}

// ensureSubstance makes a name that would have no term of substance consist of its words: a company
// called "The Company" or a person called "Sheikh" is still called something.
func (r *reader) ensureSubstance(n *Name) {
	for _, t := range n.terms {
		if t.class.ofSubstance() {
			return
		}
	}
	for i, t := range n.terms {
		c := term{text: t.text, key: t.key, class: generic}
		if n.kind == Person {
			c = term{text: t.text, class: core}
		}
		read(&c, script.Of(t.text))
		n.terms[i] = r.intern(c)
	}
}

// tokenise cuts further what folding leaves whole: dotted initials of persons, compounds and articles
// of Arabic script, names written without spaces.
func tokenise(folded []fold.Word, kind Kind) []token {
	tokens := make([]token, 0, len(folded)+4)
	for _, w := range folded {
		s := script.Roman
		if !plain(w.Text) {
			s = script.Of(w.Text)
		}
		switch {
		case w.Dotted && kind == Person:
			for _, c := range w.Text {
				tokens = append(tokens, token{Word: fold.Word{Text: string(c), Glued: w.Glued}, script: s})
			}
		case s == script.Arabic:
			for _, part := range script.Words(w.Text) {
				tokens = append(tokens, token{Word: fold.Word{Text: part}, script: s})
			}
		case s == script.Han || s == script.Kana || s == script.Hangul:
			tokens = appendUnspaced(tokens, w, s, kind)
		default:
			tokens = append(tokens, token{Word: w, script: s})
		}
		if len(tokens) > fold.MaxWords {
			return tokens[:fold.MaxWords]
		}
	}
	return tokens
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// read gives a term of substance its readings.
func read(t *term, s script.Script) {
	if !t.class.ofSubstance() || t.class == number {
		return
	}
	if s == script.Roman || s == script.Common || plain(t.text) {
		t.sound = script.Key(t.text)
		return
	}
	if len(t.latin) == 0 && s != script.Han {
		w := script.Parse(t.text)
		t.word = &w
		t.latin = w.Latin()
	}
	if len(t.latin) > 0 {
		t.sound = script.Key(t.latin[0])
	}
}

// phrases finds what begins at a word of a name.
type phrases struct {
	texts []string
	kind  Kind
}

// at is the term that begins at word i, and how many words it takes.
func (p *phrases) at(i int) (term, int) {
	if p.kind == Person {
		return p.personal(i)
	}
	return p.corporate(i)
}

func (p *phrases) personal(i int) (term, int) {
	text := p.texts[i]
	if len(text) == 1 {
		return term{text: text, class: initial}, 1
	}
	if s, n := words.Titles().At(p.texts, i); n > 0 {
		t := term{text: p.join(i, n), key: s[0].Key, class: dropped}
		if s[0].Class == words.TitleLight {
			t.class = light
		}
		return t, n
	}
	if s := words.Particles().Of(text); s != nil {
		t := term{text: text, key: s[0].Key, class: particle}
		switch s[0].Role {
		case words.RoleSuffix:
			t.class = suffix
		case words.RoleKunya:
			t.class = light
		}
		return t, 1
	}
	return term{text: text, class: core, names: words.Names().Of(text)}, 1
}

func (p *phrases) corporate(i int) (term, int) {
	text := p.texts[i]
	forms, fn := words.Forms().At(p.texts, i)
	orgs, on := words.Orgs().At(p.texts, i)
	places, pn := words.Places().At(p.texts, i)
	value, vn := words.Number(p.texts, i)
	switch longest := max(fn, on, pn, vn); {
	case longest == 0:
	case fn == longest:
		t := term{text: p.join(i, fn), key: forms[0].Key, class: form, family: forms[0].Class.Family()}
		if t.family == words.FamilyGroup || t.family == words.FamilyNonProfit {
			t.class = generic
		}
		return t, fn
	case vn == longest:
		return term{text: p.join(i, vn), value: value, class: number}, vn
	case pn == longest:
		return term{text: p.join(i, pn), key: places[0].Key, class: place}, pn
	default:
		return term{text: p.join(i, on), key: orgs[0].Key, class: orgClass[orgs[0].Class]}, on
	}
	switch {
	case words.Stop(text):
		return term{text: text, class: dropped}, 1
	case i > 0 && len(p.texts[i]) > 0:
		if v, ok := words.Roman(text); ok {
			return term{text: text, value: v, class: number}, 1
		}
	}
	if formWord(text) {
		return term{text: text, class: form}, 1
	}
	return term{text: text, class: core, names: words.Names().Of(text)}, 1
}

var orgClass = map[words.OrgClass]class{
	words.OrgGeneric: generic, words.OrgIndustry: industry, words.OrgBody: body, words.OrgQualifier: qualifier,
}

// join is n words from i as one text.
func (p *phrases) join(i, n int) string {
	if n == 1 {
		return p.texts[i]
	}
	var b []byte
	for k := range n {
		if k > 0 {
			b = append(b, ' ')
		}
		b = append(b, p.texts[i+k]...)
	}
	return string(b)
}

// maxSlight is the greatest number of letters of a single word that makes a slight name.
const maxSlight = 5

// Slight reports whether the name tells too little to stand for anybody unless matched exactly: a single
// word of few letters ("KOMID"), or common words only ("Base", "Trading Company").
func (n *Name) Slight() bool {
	only := ""
	for _, t := range n.terms {
		switch {
		case t.class == core && only != "":
			return false
		case t.class == core:
			only = t.text
		case t.class.ofSubstance() && t.class != generic && t.class != initial && only != "":
			return false
		}
	}
	return length(only) <= maxSlight
}
