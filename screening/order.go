package screening

import (
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/shopspring/decimal"
)

// OrderSchema is the value of Order.Schema this version reads and writes.
const OrderSchema = "ordergate.order/1"

// Date is a civil date of the form 2006-01-02; "" is none.
type Date = dated.Date

// Decimal is an exact decimal number; in JSON a string or a number.
type Decimal = decimal.Decimal

// Order is one sales order as the ERP knows it. Countries are ISO 3166-1 alpha-2 codes, or names
// that [Order.Normalise] resolves. Only ID, Date, Parties and Lines are required to screen at all;
// whatever else is missing makes the check that needs it Incomplete.
type Order struct {
	Schema string `json:"schema,omitempty"`
	// ID is the order's number in the caller's system.
	ID string `json:"id"`
	// Revision counts the changes of the order in the caller's system.
	Revision int  `json:"revision,omitempty"`
	Date     Date `json:"date"`
	// Stage is where the order stands: it decides which checks are due. "" is PreContract.
	Stage Stage `json:"stage,omitempty"`
	// Currency is the ISO 4217 code of every amount of the order.
	Currency string `json:"currency,omitempty"`
	// EnteredBy is who entered the order: that person may not decide on it.
	EnteredBy string  `json:"entered_by,omitempty"`
	Parties   []Party `json:"parties"`
	Lines     []Line  `json:"lines"`
	// EndUse holds for every line that states none of its own.
	EndUse *EndUse `json:"end_use,omitempty"`
	// Destination is the country the goods stay in.
	Destination string `json:"destination,omitempty"`
	// Route are the countries the goods pass through, in order, origin and destination left out.
	Route     []Leg      `json:"route,omitempty"`
	Delivery  *Delivery  `json:"delivery,omitempty"`
	Payment   *Payment   `json:"payment,omitempty"`
	Documents []Document `json:"documents,omitempty"`
	Answers   []Answer   `json:"answers,omitempty"`
	Changes   []Change   `json:"changes,omitempty"`
	// Note is free text; it is read for warning words like any other text of the order.
	Note string `json:"note,omitempty"`
}

// Stage is a point in the life of an order at which it must be screened.
type Stage string

// The stages, in order.
const (
	PreContract        Stage = "pre_contract"
	LicenceApplication Stage = "licence_application"
	BeforeShipment     Stage = "before_shipment"
	AfterSales         Stage = "after_sales"
)

// Role is what a party does in an order.
type Role string

// The roles. A party may have several; each is judged by the effect matrix on its own.
const (
	Seller                Role = "seller"
	Buyer                 Role = "buyer"
	EndUser               Role = "end_user"
	Consignee             Role = "consignee"
	IntermediateConsignee Role = "intermediate_consignee"
	UltimateConsignee     Role = "ultimate_consignee"
	Payer                 Role = "payer"
	Bank                  Role = "bank"
	Forwarder             Role = "forwarder"
	Carrier               Role = "carrier"
	Notify                Role = "notify"
	Agent                 Role = "agent"
	// Transport is a vessel or aircraft that carries the goods.
	Transport Role = "transport"
)

// Roles lists every role in the order reports use.
var Roles = []Role{EndUser, UltimateConsignee, Consignee, IntermediateConsignee, Buyer, Payer, Bank, Agent, Notify, Forwarder, Carrier, Transport, Seller}

