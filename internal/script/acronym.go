package script

import (
	"strings"
	"sync"
)

// letterNames are the Latin letters by their names in other scripts.
var letterNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	data, err := files.ReadFile("tables/letters.txt")
	if err != nil {
		return out // cannot happen: the files are embedded
	}
	for line := range strings.Lines(string(data)) {
		letter, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, name := range strings.Fields(names) {
			out[name] = letter
		}
	}
	return out
})

const (
	longestName = 9 // runes of a name
	// minAcronym is the number of letters from which a word is taken for an acronym: names of one or two letters are words
	// of the language.
	minAcronym = 3
)

// acronym is the letters whose names a word consists of, "" where it does not, or of too few: ทีเอบี, TAB.
func acronym(word []rune) string {
	var letters []byte
	for len(word) > 0 {
		n := min(longestName, len(word))
		for ; n > 0; n-- {
			if l, ok := letterNames()[string(word[:n])]; ok {
				letters = append(letters, l...)
				break
			}
		}
		if n == 0 {
			return ""
		}
		word = word[n:]
	}
	if len(letters) < minAcronym {
		return ""
	}
	return string(letters)
}

// addAcronym adds the reading of a word as the names of letters, which is the likeliest where there is one. It stands for
// no other letters.
func (w *Word) addAcronym(word []rune) {
	if a := acronym(word); a != "" {
		w.add([]slot{newSlot([]spelling{{a, 0}})}, 0)
	}
}
