package handbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/document"
)

// heading begins with a capital letter where the language has them.
func heading(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// places are the chapters that hold the first eight elements. The ninth is the handbook itself.
var places = [...]icp.Chapter{"policy", "organisation", "risk", "procedure", "violations", "training", "rules", "rules"}

func (b *book) writeRules(s *document.Section) {
	t := &document.Table{Head: []string{b.Say("Element", "要素"), b.Say("Chapter", "章节")}}
	for i, c := range places {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("%d %s", i+1, b.in(icp.Element(i+1).Title())), b.in(c.Text())})
	}
	t.Rows = append(t.Rows, []string{"9 " + b.in(icp.Element(9).Title()), b.Say("This handbook", "本手册")})
	s.Sections = []document.Section{
		{ID: "rules-elements", Title: b.Say("The nine elements, and where they stand", "九项要素及所在章节"), Blocks: []document.Block{{Table: t}}},
		{ID: "rules-decisions", Title: b.Say("Rules of decision", "审批规则"), Blocks: []document.Block{document.List(b.decisionRules()...)}},
		b.auditSection(), b.recordsSection(),
	}
}

func (b *book) decisionRules() (rules []string) {
	p := &b.Procedure
	rules = append(rules, heading(b.in(p.Committee.Text()))+b.Say(".", "。"))
	if p.FourEyes {
		rules = append(rules, b.Say(
			"Four eyes: nobody decides on an order that they entered, and nobody votes at two levels on one order.",
			"双人复核：录入人不得对本人录入的订单作出决定；同一人不得在两级对同一订单投票。"))
	}
	var veto []string
	for _, r := range b.Organisation.Roles {
		if r.Veto {
			veto = append(veto, b.in(r.Title))
		}
	}
	if len(veto) > 0 {
		rules = append(rules, b.Sayf(
			"One-vote veto: each holder of these roles can veto any order: %s. A vetoed order comes back only with changed facts, and only the last level can then decide on it.",
			"一票否决：下列角色的任一任职者均可否决任何订单：%s。被否决的订单仅在事实变更后方可重新提交，且只能由最高审批级决定。", b.Join(veto)))
	}
	if len(p.Reasons) > 0 {
		rules = append(rules, b.Sayf("A reason in writing is needed for each: %s.", "下列事项须书面说明理由：%s。", b.Join(worded(b, p.Reasons))))
	}
	return append(rules,
		b.Say("Only people whose training is valid on the day may vote, veto, decide or release; a deputy needs the training of the role.",
			"只有当日培训有效的人员才能投票、否决、决定或放行；代理人须具备所代理角色要求的培训。"),
		b.Say("A release is bound to the order, lists, papers and answers that it was given for. When one of them changes it is void, and the order is examined again.",
			"放行以作出时的订单、名单、文件和答复为依据；任一事项变更的，放行即失效，订单须重新审查。"))
}

func (b *book) auditSection() document.Section {
	a := &b.Audit
	s := document.Section{ID: "rules-audit", Title: b.Say("Audit", "合规审计"), Blocks: []document.Block{facts(
		document.Fact{Label: b.Say("Whole audit", "整体审计"), Text: b.Sayf("every %d months", "每%d个月一次", a.EveryMonths)},
		document.Fact{Label: b.Say("Last", "上次审计"), Text: string(a.LastOn)},
		document.Fact{Label: b.Say("Next due", "下次审计期限"), Text: string(a.NextDue)},
		document.Fact{Label: b.Say("Nobody audits their own work", "审计人员不得审计本人的工作"), Text: b.Yes(a.Independent)},
		document.Fact{Label: b.Say("Compared with earlier years", "与往年比较"), Text: b.Yes(a.Comparison)},
	)}}
	if len(a.Special) > 0 {
		t := &document.Table{Caption: b.Say("Special audits", "专项审计"), Head: []string{b.Say("Subject", "事项"), b.Say("Units", "部门"), b.Say("Due", "期限")}}
		for _, x := range a.Special {
			t.Rows = append(t.Rows, []string{b.in(x.Subject), b.titles(x.Units, b.units), string(x.Due)})
		}
		s.Blocks = append(s.Blocks, document.Block{Table: t})
	}
	steps := items(b, a.Steps)
	steps.Ordered = true
	s.Blocks = append(s.Blocks, document.Paragraph(b.Say("An audit goes as follows:", "审计步骤：")), steps)
	return s
}

func (b *book) recordsSection() document.Section {
	files := &document.Table{Head: []string{b.Say("What is kept", "档案内容"), b.Say("Where", "保存地点"), b.Say("Years", "年限")}}
	for _, f := range b.Records.Files {
		files.Rows = append(files.Rows, []string{heading(b.in(f.Kind.Text())), b.in(f.Where), strconv.Itoa(f.Years)})
	}
	terms := &document.Table{
		Caption: b.Say("Least terms by law, counted from the latest event", "法定最低年限，自最近一次事件起算"),
		Head:    []string{b.Say("Law of", "适用法域"), b.Say("Years", "年限"), b.Say("Provision", "依据"), b.Say("Since", "起始日期")},
	}
	for _, r := range b.Retention() {
		terms.Rows = append(terms.Rows, []string{r.Regime, strconv.Itoa(r.Years), r.Citation + b.unchecked(r.Verify), string(r.Since)})
	}
	return document.Section{ID: "rules-records", Title: b.Say("Records", "资料档案"), Blocks: []document.Block{
		facts(document.Fact{Label: b.Say("Kept by", "保管人"), Text: b.roles[b.Records.Custodian]}),
		{Table: files}, {Table: terms},
	}}
}