// Party is a company, person, vessel or aircraft the order names.
type Party struct {
	// ID is the party's number in the caller's system; unique within the order where given.
	ID    string `json:"id,omitempty"`
	Roles []Role `json:"roles"`
	// Kind is person, organization, vessel, aircraft, or "" where the caller does not know.
	Kind string `json:"kind,omitempty"`
	Name string `json:"name"`
	// OtherNames are further names: in another script, former, trading.
	OtherNames []string `json:"other_names,omitempty"`
	// Country is where the party is established, or lives, or the flag.
	Country     string       `json:"country,omitempty"`
	Addresses   []Address    `json:"addresses,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	// BirthDate of a person: 2006-01-02, 2006-01 or 2006.
	BirthDate string `json:"birth_date,omitempty"`
	// Business is what the party is, in one word: see the Business constants.
	Business Business `json:"business,omitempty"`
	// Industry is an ISIC Rev.4 or NACE Rev.2 code.
	Industry string `json:"industry,omitempty"`
	// RegisteredOn is when the company was founded.
	RegisteredOn Date     `json:"registered_on,omitempty"`
	Website      string   `json:"website,omitempty"`
	Emails       []string `json:"emails,omitempty"`
	Phones       []string `json:"phones,omitempty"`
	Employees    *int     `json:"employees,omitempty"`
	// Owners are the direct shareholders, each with its own where known.
	Owners []Owner `json:"owners,omitempty"`
	// OwnersComplete says that Owners is everybody, so that silence is knowledge.
	OwnersComplete bool `json:"owners_complete,omitempty"`
	// People are directors, managers and contacts.
	People []PersonRef `json:"people,omitempty"`
	// CustomerSince is the day of the first order.
	CustomerSince Date `json:"customer_since,omitempty"`
}

// Business is the kind of business of a party.
type Business string

// The kinds of business.
const (
	Manufacturer Business = "manufacturer"
	Distributor  Business = "distributor"
	Trader       Business = "trader"
	Logistics    Business = "logistics"
	Finance      Business = "finance"
	Research     Business = "research"
	Government   Business = "government"
	Military     Business = "military"
	Service      Business = "service"
	OtherTrade   Business = "other"
)

// Address is an address of a party or place.
type Address struct {
	// Text is the address in one line; the parts below refine it and may stand alone.
	Text       string `json:"text,omitempty"`
	Street     string `json:"street,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	Country    string `json:"country,omitempty"`
	// Use is "residential", "commercial", "free_zone", "military" or "" where unknown.
	Use string `json:"use,omitempty"`
}

// Identifier is a number that identifies a party; Type as package lists names them.
type Identifier struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Country string `json:"country,omitempty"`
}

// Owner is a holder of shares or control in a party.
type Owner struct {
	Name       string   `json:"name"`
	OtherNames []string `json:"other_names,omitempty"`
	Kind       string   `json:"kind,omitempty"`
	Country    string   `json:"country,omitempty"`
	// Percent is the direct share, above 0 to 100; nil where unknown.
	Percent *Decimal `json:"percent,omitempty"`
	// Control is set where the owner controls the party otherwise than by shares.
	Control bool    `json:"control,omitempty"`
	Owners  []Owner `json:"owners,omitempty"`
}

// PersonRef is a person who acts for a party.
type PersonRef struct {
	Name       string   `json:"name"`
	OtherNames []string `json:"other_names,omitempty"`
	Position   string   `json:"position,omitempty"`
	BirthDate  string   `json:"birth_date,omitempty"`
	Country    string   `json:"country,omitempty"`
}

// LineKind is what a line delivers.
type LineKind string

// The kinds of line. "" is Goods.
const (
	Goods      LineKind = "goods"
	Software   LineKind = "software"
	Technology LineKind = "technology"
	Spare      LineKind = "spare"
	Servicing  LineKind = "service"
)

// Line is one position of an order.
type Line struct {
	// ID is the line's number in the order, unique.
	ID         string   `json:"id"`
	Kind       LineKind `json:"kind,omitempty"`
	PartNumber string   `json:"part_number,omitempty"`
	// Description is what the order says of the goods, in English, Chinese or both.
	Description string `json:"description,omitempty"`
	// HS is the customs code in any usual spelling, HSEdition its nomenclature: "2022", "2017", "CN-2026".
	HS           string        `json:"hs,omitempty"`
	HSEdition    string        `json:"hs_edition,omitempty"`
	ControlCodes []ControlCode `json:"control_codes,omitempty"`
	// Uncontrolled is set where the seller has determined that no control list names the line.
	Uncontrolled bool       `json:"uncontrolled,omitempty"`
	Properties   []Property `json:"properties,omitempty"`
	Quantity     *Decimal   `json:"quantity,omitempty"`
	Unit         string     `json:"unit,omitempty"`
	// Value is the line's amount in the order's currency.
	Value *Decimal `json:"value,omitempty"`
	// ListPrice is the usual amount for the line, where the seller has one.
	ListPrice *Decimal `json:"list_price,omitempty"`
	Origin    string   `json:"origin,omitempty"`
	// Customised is set where a standard product was altered for this buyer.
	Customised bool `json:"customised,omitempty"`
	// Contents are controlled foreign contents, for content rules.
	Contents []Content `json:"contents,omitempty"`
	// EndUse and EndUser hold for this line alone; EndUser is a party's id.
	EndUse  *EndUse `json:"end_use,omitempty"`
	EndUser string  `json:"end_user,omitempty"`
}

