package script

import (
	"strings"
	"sync"
)

// nationalForms is a Cyrillic word and, where it is an East Slavic given name or a patronymic of one,
// its forms in the other languages: a Belarusian list may spell Сергей as Siarhei. The word itself
// comes first.
func nationalForms(word string) []string {
	groups := slavicNames()
	forms, ok := groups[word]
	if !ok {
		forms = groups[strings.ReplaceAll(word, "ё", "е")]
	}
	out := []string{word}
	for _, f := range forms {
		if f != word {
			out = append(out, f)
		}
	}
	return out
}

// slavicNames maps each name of tables/slavic_names.txt to its line. For a man's patronymic the
// woman's is made by rule.
var slavicNames = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	data, err := files.ReadFile("tables/slavic_names.txt")
	if err != nil {
		return out // cannot happen: the file is embedded
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		forms := strings.Fields(line)
		addForms(out, forms)
		var women []string
		for _, f := range forms {
			if w, ok := daughter(f); ok {
				women = append(women, w)
			}
		}
		addForms(out, women)
	}
	return out
})

func addForms(out map[string][]string, forms []string) {
	for _, f := range forms {
		out[f] = append(out[f], forms...)
	}
}

// daughter makes a woman's patronymic of a man's.
func daughter(man string) (string, bool) {
	for _, e := range [][2]string{
		{"ьович", "ьовна"}, {"йович", "ївна"}, {"ович", "овна"}, {"евич", "евна"}, {"авіч", "аўна"}, {"евіч", "еўна"}, {"явіч", "яўна"}, {"ьевіч", "ьеўна"},
	} {
		if stem, ok := strings.CutSuffix(man, e[0]); ok {
			return stem + e[1], true
		}
	}
	return "", false
}
