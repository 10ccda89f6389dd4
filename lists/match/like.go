package match

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

// likeness is how two terms that are neither equal nor of one meaning may still be one, and at what cost.
func likeness(t, u *term, kind Kind) (way, int, bool) {
	if kind != Person && (slices.Contains(t.english, u.text) || slices.Contains(u.english, t.text)) {
		return wayMeaning, costTranslated, true
	}
	if kind == Person && (t.heard != nil || u.heard != nil) {
		if how, cost, ok := likenessHeard(t, u); ok {
			return how, cost, ok
		}
	}
	if !mayBeOne(t, u) {
		return 0, 0, false
	}
	if t.class == initial || u.class == initial {
		return initialOf(t, u)
	}
	if t.word != nil || u.word != nil || len(t.latin) > 0 || len(u.latin) > 0 {
		return acrossScripts(t, u, kind)
	}
	known := len(t.names) > 0 && len(u.names) > 0
	if known {
		switch relation(t.names, u.names) {
		case words.SameSpelling:
			return waySpelling, costSpelling, true
		case words.SameLanguage:
			return wayLanguage, costLanguage, true
		case words.SameNickname:
			return wayNickname, costNickname, true
		}
	}
	if t.sound == u.sound && len(t.sound) > 2 {
		return waySound, costSound, true
	}
	if bits.OnesCount32(t.letters&^u.letters) > maxTried || bits.OnesCount32(u.letters&^t.letters) > maxTried {
		return 0, 0, false
	}
	how, cost, ok := slipped(t.text, u.text)
	if ok && kind == Person && otherGender(t.text, u.text) {
		cost = max(cost, costOtherGender)
	}
	if kind != Person && max(len(t.text), len(u.text)) < 3 && max(t.class, u.class) < light {
		return 0, 0, false
	}
	if ok && kind == Person && slippedFirst(t, u) {
		cost += costFirst
	}
	if ok && kind == Person && (known || t.wellKnown() && cost > costOtherName/2) {
		// Two names, rather than one and a slip; but a slip may make another name.
		cost = max(cost, costOtherName)
		ok = edit.Within(t.text, u.text, 1) == 1
	}
	if ok && (max(t.class, u.class) >= light || misspeltCommon(t, u) || misspeltCommon(u, t)) {
		cost = min(cost, costBroken)
	}
	return how, cost, ok
}

// maxTried is the most slips any two words may have: see slips.
const maxTried = 3

// slippedFirst reports whether a short name begins otherwise than another, which is more than a slip elsewhere.
func slippedFirst(t, u *term) bool {
	return t.text[0] != u.text[0] && len(t.text) <= maxSlight && len(t.text) > 2
}

// misspeltCommon reports whether t is a long common word of organisations, which tells little, and u is like it but is no
// word the tables know: "tradimg".
func misspeltCommon(t, u *term) bool {
	return t.class >= industry && t.class <= generic && t.key != "" && u.key == "" && len(t.text) >= minFormWord
}

// otherGender reports whether two given names differ as a man's and a woman's do: Antonio, Antonia.
func otherGender(a, b string) bool {
	n := len(a) - 1
	return len(a) == len(b) && n >= 4 && a[:n] == b[:n] && (a[n] == 'a' && b[n] == 'o' || a[n] == 'o' && b[n] == 'a')
}

// mayBeOne reports whether two terms may be one with slips: two different common words, places,
// numbers or legal forms are known to be two.
func mayBeOne(t, u *term) bool {
	if t.class == number || u.class == number {
		return false
	}
	switch a, b := min(t.class, u.class), max(t.class, u.class); {
	case t.key == abdKey || u.key == abdKey:
		return false
	case b < light:
		return t.key == "" || u.key == ""
	case b == particle:
		return a == core && relation(t.names, u.names) == words.SameNickname // Ben, Benjamin
	case b == light:
		return a == core || a == light && (t.word != nil) != (u.word != nil)
	case b == form:
		return a == core || a == form && (t.key == "" || u.key == "")
	}
	return false
}

func relation(a, b []words.NameGroup) words.NameClass {
	best := words.Unrelated
	for _, g := range a {
		for _, h := range b {
			if g.ID == h.ID {
				best = max(best, g.Class)
			}
		}
	}
	return best
}

func initialOf(t, u *term) (way, int, bool) {
	if t.class == initial && u.class == initial || t.syllabic() || u.syllabic() {
		return 0, 0, false
	}
	a, b := t.text, u.text
	if len(t.latin) > 0 {
		a = t.latin[0]
	}
	if len(u.latin) > 0 {
		b = u.latin[0]
	}
	if a == "" || b == "" || a[0] != b[0] {
		return 0, 0, false
	}
	return wayInitial, costInitial, true
}

// slipped measures slips between two folded words of one script.
func slipped(a, b string) (way, int, bool) {
	n := max(length(a), length(b))
	limit := maxSlips(n)
	d := edit.Within(a, b, limit)
	if d > limit {
		return 0, 0, false
	}
	cost, ok := costSlips(d, n)
	return wayEdit, cost, ok
}

