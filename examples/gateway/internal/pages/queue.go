package pages

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// perPage is how many cases one page of the queue shows.
const perPage = 50

// queue is the page of held orders.
type queue struct {
	Rows []row
	// Total counts what the filters pick, Late those of them whose time is over.
	Total, Late int
	Filter      filter
	// Choices of the filters.
	Statuses, Stages, Levels, Outcomes []choice
	People                             []choice
	// Previous and Next are addresses, "" for none.
	Previous, Next string
	First, Last    int
}

// filter is what the visitor asked for.
type filter struct {
	Status, Stage, Level, Outcome, Person, Text string
	Late                                        bool
}

// choice is one value of a filter or form.
type choice struct {
	Value, Text string
	Chosen      bool
}

// row is a case in the queue.
type row struct {
	Case icp.Row
	brief
	Value    *screening.Decimal
	Currency string
	Level    string
	Due      due
}

// brief is what the queue shows of a report: who is to get the goods, and what holds the order first of all.
type brief struct{ EndUser, Country, Reason string }

// briefOf names a report, which never changes, and the language of its reason.
type briefOf struct{ report, lang string }

// maxBriefs is how many briefs are remembered at least: the orders that a company holds at a time, and more.
const maxBriefs = 10_000

// due is a deadline as people read it.
type due struct {
	At time.Time
	// Left is the time until then, or since.
	Left string
	Late bool
}

// open are the statuses that the queue shows unless others are asked for.
var open = []icp.Status{icp.UnderReview, icp.ApprovedCase}

func getQueue(v *visit) error {
	q := v.r.URL.Query()
	f := filter{
		Status: q.Get("status"), Stage: q.Get("stage"), Level: q.Get("level"), Outcome: q.Get("outcome"), Person: q.Get("person"),
		Text: strings.TrimSpace(q.Get("text")), Late: q.Get("late") != "",
	}
	cases, err := v.cases(f)
	if err != nil {
		return err
	}
	page := queue{Total: len(cases), Filter: f}
	for _, c := range cases {
		if v.deadline(c).Late {
			page.Late++
		}
	}
	from, _ := strconv.Atoi(q.Get("from")) // anything else begins at the first
	from = max(0, min(from, len(cases)))
	to := min(from+perPage, len(cases))
	for _, c := range cases[from:to] {
		r, err := v.row(c)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, r)
	}
	page.First, page.Last = from+1, to
	if from > 0 {
		page.Previous = turned(q, max(0, from-perPage))
	}
	if to < len(cases) {
		page.Next = turned(q, to)
	}
	v.choices(&page)
	return v.show(http.StatusOK, "queue", "Held orders", page)
}

// turned is the address of another page of the same queue.
func turned(q url.Values, from int) string {
	next := make(url.Values)
	for k, vs := range q {
		next[k] = vs
	}
	next.Set("from", strconv.Itoa(from))
	return Base + "?" + next.Encode()
}

// cases are those that the filters pick, due first before others.
func (v *visit) cases(f filter) ([]icp.Row, error) {
	ask := icp.Filter{Statuses: open, Stage: screening.Stage(f.Stage), Level: f.Level, AssignedTo: f.Person}
	switch {
	case f.Status == "all":
		ask.Statuses = nil
	case slices.Contains(icp.Statuses, icp.Status(f.Status)):
		ask.Statuses = []icp.Status{icp.Status(f.Status)}
	}
	if f.Late {
		ask.DueBefore = v.Now()
	}
	all, err := v.Desk.Cases(v.r.Context(), ask)
	return slices.DeleteFunc(all, func(c icp.Row) bool {
		return f.Outcome != "" && string(c.Outcome) != f.Outcome || f.Text != "" && !mentions(&c, f.Text)
	}), err
}

// mentions reports whether the order's number or one of its parties holds the text.
func mentions(c *icp.Row, text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(strings.ToLower(c.ID), text) ||
		slices.ContainsFunc(c.Parties, func(p string) bool { return strings.Contains(strings.ToLower(p), text) })
}

func (v *visit) row(r icp.Row) (row, error) {
	shown := row{Case: r, Level: v.level(r), Due: v.deadline(r)}
	c, err := v.Desk.Case(v.r.Context(), r.ID)
	if errors.Is(err, record.ErrErased) {
		shown.brief = v.erased()
		return shown, nil
	}
	if err == nil {
		shown.Value, shown.Currency = c.Screening.Value, c.Screening.Currency
		shown.brief, err = v.brief(c.Screening.Report)
	}
	return shown, err
}

