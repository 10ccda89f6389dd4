package classify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// gathering is one Classify call in progress: the evidence for each entry, and what is noted on the way.
type gathering struct {
	c    *Classifier
	item *Item
	asOf Date
	kind Kind

	evidence map[int]*evidence // by index into Classifier.entries
	out      Result
	ordinary *textHit
	// declaredNone are lists for which the order says "not controlled"; "" stands for every list.
	declaredNone []string
}

// evidence is what speaks for one entry.
type evidence struct {
	basis      []Basis
	parameters []ParameterResult
	checks     []Text
	// factor scales the score: below one where a figure or the kind of supply speaks against.
	factor float64
}

func newGathering(c *Classifier, item *Item, asOf Date) *gathering {
	kind, err := ParseKind(string(item.Kind))
	g := &gathering{c: c, item: item, asOf: asOf, kind: kind, evidence: map[int]*evidence{}}
	if err != nil {
		g.kind = Goods
		g.problem("kind", Text{err.Error(), fmt.Sprintf("物项类型“%s”无法识别", clip(string(item.Kind), 40))}, false, err)
	}
	return g
}

func (g *gathering) problem(field string, reason Text, incomplete bool, err error) {
	g.out.Problems = append(g.out.Problems, Problem{field, reason, incomplete, err})
}

func (g *gathering) of(entry int) *evidence {
	e := g.evidence[entry]
	if e == nil {
		e = &evidence{factor: 1}
		g.evidence[entry] = e
	}
	return e
}

func (g *gathering) add(entry int, b Basis) {
	e := g.of(entry)
	e.basis = append(e.basis, b)
}

// score joins the evidence: the best of each source, each making up part of what the others leave open.
func (e *evidence) score() float64 {
	rest := 1.0
	for _, src := range []Source{FromDeclared, FromMaster, FromHS, FromText, FromParameter} {
		best := 0.0
		for _, b := range e.basis {
			if b.Source == src {
				best = max(best, b.Score)
			}
		}
		rest *= 1 - best
	}
	return (1 - rest) * e.factor
}

func (e *evidence) has(src Source) bool {
	return slices.ContainsFunc(e.basis, func(b Basis) bool { return b.Source == src })
}

// An entry is not worth a person's time below minScore, or below shareOfBest of the best one's score; words
// alone must say more than a published table.
const (
	minScore     = 0.04
	minTextScore = 0.06
	shareOfBest  = 0.15
)

// result ranks the entries and says what remains to be done.
func (g *gathering) result() Result {
	order := make([]int, 0, len(g.evidence))
	score := make(map[int]float64, len(g.evidence))
	best := 0.0
	for i, e := range g.evidence {
		score[i] = round(e.score())
		best = max(best, score[i])
	}
	for i, e := range g.evidence {
		least := minScore
		if !e.has(FromHS) {
			least = minTextScore
		}
		if score[i] >= max(least, shareOfBest*best) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		ea, eb := &g.c.entries[a], &g.c.entries[b]
		return cmp.Or(cmp.Compare(score[b], score[a]), cmpString(ea.Code, eb.Code), cmp.Compare(ea.list, eb.list))
	})
	for _, i := range order[:min(len(order), g.c.max)] {
		g.out.Candidates = append(g.out.Candidates, g.candidate(i, score[i]))
	}
	g.findConflicts()
	g.nextChecks()
	return g.out
}

// round keeps three decimals: finer ones would only show noise of the arithmetic.
func round(s float64) float64 { return float64(int(s*1000+0.5)) / 1000 }

func (g *gathering) candidate(i int, score float64) Candidate {
	x, ev := &g.c.entries[i], g.evidence[i]
	l := &g.c.lists[x.list]
	basis := slices.Clone(ev.basis)
	for j := range basis {
		basis[j].Score = round(basis[j].Score)
	}
	slices.SortStableFunc(basis, func(a, b Basis) int { return cmp.Compare(b.Score, a.Score) })
	c := Candidate{
		List: l.ID, Code: x.Code, Title: x.Title, TitleZh: x.TitleZh, Basis: strongest(basis),
		Status: x.Timeline.Status(g.asOf), Timeline: x.Timeline, Parameters: ev.parameters,
		Reason: g.c.reason(x), Citation: citation(l, x.Entry), Score: score, Confidence: confidenceOf(score),
	}
	c.Checks = append(statusChecks(&c, g.asOf), ev.checks...)
	if ev.has(FromText) || ev.has(FromDeclared) || ev.has(FromMaster) {
		c.Checks = append(c.Checks, parameterChecks(ev.parameters)...)
	} else {
		c.Checks = append(c.Checks, Text{
			"Only the customs code points here. Codes are for reference; compare the goods with the text of the entry.",
			"仅由商品编号指向本条目。编号仅供参考，请将货物与条目原文比对。",
		})
	}
	return c
}

