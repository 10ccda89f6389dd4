package ledger

import (
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Date is a civil date of the form 2006-01-02; "" is none.
type Date = icp.Date

// EventKind is what happened to an account.
type EventKind string

// The kinds of event, with the fields of [Event] that each reads beside Account, At, By and Reason.
const (
	// Filed opens an account: Paper, Notice or Clearance. Account is derived from it.
	Filed EventKind = "filed"
	// Amended: the authority has amended a licence. Paper is the paper as it now is. Item, destination, end user and
	// end use cannot be amended: that takes a new licence (State Council Decree 792, art. 18).
	Amended EventKind = "amended"
	// Examined: somebody has looked at the paper. Status is what was found: "valid", "revoked", "forged", "altered".
	Examined EventKind = "examined"
	// Drawn: an order uses the paper. Drawing.
	Drawn EventKind = "drawn"
	// Returned: some of a drawing came back, or all of it was not shipped. Return.
	Returned EventKind = "returned"
	// Reported: the authority was told how an export went. Performance.
	Reported EventKind = "reported"
	// Withdrawn: a notice or clearance no longer holds.
	Withdrawn EventKind = "withdrawn"
)

// Event is one step of an account.
type Event struct {
	// Account is the account's id, see [PaperID], [NoticeID] and [ClearanceID].
	Account string    `json:"account"`
	Kind    EventKind `json:"kind"`
	At      time.Time `json:"at"`
	// By is a person of the programme; of Drawn, Returned and Reported [icp.System] too.
	By string `json:"by"`
	// Reason is needed for Amended, Examined, Returned and Withdrawn.
	Reason string `json:"reason,omitempty"`

	Paper       *Paper               `json:"paper,omitempty"`
	Status      string               `json:"status,omitempty"`
	Drawing     *Drawing             `json:"drawing,omitempty"`
	Return      *Return              `json:"return,omitempty"`
	Performance *Performance         `json:"performance,omitempty"`
	Notice      *trigger.Notice      `json:"notice,omitempty"`
	Clearance   *screening.Clearance `json:"clearance,omitempty"`

	// Seq numbers the events of an account from 1. It and the fields below are set by [Ledger.Do].
	Seq int `json:"seq"`
	// Programme is the digest of the programme under which the event was allowed.
	Programme string `json:"programme,omitempty"`
	// Role and Training are by what right a clearance was given.
	Role     string              `json:"role,omitempty"`
	Training []icp.Qualification `json:"training,omitempty"`
}

// Paper is a licence, certificate, commitment or report on file. Of the document, Quantity and Value are the
// limits that it states, nil for none; Lines are an order's matter, and not kept.
type Paper struct {
	screening.Document
	// Unit is that of Quantity, as order lines spell it; Currency the ISO 4217 code of Value.
	Unit     string `json:"unit,omitempty"`
	Currency string `json:"currency,omitempty"`
	// Exports is the number of exports that it allows, 0 for any. A single licence allows one.
	Exports int `json:"exports,omitempty"`
	// Orders are the orders it is filed for. A commitment, statement or report that is filed for a party and no order
	// holds for every order of the party.
	Orders []string `json:"orders,omitempty"`
}

// Drawing is the use of a paper by one export.
type Drawing struct {
	// ID names the drawing within the account, such as the number of the delivery.
	ID    string `json:"id"`
	Order string `json:"order"`
	// On is the day of the export.
	On Date `json:"on"`
	// Quantity and Value are what is drawn, in the paper's unit and currency. They are needed where the paper limits them.
	Quantity *screening.Decimal `json:"quantity,omitempty"`
	Value    *screening.Decimal `json:"value,omitempty"`
}

// Return gives back what was drawn.
type Return struct {
	// ID names the return within the account, Drawing what it is of.
	ID      string `json:"id"`
	Drawing string `json:"drawing"`
	On      Date   `json:"on"`
	// Unshipped says that the export did not take place: the whole drawing is given back, and the export does not
	// count. Otherwise Quantity and Value came back, and the export has still been used.
	Unshipped bool               `json:"unshipped,omitempty"`
	Quantity  *screening.Decimal `json:"quantity,omitempty"`
	Value     *screening.Decimal `json:"value,omitempty"`
}

// Performance is what the authority is told of an export under a licence: State Council Decree 792, art. 18.
type Performance struct {
	Drawing string `json:"drawing"`
	// Step is "transport", "arrival", "installation" or "use".
	Step string `json:"step"`
	On   Date   `json:"on"`
	// SHA256 is the hash of the report, hexadecimal.
	SHA256 string `json:"sha256,omitempty"`
}

var steps = []string{"transport", "arrival", "installation", "use"}
