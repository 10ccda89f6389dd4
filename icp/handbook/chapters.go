package handbook

import (
	"slices"
	"strconv"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/document"
)

// facts leaves out what nothing is said of.
func facts(all ...document.Fact) document.Block {
	return document.Block{Facts: slices.DeleteFunc(all, func(f document.Fact) bool { return f.Text == "" })}
}

func (b *book) writePolicy(s *document.Section) {
	p := &b.Policy
	for _, x := range p.Statements {
		s.Blocks = append(s.Blocks, document.Paragraph(b.in(x.Text)))
	}
	signed := string(p.SignedOn)
	if signed == "" {
		signed = b.Say("not signed", "尚未签署")
	}
	var given []string
	if p.Distribution.Staff {
		given = append(given, b.Say("all staff", "全体员工"))
	}
	if p.Distribution.Partners {
		given = append(given, b.Say("partners", "合作伙伴"))
	}
	s.Blocks = append(s.Blocks, facts(
		document.Fact{Label: b.Say("Signed by", "签署人"), Text: b.people[p.Signatory]},
		document.Fact{Label: b.Say("Signed on", "签署日期"), Text: signed},
		document.Fact{Label: b.Say("Whom to ask", "联系人"), Text: b.contact(p.Contact)},
		document.Fact{Label: b.Say("Given to", "发放范围"), Text: b.Join(given)},
	))
	if p.Distribution.Undertaking {
		s.Sections = append(s.Sections, document.Section{
			ID: "undertaking", Title: b.Say("Undertaking", "合规承诺"),
			Blocks: []document.Block{
				document.Paragraph(b.Sayf(
					"We have read the policy statement of %s and will follow it. We will not use, pass on or re-export its goods, software or technology against export control law, and will report at once what we learn to the contrary.",
					"本单位（本人）已阅知%s的政策声明并将遵照执行；不违反出口管制规定使用、转让或再出口其货物、软件或技术；发现违规情形立即报告。", b.in(b.Company))),
				{Table: &document.Table{
					Head: []string{b.Say("Company", "单位"), b.Say("Name and post", "姓名和职务"), b.Say("Date", "日期"), b.Say("Signature", "签字")},
					Rows: [][]string{{"", "", "", ""}, {"", "", "", ""}},
				}},
			},
		})
	}
}

// contact is a person with the way to reach them.
func (b *book) contact(id string) string {
	for _, p := range b.Organisation.People {
		if p.ID == id {
			return b.Sayf("%s (%s)", "%s（%s）", b.in(p.Title), p.Contact)
		}
	}
	return ""
}

func (b *book) writeLaw(s *document.Section) {
	for i, l := range b.Handbook.Laws {
		s.Sections = append(s.Sections, document.Section{
			ID: "law-" + strconv.Itoa(i+1), Title: b.in(l.Title),
			Blocks: []document.Block{
				facts(
					document.Fact{Label: b.Say("Instrument", "文号"), Text: l.Citation + b.unchecked(l.Verify)},
					document.Fact{Label: b.Say("In force from", "施行日期"), Text: string(l.From)},
				),
				document.Paragraph(b.in(l.Outline)),
			},
		})
	}
}

func (b *book) writePeople(s *document.Section) {
	t := &document.Table{Head: []string{
		b.Say("Post", "职务"), b.Say("Unit", "部门"), b.Say("Roles", "角色"), b.Say("Contact", "联系方式"), b.Say("Deputies", "代理人"), b.Say("Appointed", "任期"),
	}}
	for _, p := range b.Organisation.People {
		t.Rows = append(t.Rows, []string{b.in(p.Title), b.units[p.Unit], b.titles(p.Roles, b.roles), p.Contact, b.titles(p.Deputies, b.people), b.term(&p)})
	}
	s.Blocks = append(s.Blocks, document.Block{Table: t})
}

// term is a person's appointment, "" where it has no bounds.
func (b *book) term(p *icp.Person) string {
	switch {
	case p.From == "" && p.Until == "":
		return ""
	case p.Until == "":
		return b.Sayf("from %s", "%s起", p.From)
	case p.From == "":
		return b.Sayf("until %s", "至%s", p.Until)
	}
	return b.Sayf("%s to %s", "%s至%s", p.From, p.Until)
}

func (b *book) writeIdentification(s *document.Section) {
	for _, x := range b.Handbook.Identification {
		s.Blocks = append(s.Blocks, document.Paragraph(b.in(x)))
	}
}