func length(s string) int {
	if edit.ASCII(s) {
		return len(s)
	}
	return utf8.RuneCountInString(s)
}

// acrossScripts compares a term of another script with one of Latin, or two of other scripts.
func acrossScripts(t, u *term, kind Kind) (way, int, bool) {
	switch {
	case t.word != nil && u.word != nil && t.word.Script() == u.word.Script(), t.han() && u.han():
		return sameScript(t, u)
	case t.word != nil:
		return orOther(t, u, kind)
	case u.word != nil:
		return orOther(u, t, kind)
	}
	for _, a := range t.spellings() {
		for _, b := range u.spellings() {
			if a == b {
				return wayScript, costScript, true
			}
		}
	}
	if len(t.sound) > 2 && t.sound == u.sound && kind != Person {
		return wayScript, costScript + costSound, true
	}
	return 0, 0, false
}

// sameScript compares two terms of one script other than Latin. Where a character is a syllable, another
// character is another word.
func sameScript(t, u *term) (way, int, bool) {
	if t.han() || t.word.Script() == script.Hangul {
		switch short := min(length(t.text), length(u.text)); {
		case t.han() && short > 1 && (strings.HasPrefix(t.text, u.text) || strings.HasPrefix(u.text, t.text)):
			return wayAcronym, costStem, true
		case short < 6:
			return 0, 0, false
		}
	}
	return slipped(t.text, u.text)
}

// orOther is orStem, dearer between persons where the tables know one of the two as a name, and the other
// is not spelt as that name is: Hassan, حسين.
func orOther(t, u *term, kind Kind) (way, int, bool) {
	how, cost, ok := orStem(t, u, kind)
	if ok && kind == Person && cost > costRegular && len(u.names) > 0 && relation(t.names, u.names) == words.Unrelated && !spelt(t.word, u.spellings()) {
		cost = max(cost, costOtherName)
	}
	return how, cost, ok
}

// spelt reports whether a Latin spelling of a word is one the rules give, or only half a letter away: another vowel alone
// is more than that.
func spelt(w *script.Word, latin []string) bool {
	return slices.ContainsFunc(latin, func(s string) bool { return w.Within(s, 0.51) <= 0.5 })
}

// minStem is the least number of letters of a stem that stands for a word.
const minStem = 6

// orStem compares a word of another script with a term, by spelling or, between the names of organisations,
// by a long common beginning: Волгоградский, Volgograd.
func orStem(t, u *term, kind Kind) (way, int, bool) {
	how, cost, ok := spelling(t.word, u.spellings())
	if t.class == light || u.class == light || t.syllabic() {
		return how, cost, ok && cost <= costSyllable
	}
	if kind == Person || len(t.names) > 0 || ok && cost <= costEnding {
		return how, cost, ok
	}
	for _, a := range t.latin {
		for _, b := range u.spellings() {
			n := 0
			for n < min(len(a), len(b)) && a[n] == b[n] {
				n++
			}
			switch {
			case n == len(b) && n >= 4 && len(a)-n <= 4:
				return wayScript, costEnding, true
			case !ok && n >= minStem && 2*n >= len(a) && n+2 >= len(b):
				return wayScript, costStem, true
			}
		}
	}
	return how, cost, ok
}

// spelling is the cost of the nearest of several Latin spellings to a word of another script.
func spelling(w *script.Word, latin []string) (way, int, bool) {
	best, size := maxMisread, 1
	for _, s := range latin {
		if c := w.Within(s, best); c < best {
			best, size = c, max(w.Size(), len(s))
		}
	}
	cost, ok := costMisread(best, size)
	return wayScript, costScript + cost, ok
}

// joinsAs compares runs of terms written without spaces.
func joinsAs(q, l []*term) (way, int, bool) {
	switch {
	case len(q) == 1 && translates(q[0], l), len(l) == 1 && translates(l[0], q):
		return wayMeaning, costTranslated, true
	case latinOnly(l) && !latinOnly(q) && !anyHan(q):
		return joinedSpelling(q, l)
	case latinOnly(q) && !latinOnly(l) && !anyHan(l):
		return joinedSpelling(l, q)
	case !latinOnly(q) && !latinOnly(l) && !(anyHan(q) != anyHan(l)):
		return joinedTexts(q, l)
	}
	if latinOnly(q) && latinOnly(l) {
		if d := letters(q) - letters(l); d > 2 || d < -2 {
			return 0, 0, false
		}
	}
	var qb, lb [96]byte
	for qr := range readings(q) {
		a := glue(qb[:0], q, qr)
		if a == nil {
			return 0, 0, false
		}
		for lr := range readings(l) {
			b := glue(lb[:0], l, lr)
			if b == nil {
				return 0, 0, false
			}
			if cost, ok := joinCost(a, b); ok && (cost == costJoined || !anyHan(q) && !anyHan(l)) {
				return wayJoined, cost, true
			}
		}
	}
	return 0, 0, false
}

