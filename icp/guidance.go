package icp

import (
	"fmt"
	"slices"

	"github.com/ordergate/ordergate/screening"
)

// Element is one of the nine elements of the guidance, 1 to 9.
type Element int

// elementTitles are the titles of the nine elements: MOFCOM, guidance on internal compliance for exporters of
// dual-use items, Announcement No. 10 of 2021.
var elementTitles = [...]Text{
	{En: "Policy statement", Zh: "拟定政策声明"},
	{En: "Organisation", Zh: "建立组织机构"},
	{En: "Risk assessment", Zh: "全面风险评估"},
	{En: "Review procedure", Zh: "确立审查程序"},
	{En: "Emergency measures", Zh: "制定应急措施"},
	{En: "Education and training", Zh: "开展教育培训"},
	{En: "Compliance audit", Zh: "完善合规审计"},
	{En: "Records", Zh: "保留资料档案"},
	{En: "Handbook", Zh: "编制管理手册"},
}

// Title is the element's title.
func (e Element) Title() Text {
	if e < 1 || int(e) > len(elementTitles) {
		return Text{}
	}
	return elementTitles[e-1]
}

// Gap is something that the guidance asks for and a programme lacks.
type Gap struct {
	Element Element `json:"element"`
	// Path is where in the programme it would stand.
	Path string `json:"path"`
	Text Text   `json:"text"`
	// Source is where the guidance asks for it.
	Source string `json:"source"`
}

// Where the guidance says what. The questions and answers are MOFCOM's on building compliance programmes;
// QA1 is part one (2021-11), QA2 part two (2022-03), both as published on its export control site.
const (
	qa1 = "MOFCOM Q&A on compliance programmes, part 1, question %d"
	qa2 = "MOFCOM Q&A on compliance programmes, part 2, question %d"
	six = "MOFCOM guidance of 2007, element %d"
)

// auditor collects gaps.
type auditor struct {
	p    *Programme
	day  Date
	gaps []Gap
}

// need names a gap where something is not there.
func (a *auditor) need(ok bool, e Element, path, source string, question int, en, zh string) {
	if !ok {
		a.gaps = append(a.gaps, Gap{Element: e, Path: path, Text: Text{En: en, Zh: zh}, Source: fmt.Sprintf(source, question)})
	}
}

// Validate names every gap of the programme against the guidance as of a day, in the order of the elements; none
// is a programme that holds all the guidance asks for. It says nothing of whether the programme is lived by.
func (p *Programme) Validate(day Date) []Gap {
	a := &auditor{p: p, day: day}
	a.policy()
	a.organisation()
	a.risk()
	a.procedure()
	a.emergency()
	a.training()
	a.audit()
	a.records()
	a.handbook()
	return a.gaps
}

func (a *auditor) policy() {
	p, o := &a.p.Policy, &a.p.Organisation
	a.need(!p.SignedOn.IsZero(), 1, "policy.signed_on", qa1, 18, "the statement is not signed by the head of the company", "政策声明未经主要负责人签署")
	a.need(p.SignedOn <= a.day, 1, "policy.signed_on", qa1, 18, "the statement is signed on a day to come", "政策声明的签署日期晚于当前日期")
	decides := slices.ContainsFunc(o.People, func(x Person) bool {
		u := o.unit(x.Unit)
		return x.ID == p.Signatory && u != nil && u.Kind == "decision"
	})
	a.need(decides, 1, "policy.signatory", qa1, 18, "whoever signed does not belong to the level of decision", "签署人不属于决策层")
	a.need(o.Appointed(p.Signatory, a.day), 1, "policy.signatory", qa1, 18, "whoever signed is no longer in office: the statement must be signed anew", "签署人已不在任，政策声明须重新签署")
	a.need(o.Appointed(p.Contact, a.day), 1, "policy.contact", qa1, 8, "the contact person is not in office", "联系人已不在任")
	for _, t := range topics {
		said := slices.ContainsFunc(p.Statements, func(s Statement) bool { return s.Topic == t })
		words := topicTexts[t]
		a.need(said, 1, "policy.statements", qa1, 8, "the statement does not say: "+words.En, "政策声明未载明："+words.Zh)
	}
	a.need(p.Distribution.Staff, 1, "policy.distribution.staff", qa2, 1, "the statement is not given to all staff", "政策声明未面向全体员工")
	a.need(p.Distribution.Partners, 1, "policy.distribution.partners", qa2, 1, "the statement is not given to partners", "政策声明未分发合作伙伴")
}

