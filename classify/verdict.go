package classify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/textindex"
)

// readParameters compares the item's figures with the thresholds of every entry found so far.
func (g *gathering) readParameters() {
	var qs []quantity
	words := ""
	read := false
	for i, e := range g.evidence {
		ts := g.c.entries[i].Thresholds
		if len(ts) == 0 {
			continue
		}
		if !read {
			qs, read = quantities(g.item), true
			words = textindex.Fold(clip(g.item.Description+" "+g.item.DescriptionZh, maxText))
		}
		e.parameters = evaluate(named(ts, words), qs, g.c.byName, g.c.parameters)
		met, notMet, sure := paragraphs(e.parameters)
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
			e.factor *= missedFactor
			if sure {
				e.factor *= missedFactor
			}
			e.checks = append(e.checks, Text{
				"Figures given are outside the entry's (" + notMet.En + "): confirm them; another paragraph may still apply.",
				"所给参数未达条目限值（" + notMet.Zh + "）：请核实，其他分项仍可能适用。",
			})
		}
	}
}

// missedFactor is what an entry keeps where the figures given are outside its limits, once more where the
// item says what figures they are. More than one paragraph's limits can be told by hand only, so the entry
// stays among the candidates.
const missedFactor = 0.75

// named are the thresholds of the paragraphs whose goods the item's words name; where they name none, all.
func named(ts []Threshold, words string) []Threshold {
	says := func(t Threshold) bool {
		return slices.ContainsFunc(t.When, func(w string) bool { return strings.Contains(words, w) })
	}
	if !slices.ContainsFunc(ts, says) {
		return ts
	}
	return slices.DeleteFunc(slices.Clone(ts), func(t Threshold) bool { return len(t.When) > 0 && !says(t) })
}

// paragraphs sums up the verdicts by paragraph of the entry: met tells the figures of the first paragraph
// where some are met and none is missed; notMet tells those missed where every paragraph with a figure
// fails. sure is set where there is no paragraph left open, and each fails by a figure that the item names
// and that is well outside.
func paragraphs(ps []ParameterResult) (met, notMet Text, sure bool) {
	var keys []string
	good, bad, certain := map[string]Text{}, map[string]Text{}, map[string]bool{}
	add := func(t Text, p ParameterResult) Text {
		limit := strings.TrimSpace(fmt.Sprintf("%s (%s %g %s", p.Found, p.Op, p.Threshold, p.Unit)) + ")"
		return Text{join(t.En, p.Name+" "+limit), join(t.Zh, cmp.Or(p.NameZh, p.Name)+" "+limit)}
	}
	for _, p := range ps {
		certain[p.Paragraph] = certain[p.Paragraph] || p.Verdict == NotMet && p.plain
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
			return good[k], Text{}, false
		}
		if notMet == (Text{}) {
			notMet = bad[k]
		}
	}
	for _, c := range certain {
		if !c {
			return Text{}, notMet, false
		}
	}
	return Text{}, notMet, true
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
