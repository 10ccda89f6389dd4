package match

import (
	"math/bits"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/han"
	"github.com/ordergate/ordergate/internal/words"
)

func (a *alignment) settleOrganization() {
	a.acronym()
	vessel := a.kind == Vessel || a.kind == Aircraft
	if vessel {
		a.clashes(number, number, conflictSeries)
	} else {
		a.clashes(number, number, a.numberConflict())
	}
	a.clashes(core, core, conflict)
	a.clashes(place, place, conflictPlace)
	a.clashes(industry, generic, conflictTrade)
	a.clashes(core, generic, conflictTrade)
	a.formConflict()
	if a.natures() {
		a.limit(OtherNature, conflictForm)
	}
	n := max(3, substance(a.q), substance(a.l))
	scale := func(c int) int { return c * 3 / n }
	a.left(func(n *Name, i int, listed bool) int {
		t := n.terms[i]
		switch t.class {
		case core, initial:
			if letter(t.text) {
				return surplusLetter
			}
			return scale(surplusCore)
		case number:
			if vessel {
				return surplusHull
			}
			return surplusNumber
		case place:
			return scale(surplusPlace)
		case industry, body:
			return scale(surplusTrade)
		case qualifier, generic:
			return scale(surplusGeneric)
		case form:
			return surplusForm
		case light, particle, suffix:
			return surplusParticle
		}
		return 0
	})
	switch {
	case a.agreed == 0:
		a.limit(NothingAgrees, capNothing)
	case a.strong == 0 && a.trade() < enoughTrade && a.surplusOfSubstance():
		a.limit(CommonWords, capLittle)
	}
}

// enoughTrade is how much must agree where no brand does: one word of trade or place, or two common ones.
const enoughTrade = 2

// trade weighs the words that agree and are no brand.
func (a *alignment) trade() int {
	n := 0
	for _, s := range a.steps[:a.n] {
		if s.how == wayConflict || s.how == waySurplus {
			continue
		}
		for _, t := range a.q.terms[s.q : s.q+s.ql] {
			switch t.class {
			case place, industry, body:
				n += 2
			case qualifier, generic:
				n++
			}
		}
	}
	return n
}

// surplusOfSubstance reports whether a brand was left over or contradicted.
func (a *alignment) surplusOfSubstance() bool {
	for _, s := range a.steps[:a.n] {
		if s.how != waySurplus && s.how != wayConflict {
			continue
		}
		if s.ql > 0 && a.q.terms[s.q].class == core || s.ll > 0 && a.l.terms[s.l].class == core {
			return true
		}
	}
	return false
}

// substance counts the terms of a name that tell something.
func substance(n *Name) int { return weight(n.terms, core, generic) }

// numberConflict tells numbered institutions, each a party of its own, from the numbered series of one
// manager. A number beside a body word (institute, plant, brigade) is the former.
func (a *alignment) numberConflict() int {
	for _, t := range a.l.terms {
		if t.class == body {
			return conflictNumber
		}
	}
	return conflictSeries
}

// formConflict prices two legal forms left over on both sides.
func (a *alignment) formConflict() {
	i, j := free(a.q, a.qFree, form, form), free(a.l, a.lFree, form, form)
	if i < 0 || j < 0 {
		return
	}
	q, ql := a.q.formAt(i)
	l, ll := a.l.formAt(j)
	cost := conflictFormClass
	switch {
	case q == "" || l == "":
		cost = costBroken
	case q == l:
		cost = costForm
	}
	a.qFree &^= bitsOf(i, ql)
	a.lFree &^= bitsOf(j, ll)
	a.record(step{q: uint8(i), ql: uint8(ql), l: uint8(j), ll: uint8(ll), how: wayConflict, cost: cost})
}

// natures reports whether the legal forms of the two names are of different nature: one a body without owners,
// the other a company.
func (a *alignment) natures() bool {
	q, l := nature(a.q), nature(a.l)
	return q == nonProfit && l == forProfit || q == forProfit && l == nonProfit
}

const (
	nonProfit = 1 << iota
	forProfit
)

// nature is the set of natures of the legal forms of a name.
func nature(n *Name) int {
	set := 0
	add := func(c words.FormClass) {
		switch c.Family() {
		case words.FamilyNonProfit:
			set |= nonProfit
		case words.FamilyCompany, words.FamilyPartnership:
			set |= forProfit
		}
	}
	for _, t := range n.terms {
		add(t.form)
	}
	for _, p := range n.spans {
		add(p.form)
	}
	return set
}

// formAt is the legal form that begins at term i, and its length; "" for a word that is only part of one.
func (n *Name) formAt(i int) (words.FormClass, int) {
	for _, p := range n.spans {
		if int(p.from) == i && p.form != "" {
			return p.form, int(p.n)
		}
	}
	return n.terms[i].form, 1
}

// An acronym has between so many letters.
const (
	minAcronym = 3
	maxAcronym = 8
)

// acronym pairs a single word of one side with the first letters of what is left of the other.
func (a *alignment) acronym() {
	if a.acronymOf(a.q, a.qFree, a.l, a.lFree, false) {
		return
	}
	a.acronymOf(a.l, a.lFree, a.q, a.qFree, true)
}

func (a *alignment) acronymOf(short *Name, shortFree uint32, long *Name, longFree uint32, listed bool) bool {
	i := free(short, shortFree, core, core)
	if i < 0 {
		return false
	}
	w := short.terms[i].text
	if len(w) < minAcronym || len(w) > maxAcronym || !edit.ASCII(w) {
		return false
	}
	k, first, last := 0, -1, -1
	for set := longFree; set != 0; set &= set - 1 {
		j := bits.TrailingZeros32(set)
		t := long.terms[j]
		if t.class == dropped {
			continue
		}
		if k == len(w) || t.text[0] != w[k] {
			if k == len(w) && t.class >= form {
				break
			}
			return false
		}
		if first < 0 {
			first = j
		}
		k, last = k+1, j
	}
	if k < len(w) || longFree&bitsOf(first, last-first+1) != bitsOf(first, last-first+1) {
		return false
	}
	if listed {
		a.pair(first, last-first+1, i, 1, wayAcronym, costAcronym)
	} else {
		a.pair(i, 1, first, last-first+1, wayAcronym, costAcronym)
	}
	a.strong++
	return true
}

// abbreviated pairs a short name in Han characters with the full one it abbreviates, as far as all that
// stands before a number or the legal form.
func (a *alignment) abbreviated() {
	qn, qt := head(a.q)
	ln, lt := head(a.l)
	if qn == 0 || ln == 0 || qt == lt {
		return
	}
	m := max(han.Abbreviates(qt, lt), han.Abbreviates(lt, qt))
	if m == 0 {
		return
	}
	a.pair(0, qn, 0, ln, wayAcronym, costAcronym+int((1-m)*costAcronym/2))
	a.strong++
}

// head is how many terms of a name in Han characters stand before a number or a legal form, and their text.
func head(n *Name) (size int, text string) {
	for _, t := range n.terms {
		if t.class == number || t.class == form {
			break
		}
		if !t.han() {
			return 0, ""
		}
		size++
		text += t.text
	}
	return size, text
}
