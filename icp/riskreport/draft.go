package riskreport

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/document"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// draft is a draft being composed in one language.
type draft struct {
	Draft
	document.Lang
	party    *screening.Party
	listings []*screening.Finding
}

func (d *draft) compose() *document.Document {
	doc := &document.Document{
		Lang:  d.Lang,
		Title: d.Sayf("Risk-assessment report on %s (draft)", "关于%s的风险评估报告（草稿）", d.party.Name),
		Facts: []document.Fact{
			{Label: d.Say("Exporter", "出口经营者"), Text: d.in(d.Programme.Company)},
			{Label: d.Say("Order", "订单"), Text: d.Sayf("%s of %s", "%s，日期%s", d.Order.ID, d.Order.Date)},
			{Label: d.Say("Screening report", "筛查报告"), Text: d.Sayf("%s, law as of %s", "%s，适用%s的法律", d.Report.ID, d.Report.AsOf)},
			{Label: d.Say("Required by", "依据"), Text: d.Say("Regulations on Export Control of Dual-Use Items (State Council Decree 792), art. 26", "《两用物项出口管制条例》（国务院令第792号）第二十六条")},
		},
	}
	for _, s := range []struct {
		id, en, zh string
		blocks     []document.Block
	}{
		{"party", "The party", "当事方", d.aboutParty()},
		{"listing", "The listing", "列入情况", d.aboutListings()},
		{"items", "Items", "物项", d.items()},
		{"end-use", "End use and end user", "最终用途和最终用户", d.endUse()},
		{"way", "Parties and way of the goods", "交易各方和运输路径", d.way()},
		{"signs", "What else screening found", "筛查发现的其他事项", d.signs()},
		{"papers", "Papers", "文件", d.papers()},
		{"risks", "Risks of this case, to be scored", "本案风险（待评分）", d.risks()},
		{"measures", "Measures", "防范措施", d.measures()},
		{"conclusion", "Conclusion", "结论", d.conclusion()},
	} {
		doc.Sections = append(doc.Sections, document.Section{ID: s.id, Title: d.Say(s.en, s.zh), Blocks: s.blocks})
	}
	return doc
}

func (d *draft) in(t icp.Text) string { return d.Say(t.En, t.Zh) }

func (d *draft) named(code string) string { return render.Name(code, d.Tag()) }

// known is a text, or that it is still to be found out.
func (d *draft) known(s string) string {
	if s == "" {
		return d.Say("not stated: to be found out", "未载明，须查明")
	}
	return s
}

func (d *draft) land(code string) string {
	if n := country.Name(code, string(d.Lang)); n != "" {
		return n + " (" + code + ")"
	}
	return d.known(code)
}

func (d *draft) roles(roles []screening.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, d.named(string(r)))
	}
	return d.Join(names)
}

func (d *draft) aboutParty() []document.Block {
	p := d.party
	var addresses, numbers, owners []string
	for _, a := range p.Addresses {
		if a.Text == "" {
			a.Text = strings.Join(slices.DeleteFunc([]string{a.Street, a.City, a.Region, a.PostalCode, a.Country}, func(s string) bool { return s == "" }), ", ")
		}
		addresses = append(addresses, a.Text)
	}
	for _, n := range p.Identifiers {
		numbers = append(numbers, n.Type+" "+n.Value)
	}
	for _, o := range p.Owners {
		share := d.Say("share not stated", "持股比例未载明")
		if o.Percent != nil {
			share = o.Percent.String() + " %"
		}
		owners = append(owners, fmt.Sprintf("%s (%s)", o.Name, share))
	}
	if len(owners) > 0 && !p.OwnersComplete {
		owners = append(owners, d.Say("others to be found out", "其他股东须查明"))
	}
	return []document.Block{{Facts: []document.Fact{
		{Label: d.Say("Name", "名称"), Text: p.Name},
		{Label: d.Say("Other names", "其他名称"), Text: d.known(d.Join(p.OtherNames))},
		{Label: d.Say("Role in the order", "在订单中的角色"), Text: d.roles(p.Roles)},
		{Label: d.Say("Country", "国家（地区）"), Text: d.land(p.Country)},
		{Label: d.Say("Addresses", "地址"), Text: d.known(strings.Join(addresses, "; "))},
		{Label: d.Say("Numbers", "登记号码"), Text: d.known(d.Join(numbers))},
		{Label: d.Say("Business", "业务性质"), Text: d.known(string(p.Business))},
		{Label: d.Say("Founded on", "成立日期"), Text: d.known(string(p.RegisteredOn))},
		{Label: d.Say("Website", "网站"), Text: d.known(p.Website)},
		{Label: d.Say("Owners", "股东"), Text: d.known(d.Join(owners))},
		{Label: d.Say("Customer since", "首次交易日期"), Text: d.known(string(p.CustomerSince))},
		{Label: d.Say("Why it did not co-operate with verification", "未配合核查的原因"), Text: d.known("")},
	}}}
}

