package match

import (
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/words"
)

// likeness is how two terms that are neither equal nor of one meaning may still be one, and at what cost.
func likeness(t, u *term, kind Kind) (How, int, bool) {
	if !comparable(t, u) {
		return "", 0, false
	}
	if t.class == initial || u.class == initial {
		return initialOf(t, u)
	}
	if t.word != nil || u.word != nil || len(t.latin) > 0 || len(u.latin) > 0 {
		return acrossScripts(t, u)
	}
	if len(t.names) > 0 && len(u.names) > 0 {
		switch relation(t.names, u.names) {
		case words.SameSpelling:
			return Spelling, costSpelling, true
		case words.SameLanguage:
			return Language, costLanguage, true
		case words.SameNickname:
			return Nickname, costNickname, true
		}
	}
	if t.sound == u.sound && len(t.sound) > 2 {
		return Sound, costSound, true
	}
	return slipped(t.text, u.text)
}

// comparable reports whether two terms may be one with slips: two different common words, places,
// numbers or legal forms are known to be two.
func comparable(t, u *term) bool {
	if t.class == number || u.class == number {
		return false
	}
	if t.class >= light || u.class >= light {
		return t.class == form && u.class == form && (t.key == "" || u.key == "")
	}
	return t.key == "" || u.key == ""
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

func initialOf(t, u *term) (How, int, bool) {
	if t.class == initial && u.class == initial {
		return "", 0, false
	}
	a, b := t.text, u.text
	if len(t.latin) > 0 {
		a = t.latin[0]
	}
	if len(u.latin) > 0 {
		b = u.latin[0]
	}
	if a == "" || b == "" || a[0] != b[0] {
		return "", 0, false
	}
	return Initial, costInitial, true
}

// slipped measures slips between two folded words of one script.
func slipped(a, b string) (How, int, bool) {
	n := max(length(a), length(b))
	limit := maxSlips(n)
	d := edit.Within(a, b, limit)
	if d > limit {
		return "", 0, false
	}
	cost, ok := costSlips(d, n)
	return Edit, cost, ok
}

func length(s string) int {
	if plain(s) {
		return len(s)
	}
	return utf8.RuneCountInString(s)
}

// acrossScripts compares a term of another script with one of Latin, or two of other scripts.
func acrossScripts(t, u *term) (How, int, bool) {
	switch {
	case t.word != nil && u.word != nil && t.word.Script() == u.word.Script():
		return slipped(t.text, u.text)
	case t.word != nil && len(u.latin) > 0:
		return read1(t, u.latin)
	case t.word != nil:
		return read1(t, []string{u.text})
	case u.word != nil && len(t.latin) > 0:
		return read1(u, t.latin)
	case u.word != nil:
		return read1(u, []string{t.text})
	}
	return "", 0, false
}

// read1 is the cost of the nearest of the spellings to the term.
func read1(t *term, latin []string) (How, int, bool) {
	best := 1e9
	size := 1
	for _, s := range latin {
		if c := t.word.Cost(s); c < best {
			best, size = c, max(t.word.Size(), len(s))
		}
	}
	// A whole edit costs what a slip does in a word of that length; parts of one in proportion.
	d := int(best)
	if best >= 3 {
		return "", 0, false
	}
	lo, ok := costSlips(d, size)
	if !ok {
		return "", 0, false
	}
	hi, ok := costSlips(d+1, size)
	if !ok {
		if best > float64(d) {
			return "", 0, false
		}
		hi = lo
	}
	return Script, costScript + lo + int(float64(hi-lo)*(best-float64(d))), true
}

// glue writes terms without spaces, in Latin letters; nil where that cannot be done or makes no sense.
func glue(b []byte, terms []*term) []byte {
	for _, t := range terms {
		if t.class == number || t.class == dropped && len(terms) == 1 {
			return nil
		}
		s := t.text
		if len(t.latin) > 0 {
			s = t.latin[0]
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
	if len(a)-len(b) > 1 || len(b)-len(a) > 1 || len(a) < 3 || len(b) < 3 {
		return 0, false
	}
	if string(a) == string(b) {
		return costJoined, true
	}
	if len(a) < 6 || a[0] != b[0] && a[len(a)-1] != b[len(b)-1] {
		return 0, false
	}
	if edit.Within(string(a), string(b), 1) > 1 {
		return 0, false
	}
	cost, ok := costSlips(1, max(len(a), len(b)))
	return costJoined + cost, ok
}
