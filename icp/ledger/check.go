package ledger

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// check judges an event on its way into an account.
type check struct {
	p       *icp.Programme
	a       *Account
	e       *Event
	day     Date
	reasons []Reason
}

func (c *check) require(ok bool, r Refusal, about string) {
	if !ok {
		c.reasons = append(c.reasons, Reason{r, about})
	}
}

func (c *check) date(d Date, about string) {
	_, err := dated.ParseDate(string(d))
	c.require(err == nil, Malformed, about)
}

func (c *check) run() error {
	e := c.e
	c.require(!e.At.IsZero() && !e.At.Before(c.a.ChangedAt), TooEarly, "")
	bySystem := e.By == icp.System && (e.Kind == Drawn || e.Kind == Returned || e.Kind == Reported)
	c.require(bySystem || c.p.Organisation.Appointed(e.By, c.day), NotAppointed, e.By)
	if slices.Contains([]EventKind{Amended, Examined, Returned, Withdrawn}, e.Kind) {
		c.require(strings.TrimSpace(e.Reason) != "", ReasonMissing, "")
	}
	switch e.Kind {
	case Filed:
		c.filed()
	case Amended:
		c.amended()
	case Examined:
		c.require(c.a.Paper != nil, Malformed, "account")
		c.require(slices.Contains([]string{"valid", "revoked", "forged", altered}, e.Status), Malformed, "status")
	case Drawn:
		c.drawn()
	case Returned:
		c.returned()
	case Reported:
		c.reported()
	case Withdrawn:
		c.require(c.a.Paper == nil && !c.a.Withdrawn, Malformed, "account")
	default:
		c.require(false, Malformed, "kind")
	}
	if len(c.reasons) > 0 {
		return &RefusedError{Account: e.Account, Kind: e.Kind, Reasons: c.reasons}
	}
	return nil
}

// knows reports whether the account holds what an event brings, by its id and all its contents.
func (a *Account) knows(e *Event) bool {
	switch {
	case a.Seq == 0:
		return false
	case e.Kind == Filed && e.Paper != nil && a.Paper != nil:
		p := *e.Paper
		p.Status = a.Paper.Status // what was found since is not what was filed
		return same(&p, a.Paper)
	case e.Kind == Filed:
		return same(e.Notice, a.Notice) && same(e.Clearance, a.Clearance) && !a.Withdrawn
	case e.Kind == Drawn:
		return e.Drawing != nil && same(a.drawing(e.Drawing.ID), e.Drawing)
	case e.Kind == Returned:
		return e.Return != nil && slices.ContainsFunc(a.Returns, func(r Return) bool { return same(&r, e.Return) })
	case e.Kind == Reported:
		return e.Performance != nil && slices.Contains(a.Performance, *e.Performance)
	}
	return false
}

// same compares what would be recorded: amounts of other spelling, 10 and 10.0, are others.
func same[T any](a, b *T) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func (c *check) filed() {
	e := c.e
	c.require(c.a.Seq == 0, OnFile, e.Account)
	set := 0
	for _, is := range []bool{e.Paper != nil, e.Notice != nil, e.Clearance != nil} {
		if is {
			set++
		}
	}
	c.require(set == 1, Malformed, "paper, notice, clearance")
	switch {
	case e.Paper != nil:
		c.paper()
	case e.Notice != nil:
		c.require(e.Notice.ID != "", Malformed, "notice.id")
		c.date(e.Notice.On, "notice.on")
	case e.Clearance != nil:
		x := e.Clearance
		c.require(x.ID != "" && x.Party != "" && x.PartyDigest != "" && x.List != "" && x.Entity != "" && x.EntityDigest != "" && x.Reason != "", Malformed, "clearance")
		c.require(x.Reviewer == e.By, Malformed, "clearance.reviewer")
		c.date(x.On, "clearance.on")
		c.date(x.Expires, "clearance.expires")
		c.require(x.On <= c.day, Malformed, "clearance.on")
		c.require(e.Role != "", NotEntitled, e.By)
	}
}

var sha256Pattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// licences are China's export licences: State Council Decree 792, art. 15.
var licences = []screening.DocumentType{screening.SingleLicence, screening.GeneralLicence, screening.Registration}