func (d *draft) aboutListings() (blocks []document.Block) {
	for _, f := range d.listings {
		m := f.Match
		facts := []document.Fact{
			{Label: d.Say("Listed as", "名单名称"), Text: m.Entity},
			{Label: d.Say("Compared", "比对"), Text: d.Sayf("“%s” with “%s”: %d of 100", "“%s”与“%s”：相似度%d（满分100）", m.Compared, m.Listed, int(m.Score*100))},
		}
		for _, s := range f.Sources {
			status := d.named(string(s.Status))
			if t := s.Timeline.String(); t != "" {
				status += " (" + t + ")"
			}
			facts = append(facts,
				document.Fact{Label: d.Say("List", "名单"), Text: d.in(s.Title)},
				document.Fact{Label: d.Say("Citation", "文号"), Text: d.known(s.Citation)},
				document.Fact{Label: d.Say("Status", "状态"), Text: status},
			)
		}
		blocks = append(blocks, document.Block{Facts: facts})
	}
	return blocks
}

func (d *draft) items() []document.Block {
	t := &document.Table{Head: []string{
		d.Say("Line", "行号"), d.Say("Description", "品名"), d.Say("Customs code", "海关编号"), d.Say("Control list entries", "管制清单条目"), d.Say("Quantity", "数量"), d.Say("Value", "金额"),
	}}
	for i, l := range d.Order.Lines {
		var codes []string
		if i < len(d.Report.Lines) {
			codes = d.Report.Lines[i].Codes
		}
		quantity, value := "", ""
		if l.Quantity != nil {
			quantity = strings.TrimSpace(l.Quantity.String() + " " + l.Unit)
		}
		if l.Value != nil {
			value = strings.TrimSpace(d.Order.Currency + " " + l.Value.String())
		}
		t.Rows = append(t.Rows, []string{l.ID, d.known(l.Description), d.known(l.HS), d.known(d.Join(codes)), d.known(quantity), d.known(value)})
	}
	return []document.Block{{Table: t}, document.Paragraph(d.Say(
		"Performance and main use of each item, and whether it goes beyond what the stated end use needs: to be written by engineering.",
		"各物项的性能指标和主要用途，以及是否超出所述最终用途的需要：由技术部门填写。"))}
}

func (d *draft) endUse() (blocks []document.Block) {
	uses := []screening.EndUse{}
	if d.Order.EndUse != nil {
		uses = append(uses, *d.Order.EndUse)
	}
	for _, l := range d.Order.Lines {
		if l.EndUse != nil {
			uses = append(uses, *l.EndUse)
		}
	}
	if len(uses) == 0 {
		uses = append(uses, screening.EndUse{})
	}
	for _, u := range uses {
		site, passed := "", ""
		if u.Site != nil {
			site = strings.TrimSpace(u.Site.Text + " " + u.Site.Country)
		}
		if u.Reexport != nil {
			passed = d.Yes(*u.Reexport)
		}
		blocks = append(blocks, document.Block{Facts: []document.Fact{
			{Label: d.Say("End use as stated", "所述最终用途"), Text: d.known(u.Text)},
			{Label: d.Say("Place of use", "使用地点"), Text: d.known(site)},
			{Label: d.Say("Will be passed on", "是否转让"), Text: d.known(passed)},
		}})
	}
	return append(blocks, document.Paragraph(d.Say("How end use and end user were verified, by whom and when: to be written.", "最终用途和最终用户的核实方式、核实人和时间：待填写。")))
}

func (d *draft) way() []document.Block {
	t := &document.Table{Head: []string{d.Say("Party", "当事方"), d.Say("Role", "角色"), d.Say("Country", "国家（地区）")}}
	for _, p := range d.Order.Parties {
		t.Rows = append(t.Rows, []string{p.Name, d.roles(p.Roles), d.land(p.Country)})
	}
	var route []string
	for _, l := range d.Order.Route {
		route = append(route, d.land(l.Country))
	}
	return []document.Block{{Table: t}, {Facts: []document.Fact{
		{Label: d.Say("Destination", "目的地"), Text: d.land(d.Order.Destination)},
		{Label: d.Say("Passing through", "途经"), Text: d.known(d.Join(route))},
	}}}
}

