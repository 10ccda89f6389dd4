package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
)

// Statement is a finding in words, of one language.
type Statement struct {
	// ID is the finding's.
	ID string
	// Outcome is the word for Code.
	Outcome  string
	Code     screening.Outcome
	Headline string
	// Rows say what was found, why, by which list or law and date, and what to do next.
	Rows []Row
}

// Row is one labelled line of a [Statement]; the Label is "" where the line continues the one before.
type Row struct {
	Label string
	Text  string
}

// Statements puts the findings of a report into words, each in its place, in the supported language nearest to tag.
// The texts are plain: whoever sets them in a page escapes them.
func Statements(rep *screening.Report, tag language.Tag) []Statement {
	p := in(tag)
	all := make([]Statement, len(rep.Findings))
	for i := range rep.Findings {
		all[i] = statementOf(p, rep, &rep.Findings[i])
	}
	return all
}

// Group is rows that follow each other under one label.
type Group struct {
	Label string
	Texts []string
}

// Groups are the rows with those together that follow each other under the same label, or under none.
func (s Statement) Groups() (all []Group) {
	for _, r := range s.Rows {
		if n := len(all); n > 0 && (r.Label == "" || r.Label == all[n-1].Label) {
			all[n-1].Texts = append(all[n-1].Texts, r.Text)
			continue
		}
		all = append(all, Group{r.Label, []string{r.Text}})
	}
	return all
}

// statementOf puts a finding into words.
func statementOf(p words, rep *screening.Report, f *screening.Finding) Statement {
	s := Statement{ID: f.ID, Outcome: p.name(string(f.Outcome)), Code: f.Outcome, Headline: headline(p, f)}
	add := func(label, text string) {
		if text != "" {
			s.Rows = append(s.Rows, Row{label, text})
		}
	}
	found, why := p.Sprintf("Found"), p.Sprintf("Why")
	switch {
	case f.Match != nil:
		add(found, matchText(p, f.Match))
		add(why, explain(p, f.Match))
		for _, c := range f.Match.Corroboration {
			add(p.Sprintf("Also"), corroboration(p, c))
		}
		add(p.Sprintf("Owner"), ownerText(p, f.Match.Owner))
		if !f.Match.Confirmed && f.Outcome.Holds() {
			add(p.Sprintf("If the same"), p.Sprintf("the order would be: %s", p.name(string(f.Match.Effect))))
		}
	case f.Item != nil:
		itemRows(p, f, add)
	case f.List != nil:
		add(found, listText(p, f.List))
	case f.Rule != nil:
		for i, fact := range f.Rule.Facts {
			label := ""
			if i == 0 {
				label = p.Sprintf("Read")
			}
			add2(&s, label, plain(fact.Name)+" = "+factText(p, fact.Value))
		}
	}
	add(p.Sprintf("Means"), plain(p.text(f.Message)))
	add(p.Sprintf("Missing"), missingText(p, f.Missing))
	for _, src := range f.Sources {
		add(p.Sprintf("Source"), sourceText(p, src))
	}
	if c := f.Cleared; c != nil {
		add(p.Sprintf("Cleared"), p.Sprintf("by %s on %s until %s: %s", plain(c.Reviewer), string(c.On), string(c.Expires), plain(c.Reason)))
	}
	add(p.Sprintf("Do next"), nextText(p, f))
	if len(f.AnyOf) > 0 {
		add(p.Sprintf("One of"), p.join(p.documents(f.AnyOf)))
	}
	if len(f.Documents) > 0 {
		add(p.Sprintf("Papers"), p.join(p.documents(f.Documents)))
	}
	if f.Next != nil || f.Rule == nil {
		add(p.Sprintf("Otherwise if"), plain(p.text(f.WouldChange)))
	}
	return s
}

// missingText names missing fields and tables, and counts missing answers: the questions stand below.
func missingText(p words, missing []string) string {
	var paths []string
	answers := 0
	for _, m := range missing {
		if strings.HasPrefix(m, "answers[") {
			answers++
		} else {
			paths = append(paths, m)
		}
	}
	if answers > 0 {
		paths = append(paths, p.Sprintf("%d answers; see the questions below", answers))
	}
	return p.join(paths)
}

