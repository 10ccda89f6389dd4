package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/width"
)

// labels are the words of table and chart in one language.
type labels struct {
	title, orders, held, before, after, same, none string
	outcome                                        []string
	// rule is the table's head, two rows.
	rule [][]string
}

var words = map[string]labels{
	"en": {
		title:  "SIMULATION %s: what would change; it releases and holds no order.",
		orders: "orders %d · held %d -> %d · newly held %d · newly free %d · not screened %d",
		held:   "orders held", before: "before", after: "after",
		same: "%d rules fire as before.", none: "No rule changes.",
		outcome: []string{"OUTCOME", "before", "after"},
		rule: [][]string{
			{"RULE", "FIRED", "", "HOLDS", "", "UNCHECKED", "", "OUTCOME", "", "TITLE"},
			{"", "before", "after", "before", "after", "before", "after", "before", "after", ""},
		},
	},
	"zh": {
		title:  "模拟 %s：将会发生的变化；不据此放行或冻结任何订单。",
		orders: "订单 %d · 冻结 %d -> %d · 新冻结 %d · 新放行 %d · 未能筛查 %d",
		held:   "冻结的订单", before: "现行", after: "拟议",
		same: "%d 条规则触发情况不变。", none: "没有规则发生变化。",
		outcome: []string{"结果", "现行", "拟议"},
		rule: [][]string{
			{"规则", "触发", "", "冻结", "", "无法检查", "", "最重结果", "", "名称"},
			{"", "现行", "拟议", "现行", "拟议", "现行", "拟议", "现行", "拟议", ""},
		},
	},
}

// writeTable prints the figures in columns: the rules that change, or all.
func writeTable(out io.Writer, s *summary, lang string, all bool) error {
	t := words[lang]
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, t.title+"\n", s.Name)
	fmt.Fprintf(w, t.orders+"\n\n", s.Orders, s.Held.Before, s.Held.After, s.NewlyHeld, s.NewlyFree, len(s.Failures))
	outcomes := [][]string{t.outcome}
	for _, c := range s.Outcomes {
		outcomes = append(outcomes, []string{string(c.Outcome), strconv.Itoa(c.Orders.Before), strconv.Itoa(c.Orders.After)})
	}
	align(w, outcomes)
	fmt.Fprintln(w)
	rows, same := t.rule, 0
	for _, c := range s.changed() {
		rows = append(rows, c.row(lang))
	}
	if len(rows) == len(t.rule) {
		fmt.Fprintln(w, t.none)
	}
	for _, c := range s.Rules {
		if c.changes() {
			continue
		}
		if all {
			rows = append(rows, c.row(lang))
		}
		if c.Fired.Before > 0 {
			same++
		}
	}
	if len(rows) > len(t.rule) {
		align(w, rows)
	}
	fmt.Fprintf(w, "\n"+t.same+"\n", same)
	return w.Flush()
}

func (c *ruleCount) row(lang string) []string {
	row := []string{c.ID}
	for _, p := range []pair{c.Fired, c.Holds, c.Unchecked} {
		row = append(row, strconv.Itoa(p.Before), strconv.Itoa(p.After))
	}
	for _, o := range []screening.Outcome{c.Before, c.After} {
		if o == "" {
			o = "-"
		}
		row = append(row, string(o))
	}
	return append(row, screening.Text(c.Title).In(lang))
}

// align prints rows of one length in columns two spaces apart.
func align(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-columns(cell)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// columns is the width of a text on a terminal: a Han character is two wide.
func columns(s string) (n int) {
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
