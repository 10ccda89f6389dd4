package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
)

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// Page writes the report as one HTML page in the supported language nearest to tag. The page is complete in
// itself: no script, no font, no picture from elsewhere. It is laid out for A4 and fit to file with a
// licence application. The error is the writer's.
func Page(w io.Writer, rep *screening.Report, tag language.Tag) error {
	if err := pageTemplate.Execute(w, pageOf(in(tag), rep)); err != nil {
		return fmt.Errorf("render report %s: %w", rep.ID, err)
	}
	return nil
}

// page is what the template sets: words only, no decisions left to make.
type page struct {
	Lang, Title, Outcome, Code, Means string
	Facts                             []Row
	FindingsTitle, None               string
	Findings                          []Statement
	QuestionsTitle                    string
	Questions                         []string
	NotRunTitle                       string
	NotRun                            []string
	CheckedTitle                      string
	Parties, Lines, Lists             table
	DigestsTitle                      string
	Digests                           []Row
	Sign                              []string
}

type table struct {
	Title string
	Head  []string
	Rows  [][]string
}

func pageOf(p words, rep *screening.Report) page {
	g := page{
		Lang: map[string]string{"en": "en", "zh": "zh-Hans"}[p.lang], Code: string(rep.Outcome),
		Title:   p.Sprintf("Export control screening of order %s", plain(rep.Order.ID)),
		Outcome: p.name(string(rep.Outcome)), Means: strings.TrimSpace(p.trial(rep) + " " + p.name(string(rep.Outcome)+".means")),
		FindingsTitle: p.Sprintf("Findings"), None: p.Sprintf("No finding."),
		QuestionsTitle: p.Sprintf("Questions to answer:"), NotRunTitle: p.Sprintf("Not run, for want of optional data:"),
		CheckedTitle: p.Sprintf("What was checked"), DigestsTitle: p.Sprintf("What the report was made from"),
		Sign: []string{p.Sprintf("Decision"), p.Sprintf("Signed by"), p.Sprintf("Date"), p.Sprintf("Signature")},
	}
	g.Facts = []Row{
		{p.Sprintf("Order"), p.Sprintf("%s of %s (%s)", plain(rep.Order.ID), string(rep.Order.Date), p.name(string(rep.Order.Stage)))},
		{p.Sprintf("Screened"), rep.At.Format("2006-01-02 15:04 MST")},
		{p.Sprintf("Law as of"), string(rep.AsOf)},
		{p.Sprintf("Report"), rep.ID},
	}
	if rep.Block != "" {
		g.Facts = append(g.Facts, Row{p.Sprintf("Block code"), rep.Block})
	}
	if len(rep.Documents) > 0 {
		g.Facts = append(g.Facts, Row{p.Sprintf("Papers"), p.join(p.documents(rep.Documents))})
	}
	for i := range rep.Findings {
		g.Findings = append(g.Findings, statementOf(p, rep, &rep.Findings[i]))
	}
	for _, q := range rep.Questions {
		g.Questions = append(g.Questions, screening.Text(q.Text).In(p.lang))
	}
	for _, t := range rep.NotRun {
		g.NotRun = append(g.NotRun, t.In(p.lang))
	}
	g.Parties, g.Lines, g.Lists = partyTable(p, rep), lineTable(p, rep), listTable(p, rep)
	g.Digests = []Row{
		{p.Sprintf("Order"), rep.Order.SHA256},
		{p.Sprintf("Lists"), rep.Inputs.Snapshot},
		{p.Sprintf("Control lists"), rep.Inputs.Classify},
		{p.Sprintf("Rules"), rep.Inputs.Rules},
		{p.Sprintf("Policy"), rep.Inputs.Policy},
		{p.Sprintf("Tables"), rep.Inputs.Reference},
		{p.Sprintf("Engine"), rep.Engine},
	}
	return g
}

func partyTable(p words, rep *screening.Report) table {
	t := table{Title: p.Sprintf("Parties"), Head: []string{p.Sprintf("Name"), p.Sprintf("Role"), p.Sprintf("Names compared"), p.Sprintf("Hits")}}
	for _, q := range rep.Parties {
		var roles []string
		for _, r := range q.Roles {
			roles = append(roles, p.name(string(r)))
		}
		t.Rows = append(t.Rows, []string{plain(q.Name), p.join(roles), fmt.Sprint(q.Names), fmt.Sprint(q.Hits)})
	}
	return t
}

func lineTable(p words, rep *screening.Report) table {
	t := table{Title: p.Sprintf("Lines"), Head: []string{p.Sprintf("No."), p.Sprintf("Description"), p.Sprintf("Customs code"), p.Sprintf("Result"), p.Sprintf("Best candidates")}}
	for _, l := range rep.Lines {
		t.Rows = append(t.Rows, []string{plain(l.ID), plain(l.Description), plain(l.HS), p.name(string(l.Class)), strings.Join(l.Codes, ", ")})
	}
	return t
}

func listTable(p words, rep *screening.Report) table {
	t := table{Title: p.Sprintf("Lists"), Head: []string{p.Sprintf("List"), p.Sprintf("As of"), p.Sprintf("Entries"), "SHA-256"}}
	for _, l := range rep.Inputs.Lists {
		t.Rows = append(t.Rows, []string{l.Title.In(p.lang), orDash(string(l.Current)), fmt.Sprint(l.Entities), l.Digest[:min(16, len(l.Digest))]})
	}
	return t
}
