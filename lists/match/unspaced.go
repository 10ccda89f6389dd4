package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/internal/han"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// maxReadings bounds the Latin spellings kept of one term in Han characters.
const maxReadings = 12

// appendUnspaced cuts a word of Han, Kana or Hangul, which may be a whole name. alone says that the
// name has no other such word, heard that it is spelt by its sound.
func appendUnspaced(tokens []token, w fold.Word, s script.Script, kind Kind, alone, heard bool) []token {
	switch {
	case s == script.Hangul && kind == Person:
		for i, r := range w.Text {
			tokens = append(tokens, token{Word: fold.Word{Text: string(r), Glued: i > 0}, script: s})
		}
		return tokens
	case s == script.Hangul || s == script.Kana && kind != Person:
		return appendSpelt(tokens, w.Text, s)
	case kind == Person && s == script.Han:
		return appendHanPerson(tokens, w.Text, alone, heard)
	case kind == Person:
		return append(tokens, token{Word: w, script: s})
	}
	return appendHanOrganization(tokens, w.Text, heard)
}

// appendSpelt cuts known organisation words and legal forms off either end of a word that is written by its sound, in
// Hangul or Kana.
func appendSpelt(tokens []token, text string, s script.Script) []token {
	var tail []token
	for {
		if t, n := affix(text, words.Forms().Prefix, words.Orgs().Prefix); n > 0 && n < len(text) {
			tokens = append(tokens, known(t, s))
			text = text[n:]
			continue
		}
		t, n := affix(text, words.Forms().Suffix, words.Orgs().Suffix)
		if n == 0 || n >= len(text) {
			break
		}
		t.text = text[len(text)-n:]
		tail = append(tail, known(t, s))
		text = text[:len(text)-n]
	}
	tokens = append(tokens, token{Word: fold.Word{Text: text}, script: s})
	slices.Reverse(tail)
	return append(tokens, tail...)
}

// affix is the longer of a legal form and an organisation word at one end of a text, of two characters
// or more.
func affix(text string, form0 func(string) ([]words.Form, int), org func(string) ([]words.OrgWord, int)) (term, int) {
	f, fn := form0(text)
	o, on := org(text)
	if n := max(fn, on); utf8.RuneCountInString(text[:min(n, len(text))]) < 2 {
		return term{}, 0
	}
	if fn >= on {
		return formTerm(text[:fn], f[0]), fn
	}
	return term{text: text[:on], key: o[0].Key, class: orgClass[o[0].Class]}, on
}

func known(t term, s script.Script) token {
	return token{Word: fold.Word{Text: t.text}, script: s, given: true, term: t}
}

// appendHanPerson cuts a person's name into surname and given name, each with its readings.
func appendHanPerson(tokens []token, text string, alone, heard bool) []token {
	text = han.Fold(text)
	family, given := "", text
	if alone {
		family, given = han.SplitPerson(text)
	}
	if family != "" {
		t := term{text: family, class: core, foreign: new(foreign)}
		for _, r := range han.Person(text) {
			t.addReading(r.Surname, r.System)
		}
		tokens = append(tokens, known(t, script.Han))
	}
	if given == "" {
		return tokens
	}
	t := term{text: given, class: core, foreign: new(foreign)}
	if utf8.RuneCountInString(given) == 1 && !alone {
		for _, r := range han.Person(given) {
			t.addReading(r.Surname, r.System)
		}
	}
	// Readings of a given name are given behind a surname only; any will do.
	whole := text
	if family == "" {
		whole = "王" + given
	}
	for _, r := range han.Person(whole) {
		t.addReading(strings.Join(r.Given, ""), r.System)
	}
	if heard {
		t.heard = han.Transcribed(given)
	}
	return append(tokens, known(t, script.Han))
}

// addReading adds a reading of a term in Han characters, in a system.
func (t *term) addReading(s string, of han.System) {
	bit := system(1) << slices.Index(systems, of)
	i := slices.Index(t.latin, s)
	switch {
	case i >= 0:
		t.system[i] |= bit
	case s != "" && len(t.latin) < maxReadings:
		t.latin, t.system = append(t.latin, s), append(t.system, bit)
	}
}

