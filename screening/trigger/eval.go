package trigger

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"
	"github.com/ordergate/ordergate/internal/dated"
)

// Result is what one rule came to.
type Result struct {
	Rule *Rule `json:"rule"`
	// Status is the rule's on the as-of day.
	Status dated.Status `json:"status"`
	State  State        `json:"state"`
	// Outcome is None where the rule did not fire and could be checked.
	Outcome Outcome `json:"outcome,omitempty"`
	// Subjects are the JSON paths of the elements that made the rule fire or could not be checked.
	Subjects []string `json:"subjects,omitempty"`
	// Facts are the values the rule read where it fired, for the first few subjects.
	Facts []Fact `json:"facts,omitempty"`
	// Missing are the JSON paths and tables ("tables.NAME") the rule lacked.
	Missing []string `json:"missing,omitempty"`
	// Remark says what is doubtful about the status or basis of a rule that fired.
	Remark *Text `json:"remark,omitempty"`

	// lacks says of each of Missing what kind of thing it is.
	lacks []lack
	// sensitive says that the order is.
	sensitive bool
}

// lack is what kind of thing a rule lacked.
type lack uint8

const (
	// lackNeed is needed whatever the order.
	lackNeed lack = iota
	// lackField is an optional field or answer, needed on a sensitive order.
	lackField
	// lackTable is an optional table, without which the rule is not run.
	lackTable
)

// Fact is a value that was read, at its JSON path.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// maxTraced bounds the subjects whose facts a result shows.
const maxTraced = 3

// Eval runs every rule over the view and gives one result each, in rule order. It has no error: what
// cannot be evaluated is NotCheckable.
func (s *RuleSet) Eval(v *View) []Result { return s.EvalInto(nil, v) }

// EvalInto is Eval with the results and all their lists written over those of buf where it is long enough, for
// callers that screen one order after another: what is kept of the results in buf must be copied before.
func (s *RuleSet) EvalInto(buf []Result, v *View) []Result {
	e := s.evaluator(v)
	defer s.release(e)
	results := slices.Grow(buf[:0], len(s.rules))[:len(s.rules)]
	for i, r := range s.rules {
		e.rule(&results[i], r)
	}
	is := func(b *bool) bool { return b != nil && *b }
	sensitive := v.Held || is(e.env.Order.Controlled) || is(e.env.Order.Priority)
	for i := range results {
		sensitive = sensitive || results[i].State == Fired && !results[i].Outcome.less(Review)
	}
	if sensitive {
		e.askAll()
		for i, r := range s.rules {
			if len(r.Questions) > 0 {
				e.rule(&results[i], r)
			}
		}
	}
	for i := range results {
		if results[i].State == NotCheckable {
			results[i].weigh(sensitive)
		}
	}
	return results
}

// truth is a value of Kleene's logic.
type truth int8

const (
	unset truth = iota
	no
	unknown
	yes
)

// evaluator holds one evaluation. It is used by one goroutine.
type evaluator struct {
	set *RuleSet
	preparation
	vm vm.VM
	// due says that unanswered questions are unknown; before that they are no.
	due bool
	// memo holds the truth of each leaf for each element of its scope; first is where a leaf's begin.
	memo  []truth
	first []int
	// read holds the truth of each leaf when it last ran, values what it had read then.
	read   []reading
	values []reflect.Value
}

type reading struct {
	valid bool
	truth truth
}

// evaluator is ready for one view. Its memory is used again by the next, see release.
func (s *RuleSet) evaluator(v *View) *evaluator {
	e, _ := s.evaluators.Get().(*evaluator)
	if e == nil {
		e = &evaluator{set: s, first: make([]int, len(s.leaves)), read: make([]reading, len(s.leaves))}
		if n := len(s.leaves); n > 0 {
			e.values = make([]reflect.Value, s.leaves[n-1].firstNeed+len(s.leaves[n-1].needs))
		}
	}
	e.prepare(v)
	total := 0
	for i, l := range s.leaves {
		e.first[i] = total
		total += max(e.all.count(l.scope), 1)
	}
	e.memo = slices.Grow(e.memo, total)[:total]
	return e
}

// release forgets all that an evaluator has read and keeps its memory for the next view.
func (s *RuleSet) release(e *evaluator) {
	e.forget()
	e.due, e.vm = false, vm.VM{}
	clear(e.memo)
	clear(e.read)
	clear(e.values)
	e.memo = e.memo[:0]
	s.evaluators.Put(e)
}

