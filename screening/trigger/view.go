package trigger

import (
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening/trigger/policy"
	"github.com/shopspring/decimal"
)

// Date is a civil date of the form 2006-01-02; "" is none.
type Date = dated.Date

// View is what rules see of an order. Its JSON is that of the order format, so that paths are the
// order's own, with what screening added: matches, classes, history, notices. Countries are ISO 3166-1
// alpha-2 codes. A zero text, a nil pointer and a nil slice mean "not given"; a slice that is empty and
// not nil means "none, and that is known". The caller must not change a view while it is evaluated.
type View struct {
	// AsOf is the day the rules' and tables' status is taken on.
	AsOf Date `json:"as_of"`
	// Regimes are those that apply to the order (CN, UN, US, EU, ...); nil is all of them. Rules of regime
	// OWN and WA (the Wassenaar Arrangement) are run in any case.
	Regimes []string `json:"regimes,omitempty"`
	// Held says that the caller already holds the order for reasons of its own.
	Held bool `json:"held,omitempty"`

	ID          string     `json:"id,omitempty"`
	Date        Date       `json:"date,omitempty"`
	Stage       string     `json:"stage,omitempty"`
	Currency    string     `json:"currency,omitempty"`
	Destination string     `json:"destination,omitempty"`
	Parties     []Party    `json:"parties,omitempty"`
	Lines       []Line     `json:"lines,omitempty"`
	EndUse      *EndUse    `json:"end_use,omitempty"`
	Route       []Leg      `json:"route,omitempty"`
	Delivery    *Delivery  `json:"delivery,omitempty"`
	Payment     *Payment   `json:"payment,omitempty"`
	Documents   []Document `json:"documents,omitempty"`
	Answers     []Answer   `json:"answers,omitempty"`
	Changes     []Change   `json:"changes,omitempty"`
	Note        string     `json:"note,omitempty"`

	// History are the seller's past orders; nil where no history is at hand.
	History []PastOrder `json:"history,omitempty"`
	// Notices is the register of what authorities told the seller; nil where none is kept.
	Notices []Notice `json:"notices,omitempty"`
	// Policy holds the country tables; a table it lacks is missing.
	Policy *policy.Tables `json:"-"`
	// Own are the seller's own parameters and registers.
	Own *Own `json:"own,omitempty"`
}

// Party is a party of the order.
type Party struct {
	ID           string    `json:"id,omitempty"`
	Roles        []string  `json:"roles,omitempty"`
	Kind         string    `json:"kind,omitempty"`
	Name         string    `json:"name,omitempty"`
	OtherNames   []string  `json:"other_names,omitempty"`
	Country      string    `json:"country,omitempty"`
	Business     string    `json:"business,omitempty"`
	Industry     string    `json:"industry,omitempty"`
	RegisteredOn Date      `json:"registered_on,omitempty"`
	Website      string    `json:"website,omitempty"`
	Emails       []string  `json:"emails,omitempty"`
	Phones       []string  `json:"phones,omitempty"`
	Employees    *int      `json:"employees,omitempty"`
	Addresses    []Address `json:"addresses,omitempty"`
	// OwnersKnown is the share of the party, 0 to 100, whose holders the order names; nil where it names none.
	OwnersKnown   *float64 `json:"owners_known,omitempty"`
	CustomerSince Date     `json:"customer_since,omitempty"`
	// Matches are the listed entities the party, its owners, people and addresses are like; nil where it was not compared.
	Matches []Match `json:"matches,omitempty"`
}

// Address is an address of a party, or a place.
type Address struct {
	Text    string `json:"text,omitempty"`
	City    string `json:"city,omitempty"`
	Country string `json:"country,omitempty"`
	// Use is residential, commercial, free_zone, military or "".
	Use string `json:"use,omitempty"`
}

