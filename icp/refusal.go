package icp

import (
	"fmt"
	"strings"
)

// Refusal is one reason why a move is not allowed.
type Refusal string

// The refusals.
const (
	WrongStatus     Refusal = "wrong_status"
	NotAppointed    Refusal = "not_appointed"
	WrongRole       Refusal = "wrong_role"
	EnteredTheOrder Refusal = "entered_the_order"
	EntererUnknown  Refusal = "enterer_unknown"
	NotTheDeputy    Refusal = "not_the_deputy"
	AlreadyVoted    Refusal = "already_voted"
	NotTrained      Refusal = "not_trained"
	ReasonMissing   Refusal = "reason_missing"
	Malformed       Refusal = "malformed"
	NoQuorum        Refusal = "no_quorum"
	Undecided       Refusal = "undecided"
	QuestionsOpen   Refusal = "questions_open"
	OutcomeBarred   Refusal = "outcome_barred"
	PapersMissing   Refusal = "papers_missing"
	StageNotPassed  Refusal = "stage_not_passed"
	ConditionsOpen  Refusal = "conditions_open"
	FactsChanged    Refusal = "facts_changed"
	ScreeningStale  Refusal = "screening_stale"
	BeyondAuthority Refusal = "beyond_authority"
	NoHigherLevel   Refusal = "no_higher_level"
	NotOverdue      Refusal = "not_overdue"
	ClockBackwards  Refusal = "clock_backwards"
)

var refusalTexts = map[Refusal]Text{
	WrongStatus:     {En: "the case is not at a point where this is possible", Zh: "案件当前状态不允许此操作"},
	NotAppointed:    {En: "is not a person of the programme on that day", Zh: "当日不是本制度的在任人员"},
	WrongRole:       {En: "holds no role that may do this", Zh: "所任角色无权执行此操作"},
	EnteredTheOrder: {En: "entered the order and may not decide on it", Zh: "系该订单的录入人，不得对其作出决定"},
	EntererUnknown:  {En: "the order does not say who entered it, so that four eyes cannot be kept", Zh: "订单未载明录入人，无法保证双人复核"},
	NotTheDeputy:    {En: "is not named as a deputy of that person", Zh: "不是该人员的指定代理人"},
	AlreadyVoted:    {En: "has already voted in this round", Zh: "本轮已经投票"},
	NotTrained:      {En: "has no valid training for the role", Zh: "不具备该角色所需的有效培训记录"},
	ReasonMissing:   {En: "a reason in writing is needed", Zh: "须书面说明理由"},
	Malformed:       {En: "a field that this event needs is missing or wrong", Zh: "缺少该事件所需的内容，或内容有误"},
	NoQuorum:        {En: "too few have voted", Zh: "投票人数不足法定人数"},
	Undecided:       {En: "those who have not voted can still decide it", Zh: "尚未投票者仍可决定结果"},
	QuestionsOpen:   {En: "a question has not been answered", Zh: "尚有问题未答复"},
	OutcomeBarred:   {En: "the outcome is beyond what people may release at this stage", Zh: "筛查结果超出本阶段可人工放行的范围"},
	PapersMissing:   {En: "a required document is not on file", Zh: "缺少必需文件"},
	StageNotPassed:  {En: "an earlier stage has not been passed", Zh: "此前的审查环节尚未通过"},
	ConditionsOpen:  {En: "a condition has not been met", Zh: "尚有附加条件未满足"},
	FactsChanged:    {En: "the facts are no longer those that were looked at", Zh: "事实已与审查时不同"},
	ScreeningStale:  {En: "the screening is too old, or a clearance or paper it rests on has lapsed: screen again", Zh: "筛查时间过久，或其所依据的排除记录、文件已失效，须重新筛查"},
	BeyondAuthority: {En: "is beyond the authority of those who approved", Zh: "超出批准人的权限"},
	NoHigherLevel:   {En: "there is no higher level", Zh: "没有更高一级"},
	NotOverdue:      {En: "the time of the level is not over", Zh: "本级处理时限未到"},
	ClockBackwards:  {En: "is earlier than the case's last event", Zh: "时间早于案件的上一事件"},
}

// Text says the refusal in both languages.
func (r Refusal) Text() Text { return refusalTexts[r] }

// Reason is a refusal and what it is about: a person, a document type, a number.
type Reason struct {
	Refusal Refusal `json:"refusal"`
	About   string  `json:"about,omitempty"`
}

// MoveError is a move that the procedure does not allow, with every reason.
type MoveError struct {
	Case    string
	Kind    EventKind
	Reasons []Reason
}

// Error names the move, then the reasons.
func (e *MoveError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "case %q: %s is not allowed", e.Case, e.Kind)
	for i, r := range e.Reasons {
		b.WriteString([]string{": ", "; "}[min(i, 1)])
		if r.About != "" {
			b.WriteString(r.About + ": ")
		}
		b.WriteString(r.Refusal.Text().En)
	}
	return b.String()
}

// Has reports whether a refusal is among the reasons.
func (e *MoveError) Has(r Refusal) bool {
	for _, x := range e.Reasons {
		if x.Refusal == r {
			return true
		}
	}
	return false
}