// joinable reports, quickly, whether runs of Latin terms may make the same text but for slips.
func joinable(q, l []*term) bool {
	if q[0].letters == 0 || l[0].letters == 0 {
		return true
	}
	a, b := uint32(0), uint32(0)
	for _, t := range q {
		if t.letters == 0 {
			return true
		}
		a |= t.letters
	}
	for _, t := range l {
		if t.letters == 0 {
			return true
		}
		b |= t.letters
	}
	return bits.OnesCount32(a&^b) <= 2 && bits.OnesCount32(b&^a) <= 2
}

// translates reports whether an English equivalent of a common word is written in several words: the run.
func translates(t *term, run []*term) bool {
	return len(run) > 1 && slices.ContainsFunc(t.english, func(e string) bool {
		for _, u := range run {
			rest, ok := strings.CutPrefix(e, u.text)
			if !ok {
				return false
			}
			e = strings.TrimPrefix(rest, " ")
		}
		return e == ""
	})
}

// letters is how long the terms are together, in bytes.
func letters(terms []*term) int {
	n := 0
	for _, t := range terms {
		n += len(t.text)
	}
	return n
}

func anyHan(terms []*term) bool {
	for _, t := range terms {
		if t.han() {
			return true
		}
	}
	return false
}

// readings is how many readings a run is tried in: several only where it is one term.
func readings(terms []*term) int {
	if len(terms) == 1 {
		return max(1, len(terms[0].latin))
	}
	return 1
}

func latinOnly(terms []*term) bool {
	for _, t := range terms {
		if t.word != nil || len(t.latin) > 0 || t.class == number {
			return false
		}
	}
	return true
}

func oneScript(terms []*term) bool {
	for _, t := range terms {
		if t.word == nil || t.word.Script() != terms[0].word.Script() {
			return false
		}
	}
	return true
}

// maxRun is the greatest number of words of another script that are tried as one.
const maxRun = 3

// joinedSpelling compares words of another script with Latin ones, one of either side with one or
// several of the other: عبد الله and Abdullah.
func joinedSpelling(terms, latin []*term) (way, int, bool) {
	if len(terms) > 1 && len(latin) > 1 || len(terms) > maxRun || !oneScript(terms) {
		return 0, 0, false
	}
	size := 0
	for _, t := range terms {
		size += max(length(t.full), t.word.Size())
	}
	if n := letters(latin); n+2 < size || n > 3*size+1 {
		return 0, 0, false
	}
	var b [96]byte
	together := glue(b[:0], latin, 0)
	if together == nil {
		return 0, 0, false
	}
	w := terms[0].word
	if len(terms) > 1 {
		words := make([]script.Word, len(terms))
		for i, t := range terms {
			words[i] = *t.word
		}
		joined := script.Join(words...)
		w = &joined
	}
	_, cost, ok := spelling(w, []string{string(together)})
	if terms[0].key == abdKey && cost > costSpelling {
		return 0, 0, false // Abd and another of the ninety-nine names
	}
	return wayJoined, costJoined + cost, ok
}

// joinedTexts compares words of one script other than Latin, which are one only when written the same.
func joinedTexts(q, l []*term) (way, int, bool) {
	if letters(q) != letters(l) {
		return 0, 0, false
	}
	a, b := "", ""
	for _, t := range q {
		a += t.text
	}
	for _, t := range l {
		b += t.text
	}
	return wayJoined, costJoined, a == b
}

// glue writes terms without spaces, in Latin letters; of a single term its reading of a number. It is nil where
// that cannot be done or makes no sense.
func glue(b []byte, terms []*term, reading int) []byte {
	for _, t := range terms {
		if t.class == number || t.class == dropped && len(terms) == 1 {
			return nil
		}
		s := t.text
		if len(t.latin) > 0 {
			s = t.latin[min(reading, len(t.latin)-1)]
		}
		if len(b)+len(s) > cap(b) {
			return nil
		}
		for i := 0; i < len(s); i++ {
			if s[i] != ' ' {
				b = append(b, s[i])
			}
		}
	}
	return b
}

// joinCost compares two texts written without spaces.
func joinCost(a, b []byte) (int, bool) {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 || len(a) < 3 || len(b) < 3 {
		return 0, false
	}
	if string(a) == string(b) {
		return costJoined, true
	}
	if len(a) < 6 || a[0] != b[0] && a[len(a)-1] != b[len(b)-1] {
		return 0, false
	}
	limit := 1
	if a[0] == b[0] && a[len(a)-1] == b[len(b)-1] {
		limit = min(2, maxSlips(len(a))) // both ends agree
	}
	d := edit.Within(string(a), string(b), limit)
	if d > limit {
		return 0, false
	}
	cost, ok := costSlips(d, max(len(a), len(b)))
	return costJoined + cost, ok
}