// Match is the likeness of a party to a listed entity.
type Match struct {
	List      string `json:"list,omitempty"`
	Regime    string `json:"regime,omitempty"`
	Programme string `json:"programme,omitempty"`
	EntityID  string `json:"entity,omitempty"`
	Name      string `json:"name,omitempty"`
	// Score is how alike the names are, 0 to 1; Confirmed says that it is taken as the same.
	Score     *float64 `json:"score,omitempty"`
	Confirmed bool     `json:"confirmed,omitempty"`
	// Status of the listing on the day: in_force, suspended, verify, ended, not_yet.
	Status string `json:"status,omitempty"`
	// Effect is what the effect matrix says: stop, require, review, advise.
	Effect string `json:"effect,omitempty"`
	// By is name, identifier, address, owner or person: what of the party is like the entity.
	By string `json:"by,omitempty"`
	// Percent is the share the listed owner holds, directly and indirectly; nil where unknown.
	Percent *float64 `json:"percent,omitempty"`
	// AddressOnly says that the list entry is an address and names nobody.
	AddressOnly bool `json:"address_only,omitempty"`
}

// Line is a position of the order.
type Line struct {
	ID           string           `json:"id,omitempty"`
	Kind         string           `json:"kind,omitempty"`
	PartNumber   string           `json:"part_number,omitempty"`
	Description  string           `json:"description,omitempty"`
	HS           string           `json:"hs,omitempty"`
	Quantity     *decimal.Decimal `json:"quantity,omitempty"`
	Unit         string           `json:"unit,omitempty"`
	Value        *decimal.Decimal `json:"value,omitempty"`
	ListPrice    *decimal.Decimal `json:"list_price,omitempty"`
	Origin       string           `json:"origin,omitempty"`
	Customised   bool             `json:"customised,omitempty"`
	Uncontrolled bool             `json:"uncontrolled,omitempty"`
	Contents     []Content        `json:"contents,omitempty"`
	EndUse       *EndUse          `json:"end_use,omitempty"`
	// EndUser is a party's id.
	EndUser string `json:"end_user,omitempty"`

	// Classes are the control list entries found or declared; nil where the line was not classified.
	Classes []Class `json:"classes,omitempty"`
	// Priority is the Common High Priority tier, "none" where the code is on no tier, "" where not looked up.
	Priority string `json:"priority,omitempty"`
}

// Class is a control list entry a line falls under, or may.
type Class struct {
	List   string `json:"list,omitempty"`
	Code   string `json:"code,omitempty"`
	Regime string `json:"regime,omitempty"`
	// Reason is why the entry is controlled, where its list says: conventional, delivery, nuclear, chembio, ...
	Reason string `json:"reason,omitempty"`
	// Strength is declared, confirmed or candidate.
	Strength string `json:"strength,omitempty"`
	// Status of the entry on the day.
	Status string `json:"status,omitempty"`
	// Met says whether the technical parameters meet the entry: yes, no or unknown.
	Met string `json:"met,omitempty"`
}

// Content is the share of controlled content of a country in a line's value.
type Content struct {
	Country string  `json:"country"`
	Percent float64 `json:"percent"`
}

// EndUse is what the goods are for.
type EndUse struct {
	Text     string   `json:"text,omitempty"`
	Code     string   `json:"code,omitempty"`
	Reexport *bool    `json:"reexport,omitempty"`
	Site     *Address `json:"site,omitempty"`
}

// Leg is a country on the route.
type Leg struct {
	Country string `json:"country"`
	Place   string `json:"place,omitempty"`
	Mode    string `json:"mode,omitempty"`
}

// Delivery is how and when the goods go.
type Delivery struct {
	Incoterm     string   `json:"incoterm,omitempty"`
	Requested    Date     `json:"requested,omitempty"`
	Place        *Address `json:"place,omitempty"`
	Instructions string   `json:"instructions,omitempty"`
}

// Payment is how the order is paid.
type Payment struct {
	Means          string   `json:"means,omitempty"`
	PrepaidPercent *float64 `json:"prepaid_percent,omitempty"`
	BankCountry    string   `json:"bank_country,omitempty"`
}

