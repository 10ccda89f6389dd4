// Package handbook writes the handbook of a compliance programme: element 9 of MOFCOM's guidance, and the paper in
// which staff, partners and auditors read the other eight.
//
// A handbook says what the programme's data say, in Chinese or English, and nothing else: to change it, change the
// programme. It holds the chapters that the programme names, in its order; chapter "rules" tells of audit and
// records too, which the guidance gives no chapter of their own. What the data lack is not made up: see
// [icp.Programme.Validate] for the gaps.
package handbook

import (
	"io"
	"slices"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/document"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
	"golang.org/x/text/language"
)

// HTML writes the handbook as one page in the supported language nearest to tag, complete in itself and fit to
// print on A4. Each chapter is the target of a link "#" and its name, such as #procedure. The error is the writer's.
func HTML(w io.Writer, p *icp.Programme, tag language.Tag) error {
	return document.HTML(w, compose(p, tag))
}

// Markdown writes the same as Markdown.
func Markdown(w io.Writer, p *icp.Programme, tag language.Tag) error {
	return document.Markdown(w, compose(p, tag))
}

// book is a handbook being composed in one language.
type book struct {
	*icp.Programme
	document.Lang
	// Titles by id. LoadProgramme has checked that every id names something.
	people, roles, units map[string]string
}

// chapters compose what each chapter holds.
var chapters = map[icp.Chapter]func(*book, *document.Section){
	"policy":         (*book).writePolicy,
	"law":            (*book).writeLaw,
	"rules":          (*book).writeRules,
	"organisation":   (*book).writeOrganisation,
	"people":         (*book).writePeople,
	"identification": (*book).writeIdentification,
	"risk":           (*book).writeRisk,
	"procedure":      (*book).writeProcedure,
	"violations":     (*book).writeViolations,
	"training":       (*book).writeTraining,
	"authorities":    (*book).writeAuthorities,
}

func compose(p *icp.Programme, tag language.Tag) *document.Document {
	b := &book{Programme: p, Lang: document.Nearest(tag)}
	b.people, b.roles, b.units = map[string]string{}, map[string]string{}, map[string]string{}
	for _, x := range p.Organisation.People {
		b.people[x.ID] = b.in(x.Title)
	}
	for _, x := range p.Organisation.Roles {
		b.roles[x.ID] = b.in(x.Title)
	}
	for _, x := range p.Organisation.Units {
		b.units[x.ID] = b.in(x.Title)
	}
	d := &document.Document{
		Lang:     b.Lang,
		Title:    b.in(p.Company) + b.Say(": export control handbook", "出口管制合规管理手册"),
		Contents: b.Say("Contents", "目录"),
		Facts: []document.Fact{
			{Label: b.Say("Version", "版本"), Text: p.Version},
			{Label: b.Say("Adopted on", "施行日期"), Text: string(p.AdoptedOn)},
			{Label: b.Say("Programme (SHA-256)", "制度文件（SHA-256）"), Text: p.Digest()},
		},
	}
	for _, c := range p.Handbook.Chapters {
		if slices.ContainsFunc(d.Sections, func(s document.Section) bool { return s.ID == string(c) }) {
			continue // a programme may name a chapter twice; its anchor stands once
		}
		s := document.Section{ID: string(c), Title: b.in(c.Text())}
		chapters[c](b, &s)
		d.Sections = append(d.Sections, s)
	}
	return d
}

// in is a text of the programme in the language.
func (b *book) in(t icp.Text) string { return b.Say(t.En, t.Zh) }

// all are texts of the programme in the language.
func (b *book) all(texts []icp.Text) (said []string) {
	for _, t := range texts {
		said = append(said, b.in(t))
	}
	return said
}

// worded are words of the programme in the language.
func worded[T interface{ Text() icp.Text }](b *book, words []T) (said []string) {
	for _, w := range words {
		said = append(said, b.in(w.Text()))
	}
	return said
}

// items are words of the programme as items of a list.
func items[T interface{ Text() icp.Text }](b *book, words []T) document.Block {
	said := worded(b, words)
	for i := range said {
		said[i] = heading(said[i])
	}
	return document.Block{Items: said}
}

// named are coded words of a report in the language.
func named[T ~string](b *book, codes []T) (said []string) {
	for _, c := range codes {
		said = append(said, render.Name(string(c), b.Tag()))
	}
	return said
}

// unchecked marks a fact that has not been checked against the official text.
func (b *book) unchecked(verify bool) string {
	if verify {
		return b.Say(" (to be verified)", "（待核实）")
	}
	return ""
}

func (b *book) outcome(o screening.Outcome) string { return render.Name(string(o), b.Tag()) }

// titles are those of what ids name.
func (b *book) titles(ids []string, of map[string]string) string {
	var said []string
	for _, id := range ids {
		said = append(said, of[id])
	}
	return b.Join(said)
}
