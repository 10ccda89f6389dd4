package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// summary is all figures of a simulation, and the record of it.
type summary struct {
	Kind string    `json:"kind"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	AsOf string    `json:"as_of,omitempty"`
	// Lists is the digest of the lists both sides searched.
	Lists    string `json:"lists"`
	Present  *side  `json:"present"`
	Proposed *side  `json:"proposed"`
	// Reports is the SHA-256 of simulations.jsonl, hexadecimal.
	Reports string `json:"reports_sha256"`

	Orders int  `json:"orders"`
	Held   pair `json:"held"`
	// NewlyHeld and NewlyFree are orders that only one of the sides holds.
	NewlyHeld int `json:"newly_held"`
	NewlyFree int `json:"newly_free"`
	// Outcomes counts orders by their outcome.
	Outcomes []outcomeCount `json:"outcomes"`
	Rules    []*ruleCount   `json:"rules"`
	Changes  []change       `json:"-"`
	Failures []failure      `json:"failures,omitempty"`

	byID map[string]*ruleCount
}

// pair is a figure of both sides.
type pair struct {
	Before int `json:"before"`
	After  int `json:"after"`
}

func (p *pair) side(after bool) *int {
	if after {
		return &p.After
	}
	return &p.Before
}

func (p pair) differs() bool { return p.Before != p.After }

type outcomeCount struct {
	Outcome screening.Outcome `json:"outcome"`
	Orders  pair              `json:"orders"`
}

// ruleCount is on how many orders a rule fired, held the order, and could not be checked. Findings that are no rule's
// (listed parties, controlled items) are counted under their kind.
type ruleCount struct {
	ID    string       `json:"id"`
	Title trigger.Text `json:"title,omitzero"`
	Fired pair         `json:"fired"`
	Holds pair         `json:"holds"`
	// Unchecked are orders that lack what the rule needs.
	Unchecked pair `json:"unchecked"`
	// Before and After are the greatest outcomes it came to.
	Before screening.Outcome `json:"outcome_before,omitempty"`
	After  screening.Outcome `json:"outcome_after,omitempty"`
}

func (c *ruleCount) changes() bool {
	return c.Fired.differs() || c.Holds.differs() || c.Unchecked.differs() || c.Before != c.After
}

// change is an order that comes to something else.
type change struct {
	order         string
	before, after screening.Outcome
	// appear and vanish are the findings that only one side has.
	appear, vanish []string
}

type failure struct {
	Where string `json:"where,omitempty"`
	Order string `json:"order,omitempty"`
	Error string `json:"error"`
}

func newSummary(o options, now time.Time, lists string, present, proposed *side) *summary {
	s := &summary{Kind: "simulation", Name: o.name, At: now, AsOf: o.asOf, Lists: lists, Present: present, Proposed: proposed, byID: map[string]*ruleCount{}}
	for _, o := range screening.Outcomes {
		s.Outcomes = append(s.Outcomes, outcomeCount{Outcome: o})
	}
	// The proposed words win; a rule that is only in force now is counted too.
	for _, set := range []*trigger.RuleSet{proposed.rules, present.rules} {
		for _, r := range set.Rules() {
			if s.byID[r.ID] == nil {
				s.rule(r.ID).Title = r.Title
			}
		}
	}
	return s
}

// rule is the count of a rule or a kind of finding, made where it is new.
func (s *summary) rule(id string) *ruleCount {
	c := s.byID[id]
	if c == nil {
		c = &ruleCount{ID: id}
		s.byID[id] = c
		s.Rules = append(s.Rules, c)
	}
	return c
}

func (s *summary) fail(where, order string, err error) {
	s.Failures = append(s.Failures, failure{where, order, err.Error()})
}

// add counts an order that both sides have screened.
func (s *summary) add(before, after *screening.Report) {
	s.Orders++
	was, is := s.count(before, false), s.count(after, true)
	switch {
	case !before.Outcome.Holds() && after.Outcome.Holds():
		s.NewlyHeld++
	case before.Outcome.Holds() && !after.Outcome.Holds():
		s.NewlyFree++
	}
	c := change{order: before.Order.ID, before: before.Outcome, after: after.Outcome}
	c.vanish = slices.DeleteFunc(slices.Clone(was), func(x string) bool { return slices.Contains(is, x) })
	c.appear = slices.DeleteFunc(slices.Clone(is), func(x string) bool { return slices.Contains(was, x) })
	if c.before != c.after || len(c.vanish)+len(c.appear) > 0 {
		s.Changes = append(s.Changes, c)
	}
}

// count counts a report of one side, and names its findings: what fired, with the outcome, and how many rules could
// not be checked.
func (s *summary) count(rep *screening.Report, after bool) (found []string) {
	*s.Outcomes[slices.Index(screening.Outcomes, rep.Outcome)].Orders.side(after)++
	if rep.Outcome.Holds() {
		*s.Held.side(after)++
	}
	// A rule counts once an order, with the greatest of its outcomes.
	type came struct {
		id        string
		unchecked bool
		outcome   screening.Outcome
	}
	var all []came
	note := func(c came) {
		i := slices.IndexFunc(all, func(x came) bool { return x.id == c.id && x.unchecked == c.unchecked })
		if i < 0 {
			all = append(all, c)
		} else {
			all[i].outcome = all[i].outcome.Max(c.outcome)
		}
	}
	for i := range rep.Findings {
		f := &rep.Findings[i]
		if f.Rule == nil {
			note(came{string(f.Kind), false, f.Outcome})
			continue
		}
		for _, id := range f.Rule.IDs {
			note(came{id, f.Kind == screening.RuleUnchecked, f.Outcome})
		}
	}
	unchecked := 0
	for _, c := range all {
		r := s.rule(c.id)
		if c.unchecked {
			*r.Unchecked.side(after)++
			unchecked++
			continue
		}
		*r.Fired.side(after)++
		if c.outcome.Holds() {
			*r.Holds.side(after)++
		}
		greatest := &r.Before
		if after {
			greatest = &r.After
		}
		if *greatest == "" {
			*greatest = c.outcome
		}
		*greatest = greatest.Max(c.outcome)
		found = append(found, c.id+" ("+string(c.outcome)+")")
	}
	if unchecked > 0 {
		found = append(found, fmt.Sprintf("%d rules unchecked", unchecked))
	}
	return found
}

// changes reports whether anything would change.
func (s *summary) changes() bool { return len(s.Changes) > 0 }

// changed are the rules that change, the greatest change first.
func (s *summary) changed() []*ruleCount {
	rules := slices.DeleteFunc(slices.Clone(s.Rules), func(c *ruleCount) bool { return !c.changes() })
	slices.SortStableFunc(rules, func(a, b *ruleCount) int {
		return cmp.Compare(abs(b.Fired.After-b.Fired.Before), abs(a.Fired.After-a.Fired.Before))
	})
	return rules
}

func abs(n int) int { return max(n, -n) }
