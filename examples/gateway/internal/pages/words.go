package pages

import (
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// The languages of the workbench. The tags are those that pages carry.
const (
	english = "en"
	chinese = "zh"
)

var tags = map[string]xlanguage.Tag{english: xlanguage.English, chinese: xlanguage.SimplifiedChinese}

// language is what the visitor chose, or else what the browser asks for.
func language(r *http.Request) string {
	wanted := r.Header.Get("Accept-Language")
	if c, err := r.Cookie(languageCookie); err == nil {
		wanted = c.Value
	}
	_, i := xlanguage.MatchStrings(xlanguage.NewMatcher(render.Languages), wanted)
	if i == 1 {
		return chinese
	}
	return english
}

// getLanguage keeps the choice and goes back to the page.
func getLanguage(v *visit) error {
	lang := v.r.URL.Query().Get("lang")
	if _, ok := tags[lang]; !ok {
		return notFound(v)
	}
	http.SetCookie(v.w, v.cookie(languageCookie, lang, 365*24*time.Hour))
	http.Redirect(v.w, v.r, local(v.r.URL.Query().Get("to")), http.StatusSeeOther)
	return nil
}

// words are the catalogue, and which keys it has.
var words = sync.OnceValues(func() (catalog.Catalog, map[string]bool) {
	b := catalog.NewBuilder(catalog.Fallback(xlanguage.English))
	keys := make(map[string]bool)
	set := func(key, en, zh string) {
		keys[key] = true
		_ = b.SetString(xlanguage.English, key, en) // fails only for a malformed tag, and these are constants
		_ = b.SetString(xlanguage.SimplifiedChinese, key, zh)
	}
	for _, m := range texts {
		set(m[0], m[0], m[1])
	}
	for _, m := range codes {
		set(m[0], m[1], m[2])
	}
	return b, keys
})

// say is a text of the catalogue; a key that it lacks is an error, so that no page is half translated.
func say(lang, key string, args ...any) (string, error) {
	c, keys := words()
	if !keys[key] {
		return "", fmt.Errorf("the catalogue has no %q", key)
	}
	return message.NewPrinter(tags[lang], message.Catalog(c)).Sprintf(message.Key(key, key), args...), nil
}

// t is a text of the catalogue that stands in this package's code; a test looks every one up.
func (v *visit) t(key string, args ...any) string {
	s, err := say(v.lang, key, args...)
	if err != nil {
		return key
	}
	return s
}

// name is the word for a coded value of orders and reports.
func (v *visit) name(code string) string { return render.Name(code, tags[v.lang]) }

// join strings a list as the language does.
func join(lang string, s []string) string {
	if lang == chinese {
		return strings.Join(s, "、")
	}
	return strings.Join(s, ", ")
}

// person is how a person of the programme is called, the id itself for anybody else.
func (b *bench) person(lang, id string) string {
	if id == icp.System {
		s, _ := say(lang, "the programme")
		return s
	}
	if p := b.member(id); p != nil {
		return p.Title.In(lang)
	}
	return id
}

// role is the title of a role of the programme, its id where there is none.
func (b *bench) role(id string) icp.Text {
	for _, r := range b.Desk.Programme().Organisation.Roles {
		if r.ID == id {
			return r.Title
		}
	}
	return icp.Text{En: id, Zh: id}
}

//go:embed templates
var templateFiles embed.FS

// parse reads the templates once for each language, whose words are then part of them.
func (b *bench) parse() (map[string]map[string]*template.Template, error) {
	all := make(map[string]map[string]*template.Template)
	for lang := range tags {
		shared, err := template.New("").Funcs(b.functions(lang)).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
		if err != nil {
			return nil, err
		}
		files, err := templateFiles.ReadDir("templates")
		if err != nil {
			return nil, err
		}
		all[lang] = make(map[string]*template.Template)
		for _, f := range files {
			t, err := template.Must(shared.Clone()).ParseFS(templateFiles, "templates/"+f.Name())
			if err != nil {
				return nil, err
			}
			all[lang][strings.TrimSuffix(f.Name(), path.Ext(f.Name()))] = t
		}
	}
	return all, nil
}

// functions are what templates of a language call.
func (b *bench) functions(lang string) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) (string, error) { return say(lang, key, args...) },
		"word":    func(group string, code any) (string, error) { return say(lang, fmt.Sprint(group, ".", code)) },
		"name":    func(code any) string { return render.Name(fmt.Sprint(code), tags[lang]) },
		"text":    func(t screening.Text) string { return t.In(lang) },
		"person":  func(id string) string { return b.person(lang, id) },
		"join":    func(s []string) string { return join(lang, s) },
		"names":   func(s []string) string { return names(lang, s) },
		"country": func(code string) string { return countryName(lang, code) },
		"link":    address,
		"element": func(n int) icp.Text { return icp.Element(n).Title() },
		"role":    b.role,
		"lang":    func() string { return tags[lang].String() },
		"other":   func() string { return map[string]string{english: chinese, chinese: english}[lang] },
		"iso":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"moment":  func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") },
		"short":   func(s string) string { return s[:min(12, len(s))] },
		"int":     func(f float64) string { return strconv.Itoa(int(f*100 + 1e-9)) },
		"dict":    dict,
	}
}

// names are the words of several coded values.
func names(lang string, all []string) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = render.Name(c, tags[lang])
	}
	return join(lang, out)
}

// countryName is a country's name with its code; what is no code stays as it is.
func countryName(lang, code string) string {
	if n := country.Name(code, lang); n != "" {
		return n + " (" + code + ")"
	}
	return code
}

// dict gives a template several values.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d values", len(pairs))
	}
	d := make(map[string]any)
	for i := 0; i < len(pairs); i += 2 {
		d[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return d, nil
}

// coded turns typed codes into plain ones.
func coded[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = string(c)
	}
	return out
}