// askAll makes unanswered questions unknown and forgets what was concluded from their being no.
func (e *evaluator) askAll() {
	e.due = true
	for _, l := range e.set.leaves {
		if slices.ContainsFunc(l.needs, func(a *access) bool { return a.question != "" }) {
			clear(e.memo[e.first[l.index] : e.first[l.index]+max(e.all.count(l.scope), 1)])
		}
	}
}

// wholeOrder stands for no element: leaves of narrower scopes are unknown.
const wholeOrder = -1

// rule writes what a rule comes to.
func (e *evaluator) rule(out *Result, r *Rule) {
	*out = Result{
		Rule: r, Status: r.Timeline.Status(e.v.AsOf), State: NotFired,
		Subjects: out.Subjects[:0], Facts: out.Facts[:0], Missing: out.Missing[:0], lacks: out.lacks[:0],
	}
	if out.Status == dated.NotYet || out.Status == dated.Ended || !e.applies(r.Regime) {
		return
	}
	n := e.all.count(r.Scope)
	if r.Scope == ScopeOrder {
		n = 1
	} else if e.cond(r.when, r.Scope, wholeOrder) == no {
		return
	}
	for i := range n {
		e.all.bind(&e.env, r.Scope, i)
		switch e.cond(r.when, r.Scope, i) {
		case yes:
			if out.State != Fired {
				out.State, out.Subjects = Fired, out.Subjects[:0]
			}
			e.subject(out, i)
			if len(out.Subjects) <= maxTraced {
				e.facts(out, r.when, i)
			}
		case unknown:
			e.missing(out, r.when, i)
			if out.State != Fired {
				out.State = NotCheckable
				e.subject(out, i)
			}
		}
	}
	if out.State == Fired {
		e.fired(out)
	}
}

// applies reports whether a regime applies to the order. The seller's own rules always do, and so does the
// Wassenaar statement, which is nobody's law and a measure for all.
func (e *evaluator) applies(regime string) bool {
	return e.v.Regimes == nil || regime == "OWN" || regime == "WA" || slices.Contains(e.v.Regimes, regime)
}

// fired gives a fired rule its outcome by the rule's status.
func (e *evaluator) fired(out *Result) {
	out.Outcome, out.Remark = out.Rule.Outcome, out.Rule.Remark
	switch out.Status {
	case dated.Suspended:
		out.Outcome = Advise
		out.Remark = &suspendedRemark
	case dated.Verify:
		out.State, out.Outcome = NotCheckable, Incomplete
		out.Missing, out.lacks = append(out.Missing[:0], "rules."+out.Rule.ID+".status"), append(out.lacks[:0], lackNeed)
		out.Remark = &verifyRemark
	}
}

var (
	suspendedRemark = Text{
		En: "The rule is suspended on this day; were it in force, it would apply.",
		Zh: "该规则当日处于暂停实施状态；如恢复实施，则适用于本订单。",
	}
	verifyRemark = Text{
		En: "The suspension or term of this rule has ended and nothing later is known. Confirm whether it is in force.",
		Zh: "该规则的暂停期或期限已届满，后续状态不明，请核实其是否生效。",
	}
)

// weigh gives a rule that could not be checked its outcome: the greatest of what each missing thing is
// worth; see the package comment.
func (r *Result) weigh(sensitive bool) {
	r.Outcome, r.sensitive = Advise, sensitive
	for k := range r.lacks {
		if worth := r.worth(k); r.Outcome.less(worth) {
			r.Outcome = worth
		}
	}
}

// worth is what it is worth that Missing[k] is. A field helps nothing while an optional table is missing too.
func (r *Result) worth(k int) Outcome {
	l := r.lacks[k]
	needed := l == lackNeed || l == lackField && r.sensitive && !slices.Contains(r.lacks, lackTable)
	if needed && r.Status != dated.Suspended {
		return Incomplete
	}
	return Advise
}

// cond evaluates a condition for one element of a scope.
func (e *evaluator) cond(c *cond, scope Scope, element int) truth {
	switch c.op {
	case opAll:
		t := yes
		for _, k := range c.kids {
			if t = min(t, e.cond(k, scope, element)); t == no {
				break
			}
		}
		return t
	case opAny:
		t := no
		for _, k := range c.kids {
			if t = max(t, e.cond(k, scope, element)); t == yes {
				break
			}
		}
		return t
	case opExpr:
		return e.leaf(c.leaf, element)
	}
	if c.scoped && element == wholeOrder {
		return unknown
	}
	if c.name.known(&e.env) == (c.op == opKnown) {
		return yes
	}
	return no
}