func (a *auditor) organisation() {
	o := &a.p.Organisation
	// Whether there is a committee the guidance leaves to the company.
	for _, k := range []UnitKind{"decision", "compliance", "business"} {
		there := slices.ContainsFunc(o.Units, func(u Unit) bool { return u.Kind == k })
		words := unitTexts[k]
		a.need(there, 2, "organisation.units", qa1, 9, "there is no "+words.En, "未设"+words.Zh)
	}
	for i, u := range o.Units {
		a.need(len(u.Duties) > 0, 2, fmt.Sprintf("organisation.units[%d].duties", i), qa1, 9, "the unit has no duties: "+u.Title.En, "未明确机构职责："+u.Title.Zh)
	}
	for i, r := range o.Roles {
		path := fmt.Sprintf("organisation.roles[%d]", i)
		a.need(len(r.Duties) > 0, 2, path+".duties", qa1, 9, "the role has no duties: "+r.Title.En, "未明确岗位职责："+r.Title.Zh)
		held := slices.ContainsFunc(o.People, func(p Person) bool { return slices.Contains(p.Roles, r.ID) && p.in(a.day) })
		a.need(held, 2, path, qa1, 9, "nobody holds the role: "+r.Title.En, "岗位无人担任："+r.Title.Zh)
	}
	compliance := slices.ContainsFunc(o.People, func(p Person) bool {
		u := o.unit(p.Unit)
		return u != nil && u.Kind == "compliance" && p.in(a.day)
	})
	a.need(compliance, 2, "organisation.people", qa1, 18, "nobody is appointed to the compliance department", "合规部门没有专（兼）职人员")
	veto := slices.ContainsFunc(o.Roles, func(r Role) bool { return r.Veto })
	a.need(veto, 2, "organisation.roles", qa1, 4, "no role has the one-vote veto", "没有任何角色享有一票否决权")
}

func (a *auditor) risk() {
	r := &a.p.Risk
	a.need(r.ReviewDue >= a.day, 3, "risk.review_due", qa1, 10, "the assessment should have been made again", "风险评估已到复审期限")
	for _, area := range areas {
		assessed := slices.ContainsFunc(r.Areas, func(x RiskArea) bool { return x.Area == area && len(x.Risks) > 0 })
		words := areaTexts[area]
		a.need(assessed, 3, "risk.areas", qa1, 10, "not assessed: "+words.En, "未评估："+words.Zh)
	}
	for i, area := range r.Areas {
		for j, x := range area.Risks {
			path := fmt.Sprintf("risk.areas[%d].risks[%d]", i, j)
			a.need(len(x.Countermeasures) > 0, 3, path+".countermeasures", qa1, 10, "nothing is done against the risk: "+x.Text.En, "风险没有防范措施："+x.Text.Zh)
			a.need(x.Residual <= x.Score(), 3, path+".residual", qa1, 10, "more risk is left than there was: "+x.Text.En, "剩余风险高于原有风险："+x.Text.Zh)
		}
	}
}

// stageQuestions are where the guidance asks for a stage of review.
var stageQuestions = map[screening.Stage][2]any{
	screening.PreContract: {qa1, 11}, screening.LicenceApplication: {qa2, 6}, screening.BeforeShipment: {qa1, 12}, screening.AfterSales: {qa1, 13},
}

func (a *auditor) procedure() {
	p := &a.p.Procedure
	for _, s := range stages {
		rules, q := p.stage(s), stageQuestions[s]
		words := stageTexts[s]
		a.need(rules != nil, 4, "procedure.stages", q[0].(string), q[1].(int), "there is no review "+words.En, "缺少审查环节："+words.Zh)
		if rules != nil {
			a.need(len(rules.Checks) > 0, 4, "procedure.stages."+string(s)+".checks", q[0].(string), q[1].(int), "nothing is said of what is checked "+words.En, "未明确审查要点："+words.Zh)
		}
	}
	if s := p.stage(screening.BeforeShipment); s != nil {
		a.need(len(s.After) > 0, 4, "procedure.stages.before_shipment.after", qa1, 12, "it is not checked before shipment that the earlier reviews are complete", "发货前未确认此前各审查环节是否完备")
	}
	a.need(p.FourEyes, 4, "procedure.four_eyes", qa1, 4, "whoever entered an order may decide on it: the review is not independent", "录入人可自行审批，审查缺乏独立性")
	for _, k := range []EventKind{Voted, Vetoed} {
		a.need(slices.Contains(p.Reasons, k), 4, "procedure.reasons", qa1, 17, "no written reason is asked for: "+k.Text().En, "未要求书面理由："+k.Text().Zh)
	}
}