// Document is a paper on file.
type Document struct {
	Type         string           `json:"type"`
	Number       string           `json:"number,omitempty"`
	Issuer       string           `json:"issuer,omitempty"`
	Party        string           `json:"party,omitempty"`
	IssuedOn     Date             `json:"issued_on,omitempty"`
	ValidUntil   Date             `json:"valid_until,omitempty"`
	Lines        []string         `json:"lines,omitempty"`
	ControlCodes []string         `json:"control_codes,omitempty"`
	Destination  string           `json:"destination,omitempty"`
	EndUser      string           `json:"end_user,omitempty"`
	EndUse       string           `json:"end_use,omitempty"`
	Commitments  []string         `json:"commitments,omitempty"`
	Quantity     *decimal.Decimal `json:"quantity,omitempty"`
	Value        *decimal.Decimal `json:"value,omitempty"`
	SHA256       string           `json:"sha256,omitempty"`
	Status       string           `json:"status,omitempty"`
}

// Answer is an answer to a question.
type Answer struct {
	Question string `json:"question"`
	// Value is yes, no or unknown. Unknown counts as not answered.
	Value string `json:"value"`
	By    string `json:"by,omitempty"`
	On    Date   `json:"on,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Change is a change of the order since it was first screened.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	On    Date   `json:"on,omitempty"`
}

// PastOrder is one line of an earlier order of the seller.
type PastOrder struct {
	ID   string `json:"id"`
	Date Date   `json:"date"`
	// Buyer is the buyer's id or, where it has none, its name.
	Buyer       string           `json:"buyer"`
	PartNumber  string           `json:"part_number,omitempty"`
	HS          string           `json:"hs,omitempty"`
	Kind        string           `json:"kind,omitempty"`
	Destination string           `json:"destination,omitempty"`
	Value       *decimal.Decimal `json:"value,omitempty"`
	// DesignedFor is the id or name of the customer the part was made for, BuyerListed whether that
	// customer is listed today, Licensed whether the delivery had the licence it needed.
	DesignedFor string `json:"designed_for,omitempty"`
	BuyerListed bool   `json:"buyer_listed,omitempty"`
	Licensed    *bool  `json:"licensed,omitempty"`
}

// Notice is what an authority told the seller ("is informed").
type Notice struct {
	ID        string `json:"id"`
	Authority string `json:"authority,omitempty"`
	On        Date   `json:"on,omitempty"`
	Until     Date   `json:"until,omitempty"`
	// What the notice names; "" is anything. Party is a party's id or name, HS a prefix.
	Party   string `json:"party,omitempty"`
	Country string `json:"country,omitempty"`
	HS      string `json:"hs,omitempty"`
}

// Own are the seller's own tables and limits. A nil or zero field is a table the seller does not keep.
type Own struct {
	// SensitiveItems are HS prefixes and part numbers that go to the committee.
	SensitiveItems []string `json:"sensitive_items,omitempty"`
	// Affinity maps an ISIC division (two digits) to the HS chapters that fit it.
	Affinity map[string][]string `json:"affinity,omitempty"`
	// Implausible lists "HS6:COUNTRY" pairs above the technical level of the country.
	Implausible []string `json:"implausible,omitempty"`
	// Fleet is the number of end items a destination has, by part number "PART:COUNTRY", for 600-series parts.
	Fleet map[string]float64 `json:"fleet,omitempty"`
	// Sites are words of addresses of restricted sites and advanced-node fabs.
	Sites []string `json:"sites,omitempty"`
	// SplitLimit is the order value from which the seller reviews closer, in the order's currency; SplitDays the window.
	SplitLimit *decimal.Decimal `json:"split_limit,omitempty"`
	SplitDays  int              `json:"split_days,omitempty"`
	// FinanceLimit is the order value from which payment terms other than cash are usual.
	FinanceLimit *decimal.Decimal `json:"finance_limit,omitempty"`
	// SpareRatio is the value of spares usually ordered with a machine, as a share of its value.
	SpareRatio *float64 `json:"spare_ratio,omitempty"`
}
