package classify

// Result is what is known of one item on one day.
type Result struct {
	HS HS `json:"hs"`
	// Candidates are ranked, best first, at most [Config.MaxCandidates].
	Candidates []Candidate `json:"candidates,omitempty"`
	// Problems are defects of the item as described. One with Incomplete set kept a check from running.
	Problems []Problem `json:"problems,omitempty"`
	// Silent says which sources had nothing to say. Silence is not absence of control.
	Silent []Silence `json:"silent,omitempty"`
	// Conflicts are contradictions between declared codes, the product master and the evidence.
	Conflicts []Conflict `json:"conflicts,omitempty"`
	// Priority is set where the HS code is one of the Common High Priority List.
	Priority *PriorityMatch `json:"priority,omitempty"`
	// PriorityUnknown is set where Priority is not, and the list is older on the day than it may be: the code
	// may have been added to it.
	PriorityUnknown bool `json:"priority_unknown,omitempty"`
	// Sensitive is the record by which the product master marks the part as sensitive, with who decided it and why;
	// nil where it does not. A mark counts from the day it was reviewed on, and beyond its expiry until it is withdrawn.
	Sensitive *MasterRecord `json:"sensitive,omitempty"`
	// NextChecks are what a person should do next, whatever the candidate.
	NextChecks []Text `json:"next_checks,omitempty"`
}

// Source is where a piece of evidence comes from.
type Source string

// The five sources.
const (
	FromDeclared  Source = "declared"
	FromMaster    Source = "master"
	FromHS        Source = "hs"
	FromText      Source = "text"
	FromParameter Source = "parameter"
)

// Role is what a correlation from customs code to entry means in law.
type Role string

// The roles. Under LegalScope the customs code itself is what the law names; a Reference code helps
// to find the entry, and the entry prevails; an Advisory one is somebody's table.
const (
	LegalScope Role = "legal_scope"
	Reference  Role = "reference"
	Advisory   Role = "advisory"
)

// Confidence is the class of a candidate's score.
type Confidence string

// The classes, from at least 0.75, 0.50 and 0.25 of the score; Weak is below.
const (
	Strong   Confidence = "strong"
	Likely   Confidence = "likely"
	Possible Confidence = "possible"
	Weak     Confidence = "weak"
)

func confidenceOf(score float64) Confidence {
	switch {
	case score >= 0.75:
		return Strong
	case score >= 0.5:
		return Likely
	case score >= 0.25:
		return Possible
	}
	return Weak
}

// Candidate is one entry the item may fall under.
type Candidate struct {
	List    string `json:"list"`
	Code    string `json:"code"`
	Title   string `json:"title"`
	TitleZh string `json:"title_zh"`
	// Basis is the evidence, strongest first.
	Basis []Basis `json:"basis"`
	// Status is the entry's on the day asked for; Timeline is what that was read from.
	Status     Status            `json:"status"`
	Timeline   Timeline          `json:"timeline,omitempty"`
	Parameters []ParameterResult `json:"parameters,omitempty"`
	// Reason is the regime or ground of control: "conventional", "MTCR", "NSG", "AG", "CWC", ...
	Reason   string `json:"reason,omitempty"`
	Citation string `json:"citation"`
	// Score is 0 to 1: how well the evidence fits, not how probable control is.
	Score      float64    `json:"score"`
	Confidence Confidence `json:"confidence"`
	// Checks are what a person must still check before relying on this candidate.
	Checks []Text `json:"checks,omitempty"`
}

// Basis is one piece of evidence for a candidate.
type Basis struct {
	Source Source `json:"source"`
	// Detail says what was matched with what, in words.
	Detail Text `json:"detail"`
	// Role, Match, Partial, Edition and Quality belong to HS evidence. Match is how many digits agree.
	Role    Role   `json:"role,omitempty"`
	Match   int    `json:"match,omitempty"`
	Partial bool   `json:"partial,omitempty"`
	Edition string `json:"edition,omitempty"`
	Quality string `json:"quality,omitempty"`
	// Status is that of the instrument which joined code and entry, where it has its own dates.
	Status Status  `json:"status,omitempty"`
	Score  float64 `json:"score"`
}

// Verdict is what a value says about a threshold.
type Verdict string

// The verdicts. Unknown is no value found, or one that cannot be compared.
const (
	Met     Verdict = "met"
	NotMet  Verdict = "not_met"
	Unknown Verdict = "unknown"
)

// ParameterResult is one threshold of an entry against the item.
type ParameterResult struct {
	Name      string  `json:"name"`
	NameZh    string  `json:"name_zh,omitempty"`
	Op        string  `json:"op"`
	Threshold float64 `json:"threshold"`
	Unit      string  `json:"unit,omitempty"`
	// Found is the value as the item writes it; "" where Verdict is unknown for want of one.
	Found   string  `json:"found,omitempty"`
	Verdict Verdict `json:"verdict"`
	// Paragraph is the part of the entry the threshold belongs to, where the outline tells.
	Paragraph string `json:"paragraph,omitempty"`
	// plain is set where the item names the value or gives its range, so that no other is meant, and the
	// value is not so near the threshold that rounding could decide.
	plain bool
}

// Problem is a defect of the item as described.
type Problem struct {
	// Field is a JSON path within the item: "hs", "declared[0].code", "description".
	Field  string `json:"field"`
	Reason Text   `json:"reason"`
	// Incomplete is set where the defect kept a check from running.
	Incomplete bool `json:"incomplete"`
	// Err is the typed cause, where a parser gave one.
	Err error `json:"-"`
}

// Silence is a source that was asked and had nothing to say.
type Silence struct {
	Source Source `json:"source"`
	Text   Text   `json:"text"`
}

// Conflict is a contradiction that a person must resolve.
type Conflict struct {
	// Between names the two sources.
	Between [2]Source `json:"between"`
	List    string    `json:"list,omitempty"`
	Codes   []string  `json:"codes,omitempty"`
	Reason  Text      `json:"reason"`
}

// PriorityMatch is a Common High Priority code: goods found in Russian weapons, of export policy
// concern whatever their classification. Source: BIS, 2024-02-23, HS 2022.
type PriorityMatch struct {
	// HS6 is the code of the list, in HS 2022; Tier is 1, 2, 3.A, 3.B, 4.A or 4.B.
	HS6  string `json:"hs6"`
	Tier string `json:"tier"`
	// Converted is set where the item's code is of another edition; several codes may then answer.
	Converted bool `json:"converted,omitempty"`
	Citation  Text `json:"citation"`
}