func (v *visit) erased() brief { return brief{Reason: v.t("Erased after retention")} }

// brief reads a report once, and remembers what the queue shows of it.
func (v *visit) brief(report string) (brief, error) {
	key := briefOf{report, v.lang}
	if b, ok := v.briefs.Get(key); ok {
		return b, nil
	}
	rep, o, err := v.Desk.Report(v.r.Context(), report)
	if errors.Is(err, record.ErrErased) {
		return v.erased(), nil
	}
	if err != nil {
		return brief{}, err
	}
	var b brief
	if p := recipient(o); p != nil {
		b.EndUser, b.Country = p.Name, p.Country
	}
	if len(rep.Findings) > 0 {
		first := render.Statements(&screening.Report{Findings: rep.Findings[:1]}, tags[v.lang])[0]
		b.Reason = first.Headline
	}
	v.briefs.Put(key, b)
	return b, nil
}

// recipient is the end user, or else who comes nearest to it.
func recipient(o *screening.Order) *screening.Party {
	for _, role := range []screening.Role{screening.EndUser, screening.UltimateConsignee, screening.Consignee, screening.Buyer} {
		for i := range o.Parties {
			if slices.Contains(o.Parties[i].Roles, role) {
				return &o.Parties[i]
			}
		}
	}
	return nil
}

// stage is the rules of a case's stage, nil where the programme has none.
func (b *bench) stage(c icp.Row) *icp.StageRules {
	stages := b.Desk.Programme().Procedure.Stages
	if i := slices.IndexFunc(stages, func(s icp.StageRules) bool { return s.Stage == c.Stage }); i >= 0 {
		return &stages[i]
	}
	return nil
}

// levelOf is the level that a case is at, nil where the programme has none of its name.
func (b *bench) levelOf(c icp.Row) *icp.Level {
	s := b.stage(c)
	if s == nil {
		return nil
	}
	if i := slices.IndexFunc(s.Levels, func(l icp.Level) bool { return l.ID == c.Level }); i >= 0 {
		return &s.Levels[i]
	}
	return nil
}

func (v *visit) level(c icp.Row) string {
	if l := v.levelOf(c); l != nil {
		return l.Title.In(v.lang)
	}
	return c.Level
}

// deadline is that of a case under review; others have none.
func (v *visit) deadline(c icp.Row) due {
	if c.Status != icp.UnderReview || c.Due.IsZero() {
		return due{}
	}
	left := c.Due.Sub(v.Now())
	d := due{At: c.Due, Late: left < 0}
	hours := int(left.Abs().Hours())
	switch {
	case d.Late && hours >= 48:
		d.Left = v.t("%d days late", hours/24)
	case d.Late:
		d.Left = v.t("%d h late", hours)
	case hours >= 48:
		d.Left = v.t("%d days left", hours/24)
	default:
		d.Left = v.t("%d h left", hours)
	}
	return d
}

// choices fills in what the filters offer.
func (v *visit) choices(q *queue) {
	f := q.Filter
	q.Statuses = []choice{{"", v.t("To be decided"), f.Status == ""}}
	for _, s := range icp.Statuses {
		q.Statuses = append(q.Statuses, choice{string(s), v.t("status." + string(s)), f.Status == string(s)})
	}
	q.Statuses = append(q.Statuses, choice{"all", v.t("All"), f.Status == "all"})
	q.Stages, q.Levels, q.People = []choice{{"", v.t("All"), f.Stage == ""}}, []choice{{"", v.t("All"), f.Level == ""}}, []choice{{"", v.t("Anybody"), f.Person == ""}}
	p := v.Desk.Programme()
	known := make(map[string]bool)
	for _, s := range p.Procedure.Stages {
		q.Stages = append(q.Stages, choice{string(s.Stage), s.Title.In(v.lang), f.Stage == string(s.Stage)})
		for _, l := range s.Levels {
			if !known[l.ID] {
				q.Levels = append(q.Levels, choice{l.ID, l.Title.In(v.lang), f.Level == l.ID})
			}
			known[l.ID] = true
		}
	}
	for _, person := range p.Organisation.People {
		q.People = append(q.People, choice{person.ID, person.Title.In(v.lang), f.Person == person.ID})
	}
	q.Outcomes = []choice{{"", v.t("All"), f.Outcome == ""}}
	for _, o := range screening.Outcomes {
		if o.Holds() {
			q.Outcomes = append(q.Outcomes, choice{string(o), v.name(string(o)), f.Outcome == string(o)})
		}
	}
}