func (a *auditor) emergency() {
	e := &a.p.Emergency
	a.need(len(e.Channels) > 0, 5, "emergency.channels", qa1, 14, "there is no way to report", "没有举报渠道")
	a.need(len(e.Criteria) > 0, 5, "emergency.criteria", qa1, 14, "nothing says when an inquiry is opened", "未明确启动调查的标准")
	a.need(len(e.Steps) >= 3, 5, "emergency.steps", qa1, 14, "scope, procedure and report of an inquiry are not all laid down", "调查范围、程序和报告未全部规定")
	for _, k := range remedyKinds {
		there := slices.ContainsFunc(e.Remedies, func(r Remedy) bool { return r.Kind == k })
		words := remedyTexts[k]
		a.need(there, 5, "emergency.remedies", qa2, 7, "there is no remedy: "+words.En, "缺少补救措施："+words.Zh)
	}
	for _, t := range stopTriggers {
		a.need(slices.Contains(e.StopAndReport.Triggers, t), 5, "emergency.stop_and_report.triggers", "State Council Decree 792 art. %d", 25,
			"an event does not stop the export: "+t.Text().En, "未规定立即停止出口的情形："+t.Text().Zh)
	}
	a.need(e.StopAndReport.Hours > 0 && e.StopAndReport.Hours <= 24, 5, "emergency.stop_and_report.hours", "State Council Decree 792 art. %d", 25,
		"a stop is not reported within a day", "停止出口后未在一日内报告")
	a.need(e.TrainingCase, 5, "emergency.training_case", qa1, 14, "cases are not used in training", "未将案例纳入培训")
}

func (a *auditor) training() {
	t := &a.p.Training
	for _, audience := range audiences {
		for _, topic := range trainingTopics[audience] {
			taught := slices.ContainsFunc(t.Courses, func(c Course) bool {
				return slices.Contains(c.Topics, topic) && (c.Audience == audience || c.Audience == "everyone")
			})
			words, group := trainingTexts[topic], audienceTexts[audience]
			a.need(taught, 6, "training.courses", qa1, 15, fmt.Sprintf("not taught to %s: %s", group.En, words.En), fmt.Sprintf("%s未接受培训：%s", group.Zh, words.Zh))
		}
	}
	a.need(slices.ContainsFunc(t.Courses, func(c Course) bool { return c.External }), 6, "training.courses", qa1, 15, "compliance staff attend nothing outside the company", "合规人员未参加外部培训")
	for i, r := range a.p.Organisation.Roles {
		asked := slices.ContainsFunc(t.Courses, func(c Course) bool { return slices.Contains(c.Roles, r.ID) })
		a.need(asked || r.Authority == nil && !r.Veto, 6, fmt.Sprintf("organisation.roles[%d]", i), six, 5, "the role decides without a course: "+r.Title.En, "角色无须培训即可作出决定："+r.Title.Zh)
	}
}

func (a *auditor) audit() {
	u := &a.p.Audit
	a.need(u.EveryMonths > 0 && u.NextDue >= a.day, 7, "audit.next_due", qa2, 8, "no whole audit is planned, or it is late", "未安排整体审计或审计逾期")
	a.need(len(u.Special) > 0, 7, "audit.special", qa2, 8, "no special audit is planned", "未安排专项审计")
	for _, s := range auditSteps {
		words := auditTexts[s]
		a.need(slices.Contains(u.Steps, s), 7, "audit.steps", qa1, 16, "a step is missing: "+words.En, "缺少审计步骤："+words.Zh)
	}
	a.need(u.Comparison, 7, "audit.comparison", qa1, 16, "reports are not compared with those of earlier years", "审计报告未与往年比较")
	a.need(u.Independent, 7, "audit.independent", qa1, 4, "people audit their own work", "审计人员审计本人的工作")
}

func (a *auditor) records() {
	r := &a.p.Records
	for _, k := range fileKinds {
		i := slices.IndexFunc(r.Files, func(f RecordFile) bool { return f.Kind == k })
		words := fileTexts[k]
		a.need(i >= 0, 8, "records.files", qa1, 17, "not kept: "+words.En, "未保存："+words.Zh)
		if i >= 0 {
			a.need(r.Files[i].Years >= 5, 8, fmt.Sprintf("records.files[%d].years", i), "State Council Decree 792 art. %d", 27, "kept for less than five years: "+words.En, "保存不足五年："+words.Zh)
		}
	}
}

func (a *auditor) handbook() {
	h := &a.p.Handbook
	for _, c := range chapters {
		words := chapterTexts[c]
		a.need(slices.Contains(h.Chapters, c), 9, "handbook.chapters", qa1, 18, "a chapter is missing: "+words.En, "手册缺少章节："+words.Zh)
	}
	a.need(len(h.Laws) > 0, 9, "handbook.laws", qa1, 18, "there is no outline of the law", "缺少法律法规概要")
	a.need(len(h.Identification) > 0, 9, "handbook.identification", qa1, 18, "nothing says how items are identified and screened", "未规定物项识别和筛查制度")
	a.need(len(h.Authorities) >= 2, 9, "handbook.authorities", qa1, 18, "the contacts of the national and the provincial authority are not both there", "未同时列明国家和省级主管部门联系方式")
}
