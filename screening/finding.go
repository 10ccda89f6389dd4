package screening

import (
	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/match"
)

// FindingKind is what sort of thing was found.
type FindingKind string

// The kinds of finding.
const (
	// ListedParty: a party's name or number is like that of a listed entity.
	ListedParty FindingKind = "listed_party"
	// WeakAliasHit: only a weak alias of a listed entity is like the party's name.
	WeakAliasHit FindingKind = "weak_alias"
	// ListedAddress: a party's address is that of a listed entity of another name.
	ListedAddress FindingKind = "listed_address"
	// ListedOwner: listed entities own or control a party.
	ListedOwner FindingKind = "listed_owner"
	// UnknownOwnership: a listed owner's share is not stated, so no ownership rule can be applied.
	UnknownOwnership FindingKind = "unknown_ownership"
	// LawConflict: one law forbids complying with the listing another law makes.
	LawConflict FindingKind = "law_conflict"
	// ControlledItem: a line is declared, or on file, as an item of a control list entry.
	ControlledItem FindingKind = "controlled_item"
	// PossibleControl: evidence points to a control list entry that nobody has declared or ruled out.
	PossibleControl FindingKind = "possible_control"
	// PriorityItem: a line's customs code is on the Common High Priority list.
	PriorityItem FindingKind = "priority_item"
	// ItemConflict: declared code, product master and evidence disagree.
	ItemConflict FindingKind = "item_conflict"
	// ItemUnclear: a line could not be classified: no code, a malformed one, or a vague description.
	ItemUnclear FindingKind = "item_unclear"
	// RuleFired: a catch-all trigger or red flag fired.
	RuleFired FindingKind = "rule_fired"
	// RuleUnchecked: a rule could not be evaluated for want of a field or table.
	RuleUnchecked FindingKind = "rule_unchecked"
	// PaperFinding: a licence or end-use paper on file does not cover the order.
	PaperFinding FindingKind = "paper"
	// ListMissing: a list the policy demands is not loaded.
	ListMissing FindingKind = "list_missing"
	// ListStale: a list was last confirmed longer ago than the policy allows.
	ListStale FindingKind = "list_stale"
)

// Text is one statement in both languages.
type Text struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// In is the text in a language: "zh" and its variants give Chinese, all else English.
func (t Text) In(lang string) string {
	if len(lang) >= 2 && lang[:2] == "zh" {
		return t.Zh
	}
	return t.En
}

// Finding is one thing that was found, with all that is needed to understand and to contest it.
// Exactly one of Match, Item, Rule and List is set, by kind.
type Finding struct {
	// ID is "F1", "F2", ... in the order of the report.
	ID      string      `json:"id"`
	Kind    FindingKind `json:"kind"`
	Outcome Outcome     `json:"outcome"`
	// Subject is the JSON path of what the finding is about, Label its name or description.
	Subject string `json:"subject"`
	Label   string `json:"label,omitempty"`
	// Roles are the party's roles the finding was judged for.
	Roles []Role `json:"roles,omitempty"`
	// Title and Message are set where the words come from data (rules, effects); the words for the
	// other kinds are the renderer's, made from the fields.
	Title   *Text `json:"title,omitempty"`
	Message *Text `json:"message,omitempty"`
	// Next is what to do, from data.
	Next *Text `json:"next,omitempty"`
	// WouldChange is what would have led to another outcome.
	WouldChange *Text `json:"would_change,omitempty"`
	// Sources are the lists and laws the finding rests on.
	Sources []Source `json:"sources,omitempty"`
	// Documents are the papers that release a Require, all of them; AnyOf one of which is also needed.
	Documents []DocumentType `json:"documents,omitempty"`
	AnyOf     []DocumentType `json:"any_of,omitempty"`
	// Missing are the JSON paths of what could not be read.
	Missing []string `json:"missing,omitempty"`

	Match *MatchTrace `json:"match,omitempty"`
	Item  *ItemTrace  `json:"item,omitempty"`
	Rule  *RuleTrace  `json:"rule,omitempty"`
	List  *ListTrace  `json:"list,omitempty"`

	// Cleared is set where a clearance on file lowered the outcome; the hit stays visible.
	Cleared *Clearance `json:"cleared,omitempty"`
}

