package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/classify"
)

// printer writes a result for a person, in one language; the first error of writing is kept.
type printer struct {
	w   io.Writer
	zh  bool
	err error
}

func (p *printer) f(format string, a ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, a...)
	}
}

func (p *printer) say(t classify.Text) string {
	if p.zh {
		return t.Zh
	}
	return t.En
}

func (p *printer) pick(en, zh string) string { return p.say(classify.Text{En: en, Zh: zh}) }

func (p *printer) result(r classify.Result) {
	if r.HS.Digits != "" {
		p.f("%s %s", p.pick("Customs code", "商品编号"), r.HS)
		if !r.HS.Edition.IsZero() {
			p.f(" (%s%s)", r.HS.Edition, map[bool]string{true: p.pick(", assumed", "，推定")}[r.HS.Assumed])
		}
		p.f("\n")
	}
	if r.Priority != nil {
		p.f("%s: HS %s, %s %s\n", p.say(r.Priority.Citation), r.Priority.HS6, p.pick("tier", "级别"), r.Priority.Tier)
	}
	for i, c := range r.Candidates {
		p.candidate(i+1, c)
	}
	if len(r.Candidates) == 0 {
		p.f("%s\n", p.pick("No candidate.", "无候选条目。"))
	}
	for _, x := range r.Conflicts {
		p.f("%s: %s (%s %s)\n", p.pick("Conflict", "矛盾"), p.say(x.Reason), x.List, strings.Join(x.Codes, ", "))
	}
	for _, x := range r.Problems {
		p.f("%s %s: %s\n", p.pick("Problem", "问题"), x.Field, p.say(x.Reason))
	}
	for _, x := range r.Silent {
		p.f("- %s\n", p.say(x.Text))
	}
	for _, x := range r.NextChecks {
		p.f("> %s\n", p.say(x))
	}
}

func (p *printer) candidate(n int, c classify.Candidate) {
	p.f("\n%d. %s %s  %s\n", n, c.List, c.Code, p.pick(c.Title, c.TitleZh))
	p.f("   %s %.2f, %s, %s: %s\n", c.Confidence, c.Score, c.Status, c.Reason, c.Citation)
	for _, b := range c.Basis {
		p.f("   + %s %.2f: %s\n", b.Source, b.Score, p.say(b.Detail))
	}
	for _, x := range c.Parameters {
		name := p.pick(x.Name, x.NameZh)
		switch x.Verdict {
		case classify.Unknown:
			p.f("   ? %s %s %g %s\n", name, x.Op, x.Threshold, x.Unit)
		default:
			p.f("   %s %s %s (%s %g %s)\n", map[classify.Verdict]string{classify.Met: "=", classify.NotMet: "x"}[x.Verdict], name, x.Found, x.Op, x.Threshold, x.Unit)
		}
	}
	for _, x := range c.Checks {
		p.f("   > %s\n", p.say(x))
	}
}
