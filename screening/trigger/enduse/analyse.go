package enduse

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxText bounds what is read of a text, in bytes; the rest is not looked at and makes it vague.
const MaxText = 64 << 10

// Analysis is what a text says.
type Analysis struct {
	// Kinds are the kinds of end use the text affirms, in the order of [Kinds].
	Kinds []Kind
	// Mentions are all words of a kind, affirmed or not, in the order of the text.
	Mentions []Mention
	// Vague says that the text states nothing definite.
	Vague bool
}

// Mention is a word or phrase of a kind.
type Mention struct {
	Kind Kind
	// Words is the text from byte Start to byte End.
	Words      string
	Start, End int
	// Negated says that the text denies it.
	Negated bool
	// Quoted says that it stands in quotation marks; Named that the quotation is introduced as a name,
	// clause or wording and affirms nothing.
	Quoted, Named bool
}

// Affirmed reports whether the text says that the goods are for this.
func (m *Mention) Affirmed() bool { return !m.Negated && !m.Named }

// Analyse reads a text.
func Analyse(text string) Analysis {
	cut := len(text) > MaxText
	if cut {
		end := MaxText
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	var room aFew
	tokens := tokenise(text, &room)
	hits := find(tokens, lexicon())
	negated, open := negations(tokens, hits)
	quotes := quotations(tokens, hits)
	var a Analysis
	for i := range hits {
		h := &hits[i]
		for _, c := range h.classes {
			k := kindOf(c)
			if k == "" {
				continue
			}
			m := Mention{Kind: k, Start: tokens[h.first].start, End: tokens[h.last-1].end, Negated: negated[i]}
			m.Words = text[m.Start:m.End]
			for _, q := range quotes {
				if q.first < h.first && h.last <= q.last {
					m.Quoted, m.Named = true, q.named && !open[i]
				}
			}
			a.Mentions = append(a.Mentions, m)
		}
	}
	for _, k := range Kinds {
		if slices.ContainsFunc(a.Mentions, func(m Mention) bool { return m.Kind == k && m.Affirmed() }) {
			a.Kinds = append(a.Kinds, k)
		}
	}
	a.Vague = cut || len(a.Mentions) == 0 && vague(tokens, hits)
	return a
}

// String is what was read, in one line: `military "army"; nuclear "nuclear" (denied)`.
func (a Analysis) String() string {
	var b strings.Builder
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(string(m.Kind) + " \"" + m.Words + "\"")
		switch {
		case m.Negated:
			b.WriteString(" (denied)")
		case m.Named:
			b.WriteString(" (quoted)")
		}
	}
	return b.String()
}

// vague reports whether too little is left of a text without the words that say nothing: a text
// needs two words, or one long one, or two Han characters.
func vague(tokens []token, hits []hit) bool {
	said := 0
	next := 0
	for i := 0; i < len(tokens); {
		for next < len(hits) && hits[next].last <= i {
			next++
		}
		if next < len(hits) && hits[next].first == i && (hits[next].is(cVague) || hits[next].is(cCivil)) {
			i = hits[next].last
			continue
		}
		switch t := tokens[i]; {
		case t.kind == hanCharacter:
			said += 2
		case t.kind == word && utf8.RuneCountInString(t.word) >= 8:
			said += 4
		case t.kind == word && utf8.RuneCountInString(t.word) >= 3:
			said += 2
		}
		i++
	}
	return said < 4
}

// quotation is what stands between two quotation marks, at tokens first and last.
type quotation struct {
	first, last int
	named       bool
}

var closing = map[string]string{"“": "”", "\"": "\"", "«": "»", "「": "」", "『": "』", "《": "》", "‘": "’", "＂": "＂"}

// metaReach is how many tokens before a quotation, or after it, a word may stand that introduces it.
const metaReach = 3

// quotations finds the quotations of a text and whether each is introduced as a name or wording.
func quotations(tokens []token, hits []hit) (out []quotation) {
	for i := 0; i < len(tokens); i++ {
		end, ok := closing[tokens[i].word]
		if !ok {
			continue
		}
		for j := i + 1; j < len(tokens); j++ {
			if tokens[j].word != end {
				continue
			}
			named := slices.ContainsFunc(hits, func(h hit) bool {
				return h.is(cMeta) && (h.last <= i && i-h.last < metaReach && !stops(tokens[h.last:i]) || h.first > j && h.first-j <= metaReach && !stops(tokens[j:h.first]))
			})
			out = append(out, quotation{i, j, named})
			i = j
			break
		}
	}
	return out
}

func stops(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.kind == punct && strings.Contains(hardStops, t.word) })
}