var systems = []han.System{han.Pinyin, han.WadeGilesSystem, han.CantoneseSystem, han.Southern, han.Korean}

// maxPersonal is the length of a name without organisation words that may as well be a person's.
const maxPersonal = 4

// appendHanOrganization cuts an organisation's name into region, brand, trade, number and form.
func appendHanOrganization(tokens []token, text string, heard bool) []token {
	org := han.Organization(text)
	if heard && nameOnly(org.Segments) {
		return appendHanPerson(tokens, text, false, true)
	}
	if f, n := rareForm(text, org.Segments); n > 0 {
		tokens = appendHanOrganization(tokens, text[:len(text)-n], false)
		return append(tokens, known(formTerm(text[len(text)-n:], f), script.Han))
	}
	if len(org.Segments) == 0 {
		return append(tokens, token{Word: fold.Word{Text: han.Fold(text)}, script: script.Of(text)})
	}
	for _, s := range org.Segments {
		if script.Of(s.Text) == script.Kana {
			tokens = appendSpelt(tokens, s.Text, script.Kana)
			continue
		}
		t := term{text: s.Text, foreign: &foreign{latin: slices.Clone(s.Pinyin), english: s.English}}
		switch s.Kind {
		case han.Number:
			t.class, t.value, t.foreign = number, int32(s.Value), nil
		case han.Region:
			t.class = place
			if p := words.Places().Of(s.Text); p != nil {
				t.key = p[0].Key
			}
		case han.Industry, han.Form:
			t.class = industry
			switch f, o := words.Forms().Of(s.Text), words.Orgs().Of(s.Text); {
			case f != nil && s.Kind == han.Form:
				reading := t.foreign
				t = formTerm(s.Text, f[0])
				t.foreign = reading
			case o != nil:
				t.class, t.key = orgClass[o[0].Class], o[0].Key
			case s.Kind == han.Form:
				t.class = body
			default:
				if parts := orgWords(s.Text); parts != nil {
					tokens = append(tokens, parts...)
					continue
				}
			}
		default:
			t.class = core
			if len(org.Segments) == 1 && utf8.RuneCountInString(s.Text) <= maxPersonal {
				t.system = make([]system, len(t.latin))
				for _, r := range han.Person(s.Text) {
					t.addReading(r.Surname+strings.Join(r.Given, ""), r.System)
				}
			}
		}
		tokens = append(tokens, known(t, script.Han))
	}
	return tokens
}

// nameOnly reports whether segments may be those of a foreign name: without a word of organisations, and without a place in front.
func nameOnly(segments []han.Segment) bool {
	for i, s := range segments {
		if s.Kind != han.Core && (s.Kind != han.Region || i == 0) {
			return false
		}
	}
	return true
}

// rareForm is the legal form at the end of a name whose segments do not end in it, and its length in bytes: the
// segmentation knows the usual forms only. A form that is a trade and a usual form (贸易公司) is left to be both.
func rareForm(text string, segments []han.Segment) (words.Form, int) {
	f, n := words.Forms().Suffix(text)
	size := utf8.RuneCountInString(text[len(text)-n:])
	if len(segments) == 0 || n == len(text) || size < 2 {
		return words.Form{}, 0
	}
	core := false
	for i := len(segments) - 1; i >= 0 && size > 0; i-- {
		core = core || segments[i].Kind == han.Core
		size -= utf8.RuneCountInString(segments[i].Text)
	}
	if !core && segments[len(segments)-1].Kind == han.Form {
		return words.Form{}, 0
	}
	return f[0], n
}

// orgWords cuts a compound of organisation words into them (信息技术), nil where it is not made of such.
func orgWords(text string) []token {
	var out []token
	for text != "" {
		o, n := words.Orgs().Prefix(text)
		if n == 0 {
			return nil
		}
		out = append(out, known(term{text: text[:n], key: o[0].Key, class: orgClass[o[0].Class]}, script.Han))
		text = text[n:]
	}
	return out
}