// leaf evaluates an expression, once for each element.
func (e *evaluator) leaf(l *leaf, element int) truth {
	if l.scope == ScopeOrder {
		element = 0
	} else if element == wholeOrder {
		return unknown
	}
	m := &e.memo[e.first[l.index]+element]
	if *m == unset {
		*m = e.run(l)
	}
	return *m
}

// run evaluates an expression for the element in hand. An expression is a function of the values it
// reads: where they are those of the last element, so is its truth.
func (e *evaluator) run(l *leaf) truth {
	read := &e.read[l.index]
	values := e.values[l.firstNeed : l.firstNeed+len(l.needs)]
	repeated := read.valid
	read.valid = false
	for i, a := range l.needs {
		v, ok := a.get(&e.env)
		if !ok {
			if a.question != "" && !e.due {
				return no
			}
			return unknown
		}
		repeated = repeated && same(values[i], v)
		values[i] = v
	}
	if !repeated {
		read.truth = e.call(l)
	}
	read.valid = true
	return read.truth
}

// call tells the truth of an expression whose needs have values. A program that fails, by an index out of range
// for one, gives no answer.
func (e *evaluator) call(l *leaf) truth {
	if l.plain != nil {
		return l.plain.truth(e.values[l.firstNeed])
	}
	v, err := e.vm.Run(l.prog, &e.env)
	if err != nil {
		return unknown
	}
	if v.(bool) {
		return yes
	}
	return no
}

// missing adds what the unknown leaves of a condition lack for the element in hand.
func (e *evaluator) missing(out *Result, c *cond, element int) {
	if e.cond(c, out.Rule.Scope, element) != unknown {
		return
	}
	for _, k := range c.kids {
		e.missing(out, k, element)
	}
	if c.op != opExpr {
		return
	}
	found := false
	for _, a := range c.leaf.needs {
		if a.known(&e.env) {
			continue
		}
		found = true
		path, name := a.where(&e.env)
		lacks := lackNeed
		switch optional := out.Rule.Optional; {
		case strings.HasPrefix(path, "tables."):
			if slices.Contains(optional, path) {
				lacks = lackTable
			}
		case slices.Contains(optional, name):
			lacks = lackField
		}
		out.miss(path, lacks)
	}
	if !found {
		// Every name has a value and the expression still failed: the rule itself is at fault.
		out.miss("rules."+out.Rule.ID, lackNeed)
	}
}

// miss notes a missing thing once, with the graver kind where it is missing twice.
func (r *Result) miss(path string, l lack) {
	if i := slices.Index(r.Missing, path); i >= 0 {
		r.lacks[i] = min(r.lacks[i], l)
		return
	}
	r.Missing, r.lacks = append(r.Missing, path), append(r.lacks, l)
}

// subject adds the element in hand to the subjects.
func (e *evaluator) subject(out *Result, element int) {
	if p := e.all.path(out.Rule.Scope, element); p != "" {
		out.Subjects = append(out.Subjects, p)
	}
}

// facts adds the values that bear on the truth of a condition: those of its true and unknown leaves.
func (e *evaluator) facts(out *Result, c *cond, element int) {
	if e.cond(c, out.Rule.Scope, element) == no {
		return
	}
	for _, k := range c.kids {
		e.facts(out, k, element)
	}
	var read []*access
	switch {
	case c.leaf != nil:
		read = c.leaf.needs
	case c.name != nil:
		read = []*access{c.name}
	}
	for _, a := range read {
		path, _ := a.where(&e.env)
		f := Fact{Name: path, Value: e.absence(path)}
		if a.known(&e.env) {
			f.Value = a.value(&e.env)
		}
		if !slices.Contains(out.Facts, f) {
			out.Facts = append(out.Facts, f)
		}
	}
}

// absence says why a value is missing: a table may be there and too old.
func (e *evaluator) absence(path string) string {
	if name, ok := strings.CutPrefix(path, "tables."); ok {
		if t := e.v.Policy.Get(name); t != nil {
			return fmt.Sprintf("as of %s, older than %d days", t.AsOf, t.MaxAgeDays)
		}
		return "not loaded"
	}
	return "not given"
}
