package words

import "sync"

// Title is a form of address, rank or style that stands beside a name.
type Title struct {
	Key   string // e.g. "doctor"
	Class TitleClass
}

// TitleClass tells whether a title can be more than that.
type TitleClass string

const (
	TitleDrop  TitleClass = "drop"  // never part of the name: Mr, Dr, General, 先生
	TitleLight TitleClass = "light" // may be part of the name, weighs little: Haji, Sheikh, Sayyid, Khan
)

// Titles is the table of titles, ranks and honorifics.
func Titles() *Table[Title] { return titles() }

var titles = sync.OnceValue(func() *Table[Title] {
	return mustTable("titles", func(class, key string) (Title, bool) {
		t := Title{key, TitleClass(class)}
		return t, t.Class == TitleDrop || t.Class == TitleLight
	})
})

// Particle is a small word inside a person's name.
type Particle struct {
	Key  string // same for all spellings, e.g. "bin"
	Role Role
}

// Role is what a particle does in a name.
type Role string

const (
	RoleFiliation Role = "filiation" // son or daughter of: bin, ibn, bint, ben, oglu, kyzy, mac, o'
	RoleArticle   Role = "article"   // al, el, ul, ad-, ash-: part of the next word, or dropped
	RoleKunya     Role = "kunya"     // abu, umm: father or mother of; with the next word a name of its own
	RoleNobiliary Role = "nobiliary" // von, van, de, di, della, san: before a surname
	RoleConnector Role = "connector" // y, e, i, und: joins two surnames
	RoleSuffix    Role = "suffix"    // junior, senior, fils: after the name, tells generations apart
)

// Particles is the table of particles.
func Particles() *Table[Particle] { return particles() }

var particles = sync.OnceValue(func() *Table[Particle] {
	return mustTable("particles", func(class, key string) (Particle, bool) {
		p := Particle{key, Role(class)}
		switch p.Role {
		case RoleFiliation, RoleArticle, RoleKunya, RoleNobiliary, RoleConnector, RoleSuffix:
			return p, true
		}
		return p, false
	})
})
