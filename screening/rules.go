package screening

import (
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/screening/trigger"
)

// evaluateRules runs the rules, those about the papers on file among them, and turns what comes of them
// into findings.
func (r *run) evaluateRules(rep *Report) {
	for _, f := range r.findings {
		r.view.Held = r.view.Held || f.Outcome.Holds()
	}
	buf, _ := resultBuffers.Get().(*[]trigger.Result)
	if buf == nil {
		buf = new([]trigger.Result)
	}
	*buf = r.rules.EvalInto(*buf, r.view)
	rep.Questions = r.rules.Questions(*buf)
	r.ruleFindings(rep, *buf)
	resultBuffers.Put(buf)
}

// resultBuffers hold the results of rules until they are findings, which share nothing with them.
var resultBuffers sync.Pool // of *[]trigger.Result

// ruleFindings makes a finding of every rule that fired, and one of every thing that was missing, however
// many rules wait for it.
func (r *run) ruleFindings(rep *Report, results []trigger.Result) {
	for i := range results {
		rep.Rules.Evaluated++
		switch res := &results[i]; res.State {
		case trigger.Fired:
			rep.Rules.Fired++
			kind := RuleFired
			if res.Rule.Scope == trigger.ScopeDocument {
				kind = PaperFinding
			}
			r.add(ruleFinding(res, kind))
		case trigger.NotCheckable:
			rep.Rules.Incomplete++
			if res.Remark != nil {
				r.add(ruleFinding(res, RuleUnchecked))
			}
		}
	}
	r.gaps(rep, results)
}

// ruleFinding is the finding of one rule.
func ruleFinding(res *trigger.Result, kind FindingKind) Finding {
	f := Finding{
		Kind: kind, Outcome: outcomeOf(res.Outcome), Subject: strings.Join(res.Subjects, ", "), Missing: append([]string(nil), res.Missing...),
		Sources: []Source{{Authority: res.Rule.Regime, Citation: res.Rule.Citation, Status: res.Status, Timeline: res.Rule.Timeline}},
		Rule:    &RuleTrace{IDs: []string{res.Rule.ID}, Regime: res.Rule.Regime, StopAndReport: res.Rule.StopAndReport && res.State == trigger.Fired},
		Title:   textOf(res.Rule.Title), Message: textOf(res.Rule.Message), WouldChange: textOf(res.WouldChange()),
	}
	if res.Remark != nil {
		f.Next = textOf(*res.Remark)
	}
	for _, d := range res.Rule.Documents {
		f.Documents = append(f.Documents, DocumentType(d))
	}
	for _, x := range res.Facts {
		f.Rule.Facts = append(f.Rule.Facts, Fact(x))
	}
	return f
}

// gaps makes one finding of the missing fields, one of the missing tables, and one of the unanswered
// questions: a line for each would bury the rest. What only optional checks wait for is no finding; the
// report names it as not run. What a rule's own remark explains has its finding already.
func (r *run) gaps(rep *Report, results []trigger.Result) {
	waiting := make([]*trigger.Result, 0, rep.Rules.Incomplete)
	for i := range results {
		if x := &results[i]; x.State == trigger.NotCheckable {
			waiting = append(waiting, x)
		}
	}
	of := func(id string) *trigger.Result {
		return waiting[slices.IndexFunc(waiting, func(x *trigger.Result) bool { return x.Rule.ID == id })]
	}
	var fields, tables, answers Finding
	gaps := trigger.Gaps(results)
	for _, g := range gaps {
		rules := slices.DeleteFunc(g.Rules, func(id string) bool { return of(id).Remark != nil })
		if len(rules) == 0 {
			continue
		}
		if out := outcomeOf(g.Outcome); out == Advise {
			if rep.NotRun == nil {
				rep.NotRun = make([]Text, 0, len(gaps))
			}
			rep.NotRun = append(rep.NotRun, notRun(g.Path, rules, of))
			continue
		}
		f := &fields
		switch {
		case g.Table():
			f = &tables
		case strings.HasPrefix(g.Path, "answers["):
			f = &answers
		}
		f.Missing = append(f.Missing, g.Path)
		if f.Rule == nil {
			f.Rule, f.Outcome = &RuleTrace{}, Clear
		}
		f.Outcome = f.Outcome.Max(outcomeOf(g.Outcome))
		f.Rule.IDs = appendNew(f.Rule.IDs, rules...)
	}
	for _, f := range []Finding{fields, tables, answers} {
		if f.Rule == nil {
			continue
		}
		f.Kind, f.Subject = RuleUnchecked, "order"
		en, zh := titles(f.Rule.IDs, of)
		f.Message = &Text{En: "Could not be checked: " + en + ".", Zh: "以下规则无法检查：" + zh + "。"}
		r.add(f)
	}
}

// notRun names an optional check that had nothing to run on.
func notRun(path string, rules []string, of func(id string) *trigger.Result) Text {
	en, zh := titles(rules, of)
	return Text{En: path + ": " + en, Zh: path + "：" + zh}
}

// titles are those of rules, one after the other.
func titles(rules []string, of func(id string) *trigger.Result) (en, zh string) {
	const usual = 8 // rules that wait for one thing: the words are then gathered without an allocation
	e, z := make([]string, 0, usual), make([]string, 0, usual)
	for _, id := range rules {
		title := &of(id).Rule.Title
		e, z = append(e, title.En), append(z, title.Zh)
	}
	return strings.Join(e, "; "), strings.Join(z, "；")
}

// outcomeOf takes a rule's outcome over. One that is unknown must not pass for nothing found.
func outcomeOf(o trigger.Outcome) Outcome {
	if out, err := ParseOutcome(string(o)); err == nil {
		return out
	}
	return Review
}

func textOf(t trigger.Text) *Text {
	if t.En == "" && t.Zh == "" {
		return nil
	}
	return &Text{En: t.En, Zh: t.Zh}
}
