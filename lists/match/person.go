package match

import "github.com/ordergate/ordergate/internal/script"

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

// wordsAgreed is how many words of a name, as they are written, have a part that agrees.
func (a *alignment) wordsAgreed(n *Name) int {
	words, counted := 0, false
	for i, t := range n.terms {
		if n.tied&(1<<i) == 0 {
			counted = false
		}
		if !counted && t.class <= initial && a.agrees(n, i) {
			words += max(1, a.pieces(n, i))
			counted = true
		}
	}
	return words
}

// pieces is how many names term i of n spells that is transcribed, 0 for another.
func (a *alignment) pieces(n *Name, i int) int {
	pieces := 0
	for _, s := range a.steps[:a.n] {
		if s.how == wayTranscribed && n.terms[i].heard != nil && (n == a.q && int(s.q) == i || n == a.l && int(s.l) == i) {
			pieces++
		}
	}
	return pieces
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

// doubt raises the cost of pairings that were cheap only because the rest was sure to agree, and takes back what a wrong
// first letter cost where two other names are the same and not common.
func (a *alignment) doubt(common bool) {
	exact := false
	for _, s := range a.steps[:a.n] {
		exact = exact || s.how != wayConflict && s.cost <= costSpelling && a.q.terms[s.q].class == core
	}
	certain := 0
	for _, s := range a.steps[:a.n] {
		if s.how == waySame && a.q.terms[s.q].class == core {
			certain++
		}
	}
	for i := range a.n {
		switch s := &a.steps[i]; {
		case s.how == wayConflict:
		case common && (s.how == wayNickname || s.how == wayLanguage):
			s.cost = surplusCommon
		case common && (s.how == wayEdit || s.how == wayScript && s.cost >= costOtherName):
			s.cost += costDoubt
		case s.how == wayEdit && certain >= 2 && slippedFirst(a.q.terms[s.q], a.l.terms[s.l]):
			s.cost = max(s.cost-costFirst, min(s.cost, costOtherName))
		case !exact && s.how == wayInitial, s.how == wayTranscribed && a.agreed == 1:
			s.cost *= 2
		case !exact && s.cost > costSound && s.how != wayJoined && s.how != wayTranscribed:
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
			case !t.wellKnown() && !u.wellKnown() && (s.cost <= costSound || s.how == wayTranscribed):
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
