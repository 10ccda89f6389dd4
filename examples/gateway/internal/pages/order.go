package pages

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// orderPage is the page of one order: what was found, what is known, what may be done, what was done.
type orderPage struct {
	Case   icp.Case
	Report *screening.Report
	Order  *screening.Order
	// Cleared says that the order may pass its stage now.
	Cleared bool
	// Barred says that people may not release the outcome at this stage.
	Barred    bool
	Level     string
	Due       due
	Recipient *screening.Party
	Findings  []finding
	Parties   []party
	Lines     []line
	// Facts are what the order says beside parties and lines.
	Facts     []render.Row
	Questions []question
	Checks    []screening.Text
	// Cast and Approvals are the votes of the level, of Quorum and Needed.
	Cast, Approvals, Quorum, Needed int
	Moves                           []move
	// Against are the moves that are not possible now, with what speaks against each.
	Against []move
	Steps   []step
	// Done is the kind of the move that has just been recorded, "" for none.
	Done icp.EventKind
	// Refused is the move that was not allowed, nil where none was tried.
	Refused *refusedMove
}

// Choices are those of a vote.
func (orderPage) Choices() []string {
	return []string{string(icp.Approve), string(icp.Refuse), string(icp.Abstain)}
}

// Until is the last day of the release in force, "" for no end of its own.
func (p orderPage) Until() icp.Date {
	if !p.Cleared {
		return ""
	}
	return p.Case.Releases[len(p.Case.Releases)-1].Until
}

// Papers are the codes of the papers that the findings ask for.
func (p orderPage) Papers() []string { return coded(p.Report.Documents) }

// MustReport says that the law asks to stop and report, for which there is evidence to download.
func (p orderPage) MustReport() bool {
	return slices.ContainsFunc(p.Report.Findings, func(f screening.Finding) bool { return f.Rule != nil && f.Rule.StopAndReport })
}

// party is a party of the order, with what was found of it. Number is its place, from 1.
type party struct {
	screening.Party
	Number      int
	RoleCodes   []string
	Names, Hits int
	Addresses   []string
	Findings    []string
}

// line is a line of the order, with how it was classified. Number is its place, from 1.
type line struct {
	screening.Line
	Number int
	Class  screening.ItemClass
	Codes  []string
}

// question is one of the questionnaire, with the answer on file.
type question struct {
	ID        string
	Text, Why screening.Text
	Answer    *screening.Answer
}

// step is one event of the case.
type step struct {
	icp.Event
	// Record is the id of its record in the log.
	Record string
	// Level is the level that the case went to, "" where it stayed.
	Level string
}

func getOrder(v *visit) error { return v.order(http.StatusOK, nil) }

// order shows the page of the order that the request names.
func (v *visit) order(status int, refused *refusedMove) error {
	ctx := v.r.Context()
	id := cmp.Or(v.r.PostFormValue("case"), v.r.URL.Query().Get("id"))
	c, err := v.Desk.Case(ctx, id)
	if err != nil {
		return err
	}
	rep, o, err := v.Desk.Report(ctx, c.Screening.Report)
	if err != nil {
		return err
	}
	events, err := v.Desk.Events(ctx, id)
	if err != nil {
		return err
	}
	p := orderPage{
		Case: c, Report: rep, Order: o, Cleared: c.Cleared(v.Now()), Level: v.level(c.Row()), Due: v.deadline(c.Row()), Recipient: recipient(o),
		Findings: v.findings(rep, o), Facts: v.facts(o), Questions: questions(rep, o), Lines: lines(rep, o), Refused: refused,
		Barred: v.barred(&c),
	}
	p.Parties = parties(rep, o, p.Findings)
	if s := v.stage(c.Row()); s != nil {
		p.Checks = s.Checks
	}
	if l := v.levelOf(c.Row()); l != nil {
		p.Quorum, p.Needed = l.Quorum, l.Approvals
	}
	for _, vote := range c.Votes {
		if vote.Level == c.Level {
			p.Cast++
			if vote.Choice == icp.Approve {
				p.Approvals++
			}
		}
	}
	for _, e := range events {
		s := step{Event: e, Record: icp.EventRecord(e.Case, e.Seq)}
		if e.Kind == icp.Escalated || e.Kind == icp.Decided && e.Approved && !e.Final {
			s.Level = v.level(icp.Row{Stage: c.Screening.Stage, Level: e.Level})
		}
		p.Steps = append(p.Steps, s)
	}
	if p.Moves, p.Against, err = v.moves(&c, refused); err != nil {
		return err
	}
	if done := icp.EventKind(v.r.URL.Query().Get("done")); slices.Contains(icp.EventKinds, done) {
		p.Done = done
	}
	return v.show(status, "order", "Order", p)
}

// barred reports whether the outcome is beyond what people may release at the stage.
func (v *visit) barred(c *icp.Case) bool {
	s := v.stage(c.Row())
	return c.Status == icp.UnderReview && s != nil && s.ReleaseUpTo.Max(c.Screening.Outcome) != s.ReleaseUpTo
}

