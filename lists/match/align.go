package match

import "math/bits"

// How says in what way two terms, or runs of terms, were paired, or why they were left.
type How string

// The ways of pairing, surest first, and the two ways of being left over.
const (
	Same     How = "same"
	Meaning  How = "meaning"  // another spelling, abbreviation or language of one common word, number or legal form
	Spelling How = "spelling" // another spelling of one name
	Sound    How = "sound"    // differs by romanisation only
	Script   How = "script"   // another script, by the rules of spelling one in the other
	Language How = "language" // one name in two languages
	Nickname How = "nickname"
	Initial  How = "initial"
	// Transcribed: spelt by its sound in Chinese characters, several words perhaps without a separator.
	Transcribed How = "transcribed"
	Joined      How = "joined"   // words split or joined otherwise
	Acronym     How = "acronym"  // the first letters, or characters, of the other side
	Edit        How = "edit"     // slips of the pen
	Conflict    How = "conflict" // left over on both sides, and contradicting each other
	Surplus     How = "surplus"  // left over on one side
)

// way is a How as an alignment keeps it, by its place in ways.
type way uint8

const (
	waySame way = iota
	wayMeaning
	waySpelling
	waySound
	wayScript
	wayLanguage
	wayNickname
	wayTranscribed
	wayInitial
	wayJoined
	wayAcronym
	wayEdit
	wayConflict
	waySurplus
)

var ways = [...]How{Same, Meaning, Spelling, Sound, Script, Language, Nickname, Transcribed, Initial, Joined, Acronym, Edit, Conflict, Surplus}

// step is one line of an alignment: runs of terms of either side, and what they cost together.
type step struct {
	q, ql, l, ll uint8 // first term and number of terms; ql or ll is 0 for a surplus
	how          way
	// from and to are the characters of a transcribed term that the step is about; to is 0 for the whole of it.
	from, to uint8
	cost     int
}

// alignment pairs the terms of two names. It lives on the stack of Compare.
type alignment struct {
	q, l         *Name
	kind         Kind
	qFree, lFree uint32 // terms not yet paired
	steps        [2 * maxTerms]step
	n            int
	agreed       int // terms of substance paired, counted on the side that has more of them
	strong       int // of them, the ones that tell parties apart
	capped       int // the score is at most 100-capped
	cap          Cap
}

// align pairs q and l. The result is in a.
//
// Where a word occurs twice in a name, it is not plain which of the two the other name's is; then the pairing
// that begins with words split or joined is tried as well, and the better one kept.
func (a *alignment) align(q, l *Name, kind Kind) {
	a.run(q, l, kind, false)
	if a.spent() > 0 && (q.repeats || l.repeats) {
		var b alignment
		if b.run(q, l, kind, true); b.spent() < a.spent() {
			*a = b
		}
	}
}

func (a *alignment) run(q, l *Name, kind Kind, joinsFirst bool) {
	a.q, a.l, a.kind = q, l, kind
	a.qFree = uint32(1)<<len(q.terms) - 1
	a.lFree = uint32(1)<<len(l.terms) - 1
	if kind != Person && q.terms[0].han() && l.terms[0].han() {
		a.abbreviated()
	}
	if joinsFirst {
		a.near(true)
	}
	a.same()
	if a.identical() {
		return // whatever it is that is said twice, nothing differs
	}
	if a.qFree != 0 || a.lFree != 0 {
		a.meaning()
		a.transcribed()
		a.near(false)
	}
	a.settle()
}

// identical reports whether the names have the same words in the same order.
func (a *alignment) identical() bool {
	if a.qFree != 0 || a.lFree != 0 || a.n != len(a.q.terms) {
		return false
	}
	for _, s := range a.steps[:a.n] {
		if s.how != waySame || s.q != s.l {
			return false
		}
	}
	return true
}

// pair records that runs of terms belong together.
func (a *alignment) pair(q, ql, l, ll int, how way, cost int) {
	a.qFree &^= bitsOf(q, ql)
	a.lFree &^= bitsOf(l, ll)
	a.record(step{q: uint8(q), ql: uint8(ql), l: uint8(l), ll: uint8(ll), how: how, cost: cost})
	if how == wayInitial {
		return
	}
	a.agreed += max(weight(a.q.terms[q:q+ql], core, initial-1), weight(a.l.terms[l:l+ll], core, initial-1))
	a.strong += max(weight(a.q.terms[q:q+ql], core, core), weight(a.l.terms[l:l+ll], core, core))
}

// weight counts the terms of the classes from lo to hi.
func weight(terms []*term, lo, hi class) int {
	n := 0
	for _, t := range terms {
		if lo <= t.class && t.class <= hi {
			n++
		}
	}
	return n
}

func (a *alignment) record(s step) {
	if a.n < len(a.steps) {
		a.steps[a.n] = s
		a.n++
	}
}

// bitsOf is the set of n terms from i.
func bitsOf(i, n int) uint32 { return (uint32(1)<<n - 1) << i }