func (c *check) paper() {
	p := c.e.Paper
	c.require(p.Type != "" && p.Number != "", Malformed, "paper.type, paper.number")
	c.require(len(p.Lines) == 0, Malformed, "paper.lines")
	c.require(sha256Pattern.MatchString(p.SHA256), Malformed, "paper.sha256")
	c.date(p.IssuedOn, "paper.issued_on")
	if p.ValidUntil != "" || slices.Contains(licences, p.Type) {
		c.date(p.ValidUntil, "paper.valid_until")
	}
	c.require(p.Status == "" || c.e.Kind == Amended, Malformed, "paper.status")
	c.require(p.Exports >= 0, Malformed, "paper.exports")
	c.limit(p.Quantity, p.Unit, "paper.quantity")
	c.limit(p.Value, p.Currency, "paper.value")
}

// limit checks that a limit is an amount of something.
func (c *check) limit(n *screening.Decimal, of, about string) {
	c.require(n == nil || !n.IsNegative() && of != "", Malformed, about)
}

func (c *check) amended() {
	p, old := c.e.Paper, c.a.Paper
	if p == nil || old == nil {
		c.require(false, Malformed, "paper")
		return
	}
	c.paper()
	c.require(p.Type == old.Type && p.Number == old.Number, Malformed, "paper.number")
	c.require(p.Status == old.Status, Malformed, "paper.status")
	c.require(slices.Equal(p.ControlCodes, old.ControlCodes), KeyElement, "paper.control_codes")
	c.require(p.Destination == old.Destination, KeyElement, "paper.destination")
	c.require(p.EndUser == old.EndUser, KeyElement, "paper.end_user")
	c.require(p.EndUse == old.EndUse, KeyElement, "paper.end_use")
}

func (c *check) drawn() {
	d, p := c.e.Drawing, c.a.Paper
	if d == nil || p == nil {
		c.require(false, Malformed, "drawing")
		return
	}
	c.require(d.ID != "" && d.Order != "", Malformed, "drawing.id, drawing.order")
	c.require(c.a.drawing(d.ID) == nil, OnFile, d.ID)
	c.date(d.On, "drawing.on")
	c.require(c.a.Holds(d.On), NotUsable, c.e.Account)
	if years := map[screening.DocumentType]int{screening.SingleLicence: 1, screening.GeneralLicence: 3}[p.Type]; years > 0 {
		c.require(p.ValidUntil.Time().Before(p.IssuedOn.Time().AddDate(years, 0, 1)), TermTooLong, c.e.Account)
	}
	left := c.a.Balance()
	c.within(d.Quantity, left.Quantity, OverQuantity, "drawing.quantity")
	c.within(d.Value, left.Value, OverValue, "drawing.value")
	c.require(left.Exports == nil || *left.Exports > 0, OverExports, c.e.Account)
}

// within checks that an amount is stated where a limit is, and is not more than what is left.
func (c *check) within(n, left *screening.Decimal, over Refusal, about string) {
	if n == nil {
		c.require(left == nil, Malformed, about)
		return
	}
	c.require(n.IsPositive(), Malformed, about)
	c.require(left == nil || !n.GreaterThan(*left), over, n.String())
}

func (c *check) returned() {
	r := c.e.Return
	if r == nil {
		c.require(false, Malformed, "return")
		return
	}
	c.require(r.ID != "" && !slices.ContainsFunc(c.a.Returns, func(x Return) bool { return x.ID == r.ID }), OnFile, r.ID)
	c.date(r.On, "return.on")
	d := c.a.drawing(r.Drawing)
	if d == nil {
		c.require(false, NotDrawn, r.Drawing)
		return
	}
	left := c.a.left(d)
	c.require(left.exports > 0, OverReturned, r.Drawing)
	if r.Unshipped {
		c.require(r.Quantity == nil && r.Value == nil, Malformed, "return.quantity, return.value")
		return
	}
	c.require(r.Quantity != nil || r.Value != nil, Malformed, "return.quantity, return.value")
	if r.Quantity != nil {
		c.within(r.Quantity, &left.quantity, OverReturned, "return.quantity")
	}
	if r.Value != nil {
		c.within(r.Value, &left.value, OverReturned, "return.value")
	}
}

func (c *check) reported() {
	p := c.e.Performance
	if p == nil {
		c.require(false, Malformed, "performance")
		return
	}
	c.require(c.a.drawing(p.Drawing) != nil, NotDrawn, p.Drawing)
	c.require(slices.Contains(steps, p.Step), Malformed, "performance.step")
	c.require(p.SHA256 == "" || sha256Pattern.MatchString(p.SHA256), Malformed, "performance.sha256")
	c.date(p.On, "performance.on")
}
