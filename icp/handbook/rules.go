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
	t := &document.Table{Head: []string{b.say("Element", "要素"), b.say("Chapter", "章节")}}
	for i, c := range places {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("%d %s", i+1, b.in(icp.Element(i+1).Title())), b.in(c.Text())})
	}
	t.Rows = append(t.Rows, []string{"9 " + b.in(icp.Element(9).Title()), b.say("This handbook", "本手册")})
	s.Sections = []document.Section{
		{ID: "rules-elements", Title: b.say("The nine elements, and where they stand", "九项要素及所在章节"), Blocks: []document.Block{{Table: t}}},
		{ID: "rules-decisions", Title: b.say("Rules of decision", "审批规则"), Blocks: []document.Block{document.List(b.decisionRules()...)}},
		b.auditSection(), b.recordsSection(),
	}
}

func (b *book) decisionRules() (rules []string) {
	p := &b.Procedure
	rules = append(rules, heading(b.in(p.Committee.Text()))+b.say(".", "。"))
	if p.FourEyes {
		rules = append(rules, b.say(
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
		rules = append(rules, b.sayf(
			"One-vote veto: each holder of these roles can veto any order: %s. A vetoed order comes back only with changed facts, and only the last level can then decide on it.",
			"一票否决：下列角色的任一任职者均可否决任何订单：%s。被否决的订单仅在事实变更后方可重新提交，且只能由最高审批级决定。", b.join(veto)))
	}
	if len(p.Reasons) > 0 {
		rules = append(rules, b.sayf("A reason in writing is needed for each: %s.", "下列事项须书面说明理由：%s。", b.join(worded(b, p.Reasons))))
	}
	return append(rules,
		b.say("Only people whose training is valid on the day may vote, veto, decide or release; a deputy needs the training of the role.",
			"只有当日培训有效的人员才能投票、否决、决定或放行；代理人须具备所代理角色要求的培训。"),
		b.say("A release is bound to the order, lists, papers and answers that it was given for. When one of them changes it is void, and the order is examined again.",
			"放行以作出时的订单、名单、文件和答复为依据；任一事项变更的，放行即失效，订单须重新审查。"))
}

func (b *book) auditSection() document.Section {
	a := &b.Audit
	s := document.Section{ID: "rules-audit", Title: b.say("Audit", "合规审计"), Blocks: []document.Block{facts(
		document.Fact{Label: b.say("Whole audit", "整体审计"), Text: b.sayf("every %d months", "每%d个月一次", a.EveryMonths)},
		document.Fact{Label: b.say("Last", "上次审计"), Text: string(a.LastOn)},
		document.Fact{Label: b.say("Next due", "下次审计期限"), Text: string(a.NextDue)},
		document.Fact{Label: b.say("Nobody audits their own work", "审计人员不得审计本人的工作"), Text: b.yes(a.Independent)},
		document.Fact{Label: b.say("Compared with earlier years", "与往年比较"), Text: b.yes(a.Comparison)},
	)}}
	if len(a.Special) > 0 {
		t := &document.Table{Caption: b.say("Special audits", "专项审计"), Head: []string{b.say("Subject", "事项"), b.say("Units", "部门"), b.say("Due", "期限")}}
		for _, x := range a.Special {
			t.Rows = append(t.Rows, []string{b.in(x.Subject), b.titles(x.Units, b.units), string(x.Due)})
		}
		s.Blocks = append(s.Blocks, document.Block{Table: t})
	}
	steps := items(b, a.Steps)
	steps.Ordered = true
	s.Blocks = append(s.Blocks, document.Paragraph(b.say("An audit goes as follows:", "审计步骤：")), steps)
	return s
}

func (b *book) recordsSection() document.Section {
	files := &document.Table{Head: []string{b.say("What is kept", "档案内容"), b.say("Where", "保存地点"), b.say("Years", "年限")}}
	for _, f := range b.Records.Files {
		files.Rows = append(files.Rows, []string{heading(b.in(f.Kind.Text())), b.in(f.Where), strconv.Itoa(f.Years)})
	}
	terms := &document.Table{
		Caption: b.say("Least terms by law, counted from the latest event", "法定最低年限，自最近一次事件起算"),
		Head:    []string{b.say("Law of", "适用法域"), b.say("Years", "年限"), b.say("Provision", "依据"), b.say("Since", "起始日期")},
	}
	for _, r := range b.Retention() {
		terms.Rows = append(terms.Rows, []string{r.Regime, strconv.Itoa(r.Years), r.Citation + b.unchecked(r.Verify), string(r.Since)})
	}
	return document.Section{ID: "rules-records", Title: b.say("Records", "资料档案"), Blocks: []document.Block{
		facts(document.Fact{Label: b.say("Kept by", "保管人"), Text: b.roles[b.Records.Custodian]}),
		{Table: files}, {Table: terms},
	}}
}

func (b *book) writeOrganisation(s *document.Section) {
	o := &b.Organisation
	s.Blocks = append(s.Blocks, document.Paragraph(b.in(o.Independence)), document.Paragraph(b.in(o.Performance)))
	for i, u := range o.Units {
		s.Sections = append(s.Sections, document.Section{ID: "unit-" + strconv.Itoa(i+1), Title: b.in(u.Title), Blocks: []document.Block{
			facts(
				document.Fact{Label: b.say("Place", "定位"), Text: heading(b.in(u.Kind.Text()))},
				document.Fact{Label: b.say("Reports to", "上级"), Text: b.units[u.Parent]},
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
				document.Fact{Label: b.say("Held by", "任职者"), Text: b.join(holders)},
				document.Fact{Label: b.say("Selection", "任职条件"), Text: b.in(r.Selection)},
				document.Fact{Label: b.say("Powers", "权限"), Text: b.powers(&r)},
				document.Fact{Label: b.say("Training", "必修培训"), Text: b.join(courses)},
			),
			document.List(b.all(r.Duties)...),
		}})
	}
}

func (b *book) powers(r *icp.Role) string {
	var powers []string
	if a := r.Authority; a != nil {
		limit := b.sayf("decides finally on orders up to “%s”", "可最终决定筛查结果不高于“%s”的订单", b.outcome(a.UpTo))
		if a.Value != nil {
			limit += b.sayf(", of up to %s %s", "，金额不超过%s %s", a.Currency, a.Value)
		}
		powers = append(powers, limit)
	}
	if r.Veto {
		powers = append(powers, b.say("one-vote veto", "一票否决权"))
	}
	return strings.Join(powers, b.say("; ", "；"))
}

func (b *book) writeProcedure(s *document.Section) {
	s.Blocks = append(s.Blocks, document.Paragraph(b.say(
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
	valid := b.say("until a fact changes", "至事实变更为止")
	if r.ValidDays > 0 {
		valid = b.sayf("%d days, and no longer than the facts stay the same", "%d日，且以事实未变更为限", r.ValidDays)
	}
	levels := &document.Table{
		Caption: b.say("Levels of decision", "审批级"),
		Head:    []string{b.say("Level", "审批级"), b.say("Who votes", "表决人"), b.say("Quorum", "法定人数"), b.say("Approvals needed", "通过票数"), b.say("Hours to decide", "时限（小时）")},
	}
	for _, l := range r.Levels {
		levels.Rows = append(levels.Rows, []string{b.in(l.Title), b.titles(l.Roles, b.roles), strconv.Itoa(l.Quorum), strconv.Itoa(l.Approvals), strconv.Itoa(l.Hours)})
	}
	return document.Section{ID: "stage-" + strings.ReplaceAll(string(r.Stage), "_", "-"), Title: b.in(r.Title), Blocks: []document.Block{
		document.Paragraph(b.say("What is examined:", "审查要点：")), document.List(b.all(r.Checks)...),
		facts(
			document.Fact{Label: b.say("Must be passed before", "前置环节"), Text: b.join(after)},
			document.Fact{Label: b.say("Papers always needed", "必备文件"), Text: b.join(named(b, r.Documents))},
			document.Fact{Label: b.say("People may release up to", "可人工放行的最高结果"), Text: b.outcome(r.ReleaseUpTo)},
			document.Fact{Label: b.say("A release holds", "放行有效期"), Text: valid},
		),
		{Table: levels},
	}}
}
