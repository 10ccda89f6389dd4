package icp

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// ProgrammeSchema is the value of Programme.Schema this version reads.
const ProgrammeSchema = "ordergate.programme/1"

// Date is a civil date of the form 2006-01-02; "" is none.
type Date = dated.Date

// Text is one statement in English and Chinese; both are needed.
type Text = screening.Text

// Programme is a company's compliance programme, in the nine elements of the guidance. It is immutable
// once loaded, and safe for concurrent use.
type Programme struct {
	// Schema is "ordergate.programme/1".
	Schema  string `json:"schema"`
	Version string `json:"version"`
	Company Text   `json:"company"`
	// AdoptedOn is the day from which this version applies.
	AdoptedOn    Date         `json:"adopted_on"`
	Policy       Policy       `json:"policy"`
	Organisation Organisation `json:"organisation"`
	Risk         Risk         `json:"risk"`
	Procedure    Procedure    `json:"procedure"`
	Emergency    Emergency    `json:"emergency"`
	Training     Curriculum   `json:"training"`
	Audit        AuditPlan    `json:"audit"`
	Records      Records      `json:"records"`
	Handbook     Handbook     `json:"handbook"`

	raw []byte
}

// Bytes is the programme file as it was read.
func (p *Programme) Bytes() []byte { return slices.Clone(p.raw) }

// Digest is the hexadecimal SHA-256 of [Programme.Bytes]; every case event carries it.
func (p *Programme) Digest() string {
	h := sha256.Sum256(p.raw)
	return hex.EncodeToString(h[:])
}

// Policy is element 1, the policy statement.
type Policy struct {
	// Signatory is the id of the person who heads the company and signed.
	Signatory string `json:"signatory"`
	SignedOn  Date   `json:"signed_on,omitempty"`
	// Statements are what the statement says, one of each topic at least.
	Statements []Statement `json:"statements"`
	// Contact is the id of the person to ask.
	Contact      string       `json:"contact"`
	Distribution Distribution `json:"distribution"`
}

// Statement is one paragraph of the policy statement.
type Statement struct {
	Topic Topic `json:"topic"`
	Text  Text  `json:"text"`
}

// Topic is what a policy statement speaks of.
type Topic string

// Distribution says who is given the policy statement.
type Distribution struct {
	Staff    bool `json:"staff"`
	Partners bool `json:"partners"`
	// Undertaking is set where partners sign that they will follow it.
	Undertaking bool `json:"undertaking,omitempty"`
}

// Risk is element 3, the risk assessment.
type Risk struct {
	AssessedOn Date `json:"assessed_on"`
	// ReviewDue is the day by which it must be made again.
	ReviewDue Date       `json:"review_due"`
	Method    Text       `json:"method"`
	Areas     []RiskArea `json:"areas"`
}

// RiskArea is one area of the assessment.
type RiskArea struct {
	Area  Area       `json:"area"`
	Risks []RiskItem `json:"risks"`
}

// Area is an area that the guidance asks to assess.
type Area string

// RiskItem is one risk, scored, with what is done against it.
type RiskItem struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
	// Likelihood and Impact are 1 (low) to 5 (high); the score is their product.
	Likelihood int `json:"likelihood"`
	Impact     int `json:"impact"`
	// Residual is the score that is left with the countermeasures, 1 to 25.
	Residual        int              `json:"residual"`
	Countermeasures []Countermeasure `json:"countermeasures"`
}

// Score is likelihood times impact, 1 to 25.
func (r RiskItem) Score() int { return r.Likelihood * r.Impact }

// Countermeasure is what is done against a risk.
type Countermeasure struct {
	Text Text `json:"text"`
	// Owner is the id of the role that answers for it.
	Owner string `json:"owner"`
	Due   Date   `json:"due,omitempty"`
}

// Emergency is element 5: what is done when something has gone wrong.
type Emergency struct {
	// Channels are the ways to report; Protection is what keeps a reporter from harm.
	Channels   []Text `json:"channels"`
	Protection Text   `json:"protection"`
	// Criteria decide whether an inquiry is opened, by the role Opens.
	Criteria []Text `json:"criteria"`
	Opens    string `json:"opens"`
	// Steps are scope, procedure and report of an inquiry, in order.
	Steps []Text `json:"steps"`
	// Remedies are what stops the harm: at least one of each kind.
	Remedies []Remedy `json:"remedies"`
	// Notify says who is told.
	Notify Notification `json:"notify"`
	// StopAndReport is how a change of end user or end use, or a bad certificate, is handled at once.
	StopAndReport StopRule `json:"stop_and_report"`
	// TrainingCase is set where cases are used in training afterwards.
	TrainingCase bool `json:"training_case"`
}

