package ledger

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Account is one paper, notice or clearance with all that happened to it. It is the state that its events lead to.
type Account struct {
	ID string `json:"id"`
	// Seq is the number of the last event.
	Seq       int       `json:"seq"`
	ChangedAt time.Time `json:"changed_at"`
	// Exactly one of Paper, Notice and Clearance is set.
	Paper     *Paper               `json:"paper,omitempty"`
	Notice    *trigger.Notice      `json:"notice,omitempty"`
	Clearance *screening.Clearance `json:"clearance,omitempty"`

	Drawings    []Drawing     `json:"drawings,omitempty"`
	Returns     []Return      `json:"returns,omitempty"`
	Performance []Performance `json:"performance,omitempty"`
	// Withdrawn is set where a notice or clearance no longer holds.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Ids of accounts.
func PaperID(t screening.DocumentType, number string) string { return string(t) + "/" + number }
func NoticeID(id string) string                              { return "notice/" + id }
func ClearanceID(id string) string                           { return "clearance/" + id }

// Balance is what a paper still allows. A nil field is not limited.
type Balance struct {
	Quantity *screening.Decimal `json:"quantity,omitempty"`
	Value    *screening.Decimal `json:"value,omitempty"`
	Exports  *int               `json:"exports,omitempty"`
}

// Balance is what is left on the account's paper.
func (a *Account) Balance() Balance {
	var b Balance
	if a.Paper == nil {
		return b
	}
	used := a.used(func(*Drawing) bool { return true })
	if a.Paper.Quantity != nil {
		left := a.Paper.Quantity.Sub(used.quantity)
		b.Quantity = &left
	}
	if a.Paper.Value != nil {
		left := a.Paper.Value.Sub(used.value)
		b.Value = &left
	}
	if n := a.Paper.exports(); n > 0 {
		left := n - used.exports
		b.Exports = &left
	}
	return b
}

// exports is the number of exports that the paper allows, 0 for any. A single licence is for one export: State Council
// Decree 792, art. 15.
func (p *Paper) exports() int {
	if p.Type == screening.SingleLicence {
		return 1
	}
	return p.Exports
}

// usage is what drawings have taken, less what was returned.
type usage struct {
	quantity, value screening.Decimal
	exports         int
}

func (a *Account) used(counts func(*Drawing) bool) (u usage) {
	for i := range a.Drawings {
		d := &a.Drawings[i]
		if !counts(d) {
			continue
		}
		left := a.left(d)
		u.quantity, u.value, u.exports = u.quantity.Add(left.quantity), u.value.Add(left.value), u.exports+left.exports
	}
	return u
}

// left is a drawing less its returns.
func (a *Account) left(d *Drawing) (u usage) {
	u = usage{amount(d.Quantity), amount(d.Value), 1}
	for _, r := range a.Returns {
		switch {
		case r.Drawing != d.ID:
		case r.Unshipped:
			return usage{}
		default:
			u.quantity, u.value = u.quantity.Sub(amount(r.Quantity)), u.value.Sub(amount(r.Value))
		}
	}
	return u
}

func amount(d *screening.Decimal) screening.Decimal {
	if d == nil {
		return screening.Decimal{}
	}
	return *d
}

func (a *Account) drawing(id string) *Drawing {
	if i := slices.IndexFunc(a.Drawings, func(d Drawing) bool { return d.ID == id }); i >= 0 {
		return &a.Drawings[i]
	}
	return nil
}

// Holds reports whether the account says anything on the day: a notice or clearance that is in its term and not
// withdrawn, a paper that is in its term and not found bad.
func (a *Account) Holds(day Date) bool {
	from, until := Date(""), Date("")
	switch {
	case a.Paper != nil && a.Paper.Status != "" && a.Paper.Status != "valid", a.Withdrawn:
		return false
	case a.Paper != nil:
		from, until = a.Paper.IssuedOn, a.Paper.ValidUntil
	case a.Notice != nil:
		from, until = a.Notice.On, a.Notice.Until
	case a.Clearance != nil:
		from, until = a.Clearance.On, a.Clearance.Expires
	}
	return from <= day && (until == "" || day <= until)
}

// clone is a copy that shares nothing that an event changes in place.
func (a *Account) clone() Account {
	n := *a
	n.Drawings, n.Returns, n.Performance = slices.Clone(a.Drawings), slices.Clone(a.Returns), slices.Clone(a.Performance)
	return n
}

// ErrReplay is wrapped where events do not make an account: one lacks, is doubled, or lacks what it needs.
var ErrReplay = errors.New("ledger: the events do not make an account")

// Replay is the account that the events lead to.
func Replay(events []Event) (Account, error) {
	var a Account
	for i := range events {
		if err := a.apply(&events[i]); err != nil {
			return Account{}, err
		}
	}
	if a.Seq == 0 {
		return Account{}, fmt.Errorf("%w: no events", ErrReplay)
	}
	return a, nil
}

// apply moves the account by one event.
func (a *Account) apply(e *Event) error {
	if e.Seq != a.Seq+1 || (e.Kind == Filed) != (a.Seq == 0) || a.Seq > 0 && e.Account != a.ID {
		return fmt.Errorf("%w: account %q: event %d (%s) after event %d of %q", ErrReplay, e.Account, e.Seq, e.Kind, a.Seq, a.ID)
	}
	lacks := false
	switch e.Kind {
	case Filed:
		*a = Account{ID: e.Account, Paper: e.Paper, Notice: e.Notice, Clearance: e.Clearance}
	case Amended:
		if lacks = e.Paper == nil; !lacks {
			a.Paper = e.Paper
		}
	case Examined:
		if lacks = a.Paper == nil; !lacks {
			p := *a.Paper // which may be that of an event
			p.Status = e.Status
			a.Paper = &p
		}
	case Drawn:
		if lacks = e.Drawing == nil; !lacks {
			a.Drawings = append(a.Drawings, *e.Drawing)
		}
	case Returned:
		if lacks = e.Return == nil; !lacks {
			a.Returns = append(a.Returns, *e.Return)
		}
	case Reported:
		if lacks = e.Performance == nil; !lacks {
			a.Performance = append(a.Performance, *e.Performance)
		}
	case Withdrawn:
		a.Withdrawn = true
	default:
		lacks = true
	}
	if lacks {
		return fmt.Errorf("%w: account %q: event %d (%s) lacks what it needs", ErrReplay, e.Account, e.Seq, e.Kind)
	}
	a.Seq, a.ChangedAt = e.Seq, e.At
	return nil
}
