package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// classifier says what part the words of a name play.
type classifier struct {
	texts  []string
	tokens []token
	words  []*word
	kind   Kind
	room   [1]term
}

// at classifies the words from i on that belong together: one term for each, or one for a number written in
// several words. phrase is what they mean together, where they are several; its from is not set.
func (c *classifier) at(i int) (terms []term, size int, phrase span) {
	if c.kind == Person {
		return c.personal(i)
	}
	return c.corporate(i)
}

// one is a single term; the next call takes its place.
func (c *classifier) one(t term) ([]term, int, span) {
	c.room[0] = t
	return c.room[:], 1, span{}
}

func (c *classifier) personal(i int) ([]term, int, span) {
	text := c.texts[i]
	if letter(text) {
		return c.one(term{text: text, class: initial})
	}
	if s, n := at(c, i, beginsTitle, words.Titles); n > 0 && !(n == 1 && (c.syllable(i) || c.surname(i))) {
		k := dropped
		if s[0].Class == words.TitleLight {
			k = light
		}
		if n == 1 && c.behind(i) {
			k = core
		}
		if n == 1 {
			return c.one(term{text: text, key: s[0].Key, class: k})
		}
		return c.each(i, n, func(w string) term { return term{text: w, class: k} }), n, span{n: uint8(n), key: s[0].Key}
	}
	if abdHeads[text] {
		return c.one(term{text: text, key: abdKey, class: light})
	}
	if t, ok := c.particle(i); ok {
		return c.one(t)
	}
	return c.one(term{text: text, class: core, names: words.Names().Of(text)})
}

// surname reports whether word i is set off as the surname: HE, Daniel.
func (c *classifier) surname(i int) bool { return i == 0 && c.tokens[i].Comma && len(c.texts) > 1 }

// behind reports whether word i, which may be a title, closes a name in Arabic script. Titles stand in front
// there, so that it is as likely a surname.
func (c *classifier) behind(i int) bool {
	return i > 1 && i == len(c.texts)-1 && c.tokens[i].script == script.Arabic
}

// particle is the word as a particle of a person's name, where it can be one.
func (c *classifier) particle(i int) (term, bool) {
	s := words.Particles().Of(c.texts[i])
	if s == nil || !c.bound(i, s[0]) {
		return term{}, false
	}
	t := term{text: c.texts[i], key: s[0].Key, class: particle}
	if i == 0 {
		t.names = words.Names().Of(c.texts[i])
	}
	switch s[0].Role {
	case words.RoleSuffix:
		t.class = suffix
	case words.RoleKunya:
		t.class = light
	}
	return t, true
}

// letter reports whether a word is a single letter of an alphabet.
func letter(w string) bool {
	if len(w) == 1 {
		return true
	}
	r, size := utf8.DecodeRuneInString(w)
	return size == len(w) && unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian)
}

// abdKey is the meaning of every spelling of abdHeads.
const abdKey = "abd"

// abdHeads are the first words of Arabic servant names (Abd al-Rahman), which millions share.
var abdHeads = map[string]bool{
	"abd": true, "abdul": true, "abdel": true, "abdal": true, "abdol": true, "abdur": true, "abdoul": true, "abdou": true, "عبد": true,
}

// bound reports whether word i, which may be a particle, stands where one can: before a name, or behind it
// where that is its place. Short words between short words are syllables: Pak Do Chun, Pak Chun Il.
func (c *classifier) bound(i int, s words.Particle) bool {
	last := i == len(c.texts)-1
	switch s.Role {
	case words.RoleSuffix:
		return i > 0 && !c.syllable(i)
	case words.RoleFiliation, words.RoleKunya:
		return !last || len(c.texts[i]) > 2
	}
	if last && len(c.texts[i]) <= 2 {
		return false
	}
	return s.Key == "al" && c.texts[i] != "il" || !c.syllable(i)
}

// syllable reports whether word i is likely a syllable of an East Asian name, whatever else it may be: a
// short word with a vowel among at most three short words.
func (c *classifier) syllable(i int) bool {
	if len(c.texts) > 3 || len(c.texts[i]) > 3 || !strings.ContainsAny(c.texts[i], "aeiou") {
		return false
	}
	for _, t := range c.texts {
		if len(t) > 5 {
			return false
		}
	}
	return true
}