// strongest is at most five pieces of evidence, each said once and two of them of text: a third name of the
// same goods tells a reader nothing.
func strongest(sorted []Basis) []Basis {
	const most, mostText = 5, 2
	out := make([]Basis, 0, most)
	texts := 0
	for _, b := range sorted {
		if slices.ContainsFunc(out, func(x Basis) bool { return x.Source == b.Source && x.Detail == b.Detail }) {
			continue
		}
		if b.Source == FromText {
			if texts++; texts > mostText {
				continue
			}
		}
		if len(out) < most {
			out = append(out, b)
		}
	}
	return out
}

// reason is the ground of control of an entry: its own, that of the entry it is part of, or what its code tells.
func (c *Classifier) reason(x *entry) string {
	for code := x.code; code.Base != ""; code = code.Parent() {
		if i, ok := c.byCode[EntryRef{c.lists[x.list].ID, code.String()}]; ok && c.entries[i].Reason != "" {
			return c.entries[i].Reason
		}
	}
	return x.code.Reason()
}

// citation says where to read the entry.
func citation(l *ControlList, e *Entry) string {
	parts := []string{l.Title}
	if l.Edition != "" {
		parts = append(parts, l.Edition)
	}
	if e.Instrument != "" {
		parts = append(parts, e.Instrument)
	}
	return strings.Join(append(parts, e.Code), ", ")
}

func statusChecks(c *Candidate, asOf Date) []Text {
	ev, ok := c.Timeline.At(asOf)
	if !ok {
		return nil
	}
	switch c.Status {
	case dated.Suspended:
		return []Text{{
			fmt.Sprintf("Suspended until %s by %s: suspended is not ended; look again before shipment.", ev.Until, ev.By),
			fmt.Sprintf("依%s暂停实施至%s：暂停不等于废止，发运前须再查。", ev.By, ev.Until),
		}}
	case dated.Verify:
		return []Text{{
			fmt.Sprintf("The last known term ended on %s and nothing later is known here: look up what applies now.", ev.Until),
			fmt.Sprintf("已知期限于%s届满，此后情况不明：请查明现行规定。", ev.Until),
		}}
	}
	return nil
}

// parameterChecks asks for the figures that decide and are not given, at most four.
func parameterChecks(ps []ParameterResult) []Text {
	var out []Text
	var asked []string
	for _, p := range ps {
		if p.Verdict != Unknown || slices.Contains(asked, p.Name) {
			continue
		}
		asked = append(asked, p.Name)
		limit := strings.TrimSpace(fmt.Sprintf("%s %g %s", p.Op, p.Threshold, p.Unit))
		out = append(out, Text{
			fmt.Sprintf("State the %s (the entry names %s).", p.Name, limit),
			fmt.Sprintf("请提供%s（条目限值 %s）。", cmp.Or(p.NameZh, p.Name), limit),
		})
		if len(out) == 4 {
			break
		}
	}
	return out
}

// nextChecks are the steps that do not depend on one candidate.
func (g *gathering) nextChecks() {
	say := func(en, zh string) { g.out.NextChecks = append(g.out.NextChecks, Text{en, zh}) }
	switch {
	case len(g.out.Candidates) == 0:
		say("No entry was found. That is not a finding of \"not controlled\": compare performance and main use with the lists, and apply the catch-all rules.",
			"未找到对应条目，这不等于“不受管制”：请将性能指标和主要用途与清单比对，并适用全面管制规则。")
	case g.out.Candidates[0].Confidence == Weak:
		say("Only weak candidates: a person who knows the goods should confirm that none applies.",
			"仅有较弱的候选条目：请由熟悉货物的人员确认均不适用。")
	default:
		say("Read the official text of the candidate entries and record who decided, when and why.",
			"请查阅候选条目的官方原文，并记录判定人、时间和理由。")
	}
	if slices.ContainsFunc(g.out.Candidates, func(c Candidate) bool { return c.List == ListChina }) {
		say("If in doubt about a Chinese entry, consult MOFCOM before export (Regulations on dual-use items, art. 14).",
			"对中国清单条目如有疑问，出口前向商务部咨询（《两用物项出口管制条例》第十四条）。")
	}
	if g.item.Origin == "US" {
		say("US origin: ask the supplier for the ECCN; re-export may need a US licence.", "美国原产：请向供应商索取ECCN编码，再出口可能需要美国许可。")
	}
	if g.out.Priority != nil {
		say("Common High Priority code: examine end user and route for diversion to Russia or Belarus.",
			"属共同高优先级编码：须审查最终用户和运输路线，防止转运至俄罗斯、白俄罗斯。")
	}
}
