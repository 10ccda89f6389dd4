package words

import (
	"slices"
	"strings"
)

// variants gives the token forms of a spelling as written in a table: an abbreviation joined and
// spaced, an Arabic word under every folding the normaliser may use.
func variants(spelling string) []string {
	if !strings.Contains(spelling, ".") {
		return arabic(spelling)
	}
	joined := strings.ReplaceAll(spelling, ".", "")
	spaced := strings.Join(strings.Fields(strings.ReplaceAll(spelling, ".", " ")), " ")
	return append(arabic(joined), arabic(spaced)...)
}

// arabicFolds are the spelling choices a normaliser may make for Arabic letters. Each is applied or
// not, in this order, so a word yields at most as many forms as there are subsets.
var arabicFolds = []*strings.Replacer{
	strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ؤ", "و", "ئ", "ي"),
	strings.NewReplacer("ة", "ه"),
	strings.NewReplacer("ى", "ي", "ی", "ي", "ک", "ك"),
	strings.NewReplacer("ي", "ی", "ى", "ی", "ك", "ک"),
}

func arabic(s string) []string {
	forms := []string{s}
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x0620 && r <= 0x06d3 }) {
		return forms
	}
	for _, fold := range arabicFolds {
		for _, f := range forms {
			if g := fold.Replace(f); !slices.Contains(forms, g) {
				forms = append(forms, g)
			}
		}
	}
	return forms
}