// same pairs equal texts, in order.
func (a *alignment) same() {
	for i, t := range a.q.terms {
		if a.qFree&(1<<i) == 0 {
			continue
		}
		for free := a.lFree; free != 0; free &= free - 1 {
			j := bits.TrailingZeros32(free)
			if u := a.l.terms[j]; u == t || u.text == t.text {
				a.pair(i, 1, j, 1, waySame, 0)
				break
			}
		}
	}
}

// meaning pairs phrases and terms of closed classes that mean the same.
func (a *alignment) meaning() {
	for _, p := range a.q.spans {
		if a.qFree&bitsOf(int(p.from), int(p.n)) == bitsOf(int(p.from), int(p.n)) {
			a.meant(int(p.from), int(p.n), p.key)
		}
	}
	for free := a.qFree; free != 0; free &= free - 1 {
		i := bits.TrailingZeros32(free)
		switch t := a.q.terms[i]; {
		case t.class == number:
			a.counted(i, t.value)
		case t.key != "":
			a.meant(i, 1, t.key)
		}
	}
}

// meant pairs n free terms from i of q with free terms of l that mean key.
func (a *alignment) meant(i, n int, key string) {
	for _, p := range a.l.spans {
		if p.key == key && a.lFree&bitsOf(int(p.from), int(p.n)) == bitsOf(int(p.from), int(p.n)) {
			a.pair(i, n, int(p.from), int(p.n), wayMeaning, costMeaning)
			return
		}
	}
	for free := a.lFree; free != 0; free &= free - 1 {
		j := bits.TrailingZeros32(free)
		if a.l.terms[j].key == key {
			a.pair(i, n, j, 1, wayMeaning, costMeaning)
			return
		}
	}
}

// counted pairs term i of q with a free number of l.
func (a *alignment) counted(i int, value int32) {
	for free := a.lFree; free != 0; free &= free - 1 {
		j := bits.TrailingZeros32(free)
		if u := a.l.terms[j]; u.class == number && u.value == value {
			a.pair(i, 1, j, 1, wayMeaning, costMeaning)
			return
		}
	}
}

// near pairs what is left by likeness, cheapest first; or only what is the same but for joins.
func (a *alignment) near(joinsOnly bool) {
	var found [64]step
	n := 0
	add := func(s step) {
		if n < len(found) {
			found[n] = s
			n++
		}
	}
	for qf := a.qFree; qf != 0 && !joinsOnly; qf &= qf - 1 {
		i := bits.TrailingZeros32(qf)
		for lf := a.lFree; lf != 0; lf &= lf - 1 {
			j := bits.TrailingZeros32(lf)
			if how, cost, ok := likeness(a.q.terms[i], a.l.terms[j], a.kind); ok {
				add(step{q: uint8(i), ql: 1, l: uint8(j), ll: 1, how: how, cost: cost})
			}
		}
	}
	if a.qFree&(a.qFree>>1) != 0 || a.lFree&(a.lFree>>1) != 0 { // two neighbours are free
		a.joins(func(s step) {
			if !joinsOnly || s.cost <= 2*costJoined {
				add(s)
			}
		})
	}
	for {
		best := -1
		for k := range n {
			s := found[k]
			if a.qFree&bitsOf(int(s.q), int(s.ql)) != bitsOf(int(s.q), int(s.ql)) ||
				a.lFree&bitsOf(int(s.l), int(s.ll)) != bitsOf(int(s.l), int(s.ll)) {
				continue
			}
			if best < 0 || better(s, found[best]) {
				best = k
			}
		}
		if best < 0 {
			return
		}
		s := found[best]
		a.pair(int(s.q), int(s.ql), int(s.l), int(s.ll), s.how, s.cost)
	}
}

// better prefers the pairing that is cheaper for each term it explains.
func better(s, t step) bool {
	return s.cost*int(t.ql+t.ll) < t.cost*int(s.ql+s.ll)
}

// maxJoin is the greatest number of words on one side of a join: enough for a name in pinyin written
// syllable by syllable.
const maxJoin = 6

// joins finds runs of free terms that make the same text when written without spaces.
func (a *alignment) joins(add func(step)) {
	for qf := a.qFree; qf != 0; qf &= qf - 1 {
		i := bits.TrailingZeros32(qf)
		for ql := 1; ql <= maxJoin && i+ql <= len(a.q.terms) && a.qFree&bitsOf(i, ql) == bitsOf(i, ql); ql++ {
			for lf := a.lFree; lf != 0; lf &= lf - 1 {
				j := bits.TrailingZeros32(lf)
				for ll := 1; ll <= maxJoin && j+ll <= len(a.l.terms) && a.lFree&bitsOf(j, ll) == bitsOf(j, ll); ll++ {
					if ql+ll == 2 || ql > 2 && ll > 2 || !joinable(a.q.terms[i:i+ql], a.l.terms[j:j+ll]) {
						continue
					}
					if how, cost, ok := joinsAs(a.q.terms[i:i+ql], a.l.terms[j:j+ll]); ok {
						add(step{q: uint8(i), ql: uint8(ql), l: uint8(j), ll: uint8(ll), how: how, cost: cost})
					}
				}
			}
		}
	}
}
