package ledger

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/icp"
)

// Refusal is one reason why an event is not possible.
type Refusal string

// The refusals.
const (
	Malformed     Refusal = "malformed"
	NotAppointed  Refusal = "not_appointed"
	NotEntitled   Refusal = "not_entitled"
	ReasonMissing Refusal = "reason_missing"
	OnFile        Refusal = "on_file"
	KeyElement    Refusal = "key_element"
	NotUsable     Refusal = "not_usable"
	TermTooLong   Refusal = "term_too_long"
	OverQuantity  Refusal = "over_quantity"
	OverValue     Refusal = "over_value"
	OverExports   Refusal = "over_exports"
	NotDrawn      Refusal = "not_drawn"
	OverReturned  Refusal = "over_returned"
	TooEarly      Refusal = "clock_backwards"
)

var refusalTexts = map[Refusal]icp.Text{
	Malformed:     {En: "a field that this event needs is missing or wrong", Zh: "缺少该事件所需的内容，或内容有误"},
	NotAppointed:  {En: "is not a person of the programme on that day", Zh: "当日不是本制度的在任人员"},
	NotEntitled:   {En: "has no role with the authority and valid training to clear a hit", Zh: "不具备排除命中所需的权限角色和有效培训"},
	ReasonMissing: {En: "a reason in writing is needed", Zh: "须书面说明理由"},
	OnFile:        {En: "is on file with other contents", Zh: "已有内容不同的记录"},
	KeyElement:    {En: "is a key element, and takes a new licence (State Council Decree 792, art. 18)", Zh: "属于许可证关键要素，变更须重新申请许可（国务院令第792号第十八条）"},
	NotUsable:     {En: "is not in its term on that day, or was found bad", Zh: "当日不在有效期内，或已被认定无效"},
	TermTooLong:   {En: "has a longer term than its type can have (State Council Decree 792, art. 15)", Zh: "有效期超过该类许可的上限（国务院令第792号第十五条）"},
	OverQuantity:  {En: "is more than the quantity that is left", Zh: "超过剩余数量"},
	OverValue:     {En: "is more than the value that is left", Zh: "超过剩余金额"},
	OverExports:   {En: "no export is left", Zh: "出口次数已用尽"},
	NotDrawn:      {En: "no drawing has this id", Zh: "没有该编号的使用记录"},
	OverReturned:  {En: "is more than what was drawn and has not been returned", Zh: "超过已使用且尚未退回的部分"},
	TooEarly:      {En: "is earlier than the account's last event", Zh: "时间早于该账目的上一事件"},
}

// Text says the refusal in both languages.
func (r Refusal) Text() icp.Text { return refusalTexts[r] }

// Reason is a refusal and what it is about.
type Reason struct {
	Refusal Refusal `json:"refusal"`
	About   string  `json:"about,omitempty"`
}

// RefusedError is an event that is not possible, with every reason.
type RefusedError struct {
	Account string
	Kind    EventKind
	Reasons []Reason
}

// Error names the event, then the reasons.
func (e *RefusedError) Error() string {
	var said []string
	for _, r := range e.Reasons {
		said = append(said, strings.TrimPrefix(r.About+": ", ": ")+r.Refusal.Text().En)
	}
	return "ledger: " + e.Account + ": " + string(e.Kind) + " is not possible: " + strings.Join(said, "; ")
}

// Has reports whether a refusal is among the reasons.
func (e *RefusedError) Has(r Refusal) bool {
	return slices.ContainsFunc(e.Reasons, func(x Reason) bool { return x.Refusal == r })
}
