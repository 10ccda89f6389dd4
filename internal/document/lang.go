package document

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language that documents are written in.
type Lang string

// The languages; English is the fallback.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

var matcher = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese})

// Nearest is the language nearest to a tag.
func Nearest(tag language.Tag) Lang {
	if _, i, _ := matcher.Match(tag); i == 1 {
		return Chinese
	}
	return English
}

// Tag is the language's tag; it says how the language is written.
func (l Lang) Tag() language.Tag {
	if l == Chinese {
		return language.SimplifiedChinese
	}
	return language.English
}

// Say picks the language of a text.
func (l Lang) Say(en, zh string) string {
	if l == Chinese {
		return zh
	}
	return en
}

// Sayf picks the language of a format, and formats.
func (l Lang) Sayf(en, zh string, a ...any) string { return fmt.Sprintf(l.Say(en, zh), a...) }

// Join strings a list as the language does.
func (l Lang) Join(s []string) string { return strings.Join(s, l.Say(", ", "、")) }

// Yes says yes or no.
func (l Lang) Yes(is bool) string {
	if is {
		return l.Say("yes", "是")
	}
	return l.Say("no", "否")
}