// Source is one legal basis of a finding, with its dates.
type Source struct {
	// List is the watch list's or control list's id, "" for a rule.
	List      string `json:"list,omitempty"`
	Title     Text   `json:"title,omitzero"`
	Authority string `json:"authority,omitempty"`
	Citation  string `json:"citation,omitempty"`
	// Status is that of the measure on the report's as-of day, Timeline all that is known of it.
	Status   lists.Status   `json:"status,omitempty"`
	Timeline lists.Timeline `json:"timeline,omitempty"`
	URL      string         `json:"url,omitempty"`
}

// MatchTrace is how a party came to match a listed entity.
type MatchTrace struct {
	ListID   string `json:"list"`
	EntityID string `json:"entity"`
	// Entity is the listed primary name, Programme what it is listed under.
	Entity    string `json:"entity_name"`
	Programme string `json:"programme,omitempty"`
	// Compared is the order's text, at its path; Listed the listed text it was most like.
	Compared string         `json:"compared"`
	At       string         `json:"at"`
	Listed   string         `json:"listed"`
	NameKind lists.NameKind `json:"name_kind,omitempty"`
	// By is "name", "identifier" or "address".
	By string `json:"by"`
	// Score is how alike the two texts are, 0 to 1; Threshold the least score that is reported.
	Score     float64 `json:"score"`
	Threshold float64 `json:"threshold"`
	// Confirmed is set where the likeness is beyond the policy's confirmation score or a number is
	// equal: the listing's full effect then applies. Otherwise a person must confirm it first.
	Confirmed bool `json:"confirmed"`
	// Effect is what the listing does, once confirmed, to a party in this order.
	Effect        Outcome               `json:"effect"`
	Explanation   *match.Explanation    `json:"explanation,omitempty"`
	Corroboration []lists.Corroboration `json:"corroboration,omitempty"`
	Owner         *OwnerTrace           `json:"owner,omitempty"`
}

// OwnerTrace is how much of a party listed entities hold.
type OwnerTrace struct {
	// Percent is the aggregated direct and indirect share; nil where unknown.
	Percent *Decimal `json:"percent,omitempty"`
	// Control is set where a listed owner controls the party without a known share.
	Control bool `json:"control,omitempty"`
	// Path is the chain of names from the listed owner down to the party.
	Path []string `json:"path"`
	// Rule names the ownership rule applied, Threshold its share. Above is set where the share itself is not enough.
	Rule      string   `json:"rule,omitempty"`
	Threshold *Decimal `json:"threshold,omitempty"`
	Above     bool     `json:"above,omitempty"`
}

// ItemTrace is how a line was classified.
type ItemTrace struct {
	// Candidates are the control list entries concerned, best first.
	Candidates []classify.Candidate `json:"candidates,omitempty"`
	Problem    *classify.Problem    `json:"problem,omitempty"`
	Conflict   *classify.Conflict   `json:"conflict,omitempty"`
	// Tier is the Common High Priority tier, for PriorityItem.
	Tier string `json:"tier,omitempty"`
}

// RuleTrace is how a rule came to fire or could not be checked.
type RuleTrace struct {
	// IDs is the rule, or all rules that wait for what is missing.
	IDs    []string `json:"ids"`
	Regime string   `json:"regime,omitempty"`
	// Facts is what the rule read, in the order it names them.
	Facts []Fact `json:"facts,omitempty"`
	// StopAndReport says that the authority must be told; see [Record.StopReport].
	StopAndReport bool `json:"stop_and_report,omitempty"`
}

// Fact is a value a rule read.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ListTrace is why a list could not be relied on.
type ListTrace struct {
	ID string `json:"id"`
	// Current is the day the list was last known to be current, AgeDays how long before the as-of day that is.
	Current Date `json:"current,omitempty"`
	AgeDays int  `json:"age_days,omitempty"`
	MaxDays int  `json:"max_days,omitempty"`
}