func (c *classifier) corporate(i int) ([]term, int, span) {
	text := c.texts[i]
	forms, fn := at(c, i, beginsForm, words.Forms)
	orgs, on := at(c, i, beginsOrg, words.Orgs)
	places, pn := at(c, i, beginsPlace, words.Places)
	value, vn := 0, 0
	if c.words[i].begins&beginsNumber != 0 {
		value, vn = words.Number(c.texts, i)
	}
	switch longest := max(fn, on, pn, vn); {
	case longest <= 1 && c.roman(i) > 0:
		return c.one(term{text: text, value: int32(c.roman(i)), class: number})
	case longest == 0:
		return c.one(c.plain(i))
	case fn == longest && fn == 1:
		return c.one(formTerm(text, forms[0]))
	case fn == longest:
		return c.each(i, fn, func(w string) term {
			t := term{text: w, class: form}
			if o := words.Orgs().Of(w); o != nil {
				t.key = o[0].Key // the other name may have the word by itself
			}
			if f := words.Forms().Of(w); f != nil {
				t.class = formTerm(w, f[0]).class
			}
			return t
		}), fn, span{n: uint8(fn), key: forms[0].Key, form: forms[0].Class}
	case vn == longest:
		return []term{{text: strings.Join(c.texts[i:i+vn], " "), value: int32(value), class: number}}, vn, span{}
	case pn == longest && pn == 1:
		return c.one(term{text: text, key: places[0].Key, class: place})
	case pn == longest:
		return c.each(i, pn, func(w string) term { return term{text: w, class: place} }), pn, span{n: uint8(pn), key: places[0].Key}
	case on == 1:
		return c.one(term{text: text, key: orgs[0].Key, class: orgClass[orgs[0].Class]})
	}
	return c.each(i, on, func(w string) term {
		switch o := words.Orgs().Of(w); {
		case o != nil:
			return term{text: w, key: o[0].Key, class: orgClass[o[0].Class]}
		case words.Stop(w):
			return term{text: w, class: dropped}
		}
		return term{text: w, class: orgClass[orgs[0].Class]}
	}), on, span{n: uint8(on), key: orgs[0].Key}
}

// roman is word i as a Roman numeral, 0 where it is none. A single letter is one only at the end of a name, or
// before the legal form; "i" never.
func (c *classifier) roman(i int) int {
	v, ok := words.Roman(c.texts[i])
	if !ok || i == 0 || c.texts[i] == "i" {
		return 0
	}
	if len(c.texts[i]) == 1 && len(c.texts[i-1]) <= 2 {
		return 0 // what is left of an abbreviation: de C.V.
	}
	if len(c.texts[i]) == 1 && i+1 < len(c.texts) {
		if _, n := words.Forms().At(c.texts, i+1); n == 0 {
			return 0
		}
	}
	return v
}

// plain classifies a word of an organisation that no table begins with.
func (c *classifier) plain(i int) term {
	text := c.texts[i]
	// A single letter of another alphabet has no fixed Latin one to be compared with.
	if words.Stop(text) && (c.kind != Unknown || !c.syllable(i) && !consonant(text)) || c.kind != Unknown && letter(text) && !edit.ASCII(text) {
		return term{text: text, class: dropped}
	}
	if formWord(text) {
		return term{text: text, class: form}
	}
	if c.kind == Unknown {
		if letter(text) {
			return term{text: text, class: initial}
		}
		if t, ok := c.particle(i); ok {
			return t
		}
	}
	return term{text: text, class: core, names: words.Names().Of(text)}
}

// consonant reports whether a word is a single Latin consonant: in a name that may be a person's an initial, whatever
// preposition it is elsewhere.
func consonant(w string) bool { return len(w) == 1 && !strings.Contains("aeiouy", w) }

// each makes a term of each of n words from i.
func (c *classifier) each(i, n int, of func(string) term) []term {
	out := make([]term, n)
	for k := range out {
		out[k] = of(c.texts[i+k])
	}
	return out
}

// formTerm is a legal form. A group or a foundation is as much a common word as a form.
func formTerm(text string, f words.Form) term {
	t := term{text: text, key: f.Key, class: form, form: f.Class}
	if k := f.Class.Family(); k == words.FamilyGroup || k == words.FamilyNonProfit {
		t.class = generic
	}
	return t
}

var orgClass = map[words.OrgClass]class{
	words.OrgGeneric: generic, words.OrgIndustry: industry, words.OrgBody: body, words.OrgQualifier: qualifier,
}