func (d *draft) signs() []document.Block {
	t := &document.Table{Head: []string{d.Say("Result", "结果"), d.Say("Finding", "事项"), d.Say("About", "对象"), d.Say("Explanation, to be written", "说明（待填写）")}}
	for i := range d.Report.Findings {
		f := &d.Report.Findings[i]
		if slices.Contains(d.listings, f) || !f.Outcome.Holds() {
			continue
		}
		what := d.named(string(f.Kind))
		if f.Title != nil {
			what = d.in(*f.Title)
		}
		about := f.Label
		if len(f.Missing) > 0 {
			about = d.Sayf("lacks %s", "缺少%s", d.Join(f.Missing))
		}
		t.Rows = append(t.Rows, []string{d.named(string(f.Outcome)), what, about, ""})
	}
	if len(t.Rows) == 0 {
		return []document.Block{document.Paragraph(d.Say("Nothing else that holds the order.", "无其他拦截事项。"))}
	}
	return []document.Block{{Table: t}}
}

// papers are those that the listing asks for, and what is on file of them.
func (d *draft) papers() []document.Block {
	t := &document.Table{Head: []string{d.Say("Paper", "文件"), d.Say("Number", "编号"), d.Say("Valid until", "有效期至")}}
	var asked []screening.DocumentType
	for _, f := range d.listings {
		for _, x := range append(slices.Clone(f.Documents), f.AnyOf...) {
			if x != screening.RiskReport && !slices.Contains(asked, x) {
				asked = append(asked, x)
			}
		}
	}
	for _, x := range append(asked, screening.EndUseCertificate, screening.CommercialContract) {
		number, until := d.Say("not on file", "未备案"), ""
		for _, f := range d.Order.Documents {
			if f.Type == x {
				number, until = d.known(f.Number), string(f.ValidUntil)
			}
		}
		t.Rows = append(t.Rows, []string{d.named(string(x)), number, until})
	}
	return []document.Block{{Table: t}}
}

func (d *draft) risks() []document.Block {
	law := &document.Table{
		Caption: d.Say("Risks of art. 12(3) of the Export Control Law", "《出口管制法》第十二条第三款所列风险"),
		Head:    []string{d.Say("Risk", "风险"), d.Say("Assessment and evidence, to be written", "评估意见及依据（待填写）")},
		Rows: [][]string{
			{d.Say("Danger to national security and interests", "危害国家安全和利益"), ""},
			{d.Say("Weapons of mass destruction and their means of delivery", "大规模杀伤性武器及其运载工具"), ""},
			{d.Say("Terrorism", "恐怖主义目的"), ""},
		},
	}
	own := &document.Table{
		Caption: d.Sayf("Risks of the company's assessment of %s", "企业风险评估（%s）所列风险", d.Programme.Risk.AssessedOn),
		Head: []string{
			d.Say("Area", "领域"), d.Say("Risk", "风险"), d.Say("Score in general", "一般得分"), d.Say("Likelihood here (1-5)", "本案可能性（1-5）"), d.Say("Impact here (1-5)", "本案影响（1-5）"),
		},
	}
	for _, a := range d.Programme.Risk.Areas {
		for _, r := range a.Risks {
			own.Rows = append(own.Rows, []string{d.in(a.Area.Text()), d.in(r.Text), fmt.Sprint(r.Score()), "", ""})
		}
	}
	return []document.Block{{Table: law}, document.Paragraph(d.in(d.Programme.Risk.Method)), {Table: own}}
}

func (d *draft) measures() []document.Block {
	var taken []string
	for _, a := range d.Programme.Risk.Areas {
		for _, r := range a.Risks {
			for _, m := range r.Countermeasures {
				taken = append(taken, d.in(m.Text))
			}
		}
	}
	return []document.Block{
		document.Paragraph(d.Say("Taken in general:", "一般措施：")), document.List(taken...),
		document.Paragraph(d.Say("For this case:", "本案措施：")),
		{Table: &document.Table{
			Head: []string{d.Say("Measure, such as delivery check, site visit, report of use", "措施（如交付核查、现场查访、使用情况报告）"), d.Say("Who", "责任人"), d.Say("By when", "期限")},
			Rows: [][]string{{"", "", ""}, {"", "", ""}, {"", "", ""}},
		}},
	}
}

func (d *draft) conclusion() []document.Block {
	return []document.Block{
		document.Paragraph(d.Say("The risk that is left, and whether the exporter stands by the application: to be written.", "剩余风险及是否维持申请的意见：待填写。")),
		{Table: &document.Table{
			Head: []string{d.Say("Prepared by", "编制人"), d.Say("Approved by", "批准人"), d.Say("Date", "日期"), d.Say("Signature", "签字")},
			Rows: [][]string{{"", "", "", ""}},
		}},
	}
}
