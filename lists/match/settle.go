package match

import (
	"math/bits"

	"github.com/ordergate/ordergate/internal/han"
	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
)

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
	a.record(step{uint8(i), 1, uint8(j), 1, wayConflict, cost})
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

func (a *alignment) settlePerson() {
	a.clashes(core, generic, conflict)
	a.clashInner()
	if a.turned() {
		a.limit(Turned, conflict)
	}
	a.servants()
	whole := free(a.q, a.qFree, core, generic) < 0 && free(a.l, a.lFree, core, generic) < 0
	a.clashes(suffix, suffix, conflictSuffix)
	for i := range a.n {
		if a.steps[i].how == wayConflict {
			whole = false
		}
	}
	// An initial and a name that begins otherwise contradict each other.
	for _, c := range [...][2]class{{initial, core}, {core, initial}, {initial, initial}} {
		i, j := free(a.q, a.qFree, c[0], c[0]), free(a.l, a.lFree, c[1], c[1])
		if i >= 0 && j >= 0 {
			a.clash(i, j, conflict)
		}
	}
	common := a.onlyCommon()
	a.doubt(common)
	words := min(a.wordsAgreed(a.q), a.wordsAgreed(a.l))
	a.left(func(n *Name, i int, listed bool) int {
		t := n.terms[i]
		switch t.class {
		case initial:
			return surplusInitial
		case light:
			if t.key == abdKey && common {
				return surplusCommon
			}
			return surplusLight
		case suffix:
			return surplusSuffix
		case particle:
			return surplusParticle
		case form:
			return conflictForm
		case dropped:
			return 0
		}
		switch {
		case t.patronymic():
			return surplusFather
		case n.tied&(1<<i) != 0 && t.word != nil && t.word.Script() == script.Arabic:
			return surplusTied
		case n.tied&(1<<i) != 0 && n.terms[i-1].class == core && !t.syllabic() && !a.agrees(n, i-1):
			return surplusDouble
		case common && (!listed || a.slipped() || t.syllabic() || a.syllables()):
			common = false
			return surplusCommon
		case listed && a.agreed < 3:
			return surplusListed
		}
		return surplusPerson
	})
	a.initials()
	if a.mixedReadings() {
		a.limit(NothingAgrees, capLittle)
	}
	switch {
	case a.agreed == 0:
		a.limit(NothingAgrees, capNothing)
	case a.agreed == 1 && (!whole && !a.rareWithInitial() || a.surplusOf(a.q, light, suffix) && a.surplusOf(a.l, light, suffix)):
		a.limit(OneWord, capLittle)
	case words == 1 && a.surplusOf(a.q, core, core):
		a.limit(OneWord, capLittle)
	}
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

// wordsAgreed is how many words of a name, as they are written, have a part that agrees.
func (a *alignment) wordsAgreed(n *Name) int {
	words, counted := 0, false
	for i, t := range n.terms {
		if n.tied&(1<<i) == 0 {
			counted = false
		}
		if !counted && t.class <= initial && a.agrees(n, i) {
			words++
			counted = true
		}
	}
	return words
}

// rareWithInitial reports whether an initial agrees and the one name that does is long and borne by few.
func (a *alignment) rareWithInitial() bool {
	first, rare := false, false
	for _, s := range a.steps[:a.n] {
		if s.how == wayConflict || s.how == waySurplus {
			continue
		}
		t, u := a.q.terms[s.q], a.l.terms[s.l]
		first = first || t.class == initial || u.class == initial
		rare = rare || t.class == core && u.class == core && s.cost <= costSound && length(u.text) >= minRare && !t.wellKnown() && !u.wellKnown()
	}
	return first && rare
}

// minRare is the least length of a name that may be rare enough to tell who is meant.
const minRare = 6

// clashInner sets a title that stands inside a name, and so may be a name, against a name left over on the
// other side: Mahmood Ahmed, Mahmood Sultan.
func (a *alignment) clashInner() {
	for i := 1; i < len(a.q.terms); i++ {
		if j := free(a.l, a.lFree, core, generic); j >= 0 && a.qFree&(1<<i) != 0 && a.q.terms[i].class == light {
			a.clash(i, j, conflictTrade)
		}
	}
	for j := 1; j < len(a.l.terms); j++ {
		if i := free(a.q, a.qFree, core, generic); i >= 0 && a.lFree&(1<<j) != 0 && a.l.terms[j].class == light {
			a.clash(i, j, conflictTrade)
		}
	}
}

// doubt raises the cost of pairings that were cheap only because the rest was sure to agree.
func (a *alignment) doubt(common bool) {
	exact := false
	for _, s := range a.steps[:a.n] {
		exact = exact || s.how != wayConflict && s.cost <= costSpelling && a.q.terms[s.q].class == core
	}
	for i := range a.n {
		switch s := &a.steps[i]; {
		case s.how == wayConflict:
		case common && (s.how == wayNickname || s.how == wayLanguage):
			s.cost = surplusCommon
		case common && (s.how == wayEdit || s.how == wayScript && s.cost >= costOtherName):
			s.cost += costDoubt
		case !exact && s.how == wayInitial:
			s.cost *= 2
		case !exact && s.cost > costSound && s.how != wayJoined:
			s.cost += s.cost / 2
		}
	}
}

// onlyCommon reports whether no more agrees than two names, or three syllables, that very many bear.
func (a *alignment) onlyCommon() bool {
	names, syllables := 0, 0
	for _, s := range a.steps[:a.n] {
		if s.how == wayConflict {
			continue
		}
		for k := range max(s.ql, s.ll) {
			t, u := a.q.terms[s.q+min(k, s.ql-1)], a.l.terms[s.l+min(k, s.ll-1)]
			switch {
			case t.class != core || u.class != core:
			case !t.wellKnown() && !u.wellKnown() && s.cost <= costSound:
				return false
			case t.syllabic() || u.syllabic():
				syllables++
			default:
				names++
			}
		}
	}
	return names <= 2 && syllables <= 3
}

// slipped reports whether any pairing takes a slip of the pen, or a name that sounds alike, for granted.
func (a *alignment) slipped() bool {
	for _, s := range a.steps[:a.n] {
		if (s.how == wayEdit || s.how == waySound) && a.q.terms[s.q].class == core {
			return true
		}
	}
	return false
}

// syllables reports whether a name of the two is written in syllables.
func (a *alignment) syllables() bool { return a.q.terms[0].syllabic() || a.l.terms[0].syllabic() }

// initials makes an initial dear where the name that has it also has a whole name too many: J. Randall Shute
// is not James Randall.
func (a *alignment) initials() {
	for i := range a.n {
		s := &a.steps[i]
		if s.how != wayInitial {
			continue
		}
		has := a.q
		if a.l.terms[s.l].class == initial {
			has = a.l
		}
		if a.surplusOf(has, core, core) {
			s.cost = conflictTrade
		}
	}
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

// mixedReadings reports whether the characters of a name would have to be read by several systems, one in
// Mandarin and one in Korean, to agree with the other name.
func (a *alignment) mixedReadings() bool {
	all := ^system(0)
	for _, s := range a.steps[:a.n] {
		if s.ql != 1 || s.ll != 1 || s.how != wayScript {
			continue
		}
		t, u := a.q.terms[s.q], a.l.terms[s.l]
		if u.han() {
			t, u = u, t
		}
		if !t.han() || u.han() || len(t.system) == 0 {
			continue
		}
		of := system(0)
		for k, r := range t.latin {
			if r == u.text || script.Key(r) == u.sound {
				of |= t.system[k]
			}
		}
		all &= of
	}
	return all == 0
}

// turned reports whether both names are "A bin B" chains that have exchanged their ends.
func (a *alignment) turned() bool {
	q, l := a.filiation(a.q), a.filiation(a.l)
	if q < 0 || l < 0 || q+1 >= len(a.q.terms) || l+1 >= len(a.l.terms) || q == 0 || l == 0 {
		return false
	}
	return a.paired(q-1, l+1) && a.paired(q+1, l-1) && !a.paired(q-1, l-1)
}

// servants makes Abd dear where what it is the servant of differs: Abd al-Ali is not Abd al-Rahim.
func (a *alignment) servants() {
	for k := range a.n {
		s := &a.steps[k]
		if s.how == wayConflict || s.ql != 1 || s.ll != 1 || a.q.terms[s.q].key != abdKey || a.l.terms[s.l].key != abdKey {
			continue
		}
		i, j := a.q.behind(int(s.q)), a.l.behind(int(s.l))
		if i >= 0 && j >= 0 && !a.paired(i, j) && !(a.agrees(a.q, i) && a.agrees(a.l, j)) {
			s.cost = conflictTrade
		}
	}
}

// behind is the first term behind i that is no particle, -1 for none.
func (n *Name) behind(i int) int {
	for i++; i < len(n.terms); i++ {
		if n.terms[i].class != particle {
			return i
		}
	}
	return -1
}

// filiation is the first "bin" between two names, -1 for none.
func (a *alignment) filiation(n *Name) int {
	for i, t := range n.terms {
		if t.class == particle && t.key == "bin" && i > 0 {
			return i
		}
	}
	return -1
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
	a.record(step{uint8(i), uint8(ql), uint8(j), uint8(ll), wayConflict, cost})
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
	if len(w) < 3 || len(w) > 8 || !plain(w) {
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
