package classify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// readParameters compares the item's figures with the thresholds of every entry found so far.
func (g *gathering) readParameters() {
	var qs []quantity
	read := false
	for i, e := range g.evidence {
		ts := g.c.entries[i].Thresholds
		if len(ts) == 0 {
			continue
		}
		if !read {
			qs, read = quantities(g.item), true
		}
		e.parameters = evaluate(ts, qs, g.c.byName, g.c.parameters)
		met, notMet := paragraphs(e.parameters)
		switch {
		case met.En != "":
			b := Basis{Source: FromParameter, Score: 0.2, Detail: Text{
				"figures given meet the entry's: " + met.En, "所给参数达到条目限值：" + met.Zh,
			}}
			// A figure says little of goods that nothing but a customs code joins to the entry.
			if !e.has(FromText) && !e.has(FromDeclared) && !e.has(FromMaster) {
				b.Score = 0.03
			}
			e.basis = append(e.basis, b)
		case notMet.En != "":
			e.factor *= 0.75
			e.checks = append(e.checks, Text{
				"Figures given are outside the entry's (" + notMet.En + "): confirm them; another paragraph may still apply.",
				"所给参数未达条目限值（" + notMet.Zh + "）：请核实，其他分项仍可能适用。",
			})
		}
	}
}

// paragraphs sums up the verdicts by paragraph of the entry: met tells the figures of the first paragraph
// where some are met and none is missed; notMet tells those missed where every paragraph with a figure
// fails.
func paragraphs(ps []ParameterResult) (met, notMet Text) {
	var keys []string
	good, bad := map[string]Text{}, map[string]Text{}
	add := func(t Text, p ParameterResult) Text {
		limit := strings.TrimSpace(fmt.Sprintf("%s (%s %g %s", p.Found, p.Op, p.Threshold, p.Unit)) + ")"
		return Text{join(t.En, p.Name+" "+limit), join(t.Zh, cmp.Or(p.NameZh, p.Name)+" "+limit)}
	}
	for _, p := range ps {
		if p.Verdict == Unknown {
			continue
		}
		if !slices.Contains(keys, p.Paragraph) {
			keys = append(keys, p.Paragraph)
		}
		if p.Verdict == Met {
			good[p.Paragraph] = add(good[p.Paragraph], p)
		} else {
			bad[p.Paragraph] = add(bad[p.Paragraph], p)
		}
	}
	for _, k := range keys {
		if bad[k] == (Text{}) {
			return good[k], Text{}
		}
		if notMet == (Text{}) {
			notMet = bad[k]
		}
	}
	return Text{}, notMet
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