func (b *book) writeOrganisation(s *document.Section) {
	o := &b.Organisation
	s.Blocks = append(s.Blocks, document.Paragraph(b.in(o.Independence)), document.Paragraph(b.in(o.Performance)))
	for i, u := range o.Units {
		s.Sections = append(s.Sections, document.Section{ID: "unit-" + strconv.Itoa(i+1), Title: b.in(u.Title), Blocks: []document.Block{
			facts(
				document.Fact{Label: b.Say("Place", "定位"), Text: heading(b.in(u.Kind.Text()))},
				document.Fact{Label: b.Say("Reports to", "上级"), Text: b.units[u.Parent]},
			),
			document.List(b.all(u.Duties)...),
		}})
	}
	for i, r := range o.Roles {
		var holders, courses []string
		for _, p := range o.People {
			if slices.Contains(p.Roles, r.ID) {
				holders = append(holders, b.in(p.Title))
			}
		}
		for _, c := range b.Training.Courses {
			if slices.Contains(c.Roles, r.ID) {
				courses = append(courses, b.in(c.Title))
			}
		}
		s.Sections = append(s.Sections, document.Section{ID: "role-" + strconv.Itoa(i+1), Title: b.in(r.Title), Blocks: []document.Block{
			facts(
				document.Fact{Label: b.Say("Held by", "任职者"), Text: b.Join(holders)},
				document.Fact{Label: b.Say("Selection", "任职条件"), Text: b.in(r.Selection)},
				document.Fact{Label: b.Say("Powers", "权限"), Text: b.powers(&r)},
				document.Fact{Label: b.Say("Training", "必修培训"), Text: b.Join(courses)},
			),
			document.List(b.all(r.Duties)...),
		}})
	}
}

func (b *book) powers(r *icp.Role) string {
	var powers []string
	if a := r.Authority; a != nil {
		limit := b.Sayf("decides finally on orders up to “%s”", "可最终决定筛查结果不高于“%s”的订单", b.outcome(a.UpTo))
		if a.Value != nil {
			limit += b.Sayf(", of up to %s %s", "，金额不超过%s %s", a.Currency, a.Value)
		}
		powers = append(powers, limit)
	}
	if r.Veto {
		powers = append(powers, b.Say("one-vote veto", "一票否决权"))
	}
	return strings.Join(powers, b.Say("; ", "；"))
}

func (b *book) writeProcedure(s *document.Section) {
	s.Blocks = append(s.Blocks, document.Paragraph(b.Say(
		"Every order is screened at each of these stages. What is held goes up the levels of decision in turn; at each of them a case whose time is over is escalated to the next.",
		"每份订单在下列各环节均须筛查。被拦截的订单逐级审批；任一级超过处理时限的，案件升级至上一级。")))
	for i := range b.Procedure.Stages {
		s.Sections = append(s.Sections, b.stageSection(&b.Procedure.Stages[i]))
	}
}

func (b *book) stageSection(r *icp.StageRules) document.Section {
	var after []string
	for _, x := range b.Procedure.Stages {
		if slices.Contains(r.After, x.Stage) {
			after = append(after, b.in(x.Title))
		}
	}
	valid := b.Say("until a fact changes", "至事实变更为止")
	if r.ValidDays > 0 {
		valid = b.Sayf("%d days, and no longer than the facts stay the same", "%d日，且以事实未变更为限", r.ValidDays)
	}
	levels := &document.Table{
		Caption: b.Say("Levels of decision", "审批级"),
		Head:    []string{b.Say("Level", "审批级"), b.Say("Who votes", "表决人"), b.Say("Quorum", "法定人数"), b.Say("Approvals needed", "通过票数"), b.Say("Hours to decide", "时限（小时）")},
	}
	for _, l := range r.Levels {
		levels.Rows = append(levels.Rows, []string{b.in(l.Title), b.titles(l.Roles, b.roles), strconv.Itoa(l.Quorum), strconv.Itoa(l.Approvals), strconv.Itoa(l.Hours)})
	}
	return document.Section{ID: "stage-" + strings.ReplaceAll(string(r.Stage), "_", "-"), Title: b.in(r.Title), Blocks: []document.Block{
		document.Paragraph(b.Say("What is examined:", "审查要点：")), document.List(b.all(r.Checks)...),
		facts(
			document.Fact{Label: b.Say("Must be passed before", "前置环节"), Text: b.Join(after)},
			document.Fact{Label: b.Say("Papers always needed", "必备文件"), Text: b.Join(named(b, r.Documents))},
			document.Fact{Label: b.Say("People may release up to", "可人工放行的最高结果"), Text: b.outcome(r.ReleaseUpTo)},
			document.Fact{Label: b.Say("A release holds", "放行有效期"), Text: valid},
		),
		{Table: levels},
	}}
}
