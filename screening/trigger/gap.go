package trigger

import (
	"slices"
	"strings"
)

// Gap is one thing that was missing, with all rules that could not be checked for want of it: one line of a
// report instead of one for each rule.
type Gap struct {
	// Path is the JSON path of the missing field, or "tables.NAME".
	Path string `json:"path"`
	// Outcome is the greatest of what its being missing is worth to the rules that lacked it.
	Outcome Outcome `json:"outcome"`
	// Rules are their ids, in rule order.
	Rules []string `json:"rules"`
}

// Table reports whether it is a table or register that is missing, not a field of the order.
func (g *Gap) Table() bool { return strings.HasPrefix(g.Path, "tables.") }

// Gaps are the things missing from all results, in the order they first appear.
func Gaps(results []Result) []Gap {
	missing := 0
	for i := range results {
		missing += len(results[i].Missing)
	}
	gaps := make([]Gap, 0, missing)
	for i := range results {
		r := &results[i]
		if r.State != NotCheckable {
			continue
		}
		for k, path := range r.Missing {
			j := slices.IndexFunc(gaps, func(g Gap) bool { return g.Path == path })
			if j < 0 {
				j = len(gaps)
				gaps = append(gaps, Gap{Path: path})
			}
			g := &gaps[j]
			g.Rules = append(g.Rules, r.Rule.ID)
			if worth := r.worth(k); g.Outcome.less(worth) {
				g.Outcome = worth
			}
		}
	}
	return gaps
}

// Questions are the questions the results wait for, in the order they are declared, each with the rules
// that wait.
func (s *RuleSet) Questions(results []Result) []Question {
	var due []Question
	for _, q := range s.questions {
		for i := range results {
			r := &results[i]
			waits := r.State == NotCheckable && slices.Contains(r.Rule.Questions, q.ID)
			if waits && slices.Contains(r.Missing, "answers[question="+q.ID+"]") {
				q.Rules = append(q.Rules, r.Rule.ID)
			}
		}
		if q.Rules != nil {
			due = append(due, q)
		}
	}
	return due
}

// WouldChange says what would have led to another result.
func (r *Result) WouldChange() Text {
	switch {
	case r.State == NotCheckable && len(r.Missing) > 0:
		list := strings.Join(r.Missing, ", ")
		return Text{En: "Supply " + list + ".", Zh: "请补充：" + list + "。"}
	case r.State == Fired:
		return r.Rule.Resolve
	}
	return Text{}
}
