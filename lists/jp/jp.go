// Package jp reads the Foreign End User List 外国ユーザーリスト of Japan's Ministry of Economy, Trade and Industry, in the
// workbook the ministry publishes: a table of number, country, company or organisation, further names, and the kinds
// of concern, each heading in Japanese with the English below it.
//
// An entity's id is its number in the list, which is the number of that edition: a revision may number anew. The
// kinds of concern (B biological, C chemical, M missile, N nuclear, CW conventional weapons) are the tags of its
// measure. The list does not type its entries: the kind is unknown. It gives no day of listing.
package jp

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/sheet/xlsx"
)

// ListID is the id of the list in reports and policy.
const ListID = "jp-eul"

// The columns by a part of their English heading.
const (
	number = iota
	country
	company
	alias
	concern
	conventional
)

var headings = [...]string{number: "no.", country: "country", company: "company", alias: "also known as", concern: "wmd", conventional: "conventional"}

// headRows is how far down the heading may be: titles may stand above it.
const headRows = 20

// Read reads the list. It returns the whole list or an error that joins every [*lists.Problem] found; a country that
// is not known is noted in the list's Skipped.
func Read(r io.Reader) (lists.List, error) {
	l := lists.List{
		ID: ListID, Title: "Japan: METI Foreign End User List", TitleZh: "日本经济产业省外国用户清单", Regime: "JP",
		Authority: "Ministry of Economy, Trade and Industry 経済産業省", Source: "https://www.meti.go.jp/policy/anpo/law05.html",
	}
	p := &source.Problems{List: ListID}
	rows, err := xlsx.Rows(r)
	if err != nil {
		p.Add(lists.Problem{Err: err})
		return p.Finish(l)
	}
	at, first := findHeading(rows)
	if at[company] < 0 || at[country] < 0 || at[number] < 0 {
		p.Add(lists.Problem{Reason: "no heading with number, country and company", Err: lists.ErrFormat})
		return p.Finish(l)
	}
	for i, words := range rows[first-1] {
		if strings.TrimSpace(words) != "" && !slices.Contains(at[:], i) {
			p.Note(lists.Problem{Line: first, Field: strings.Join(strings.Fields(words), " "), Reason: "a column the importer does not know was left out"})
		}
	}
	for i, row := range rows[first:] {
		cell := func(column int) string {
			if c := at[column]; c >= 0 && c < len(row) {
				return strings.TrimSpace(row[c])
			}
			return ""
		}
		if cell(number) == "" && cell(company) == "" {
			continue // a blank row or a footnote
		}
		p.Line = first + i + 1
		e := entity(cell, p)
		p.Once(e.ID)
		l.Entities = append(l.Entities, e)
	}
	p.Line = 0
	return p.Finish(l)
}

// findHeading is where each column is, -1 for one that is not there, and the row after the heading.
func findHeading(rows [][]string) (at [len(headings)]int, first int) {
	for i, row := range rows[:min(len(rows), headRows)] {
		for h, words := range headings {
			at[h] = slices.IndexFunc(row, func(cell string) bool { return strings.Contains(strings.ToLower(cell), words) })
		}
		if at[company] >= 0 && at[country] >= 0 {
			return at, i + 1
		}
	}
	return at, len(rows)
}

// inJapanese finds a name in Japanese or Chinese in brackets after the English one.
var inJapanese = regexp.MustCompile(`\s*[（(]([^()（）]*[\p{Han}\p{Hiragana}\p{Katakana}][^()（）]*)[)）]`)

func entity(cell func(int) string, p *source.Problems) lists.Entity {
	e := lists.Entity{ID: cell(number)}
	addNames := func(text string, kind lists.NameKind) {
		rest := inJapanese.ReplaceAllString(text, "")
		if strings.TrimSpace(rest) == "" { // the brackets are all there is
			rest = strings.Trim(text, "()（） ")
		}
		source.AddName(&e, lists.Name{Text: rest, Kind: kind})
		for _, m := range inJapanese.FindAllStringSubmatch(text, -1) {
			source.AddName(&e, lists.Name{Text: m[1], Kind: lists.OriginalName})
		}
	}
	addNames(cell(company), lists.PrimaryName)
	if len(e.Names) == 0 || e.Names[0].Kind != lists.PrimaryName {
		p.Add(lists.Problem{Record: e.ID, Field: "company", Reason: "the party has no name"})
	}
	for _, a := range aliases(cell(alias)) {
		addNames(a, lists.Alias)
	}
	if words := cell(country); words != "" {
		a := lists.Address{Text: strings.Join(strings.Fields(words), " "), Country: source.Code(words)}
		for s := range strings.Lines(words) { // Japanese above, English below
			if a.Country == "" {
				a.Country = source.Code(s)
			}
		}
		if a.Country == "" {
			p.Country(e.ID, "country", a.Text)
		}
		e.Countries, e.Addresses = source.AddUnique(nil, a.Country), []lists.Address{a}
	}
	m := lists.Measure{Programme: "EUL", Tags: concerns(cell(concern))}
	if c := cell(conventional); c != "" {
		m.Tags = source.AddUnique(m.Tags, "CW")
	}
	m.Terms = source.Join(strings.Join(strings.Fields(cell(concern)), " "), strings.Join(strings.Fields(cell(conventional)), " "))
	e.Measures = []lists.Measure{m}
	return e
}

// aliases takes a cell apart at line ends and at the dots that stand before each name; within a name in katakana
// such a dot separates words.
func aliases(cell string) []string {
	var all []string
	for line := range strings.Lines(cell) {
		line = strings.TrimLeft(strings.TrimSpace(line), "・•")
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Katakana, unicode.Hiragana) && r != 'ー' }) {
			all = append(all, line)
			continue
		}
		all = append(all, source.Split(line, "・")...)
	}
	return all
}

// concerns are the letters of the kinds of concern.
func concerns(cell string) []string {
	var tags []string
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return !(r >= 'A' && r <= 'Z') }) {
		if slices.Contains([]string{"B", "C", "M", "N", "CW"}, s) {
			tags = source.AddUnique(tags, s)
		}
	}
	return tags
}