// add2 adds a row that keeps an empty label, for the second and later of several.
func add2(s *Statement, label, text string) { s.Rows = append(s.Rows, Row{label, text}) }

// factText is a value that a rule read; that there was none is said in the language.
func factText(p words, value string) string {
	if value == "not given" {
		return p.Sprintf("not given")
	}
	return plain(value)
}

func headline(p words, f *screening.Finding) string {
	kind := string(f.Kind)
	if f.Kind == screening.WeakAliasHit {
		kind = "weak_alias_hit"
	}
	title := p.name(kind)
	if f.Title != nil {
		title = plain(p.text(f.Title))
	}
	var roles []string
	for _, r := range f.Roles {
		roles = append(roles, p.name(string(r)))
	}
	label := plain(f.Label)
	switch {
	case label != "" && len(roles) > 0:
		return p.Sprintf("%s: %s (%s)", title, label, p.join(roles))
	case label != "":
		return p.Sprintf("%s: %s", title, label)
	case f.Subject != "":
		return p.Sprintf("%s: %s", title, f.Subject)
	}
	return title
}

func percent(score float64) string { return strconv.Itoa(int(math.Floor(score*100 + 1e-9))) }

func matchText(p words, m *screening.MatchTrace) string {
	kind := p.name(string(m.NameKind))
	if m.NameKind == "" {
		kind = p.name(m.By)
	}
	switch m.By {
	case "identifier":
		return p.Sprintf("the number “%s” (%s) is that of “%s”", plain(m.Compared), m.At, plain(m.Entity))
	case "address":
		return p.Sprintf("the address “%s” (%s) is that of “%s”, listed as “%s”", plain(m.Compared), m.At, plain(m.Entity), plain(m.Listed))
	}
	return p.Sprintf("“%s” (%s) is like “%s”, %s of “%s”: %s of 100, reported from %s",
		plain(m.Compared), m.At, plain(m.Listed), kind, plain(m.Entity), percent(m.Score), percent(m.Threshold))
}

// explain puts the steps of a comparison into words, those that cost nothing first and shortest.
func explain(p words, m *screening.MatchTrace) string {
	if m.Explanation == nil || m.By != "name" {
		return ""
	}
	var parts []string
	for _, s := range m.Explanation.Steps {
		q, l := plain(strings.Join(s.Query, " ")), plain(strings.Join(s.Listed, " "))
		how := p.name("how." + string(s.How))
		var t string
		switch {
		case q == l:
			t = q
		case q == "":
			t = p.Sprintf("only listed: %s", l)
		case l == "":
			t = p.Sprintf("only in the order: %s", q)
		default:
			t = p.Sprintf("%s ~ %s (%s)", q, l, how)
		}
		if s.Cost >= 0.005 {
			t += fmt.Sprintf(" −%s", percent(s.Cost))
		}
		parts = append(parts, t)
	}
	if m.Explanation.Cap != "" {
		parts = append(parts, p.name("cap."+string(m.Explanation.Cap)))
	}
	return p.clauses(parts)
}