// Remedy is one measure of remedy.
type Remedy struct {
	Kind RemedyKind `json:"kind"`
	Text Text       `json:"text"`
}

// RemedyKind is what a remedy does.
type RemedyKind string

// Notification says who is told of an inquiry's result.
type Notification struct {
	Reporter   Text `json:"reporter"`
	Management Text `json:"management"`
	Authority  Text `json:"authority"`
}

// StopRule is the company's rule under art. 25 of the Regulations (State Council Decree 792).
type StopRule struct {
	// Triggers are the events that stop the export.
	Triggers []StopTrigger `json:"triggers"`
	// Role stops and reports, within Hours.
	Role  string `json:"role"`
	Hours int    `json:"hours"`
	// Authority is the id, in the handbook, of the authority that is told.
	Authority string `json:"authority"`
}

// StopTrigger is an event that stops an export at once.
type StopTrigger string

// The events of art. 25 of the Regulations.
const (
	EndUserChanged      StopTrigger = "end_user_changed"
	EndUseChanged       StopTrigger = "end_use_changed"
	CertificateForged   StopTrigger = "certificate_forged"
	CertificateLapsed   StopTrigger = "certificate_lapsed"
	CertificateByDeceit StopTrigger = "certificate_by_deceit"
)

// Curriculum is element 6, training.
type Curriculum struct {
	Courses []Course `json:"courses"`
}

// Course is one course of the curriculum.
type Course struct {
	ID       string   `json:"id"`
	Title    Text     `json:"title"`
	Audience Audience `json:"audience"`
	// Roles are those whose holders must have passed it before they decide; none of them for others.
	Roles  []string        `json:"roles,omitempty"`
	Topics []TrainingTopic `json:"topics"`
	// PassMark is the least score in percent; 0 is attendance alone.
	PassMark int `json:"pass_mark,omitempty"`
	// Months is how long a pass is valid.
	Months   int  `json:"months"`
	External bool `json:"external,omitempty"`
}

// Audience is the group of staff a course is for.
type Audience string

// TrainingTopic is what a course teaches.
type TrainingTopic string

// AuditPlan is element 7.
type AuditPlan struct {
	// EveryMonths is the time between whole audits.
	EveryMonths int `json:"every_months"`
	// LastOn and NextDue are the days of the last and the next whole audit.
	LastOn  Date           `json:"last_on,omitempty"`
	NextDue Date           `json:"next_due"`
	Special []SpecialAudit `json:"special,omitempty"`
	// Independent is set where nobody audits work of their own.
	Independent bool        `json:"independent"`
	Steps       []AuditStep `json:"steps"`
	// Comparison is set where reports are compared with those of earlier years.
	Comparison bool `json:"comparison"`
}

// SpecialAudit is a planned audit of one unit or step.
type SpecialAudit struct {
	Subject Text     `json:"subject"`
	Units   []string `json:"units"`
	Due     Date     `json:"due"`
}

// AuditStep is a step of an audit.
type AuditStep string

// Records is element 8: what is kept, how long, where.
type Records struct {
	Files []RecordFile `json:"files"`
	// Retention are the terms by regime; none given are the built-in ones.
	Retention record.Retention `json:"retention,omitempty"`
	// Custodian is the id of the role that keeps them.
	Custodian string `json:"custodian"`
}

// RecordFile is one sort of file.
type RecordFile struct {
	Kind  FileKind `json:"kind"`
	Where Text     `json:"where"`
	Years int      `json:"years"`
}

// FileKind is what the guidance asks to keep.
type FileKind string

// Handbook is element 9: what the handbook holds beside the other elements.
type Handbook struct {
	// Chapters name what the handbook holds, in its order.
	Chapters []Chapter `json:"chapters"`
	// Laws is the outline of the law.
	Laws []Law `json:"laws"`
	// Identification is how items are identified and screened, unlisted ones under art. 12(3) too.
	Identification []Text      `json:"identification"`
	Authorities    []Authority `json:"authorities"`
}

// Chapter is what a chapter of the handbook is about.
type Chapter string

// Law is one act in the outline.
type Law struct {
	Title    Text   `json:"title"`
	Citation string `json:"citation"`
	From     Date   `json:"from,omitempty"`
	Outline  Text   `json:"outline"`
	// Verify is set where the fact has not been checked against the official text.
	Verify bool `json:"verify,omitempty"`
}

// Authority is an authority and how it is reached.
type Authority struct {
	ID      string `json:"id"`
	Title   Text   `json:"title"`
	Contact string `json:"contact"`
}
