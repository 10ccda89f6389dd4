package words

import "sync"

// OrgWord is a word that many organisations share. Spellings of one Key mean the same, in any language.
type OrgWord struct {
	Key   string // e.g. "research institute"
	Class OrgClass
}

// OrgClass is how much an organisation word tells.
type OrgClass string

const (
	OrgGeneric   OrgClass = "generic"   // says almost nothing: trading, international, services
	OrgIndustry  OrgClass = "industry"  // says what it deals in: aviation, pharmaceutical, bank
	OrgBody      OrgClass = "body"      // says what it is: institute, university, factory, ministry
	OrgQualifier OrgClass = "qualifier" // sets it beside others of its kind: national, central, military
	OrgEmblem    OrgClass = "emblem"    // a name many firms choose: star, golden, eagle
)

// Orgs is the table of organisation words. Legal forms are in [Forms], places and demonyms in [Places].
func Orgs() *Table[OrgWord] { return orgs() }

var orgs = sync.OnceValue(func() *Table[OrgWord] {
	return mustTable("orgs", func(class, key string) (OrgWord, bool) {
		w := OrgWord{key, OrgClass(class)}
		switch w.Class {
		case OrgGeneric, OrgIndustry, OrgBody, OrgQualifier, OrgEmblem:
			return w, true
		}
		return w, false
	})
})

// stopWords has one row a language.
var stopWords = sync.OnceValue(func() *Table[struct{}] {
	return mustTable("stops", func(string, string) (struct{}, bool) { return struct{}{}, true })
})

// Stop reports whether the word is an article, preposition or conjunction that carries no meaning in the
// name of an organisation. In a person's name the same word may be a [Particle].
func Stop(word string) bool { return stopWords().Of(word) != nil }