// ControlCode is a control list entry the seller declares.
type ControlCode struct {
	// List is "CN-DUCL", "CN-ML", "EU-DU", "EAR-CCL" or a list of the user's.
	List string `json:"list"`
	Code string `json:"code"`
}

// Property is a technical parameter of the goods.
type Property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Unit  string `json:"unit,omitempty"`
}

// Content is the share of a line's value that is controlled content of a country.
type Content struct {
	Country string  `json:"country"`
	Percent Decimal `json:"percent"`
}

// EndUse is what the goods are for.
type EndUse struct {
	// Text is the end use as stated, in any language.
	Text string `json:"text,omitempty"`
	// Code is "civil", "military", "dual", "government" or "" where not coded.
	Code string `json:"code,omitempty"`
	// Reexport says whether the goods will be passed on; nil is not asked.
	Reexport *bool `json:"reexport,omitempty"`
	// Site is where the goods will be installed.
	Site *Address `json:"site,omitempty"`
}

// Leg is a country on the route.
type Leg struct {
	Country string `json:"country"`
	Place   string `json:"place,omitempty"`
	// Mode is "sea", "air", "road", "rail" or "post".
	Mode string `json:"mode,omitempty"`
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
	// Means is "transfer", "letter_of_credit", "cash", "card", "open_account" or "other".
	Means string `json:"means,omitempty"`
	// PrepaidPercent is the share paid in advance, 0 to 100; nil where unknown.
	PrepaidPercent *Decimal `json:"prepaid_percent,omitempty"`
	BankCountry    string   `json:"bank_country,omitempty"`
}

// DocumentType is what a document is.
type DocumentType string

// The document types the checks know.
const (
	SingleLicence      DocumentType = "single_licence"
	GeneralLicence     DocumentType = "general_licence"
	Registration       DocumentType = "registration_certificate"
	EndUseCertificate  DocumentType = "end_use_certificate"
	UVLStatement       DocumentType = "uvl_statement"
	RiskReport         DocumentType = "risk_assessment_report"
	WrittenCommitment  DocumentType = "written_commitment"
	AuthorityAdvice    DocumentType = "authority_advice"
	ForeignAuthorised  DocumentType = "foreign_licence"
	CommercialContract DocumentType = "contract"
)

// Document is a paper on file for the order.
type Document struct {
	Type   DocumentType `json:"type"`
	Number string       `json:"number,omitempty"`
	Issuer string       `json:"issuer,omitempty"`
	// Party is the id of the party it is for or from, "" for the whole order.
	Party      string `json:"party,omitempty"`
	IssuedOn   Date   `json:"issued_on,omitempty"`
	ValidUntil Date   `json:"valid_until,omitempty"`
	// Lines are the line ids it covers, none for all.
	Lines []string `json:"lines,omitempty"`
	// The key elements of a licence or certificate, as it states them; "" where it does not.
	ControlCodes []string `json:"control_codes,omitempty"`
	Destination  string   `json:"destination,omitempty"`
	EndUser      string   `json:"end_user,omitempty"`
	EndUse       string   `json:"end_use,omitempty"`
	// Commitments are what the signer of a certificate promises: "no_change" of the end use, "no_transfer", "no_wmd",
	// "no_military"; nil where the paper was not read for them.
	Commitments []string `json:"commitments,omitempty"`
	// Quantity and Value are what is left on it, nil for unlimited.
	Quantity *Decimal `json:"quantity,omitempty"`
	Value    *Decimal `json:"value,omitempty"`
	// SHA256 is the hash of the filed paper, hexadecimal.
	SHA256 string `json:"sha256,omitempty"`
	// Status is "valid", "revoked", "forged", "altered" or "" for not examined.
	Status string `json:"status,omitempty"`
}

// Answer is an answer to a question of the questionnaire.
type Answer struct {
	Question string `json:"question"`
	// Value is "yes", "no" or "unknown".
	Value string `json:"value"`
	By    string `json:"by,omitempty"`
	On    Date   `json:"on,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Change is one change of the order since it was first screened.
type Change struct {
	// Field is what changed: "consignee", "payer", "route", "end_user", "end_use", "destination", "item", "value".
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	On    Date   `json:"on,omitempty"`
}