// getChanged says whether the case has moved since the event that the page shows, for the script to ask.
func getChanged(v *visit) error {
	q := v.r.URL.Query()
	c, err := v.Desk.Case(v.r.Context(), q.Get("id"))
	if err != nil {
		return err
	}
	if strconv.Itoa(c.Seq) == q.Get("seq") {
		v.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = v.w.Write([]byte(v.t("Somebody else has moved this case. Load the page again before you decide.")))
	return nil
}

// getReport is the report as the page that is printed and filed.
func getReport(v *visit) error {
	rep, _, err := v.Desk.Report(v.r.Context(), v.r.URL.Query().Get("id"))
	if err != nil {
		return err
	}
	return v.printable(func(w io.Writer) error { return render.Page(w, rep, tags[v.lang]) })
}

// printable sends a page that is complete in itself: it brings its own style and nothing else.
func (v *visit) printable(write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	_, _ = v.w.Write(b.Bytes())
	return nil
}

// parties joins the order's parties to what was compared and found.
func parties(rep *screening.Report, o *screening.Order, found []finding) []party {
	out := make([]party, len(o.Parties))
	for i := range o.Parties {
		out[i].Party, out[i].Number, out[i].RoleCodes = o.Parties[i], i+1, coded(o.Parties[i].Roles)
		for _, a := range o.Parties[i].Addresses {
			out[i].Addresses = append(out[i].Addresses, addressText(&a))
		}
		for _, f := range found {
			if f.Party == i+1 {
				out[i].Findings = append(out[i].Findings, f.ID)
			}
		}
		if i < len(rep.Parties) {
			out[i].Names, out[i].Hits = rep.Parties[i].Names, rep.Parties[i].Hits
		}
	}
	return out
}

// lines joins the order's lines to how they were classified.
func lines(rep *screening.Report, o *screening.Order) []line {
	out := make([]line, len(o.Lines))
	for i := range o.Lines {
		out[i].Line, out[i].Number = o.Lines[i], i+1
		if i < len(rep.Lines) {
			out[i].Class, out[i].Codes = rep.Lines[i].Class, rep.Lines[i].Codes
		}
	}
	return out
}

func addressText(a *screening.Address) string {
	if a.Text != "" {
		return a.Text
	}
	parts := slices.DeleteFunc([]string{a.Street, a.PostalCode, a.City, a.Region, a.Country}, func(s string) bool { return s == "" })
	return strings.Join(parts, ", ")
}

// facts are what the order says beside parties and lines.
func (v *visit) facts(o *screening.Order) (rows []render.Row) {
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, render.Row{Label: v.t(label), Text: text})
		}
	}
	add("Destination", countryName(v.lang, o.Destination))
	if o.EndUse == nil || o.EndUse.Text == "" && o.EndUse.Code == "" {
		add("End use", v.t("not stated"))
	} else {
		add("End use", o.EndUse.Text)
		if o.EndUse.Code != "" {
			add("Kind of use", v.t("use."+o.EndUse.Code))
		}
		if o.EndUse.Reexport != nil {
			add("Will be passed on", v.name(map[bool]string{true: "yes", false: "no"}[*o.EndUse.Reexport]))
		}
		if o.EndUse.Site != nil {
			add("Place of installation", addressText(o.EndUse.Site))
		}
	}
	var route []string
	for _, l := range o.Route {
		route = append(route, countryName(v.lang, l.Country))
	}
	add("Route", strings.Join(route, " → "))
	if o.Payment != nil && o.Payment.BankCountry != "" {
		add("Bank in", countryName(v.lang, o.Payment.BankCountry))
	}
	if o.Payment != nil && o.Payment.PrepaidPercent != nil {
		add("Paid in advance", o.Payment.PrepaidPercent.String()+" %")
	}
	var papers []string
	for _, d := range o.Documents {
		papers = append(papers, strings.TrimSpace(v.name(string(d.Type))+" "+d.Number))
	}
	add("Papers of the order", join(v.lang, papers))
	add("Entered by", o.EnteredBy)
	add("Note", o.Note)
	return rows
}

// questions are those that are open, and after them those that were answered.
func questions(rep *screening.Report, o *screening.Order) (all []question) {
	for _, q := range rep.Questions {
		all = append(all, question{ID: q.ID, Text: screening.Text(q.Text), Why: screening.Text(q.Why), Answer: answer(o, q.ID)})
	}
	return all
}

func answer(o *screening.Order, id string) *screening.Answer {
	if i := slices.IndexFunc(o.Answers, func(a screening.Answer) bool { return a.Question == id }); i >= 0 {
		return &o.Answers[i]
	}
	return nil
}

// pathOf tells what part of the order a finding is about.
var pathOf = regexp.MustCompile(`^(parties|lines)\[(\d+)\]`)

// part is the number, from 1, of the party or line that a path leads to; 0 where it leads elsewhere.
func part(path, kind string) int {
	m := pathOf.FindStringSubmatch(path)
	if m == nil || m[1] != kind {
		return 0
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return 0
	}
	return n + 1
}