func (b *book) writeRisk(s *document.Section) {
	r := &b.Risk
	s.Blocks = append(s.Blocks, document.Paragraph(b.in(r.Method)), facts(
		document.Fact{Label: b.Say("Assessed on", "评估日期"), Text: string(r.AssessedOn)},
		document.Fact{Label: b.Say("To be made again by", "复审期限"), Text: string(r.ReviewDue)},
	))
	for i, area := range r.Areas {
		t := &document.Table{Head: []string{
			b.Say("Risk", "风险"), b.Say("Likelihood (1-5)", "可能性（1-5）"), b.Say("Impact (1-5)", "影响（1-5）"), b.Say("Score", "得分"),
			b.Say("Countermeasures, and who answers for them", "防范措施和责任人"), b.Say("Score left", "剩余得分"),
		}}
		for _, x := range area.Risks {
			var measures string
			for k, m := range x.Countermeasures {
				if k > 0 {
					measures += " "
				}
				measures += b.in(m.Text) + b.Say(" (", "（") + b.roles[m.Owner]
				if m.Due != "" {
					measures += b.Say(", by ", "，限期") + string(m.Due)
				}
				measures += b.Say(")", "）")
			}
			t.Rows = append(t.Rows, []string{
				b.in(x.Text), strconv.Itoa(x.Likelihood), strconv.Itoa(x.Impact), strconv.Itoa(x.Score()), measures, strconv.Itoa(x.Residual),
			})
		}
		s.Sections = append(s.Sections, document.Section{ID: "risk-" + strconv.Itoa(i+1), Title: heading(b.in(area.Area.Text())), Blocks: []document.Block{{Table: t}}})
	}
}

func (b *book) writeViolations(s *document.Section) {
	e := &b.Emergency
	remedies := []string{}
	for _, r := range e.Remedies {
		remedies = append(remedies, b.in(r.Text))
	}
	part := func(id, en, zh string, blocks ...document.Block) {
		s.Sections = append(s.Sections, document.Section{ID: "violations-" + id, Title: b.Say(en, zh), Blocks: blocks})
	}
	part("stop", "Stop and report at once", "立即停止并报告",
		document.Paragraph(b.Sayf(
			"When one of the following is known, the export stops, and %s reports it within %d hours to %s (Regulations on Export Control of Dual-Use Items, art. 25):",
			"知悉下列情形之一的，立即停止出口，由%s在%d小时内报告%s（《两用物项出口管制条例》第二十五条）：",
			b.roles[e.StopAndReport.Role], e.StopAndReport.Hours, b.authority(e.StopAndReport.Authority))),
		items(b, e.StopAndReport.Triggers))
	part("report", "Ways to report", "举报渠道", document.List(b.all(e.Channels)...), document.Paragraph(b.in(e.Protection)))
	part("inquiry", "Inquiry", "调查",
		document.Paragraph(b.Sayf("%s opens an inquiry where:", "有下列情形之一的，由%s启动调查：", b.roles[e.Opens])),
		document.List(b.all(e.Criteria)...), document.Paragraph(b.Say("It goes as follows:", "调查步骤：")), document.Steps(b.all(e.Steps)...))
	part("remedies", "Remedies", "补救措施", document.List(remedies...))
	after := []string{b.in(e.Notify.Reporter), b.in(e.Notify.Management), b.in(e.Notify.Authority)}
	if e.TrainingCase {
		after = append(after, b.Say("The case is used in training, without names.", "案例隐去姓名后用于培训。"))
	}
	part("after", "Who is told, and what is learned", "结果通报和经验总结", document.List(after...))
}

func (b *book) authority(id string) string {
	for _, a := range b.Handbook.Authorities {
		if a.ID == id {
			return b.in(a.Title)
		}
	}
	return ""
}

func (b *book) writeTraining(s *document.Section) {
	for i, c := range b.Training.Courses {
		pass := b.Say("attendance", "参加即可")
		if c.PassMark > 0 {
			pass = b.Sayf("test, %d %% or more", "考试成绩不低于%d%%", c.PassMark)
		}
		s.Sections = append(s.Sections, document.Section{
			ID: "course-" + strconv.Itoa(i+1), Title: b.in(c.Title),
			Blocks: []document.Block{
				facts(
					document.Fact{Label: b.Say("For", "对象"), Text: heading(b.in(c.Audience.Text()))},
					document.Fact{Label: b.Say("Needed to act as", "任职必修"), Text: b.titles(c.Roles, b.roles)},
					document.Fact{Label: b.Say("To pass", "合格标准"), Text: pass},
					document.Fact{Label: b.Say("Valid for", "有效期"), Text: b.Sayf("%d months", "%d个月", c.Months)},
					document.Fact{Label: b.Say("Outside the company", "外部培训"), Text: b.Yes(c.External)},
				),
				items(b, c.Topics),
			},
		})
	}
}

func (b *book) writeAuthorities(s *document.Section) {
	t := &document.Table{Head: []string{b.Say("Authority", "主管部门"), b.Say("Contact", "联系方式")}}
	for _, a := range b.Handbook.Authorities {
		t.Rows = append(t.Rows, []string{b.in(a.Title), a.Contact})
	}
	s.Blocks = append(s.Blocks, document.Block{Table: t})
}
