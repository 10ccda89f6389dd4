package trigger

import (
	"slices"
	"sync"

	"github.com/ordergate/ordergate/internal/dated"
)

// Text is one statement in both languages.
type Text struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// Outcome is what a rule asks for when it fires. The words are those of screening's outcomes.
type Outcome string

// The outcomes, least first. None is that of a rule that did not fire.
const (
	None       Outcome = ""
	Advise     Outcome = "advise"
	Incomplete Outcome = "incomplete"
	Review     Outcome = "review"
	Require    Outcome = "require"
	Stop       Outcome = "stop"
)

var outcomes = []Outcome{None, Advise, Incomplete, Review, Require, Stop}

func (o Outcome) less(p Outcome) bool { return slices.Index(outcomes, o) < slices.Index(outcomes, p) }

// State is the three-valued result of a rule.
type State string

// The states.
const (
	Fired        State = "fired"
	NotFired     State = "not_fired"
	NotCheckable State = "incomplete"
)

// Scope is what a rule is run over.
type Scope string

// The scopes. A rule of another scope than the order's is run for each element and fires where one fires.
const (
	ScopeOrder    Scope = "order"
	ScopeParty    Scope = "party"
	ScopeLine     Scope = "line"
	ScopeMatch    Scope = "match"
	ScopeCountry  Scope = "country"
	ScopeText     Scope = "text"
	ScopeChange   Scope = "change"
	ScopeDocument Scope = "document"
)

// scopes in a fixed order, with the roots that only they may name.
var scopes = []struct {
	scope Scope
	roots []string
}{
	{ScopeOrder, nil},
	{ScopeParty, []string{"party"}},
	{ScopeLine, []string{"line"}},
	{ScopeMatch, []string{"match", "party"}},
	{ScopeCountry, []string{"country"}},
	{ScopeText, []string{"text"}},
	{ScopeChange, []string{"change"}},
	{ScopeDocument, []string{"document"}},
}

// Rule is one rule as its file gives it.
type Rule struct {
	ID      string `json:"id"`
	Title   Text   `json:"title"`
	Message Text   `json:"message"`
	// Resolve says what would lead to another result.
	Resolve Text `json:"resolve"`
	// Regime is whose law it carries out: CN, UN, US, EU, WA, or OWN for good practice and the seller's rules.
	Regime   string `json:"regime"`
	Citation string `json:"citation"`
	// Flag is the red flag the rule carries out, "" for none.
	Flag string `json:"flag,omitempty"`
	// Remark is what a user must confirm about the rule's legal basis.
	Remark *Text `json:"remark,omitempty"`
	// Timeline is empty where the rule holds always.
	Timeline  dated.Timeline `json:"timeline,omitempty"`
	Scope     Scope          `json:"scope"`
	Optional  []string       `json:"optional,omitempty"`
	Outcome   Outcome        `json:"outcome"`
	Documents []string       `json:"documents,omitempty"`
	// StopAndReport says that where the rule fires the export is to be stopped and the authority told.
	StopAndReport bool `json:"stop_and_report,omitempty"`
	// Questions are the ids of the questions the rule waits for.
	Questions []string `json:"questions,omitempty"`
	Cases     []Case   `json:"-"`
	// File and Line say where the rule stands.
	File string `json:"-"`
	Line int    `json:"-"`

	column   int
	replaces bool
	when     *cond
}

// Question is a question of the questionnaire.
type Question struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
	// Why is what the answer is needed for.
	Why Text `json:"why"`
	// Rules are the ids of the rules that wait for the answer; set by [RuleSet.Questions].
	Rules []string `json:"rules,omitempty"`
}

// RuleSet is a loaded set of rules. It never changes and is safe for concurrent use.
type RuleSet struct {
	version   string
	files     [][]archivedFile // set by set, where sets were merged
	archive   []byte           // files as Bytes gives them
	digest    string           // of archive
	rules     []*Rule
	questions []Question
	leaves    []*leaf

	evaluators sync.Pool // of *evaluator
}

// Version is the version the files give themselves, joined by "+" where sets were merged.
func (s *RuleSet) Version() string { return s.version }

// Digest is the SHA-256, hexadecimal, of [RuleSet.Bytes].
func (s *RuleSet) Digest() string { return s.digest }

// Rules are the rules in order. The caller must not change them.
func (s *RuleSet) Rules() []*Rule { return s.rules }

// Rule is the rule of an id, or nil.
func (s *RuleSet) Rule(id string) *Rule {
	for _, r := range s.rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}
