package screening

import (
	"context"
	"slices"
	"strconv"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// run is one screening under way: what it reads, and what it has found so far.
type run struct {
	policy     *Policy
	index      *lists.Index
	classifier *classify.Classifier
	rules      *trigger.RuleSet
	tables     *policy.Tables
	own        *trigger.Own
	order      *Order
	req        Request
	ties       nexus

	findings []Finding
	class    ItemClass // the greatest of the lines'
	lines    []LineResult
	parties  []PartyResult
	view     *trigger.View
}

// report runs every step. Its only error is the context's: whatever else goes wrong is a finding.
func (r *run) report(ctx context.Context) (*Report, error) {
	r.view = newView(r.order, r.req, r.ties.regimes(), r.tables, r.own)
	inputs := r.checkLists()
	if err := r.classifyLines(ctx); err != nil {
		return nil, err
	}
	if err := r.matchParties(ctx); err != nil {
		return nil, err
	}
	rep := &Report{
		Schema: ReportSchema, Engine: EngineVersion, ID: r.req.ID, At: r.req.At, AsOf: r.req.AsOf,
		Order:   OrderRef{ID: r.order.ID, Revision: r.order.Revision, Date: r.order.Date, Stage: r.order.Stage},
		Parties: r.parties, Lines: r.lines,
		Inputs: inputs,
	}
	if rep.Simulation = r.req.Simulation; rep.Simulation != "" {
		rep.Schema = SimulationSchema
	}
	r.evaluateRules(rep)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.decide(rep)
	return rep, nil
}

// decide orders the findings, numbers them, and takes the greatest outcome.
func (r *run) decide(rep *Report) {
	slices.SortStableFunc(r.findings, func(a, b Finding) int { return b.Outcome.rank() - a.Outcome.rank() })
	rep.Outcome = Clear
	rep.Findings = r.findings
	if rep.Findings == nil {
		rep.Findings = []Finding{}
	}
	for i := range rep.Findings {
		f := &rep.Findings[i]
		f.ID = "F" + strconv.Itoa(i+1)
		rep.Outcome = rep.Outcome.Max(f.Outcome)
		if f.Outcome.Holds() {
			rep.Documents = appendNew(rep.Documents, f.Documents...)
		}
	}
	rep.Block = rep.Outcome.BlockCode()
}

func (r *run) add(f Finding) { r.findings = append(r.findings, f) }

// checkLists says which lists are searched, and finds those missing or too old.
func (r *run) checkLists() Inputs {
	snap := r.index.Snapshot()
	in := Inputs{Snapshot: snap.Digest(), Classify: r.classifier.Digest(), Tables: r.classifier.Tables(), Rules: r.rules.Digest()}
	for _, id := range r.policy.RequiredLists {
		if _, ok := snap.List(id); !ok {
			r.add(Finding{Kind: ListMissing, Outcome: Incomplete, Subject: "lists", Label: id, List: &ListTrace{ID: id}})
		}
	}
	in.Lists = slices.Grow(in.Lists, len(snap.Lists()))
	for i := range snap.Lists() {
		l := &snap.Lists()[i]
		li := ListInput{
			ID: l.ID, Title: Text{l.Title, orElse(l.TitleZh, l.Title)}, Regime: l.Regime,
			Published: l.Published, Current: r.req.current(l), Entities: len(l.Entities), Digest: snap.ListDigest(l.ID),
		}
		limit := r.policy.maxAge(l.ID)
		if !li.Current.IsZero() {
			li.AgeDays = max(0, r.req.AsOf.DaysSince(li.Current))
		}
		if limit >= 0 && (li.Current.IsZero() || li.AgeDays > limit) {
			r.add(Finding{
				Kind: ListStale, Outcome: Incomplete, Subject: "lists", Label: l.ID, Sources: []Source{r.listSource(l)},
				List: &ListTrace{ID: l.ID, Current: li.Current, AgeDays: li.AgeDays, MaxDays: limit},
			})
		}
		in.Lists = append(in.Lists, li)
	}
	return in
}

// current is the day a list was last known to be current: its own date, or a later one the caller vouches for.
func (r Request) current(l *lists.List) Date {
	day := l.Published
	for _, c := range r.Current {
		if c.List == l.ID {
			day = max(day, c.On)
		}
	}
	return day
}

func (r *run) listSource(l *lists.List) Source {
	return Source{List: l.ID, Title: Text{l.Title, orElse(l.TitleZh, l.Title)}, Authority: l.Authority, URL: l.Source}
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
