package enduse

import (
	_ "embed"
	"slices"
	"sync"
)

//go:embed names.txt
var namesText string

var nameLexicon = sync.OnceValue(func() *node { return readLexicon(namesText) })

// NameSays is what the names of a party say it is: military, government, research, logistics, bank,
// trader. The result is never nil, sorted, and empty where the names say nothing.
func NameSays(names ...string) []string {
	says := []string{}
	var room aFew
	for _, name := range names {
		for _, h := range find(tokenise(name, &room), nameLexicon()) {
			for _, c := range h.classes {
				if c != cPlain && !slices.Contains(says, string(c)) {
					says = append(says, string(c))
				}
			}
		}
	}
	slices.Sort(says)
	return says
}
