package lists

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// Date, Event, Timeline and Status are how every dated fact of this module is written; see each for its form.
type (
	Date     = dated.Date
	Event    = dated.Event
	Timeline = dated.Timeline
	Status   = dated.Status
)

// Kind is what an entity is, as its source types it. It is never guessed from words in a name.
type Kind string

// The kinds. Unknown is a source's silence: such an entity is compared with queries of every kind.
const (
	Unknown      Kind = ""
	Person       Kind = "person"
	Organization Kind = "organization"
	Vessel       Kind = "vessel"
	Aircraft     Kind = "aircraft"
)

// ParseKind reads the text form of a kind, in any case; "entity" and "company" are organisations.
func ParseKind(s string) (Kind, error) {
	switch v := Kind(strings.ToLower(strings.TrimSpace(s))); v {
	case Unknown, Person, Organization, Vessel, Aircraft:
		return v, nil
	case "individual":
		return Person, nil
	case "entity", "company", "organisation":
		return Organization, nil
	case "unknown":
		return Unknown, nil
	}
	return Unknown, fmt.Errorf("%q is not a kind (person, organization, vessel, aircraft)", s)
}

// NameKind is the standing of one name of an entity.
type NameKind string

// The name kinds. A weak alias is one its source calls of low quality, or a single common word: it
// corroborates and is searchable, and raises a finding only by itself when it matches exactly.
const (
	PrimaryName  NameKind = "primary"
	Alias        NameKind = "alias"
	WeakAlias    NameKind = "weak_alias"
	FormerName   NameKind = "former_name"
	OriginalName NameKind = "original_script"
)

// Name is one name as the source writes it, white space trimmed and nothing else changed.
type Name struct {
	Text string   `json:"text"`
	Kind NameKind `json:"kind"`
	// Lang is the source's language tag (BCP 47) where it gives one.
	Lang string `json:"lang,omitempty"`
}

// Address is one address as the source gives it; parts that it does not give are empty.
type Address struct {
	// Text is the whole address in one line, country included.
	Text       string `json:"text"`
	Street     string `json:"street,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	// Country is the ISO 3166-1 alpha-2 code, "" where the source names none that is known.
	Country string `json:"country,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Identifier is a document, registration, call sign or number of an entity.
type Identifier struct {
	// Type is one of the identifier types below, or the source's own words for another.
	Type string `json:"type"`
	// Value is as written in the source; comparison normalises it.
	Value string `json:"value"`
	// Country is the issuer's ISO 3166-1 alpha-2 code where known.
	Country string `json:"country,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Identifier types the importers agree on. IDUSCC is China's unified social credit code.
const (
	IDPassport     = "passport"
	IDNational     = "national_id"
	IDTax          = "tax_id"
	IDRegistration = "registration"
	IDUSCC         = "uscc"
	IDLEI          = "lei"
	IDSWIFT        = "swift_bic"
	IDIMO          = "imo"
	IDMMSI         = "mmsi"
	IDCallSign     = "call_sign"
	IDTail         = "tail_number"
	IDSerial       = "serial_number"
	IDCrypto       = "crypto_wallet"
	IDPhone        = "phone"
	IDEmail        = "email"
	IDWebsite      = "website"
)

// BirthDate is what a source says of a birth: a day, a month, a year, or a span of years.
type BirthDate struct {
	// Date is 2006-01-02, 2006-01 or 2006, as exact as the source is.
	Date string `json:"date"`
	// To is the end of a span in the same form; "" where Date is not the beginning of one.
	To string `json:"to,omitempty"`
	// Circa is set where the source calls the date approximate.
	Circa bool `json:"circa,omitempty"`
}

// Measure is one listing of an entity: under which programme, by what act, since when, to what effect.
type Measure struct {
	// Programme is the list's own code of the register or regime: "EL", "SDN", "DRC", "control".
	Programme string `json:"programme"`
	// Tags are finer programme codes the source gives, such as "SDGT" or "IRAN-EO13902".
	Tags []string `json:"tags,omitempty"`
	// Notice is the act that made the listing: "MOFCOM 2025-21", "90 FR 12345".
	Notice string `json:"notice,omitempty"`
	// Citation is where a reader finds it, where that is not plain from Notice.
	Citation string `json:"citation,omitempty"`
	// Effect is the user's word for what the listing does (stop, require, review, advise), on the
	// user's own lists; elsewhere "" and the effect matrix decides by list and programme.
	Effect string `json:"effect,omitempty"`
	// Terms is what the source says the listing asks: licence requirement and policy.
	Terms string `json:"terms,omitempty"`
	// Timeline is empty where the source gives no date: the listing then counts as in force.
	Timeline Timeline `json:"timeline,omitempty"`
}

// Entity is one listed party, vessel or aircraft.
type Entity struct {
	// ID is the source's own: a reference number, an entity number, a row id. Unique in its list.
	ID   string `json:"id"`
	Kind Kind   `json:"kind,omitempty"`
	// Names holds at least one name; the first is the primary one.
	Names []Name `json:"names"`
	// Countries are ISO 3166-1 alpha-2 codes of nationality, residence, registration or flag.
	Countries   []string     `json:"countries,omitempty"`
	Addresses   []Address    `json:"addresses,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	BirthDates  []BirthDate  `json:"birth_dates,omitempty"`
	BirthPlaces []string     `json:"birth_places,omitempty"`
	// Gender is "male", "female" or "".
	Gender   string    `json:"gender,omitempty"`
	Titles   []string  `json:"titles,omitempty"`
	Measures []Measure `json:"measures,omitempty"`
	// Links are ids of entities of the same list this one is said to belong to or act for.
	Links   []string `json:"links,omitempty"`
	Remarks string   `json:"remarks,omitempty"`
	URL     string   `json:"url,omitempty"`
}

// PrimaryName is the entity's first name, or "" for one without names.
func (e *Entity) PrimaryName() string {
	if len(e.Names) == 0 {
		return ""
	}
	return e.Names[0].Text
}

// Status is the strongest status of any measure on a day: in force before verify before suspended
// before not yet before ended. An entity without measures is in force: it is listed.
func (e *Entity) Status(day Date) Status {
	if len(e.Measures) == 0 {
		return dated.InForce
	}
	best := dated.Ended
	for _, m := range e.Measures {
		if s := m.Timeline.Status(day); statusRank[s] > statusRank[best] {
			best = s
		}
	}
	return best
}

var statusRank = map[Status]int{
	dated.Ended: 0, dated.NotYet: 1, dated.Suspended: 2, dated.Verify: 3, dated.InForce: 4,
}
