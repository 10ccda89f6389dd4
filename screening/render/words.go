package render

import (
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/terminal"
	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// Languages are the languages reports are rendered in; the first is the fallback.
var Languages = []language.Tag{language.English, language.SimplifiedChinese}

// Name is a coded word of a report, such as an outcome, a document type or a role, in the supported language
// nearest to tag; what is no such word stays as it is.
func Name(code string, tag language.Tag) string { return in(tag).name(code) }

// words speaks one language.
type words struct {
	*message.Printer
	lang string // "en" or "zh"
}

// in gives the words of the supported language nearest to tag.
func in(tag language.Tag) words {
	_, i, _ := language.NewMatcher(Languages).Match(tag)
	lang := "en"
	if i == 1 {
		lang = "zh"
	}
	return words{message.NewPrinter(Languages[i], message.Catalog(catalogue())), lang}
}

// text picks the language of a bilingual text; nil is "".
func (w words) text(t *screening.Text) string {
	if t == nil {
		return ""
	}
	return t.In(w.lang)
}

// name is a coded word of the report (a role, a status, a document type) in the language.
func (w words) name(code string) string { return w.Sprintf(message.Key(code, code)) }

// trial says of a simulation that it is none of an order's screenings; "" of a screening.
func (w words) trial(rep *screening.Report) string {
	if rep.Simulation == "" {
		return ""
	}
	return w.Sprintf("SIMULATION %s: not a screening; no order may be released or held on it.", plain(rep.Simulation))
}

// country names a country and keeps its code; what is no code stays as it is.
func (w words) country(code string) string {
	if n := country.Name(code, w.lang); n != "" {
		return n + " (" + code + ")"
	}
	return code
}

// join strings a list as the language does.
func (w words) join(s []string) string {
	if w.lang == "zh" {
		return strings.Join(s, "、")
	}
	return strings.Join(s, ", ")
}

// clauses strings statements together as the language does.
func (w words) clauses(s []string) string {
	if w.lang == "zh" {
		return strings.Join(s, "；")
	}
	return strings.Join(s, "; ")
}

// plain makes a text of an order safe for a terminal.
func plain(s string) string { return terminal.Plain(s) }

// catalogue is built once.
var catalogue = sync.OnceValue(messages)

// messages builds the catalogue. English is the key itself except for codes.
func messages() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, m := range chinese {
		// SetString fails only for a malformed tag, and these are constants.
		_ = b.SetString(language.SimplifiedChinese, m[0], m[1])
	}
	for _, c := range append(slices.Clone(codes), steps...) {
		_ = b.SetString(language.English, c[0], c[1])
		_ = b.SetString(language.SimplifiedChinese, c[0], c[2])
	}
	return b
}
