package screening

import (
	"context"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/internal/dated"
)

// classifyLines classifies every line, turns what is found into findings, and sets the order's item class.
func (r *run) classifyLines(ctx context.Context) error {
	r.class = ItemOther
	for i := range r.order.Lines {
		if err := ctx.Err(); err != nil {
			return err
		}
		l, path := &r.order.Lines[i], top.element("lines", i)
		at := path.String()
		res := r.classifier.Classify(item(l), r.req.AsOf)
		class := r.itemFindings(l, at, &res)
		r.class = r.class.max(class)
		lr := LineResult{Path: at, ID: l.ID, Description: clip(l.Description, 200), HS: l.HS, Class: class}
		for _, c := range res.Candidates[:min(5, len(res.Candidates))] {
			lr.Codes = append(lr.Codes, c.List+" "+c.Code)
		}
		for _, s := range res.Silent {
			lr.Silent = append(lr.Silent, string(s.Source))
		}
		for _, t := range res.NextChecks {
			lr.Checks = append(lr.Checks, Text(t))
		}
		r.lines = append(r.lines, lr)
		setClasses(&r.view.Lines[i], &res)
	}
	return nil
}

// itemFindings turns what the classifier says of a line into findings, and says what class of item it is.
func (r *run) itemFindings(l *Line, at string, res *classify.Result) ItemClass {
	class := ItemUnknown
	if l.Uncontrolled {
		class = ItemOther
	}
	var possible []classify.Candidate
	for _, c := range res.Candidates {
		switch {
		case established(c):
			class = class.max(r.controlled(l, at, c))
		case pointed(c, l.Uncontrolled):
			possible = append(possible, c)
		}
	}
	if len(possible) > 0 && class != ItemDualUse && class != ItemMilitary {
		class = class.max(ItemPossible)
		r.add(r.possibleControl(l, at, possible))
	}
	for i := range res.Conflicts {
		r.add(Finding{Kind: ItemConflict, Outcome: Review, Subject: at, Label: l.label(), Item: &ItemTrace{Conflict: &res.Conflicts[i]}})
	}
	for i, p := range res.Problems {
		out := Advise
		if p.Incomplete {
			out = Incomplete
		}
		r.add(Finding{
			Kind: ItemUnclear, Outcome: out, Subject: at + "." + lineField(p.Field), Label: l.label(),
			Missing: []string{at + "." + lineField(p.Field)}, Item: &ItemTrace{Problem: &res.Problems[i]},
		})
	}
	if res.Priority != nil {
		citation := Text(res.Priority.Citation)
		r.add(Finding{
			Kind: PriorityItem, Outcome: Advise, Subject: at + ".hs", Label: l.label(),
			Sources: []Source{{Title: citation, Citation: citation.En}}, Item: &ItemTrace{Tier: res.Priority.Tier},
		})
	}
	if m := res.Sensitive; m != nil {
		said := strings.Join(slices.DeleteFunc([]string{m.Note, m.Reviewer, string(m.Reviewed)}, func(s string) bool { return s == "" }), "; ")
		message := Text{En: "The product master marks this part as sensitive.", Zh: "产品主数据将该物料标记为敏感产品。"}
		if said != "" {
			message = Text{En: "The product master marks this part as sensitive: " + said + ".", Zh: "产品主数据将该物料标记为敏感产品：" + said + "。"}
		}
		r.add(Finding{Kind: ItemConflict, Outcome: Review, Subject: at + ".part_number", Label: l.label(), Item: &ItemTrace{}, Message: &message})
	}
	return class
}

// lineField is the order's name for a field of the classifier's item.
func lineField(field string) string { return strings.Replace(field, "declared[", "control_codes[", 1) }

// established reports whether somebody has said that the entry applies: the order declares it, or the
// product master does. Everything else is evidence for a person to weigh.
func established(c classify.Candidate) bool {
	return slices.ContainsFunc(c.Basis, func(b classify.Basis) bool {
		return b.Source == classify.FromDeclared || b.Source == classify.FromMaster
	})
}

// pointed reports whether evidence for an entry is worth a person's time: likely, or by a customs code
// that the law itself names. Where the seller has determined that the line is not controlled, only
// strong evidence contradicts that. An entry not in force on the day is shown in the line's result only.
func pointed(c classify.Candidate, uncontrolled bool) bool {
	if !c.Status.Binding() {
		return false
	}
	if slices.ContainsFunc(c.Basis, func(b classify.Basis) bool { return b.Role == classify.LegalScope && b.Status.Binding() }) {
		return true
	}
	return c.Confidence == classify.Strong || c.Confidence == classify.Likely && !uncontrolled
}

// controlled is the finding for an entry that is established for a line, and the class it gives the line.
func (r *run) controlled(l *Line, at string, c classify.Candidate) ItemClass {
	row := r.policy.item(c.List)
	out, missing := row.Outcome, []string(nil)
	if row.Regime != "" {
		out, missing = r.ties.lower(r.order, row.Regime, out, row.WithoutNexus)
	}
	switch c.Status {
	case dated.Suspended, dated.NotYet, dated.Ended:
		out = out.Min(Advise)
	case dated.Verify:
		out = out.Min(Review).Max(Incomplete)
	}
	f := Finding{
		Kind: ControlledItem, Outcome: out, Subject: at, Label: l.label(), Message: &row.Means, Next: &row.Next,
		Sources: []Source{candidateSource(c), {Citation: row.Citation, Status: c.Status}},
		Item:    &ItemTrace{Candidates: []classify.Candidate{c}},
	}
	if out == Incomplete {
		f.Missing = missing
	}
	if out == Require {
		f.Documents, f.AnyOf = row.Documents, row.AnyOf
		r.coverByPapers(&f)
	}
	r.add(f)
	switch {
	case !c.Status.Binding():
		return ItemUnknown
	case row.Military:
		return ItemMilitary
	}
	return ItemDualUse
}

// maxShown is how many candidates a finding shows.
const maxShown = 5

func (r *run) possibleControl(l *Line, at string, cs []classify.Candidate) Finding {
	f := Finding{
		Kind: PossibleControl, Outcome: Review, Subject: at, Label: l.label(),
		Item: &ItemTrace{Candidates: cs[:min(maxShown, len(cs))]},
	}
	for _, c := range f.Item.Candidates {
		f.Sources = append(f.Sources, candidateSource(c))
	}
	return f
}

func candidateSource(c classify.Candidate) Source {
	return Source{List: c.List, Title: Text{c.Title, c.TitleZh}, Citation: c.Citation, Status: c.Status, Timeline: c.Timeline}
}

func (p *Policy) item(list string) *ItemEffect {
	for i := range p.Items {
		if e := &p.Items[i]; e.List == "" || e.List == list {
			return e
		}
	}
	return &p.Items[len(p.Items)-1]
}

// label is what a person calls the line.
func (l *Line) label() string { return orElse(clip(l.Description, 120), orElse(l.PartNumber, l.HS)) }

// item is a line as the classifier reads it.
func item(l *Line) classify.Item {
	it := classify.Item{
		PartNumber: l.PartNumber, HS: l.HS, HSEdition: l.HSEdition, Description: l.Description,
		Kind: classify.Kind(l.Kind), Origin: l.Origin,
	}
	for _, c := range l.ControlCodes {
		it.Declared = append(it.Declared, classify.DeclaredCode{List: c.List, Code: c.Code})
	}
	for _, p := range l.Properties {
		it.Properties = append(it.Properties, classify.Property{Name: p.Name, Value: p.Value, Unit: p.Unit})
	}
	return it
}
