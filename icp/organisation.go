package icp

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/screening"
)

// Organisation is element 2: units, roles and people.
type Organisation struct {
	Units  []Unit   `json:"units"`
	Roles  []Role   `json:"roles"`
	People []Person `json:"people"`
	// Independence says what keeps the compliance office free of sales targets.
	Independence Text `json:"independence"`
	// Performance says how compliance counts in performance reviews.
	Performance Text `json:"performance"`
}

// Unit is a part of the company.
type Unit struct {
	ID    string   `json:"id"`
	Title Text     `json:"title"`
	Kind  UnitKind `json:"kind"`
	// Parent is the unit it reports to, "" for the top.
	Parent string `json:"parent,omitempty"`
	Duties []Text `json:"duties"`
}

// UnitKind is a unit's place in the programme.
type UnitKind string

// Role is what people do in the programme.
type Role struct {
	ID     string `json:"id"`
	Title  Text   `json:"title"`
	Duties []Text `json:"duties"`
	// Selection is what is asked of those who hold it.
	Selection Text `json:"selection"`
	// Veto gives each holder the one-vote veto.
	Veto bool `json:"veto,omitempty"`
	// Authority is what the role may finally decide; none is nothing.
	Authority *Authorisation `json:"authority,omitempty"`
}

// Authorisation limits what a role may finally decide.
type Authorisation struct {
	// UpTo is the greatest outcome.
	UpTo screening.Outcome `json:"up_to"`
	// Value is the greatest value of an order, in Currency; none is no limit. An order in another currency, or
	// without amounts, is beyond a limit.
	Value    *screening.Decimal `json:"value,omitempty"`
	Currency string             `json:"currency,omitempty"`
}

// covers reports whether an order of this outcome and value is within the limits.
func (a *Authorisation) covers(s *Screening) bool {
	if a == nil || a.UpTo.Max(s.Outcome) != a.UpTo {
		return false
	}
	return a.Value == nil || s.Value != nil && s.Currency == a.Currency && !s.Value.GreaterThan(*a.Value)
}

// Person is somebody with a role, by post rather than by name.
type Person struct {
	// ID stands in records for good: a staff number or post, not a name.
	ID      string   `json:"id"`
	Title   Text     `json:"title"`
	Unit    string   `json:"unit"`
	Roles   []string `json:"roles"`
	Contact string   `json:"contact"`
	// Accounts are the names under which the person enters orders in the order system, besides ID: four eyes are kept
	// by them. Case does not count.
	Accounts []string `json:"accounts,omitempty"`
	// Deputies are ids of people who may act for this one; they need no role of their own, but its training.
	Deputies []string `json:"deputies,omitempty"`
	// From and Until bound the appointment; "" is open.
	From  Date `json:"from,omitempty"`
	Until Date `json:"until,omitempty"`
}

// in reports whether the appointment holds on the day.
func (p *Person) in(day Date) bool { return p.From <= day && (p.Until.IsZero() || day <= p.Until) }

// enters reports whether the person is who an order says entered it.
func (p *Person) enters(account string) bool {
	account = strings.TrimSpace(account)
	return strings.EqualFold(p.ID, account) || slices.ContainsFunc(p.Accounts, func(a string) bool { return strings.EqualFold(a, account) })
}

// Appointed reports whether the id is a person of the organisation whose appointment holds on the day.
func (o *Organisation) Appointed(id string, day Date) bool {
	p := o.person(id)
	return p != nil && p.in(day)
}

// person is the one with the id, nil where there is none.
func (o *Organisation) person(id string) *Person {
	if i := slices.IndexFunc(o.People, func(p Person) bool { return p.ID == id }); i >= 0 {
		return &o.People[i]
	}
	return nil
}

func (o *Organisation) role(id string) *Role {
	if i := slices.IndexFunc(o.Roles, func(r Role) bool { return r.ID == id }); i >= 0 {
		return &o.Roles[i]
	}
	return nil
}

func (o *Organisation) unit(id string) *Unit {
	if i := slices.IndexFunc(o.Units, func(u Unit) bool { return u.ID == id }); i >= 0 {
		return &o.Units[i]
	}
	return nil
}
