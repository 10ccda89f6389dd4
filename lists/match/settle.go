package match

import "math/bits"

// Cap is why a score was held down although little was spent.
type Cap string

// The caps.
const (
	NoCap Cap = ""
	// OneWord: one shared word is not a person.
	OneWord Cap = "one_word"
	// CommonWords: what agrees is borne by many organisations.
	CommonWords Cap = "common_words"
	// NothingAgrees: only initials, titles or legal forms agree.
	NothingAgrees Cap = "nothing_agrees"
	// OtherNature: a company is not a foundation.
	OtherNature Cap = "other_nature"
	// Turned: "A bin B" is not "B bin A".
	Turned Cap = "turned"
)

const (
	capNothing = 60
	capLittle  = 38
)

// settle prices what is left over.
func (a *alignment) settle() {
	switch a.kind {
	case Person:
		a.settlePerson()
	default:
		a.settleOrganization()
	}
}

func (a *alignment) limit(c Cap, by int) {
	if by > a.capped {
		a.cap, a.capped = c, by
	}
}

// clash records term i of q against term j of l as contradicting.
func (a *alignment) clash(i, j, cost int) {
	a.qFree &^= 1 << i
	a.lFree &^= 1 << j
	a.record(step{q: uint8(i), ql: 1, l: uint8(j), ll: 1, how: wayConflict, cost: cost})
}

// clashes pairs off what both sides have left of the classes lo to hi.
func (a *alignment) clashes(lo, hi class, cost int) {
	for {
		i := free(a.q, a.qFree, lo, hi)
		j := free(a.l, a.lFree, lo, hi)
		if i < 0 || j < 0 {
			return
		}
		if a.q.terms[i].form != "" && a.l.terms[j].form != "" {
			a.clash(i, j, costForm) // two words for a group
			continue
		}
		a.clash(i, j, cost)
	}
}

// free is the first free term of the classes lo to hi, -1 for none.
func free(n *Name, set uint32, lo, hi class) int {
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros32(set)
		if c := n.terms[i].class; lo <= c && c <= hi {
			return i
		}
	}
	return -1
}

// left records every free term of both sides as surplus.
func (a *alignment) left(cost func(n *Name, i int, listed bool) int) {
	for set := a.qFree; set != 0; set &= set - 1 {
		i := bits.TrailingZeros32(set)
		a.record(step{q: uint8(i), ql: 1, how: waySurplus, cost: a.repeated(a.q, i, cost(a.q, i, false))})
	}
	for set := a.lFree; set != 0; set &= set - 1 {
		j := bits.TrailingZeros32(set)
		a.record(step{l: uint8(j), ll: 1, how: waySurplus, cost: a.repeated(a.l, j, cost(a.l, j, true))})
	}
	a.qFree, a.lFree = 0, 0
}

// repeated is the cost of a surplus, less where the name only says a word twice.
func (a *alignment) repeated(n *Name, i, cost int) int {
	for k, t := range n.terms {
		if k != i && t.text == n.terms[i].text {
			return min(cost, surplusRepeat)
		}
	}
	return cost
}

// agrees reports whether term i of n was paired.
func (a *alignment) agrees(n *Name, i int) bool {
	for _, s := range a.steps[:a.n] {
		from, size := int(s.q), int(s.ql)
		if n == a.l {
			from, size = int(s.l), int(s.ll)
		}
		if s.how != wayConflict && s.how != waySurplus && from <= i && i < from+size {
			return true
		}
	}
	return false
}

// surplusOf reports whether one of the two names has a term of the classes lo to hi left over or contradicted.
func (a *alignment) surplusOf(n *Name, lo, hi class) bool {
	in := func(k class) bool { return lo <= k && k <= hi }
	for _, s := range a.steps[:a.n] {
		switch {
		case s.how != waySurplus && s.how != wayConflict:
		case n == a.q && s.ql > 0 && in(a.q.terms[s.q].class), n == a.l && s.ll > 0 && in(a.l.terms[s.l].class):
			return true
		}
	}
	return false
}

// paired reports whether term i of q was paired with term j of l.
func (a *alignment) paired(i, j int) bool {
	for _, s := range a.steps[:a.n] {
		if s.how != wayConflict && int(s.q) <= i && i < int(s.q+s.ql) && int(s.l) <= j && j < int(s.l+s.ll) {
			return true
		}
	}
	return false
}
