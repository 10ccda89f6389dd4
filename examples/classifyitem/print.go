package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/internal/dated"
)

// printer writes a result for a person, in one language; the first error of writing is kept.
type printer struct {
	w   io.Writer
	zh  bool
	err error
	// list gives a list's title and edition.
	list func(id string) (classify.ControlList, bool)
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

// word is the Chinese of a keyword where the answer is in Chinese, else the keyword with spaces.
func word[K ~string](p *printer, zh map[K]string, k K) string {
	if s := zh[k]; p.zh && s != "" {
		return s
	}
	return strings.ReplaceAll(string(k), "_", " ")
}

var (
	confidences = map[classify.Confidence]string{classify.Strong: "线索强", classify.Likely: "线索较强", classify.Possible: "线索一般", classify.Weak: "线索弱"}
	statuses    = map[classify.Status]string{dated.InForce: "现行有效", dated.NotYet: "尚未生效", dated.Suspended: "暂停实施", dated.Ended: "已失效", dated.Verify: "待核实"}
	sources     = map[classify.Source]string{classify.FromDeclared: "申报编码", classify.FromMaster: "产品主数据", classify.FromHS: "商品编号", classify.FromText: "品名描述", classify.FromParameter: "技术参数"}
	reasons     = map[string]string{
		"conventional": "常规武器", "MTCR": "导弹（MTCR）", "NSG": "核（NSG）", "AG/CWC": "生化（AG/CWC）", "supervised chemicals": "监控化学品",
		"temporary control": "临时管制", "other national security": "其他国家安全", "Wassenaar": "常规武器（瓦森纳）", "AG": "生化（AG）", "CWC": "化学武器（CWC）", "national": "各国自行管制",
	}
	fields = map[string]string{"hs": "商品编号", "hs_edition": "编号版本", "description": "品名描述", "part_number": "物料编号", "kind": "物项类型"}
)

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
	} else {
		p.f("\n%s\n", p.pick("(+ evidence   = figure within the entry   x outside it   ? not given   > to check)", "（+ 依据   = 参数达到限值   x 未达到   ? 未提供   > 待核查）"))
	}
	for _, x := range r.Conflicts {
		p.f("%s: %s (%s %s)\n", p.pick("Conflict", "矛盾"), p.say(x.Reason), x.List, strings.Join(x.Codes, ", "))
	}
	for _, x := range r.Problems {
		p.f("%s %s: %s\n", p.pick("Problem", "问题"), word(p, fields, x.Field), p.say(x.Reason))
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
	where := c.Citation
	if l, ok := p.list(c.List); ok && p.zh && l.TitleZh != "" {
		where = strings.Replace(where, l.Title, l.TitleZh, 1)
	}
	facts := []string{fmt.Sprintf("%s %.2f", word(p, confidences, c.Confidence), c.Score), word(p, statuses, c.Status)}
	if c.Reason != "" {
		facts = append(facts, word(p, reasons, c.Reason))
	}
	p.f("   %s: %s\n", strings.Join(facts, ", "), where)
	for _, b := range c.Basis {
		p.f("   + %s %.2f: %s\n", word(p, sources, b.Source), b.Score, p.say(b.Detail))
	}
	p.figures(c.Parameters)
	for _, x := range c.Checks {
		p.f("   > %s\n", p.say(x))
	}
}

// maxOpen is how many figures that are not given are named; entries of many kinds of goods have dozens.
const maxOpen = 4

// figures prints each figure found with its limit, then in one line those that are not given.
func (p *printer) figures(ps []classify.ParameterResult) {
	var open []string
	for _, x := range ps {
		limit := strings.TrimSpace(fmt.Sprintf("%s %g %s", x.Op, x.Threshold, x.Unit))
		name := p.pick(x.Name, cmp.Or(x.NameZh, x.Name))
		if x.Verdict == classify.Unknown {
			if s := name + " " + limit; !slices.Contains(open, s) {
				open = append(open, s)
			}
			continue
		}
		if x.Paragraph != "" {
			limit += p.pick(", paragraph ", "，分项 ") + x.Paragraph
		}
		p.f("   %s %s %s (%s)\n", map[classify.Verdict]string{classify.Met: "=", classify.NotMet: "x"}[x.Verdict], name, x.Found, limit)
	}
	if len(open) == 0 {
		return
	}
	more := ""
	if n := len(open) - maxOpen; n > 0 {
		more = fmt.Sprintf(p.pick("; and %d more", "；另有%d项"), n)
		open = open[:maxOpen]
	}
	p.f("   ? %s%s\n", strings.Join(open, p.pick("; ", "；")), more)
}