func corroboration(p words, c lists.Corroboration) string {
	here, listed := plain(orDash(c.Query)), plain(orDash(c.Listed))
	if c.Field == lists.FieldCountry {
		here, listed = p.country(here), p.country(listed)
	}
	return p.Sprintf("%s: %s here, %s listed: %s", p.name("field."+string(c.Field)), here, listed, p.name(string(c.Verdict)))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func ownerText(p words, o *screening.OwnerTrace) string {
	if o == nil {
		return ""
	}
	path := make([]string, len(o.Path))
	for i, n := range o.Path {
		path[i] = plain(n)
	}
	way := strings.Join(path, " → ")
	switch {
	case o.Percent != nil && o.Threshold != nil && o.Above:
		return p.Sprintf("%s: listed owners hold %s %% together; the rule begins above %s %%", way, o.Percent.String(), o.Threshold.String())
	case o.Percent != nil && o.Threshold != nil:
		return p.Sprintf("%s: listed owners hold %s %% together; the rule begins at %s %%", way, o.Percent.String(), o.Threshold.String())
	case o.Percent != nil:
		return p.Sprintf("%s: listed owners hold %s %% together", way, o.Percent.String())
	case o.Control:
		return p.Sprintf("%s: controlled, share not stated", way)
	}
	return p.Sprintf("%s: the share is not stated", way)
}

func itemRows(p words, f *screening.Finding, add func(label, text string)) {
	if f.Item.Tier != "" {
		add(p.Sprintf("Found"), p.Sprintf("the customs code is on the Common High Priority list, tier %s", f.Item.Tier))
	}
	if q := f.Item.Problem; q != nil {
		add(p.Sprintf("Found"), screening.Text(q.Reason).In(p.lang))
	}
	if c := f.Item.Conflict; c != nil {
		add(p.Sprintf("Found"), screening.Text(c.Reason).In(p.lang))
	}
	for _, c := range f.Item.Candidates {
		add(p.Sprintf("Entry"), fmt.Sprintf("%s %s %s", c.List, c.Code, screening.Text{En: c.Title, Zh: c.TitleZh}.In(p.lang)))
		for _, b := range c.Basis {
			add(p.Sprintf("Because"), basisText(p, b))
		}
		for _, q := range c.Parameters {
			if q.Verdict != classify.Unknown {
				add(p.Sprintf("Value"), parameterText(p, q))
			}
		}
		for i, t := range c.Checks {
			if i < 2 {
				add(p.Sprintf("To check"), screening.Text(t).In(p.lang))
			}
		}
	}
}

func basisText(p words, b classify.Basis) string {
	source := p.name(string(b.Source))
	if b.Source == classify.FromText {
		source = p.name("text.source")
	}
	t := p.Sprintf("%s: %s", source, plain(screening.Text(b.Detail).In(p.lang)))
	if b.Role != "" {
		t = p.Sprintf("%s (%s)", t, p.name(string(b.Role)))
	}
	return t
}

func parameterText(p words, q classify.ParameterResult) string {
	name := q.Name
	if p.lang == "zh" && q.NameZh != "" {
		name = q.NameZh
	}
	return p.Sprintf("%s %s, %s %s %s: %s", name, plain(q.Found), q.Op, strconv.FormatFloat(q.Threshold, 'g', -1, 64), q.Unit, p.name(string(q.Verdict)))
}

func listText(p words, l *screening.ListTrace) string {
	switch {
	case l.Current == "" && l.MaxDays == 0:
		return p.Sprintf("the policy requires the list %s, and it is not loaded", l.ID)
	case l.Current == "":
		return p.Sprintf("the list %s bears no date; nobody has said when it was last current", l.ID)
	}
	return p.Sprintf("the list %s was last current on %s, %d days before; the policy allows %d", l.ID, string(l.Current), l.AgeDays, l.MaxDays)
}

// sourceText names a list or law with its status and dates.
func sourceText(p words, s screening.Source) string {
	var parts []string
	if t := s.Title.In(p.lang); t != "" {
		parts = append(parts, plain(t))
	}
	if c := p.citation(s.Citation); c != "" && c != s.Title.In(p.lang) {
		parts = append(parts, plain(c))
	}
	if n := len(s.Timeline); s.Status != "" && (n == 0 || s.Timeline[n-1].Status != s.Status) {
		parts = append(parts, p.name(string(s.Status)))
	}
	for _, e := range s.Timeline {
		t := fmt.Sprintf("%s %s", p.name(string(e.Status)), e.From)
		if e.Until != "" {
			t = p.Sprintf("%s %s to %s", p.name(string(e.Status)), string(e.From), string(e.Until))
		}
		if e.By != "" {
			t = p.Sprintf("%s (%s)", t, plain(p.citation(e.By)))
		}
		parts = append(parts, t)
	}
	return p.clauses(parts)
}

// nextText is what to do: the data's own words, for a rule what resolves it, or ours by kind of finding.
func nextText(p words, f *screening.Finding) string {
	if t := p.text(f.Next); t != "" {
		return plain(t)
	}
	if t := p.text(f.WouldChange); t != "" && f.Rule != nil {
		return plain(t)
	}
	return p.name("next." + string(f.Kind))
}
