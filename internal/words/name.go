package words

import "sync"

// NameGroup is a set of spellings that may denote the same given name or surname. A spelling may be in
// several groups: "lee" is both a Chinese and a Korean surname, "sasha" both Aleksandr and Aleksandra.
type NameGroup struct {
	ID    uint32 // number of the group, from 0 without gaps; changes when the tables do
	Key   string // e.g. "muhammad"
	Class NameClass
}

// NameClass is how the spellings of a group are related. The greater the closer.
type NameClass uint8

const (
	Unrelated    NameClass = iota // no group in common
	SameNickname                  // one is short or familiar for the other: Bill, William
	SameLanguage                  // one is the other in another language: John, Ivan, Juan
	SameSpelling                  // one name, spelt or romanised otherwise: Mohammed, Muhammad
)

var nameClasses = [...]string{Unrelated: "unrelated", SameNickname: "nickname", SameLanguage: "language", SameSpelling: "spelling"}

// String is "unrelated", "nickname", "language" or "spelling".
func (c NameClass) String() string {
	if int(c) < len(nameClasses) {
		return nameClasses[c]
	}
	return "unknown"
}

// Names is the table of name groups. Names of several words ("abd al rahman") are found by At.
func Names() *Table[NameGroup] { return names() }

// NameRelation is the closest relation of two words that are names; [SameSpelling] for equal words.
// It is symmetric. It is not transitive: it does not pass through a third name.
func NameRelation(a, b string) NameClass {
	if a == b {
		return SameSpelling
	}
	best := Unrelated
	t := names()
	of := t.Of(b)
	for _, g := range t.Of(a) {
		for _, h := range of {
			if g.ID == h.ID {
				best = max(best, g.Class)
			}
		}
	}
	return best
}

// names reads two kinds of files. In names_*.tsv class is "spelling" or "language", or "common" for names that very
// many bear and that are in no other group: each is a group of its own. In
// nicknames.tsv class is a language code, key a full name, and the spellings its short forms; the group
// takes in the full name and all that it shares a spelling group with by that spelling as key or member.
var names = sync.OnceValue(func() *Table[NameGroup] {
	lines, err := rows("names")
	if err != nil {
		panic(err)
	}
	nicks, err := rows("nicknames")
	if err != nil {
		panic(err)
	}
	t := newTable[NameGroup](8 * (len(lines) + len(nicks)))
	spelt := make(map[string][]string) // a spelling -> all spellings of its groups
	id := uint32(0)
	var common []row
	for _, r := range lines {
		if r.class == classCommon {
			common = append(common, r)
			continue
		}
		class := SameLanguage
		if r.class == nameClasses[SameSpelling] {
			class = SameSpelling
		}
		for _, s := range r.spellings {
			for _, v := range variants(s) {
				t.add(v, NameGroup{id, r.key, class})
			}
			if class == SameSpelling {
				spelt[s] = append(spelt[s], r.spellings...)
			}
		}
		id++
	}
	for _, r := range nicks {
		g := NameGroup{id, r.key, SameNickname}
		t.add(r.key, g)
		for _, s := range spelt[r.key] {
			t.add(s, g)
		}
		for _, s := range r.spellings {
			t.add(s, g)
		}
		id++
	}
	for _, r := range common {
		for _, s := range r.spellings {
			if t.Of(s) == nil {
				t.add(s, NameGroup{id, s, SameSpelling})
				id++
			}
		}
	}
	return t
})

// classCommon is the class of lines whose spellings are names for themselves.
const classCommon = "common"
