package screening

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ordergate/ordergate/internal/dated"
	"go.yaml.in/yaml/v3"
)

// PolicySchema is the value of Policy.Schema this version reads.
const PolicySchema = "ordergate.policy/1"

// Policy says what the company has decided: which lists must be there and how old they may be, whose
// law applies when, what each listing does, and which ownership rules are followed. It is data; the
// built-in one ([BuiltInPolicy]) and a company's own are read by the same [LoadPolicy].
type Policy struct {
	Schema  string `yaml:"schema" json:"schema"`
	ID      string `yaml:"id" json:"id"`
	Version string `yaml:"version" json:"version"`
	// Threshold is the least likeness of names that is reported; 0 is the matcher's default.
	Threshold float64 `yaml:"threshold" json:"threshold"`
	// Confirm is the likeness from which a listing's effect applies before a person has confirmed it.
	Confirm float64 `yaml:"confirm" json:"confirm"`
	// ConfirmWith is the likeness that is enough where the birth date or a number agrees too; 0 is Confirm.
	ConfirmWith float64 `yaml:"confirm_with" json:"confirm_with"`
	// RequiredLists must be loaded; a missing one makes every report Incomplete.
	RequiredLists []string `yaml:"required_lists" json:"required_lists"`
	// MaxListAge is how many days ago a list may last have been current; ListAges overrides it for
	// single lists, and -1 there is no limit.
	MaxListAge int          `yaml:"max_list_age_days" json:"max_list_age_days"`
	ListAges   []ListAge    `yaml:"list_ages,omitempty" json:"list_ages"`
	Regimes    []Regime     `yaml:"regimes" json:"regimes"`
	Effects    []Effect     `yaml:"effects" json:"effects"`
	Items      []ItemEffect `yaml:"items,omitempty" json:"items"`
	Ownership  []OwnerRule  `yaml:"ownership" json:"ownership"`
	Conflicts  []Conflict   `yaml:"conflicts" json:"conflicts"`

	raw []byte
}

// ListAge is the age limit of one list, in days; -1 is none.
type ListAge struct {
	List string `yaml:"list" json:"list"`
	Days int    `yaml:"days" json:"days"`
}

// Regime says when the law of a regime applies to an order.
type Regime struct {
	Regime string `yaml:"regime" json:"regime"`
	// Always applies the regime to every order. Otherwise any of the ties below does.
	Always bool `yaml:"always" json:"always"`
	// Origins are countries whose origin or content of a line is a tie; Currencies and Parties likewise.
	Origins    []string `yaml:"origins,omitempty" json:"origins"`
	Currencies []string `yaml:"currencies,omitempty" json:"currencies"`
	Parties    []string `yaml:"parties,omitempty" json:"parties"`
}

// ItemClass is what the lines of an order are, for the effect matrix.
type ItemClass string

// The item classes, least first. An order's class is the greatest of its lines'.
const (
	// ItemOther: declared or found to be on no control list.
	ItemOther ItemClass = "other"
	// ItemUnknown: nothing could be said.
	ItemUnknown ItemClass = "unknown"
	// ItemPossible: evidence points to a control list entry.
	ItemPossible ItemClass = "possible"
	// ItemDualUse: declared or on file as a dual-use item.
	ItemDualUse ItemClass = "dual_use"
	// ItemMilitary: declared or on file as a military item.
	ItemMilitary ItemClass = "military"
)

var itemClasses = []ItemClass{ItemOther, ItemUnknown, ItemPossible, ItemDualUse, ItemMilitary}

func (c ItemClass) max(d ItemClass) ItemClass {
	if slices.Index(itemClasses, d) > slices.Index(itemClasses, c) {
		return d
	}
	return c
}

// Effect is one row of the effect matrix. The first row that fits a hit decides; empty fields fit all.
type Effect struct {
	List       string      `yaml:"list" json:"list"`
	Programmes []string    `yaml:"programmes,omitempty" json:"programmes"`
	Roles      []Role      `yaml:"roles,omitempty" json:"roles"`
	Items      []ItemClass `yaml:"items,omitempty" json:"items"`
	Outcome    Outcome     `yaml:"outcome" json:"outcome"`
	// WithoutNexus is the most that follows where the list's regime does not apply to the order; "" is Outcome. Where the
	// order does not say whether it applies, the least is Incomplete.
	WithoutNexus Outcome        `yaml:"without_nexus,omitempty" json:"without_nexus"`
	Documents    []DocumentType `yaml:"documents,omitempty" json:"documents"`
	Citation     string         `yaml:"citation" json:"citation"`
	// Means says what the listing does, Next what to do about it.
	Means Text `yaml:"means" json:"means"`
	Next  Text `yaml:"next" json:"next"`
}

// ItemEffect is what it takes to export an item of a control list. The first row that fits decides.
type ItemEffect struct {
	// List is the control list's id, "" for all; Regime whose law it is.
	List   string `yaml:"list" json:"list"`
	Regime string `yaml:"regime" json:"regime"`
	// Military marks the list's items as military ones.
	Military     bool    `yaml:"military" json:"military"`
	Outcome      Outcome `yaml:"outcome" json:"outcome"`
	WithoutNexus Outcome `yaml:"without_nexus,omitempty" json:"without_nexus"`
	// AnyOf is satisfied by one of its papers, Documents by all of them.
	AnyOf     []DocumentType `yaml:"any_of,omitempty" json:"any_of"`
	Documents []DocumentType `yaml:"documents,omitempty" json:"documents"`
	Citation  string         `yaml:"citation" json:"citation"`
	Means     Text           `yaml:"means" json:"means"`
	Next      Text           `yaml:"next" json:"next"`
}

// OwnerRule extends a listing to what listed entities own or control.
type OwnerRule struct {
	ID string `yaml:"id" json:"id"`
	// Regime is the listings' regime; Lists and Programmes narrow it, none for all.
	Regime     string   `yaml:"regime" json:"regime"`
	Lists      []string `yaml:"lists,omitempty" json:"lists"`
	Programmes []string `yaml:"programmes,omitempty" json:"programmes"`
	// Percent is the aggregated share from which the listing reaches the party, or, where Above is set, above which.
	Percent  Decimal        `yaml:"-" json:"percent"`
	Share    string         `yaml:"percent" json:"-"`
	Above    bool           `yaml:"above,omitempty" json:"above,omitempty"`
	Timeline dated.Timeline `yaml:"timeline,omitempty" json:"timeline"`
	Citation string         `yaml:"citation" json:"citation"`
	Title    Text           `yaml:"title" json:"title"`
}

// Conflict is an order of one regime that forbids complying with listings of another.
type Conflict struct {
	ID string `yaml:"id" json:"id"`
	// Forbids is the regime whose listings may not be complied with, By the one that forbids it.
	Forbids string `yaml:"forbids" json:"forbids"`
	By      string `yaml:"by" json:"by"`
	// Names are the listed entities concerned, by any of their listed names.
	Names    []string       `yaml:"names,omitempty" json:"names"`
	Timeline dated.Timeline `yaml:"timeline,omitempty" json:"timeline"`
	Citation string         `yaml:"citation" json:"citation"`
	Title    Text           `yaml:"title" json:"title"`
	Next     Text           `yaml:"next" json:"next"`
}

//go:embed data/policy.yaml
var builtInPolicy []byte

// BuiltInPolicy is the policy of a Chinese exporter who has decided nothing yet: China's and the UN's
// lists always apply, others by nexus.
func BuiltInPolicy() (*Policy, error) { return LoadPolicy(bytes.NewReader(builtInPolicy)) }

// maxPolicy bounds a policy file, in bytes.
const maxPolicy = 4 << 20

// LoadPolicy reads a policy in YAML. Unknown fields are errors; every defect is named at once.
func LoadPolicy(r io.Reader) (*Policy, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPolicy+1))
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	if len(raw) > maxPolicy {
		return nil, fmt.Errorf("policy: larger than %d bytes", maxPolicy)
	}
	p := &Policy{raw: raw}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(p); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	if err := p.complete(); err != nil {
		return nil, fmt.Errorf("policy %s: %w", p.ID, err)
	}
	return p, nil
}

// Modify is a copy of the policy with a change made to it, checked like one that was read.
func (p *Policy) Modify(change func(*Policy)) (*Policy, error) {
	q, err := LoadPolicy(bytes.NewReader(p.raw))
	if err != nil {
		return nil, err
	}
	change(q)
	raw, err := yaml.Marshal(q)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", q.ID, err)
	}
	return LoadPolicy(bytes.NewReader(raw))
}

// complete fills in what YAML cannot hold and names every defect.
func (p *Policy) complete() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if p.Schema != PolicySchema {
		bad("schema: %q is not %q", p.Schema, PolicySchema)
	}
	if p.Version == "" {
		bad("version: is required")
	}
	if p.Confirm <= 0 || p.Confirm > 1 {
		bad("confirm: %v is not above 0 and at most 1", p.Confirm)
	}
	if p.ConfirmWith < 0 || p.ConfirmWith > p.Confirm {
		bad("confirm_with: %v is not between 0 and confirm", p.ConfirmWith)
	}
	if p.ConfirmWith == 0 {
		p.ConfirmWith = p.Confirm
	}
	if p.Threshold < 0 || p.Threshold > 1 {
		bad("threshold: %v is not between 0 and 1", p.Threshold)
	}
	if p.MaxListAge <= 0 {
		bad("max_list_age_days: must be above 0")
	}
	for i, e := range p.Effects {
		if _, err := ParseOutcome(string(e.Outcome)); err != nil {
			bad("effects[%d].outcome: %w", i, err)
		}
		if _, err := ParseOutcome(string(e.WithoutNexus)); err != nil && e.WithoutNexus != "" {
			bad("effects[%d].without_nexus: %w", i, err)
		}
		for _, r := range e.Roles {
			if !slices.Contains(Roles, r) {
				bad("effects[%d].roles: %q is not a role", i, r)
			}
		}
		for _, c := range e.Items {
			if !slices.Contains(itemClasses, c) {
				bad("effects[%d].items: %q is not an item class", i, c)
			}
		}
		if e.Means.En == "" || e.Means.Zh == "" {
			bad("effects[%d].means: both languages are required", i)
		}
	}
	for i, e := range p.Items {
		if _, err := ParseOutcome(string(e.Outcome)); err != nil {
			bad("items[%d].outcome: %w", i, err)
		}
		if _, err := ParseOutcome(string(e.WithoutNexus)); err != nil && e.WithoutNexus != "" {
			bad("items[%d].without_nexus: %w", i, err)
		}
	}
	if n := len(p.Items); n == 0 || p.Items[n-1].List != "" {
		bad("items: the last row must fit every control list")
	}
	if n := len(p.Effects); n == 0 || !p.Effects[n-1].fitsAll() {
		bad("effects: the last row must fit every hit, so that none is without an effect")
	}
	for i := range p.Ownership {
		r := &p.Ownership[i]
		var err error
		if r.Percent, err = parsePercent(r.Share); err != nil {
			bad("ownership[%d].percent: %w", i, err)
		}
		if err := r.Timeline.Validate(); err != nil {
			bad("ownership[%d]: %w", i, err)
		}
	}
	for i, c := range p.Conflicts {
		if err := c.Timeline.Validate(); err != nil {
			bad("conflicts[%d]: %w", i, err)
		}
		if len(c.Names) == 0 {
			bad("conflicts[%d].names: is required", i)
		}
	}
	return errors.Join(errs...)
}

// Bytes is the policy as it was read: what an archive keeps and [LoadPolicy] reads again.
func (p *Policy) Bytes() []byte { return slices.Clone(p.raw) }

// Digest is the hexadecimal SHA-256 of [Policy.Bytes].
func (p *Policy) Digest() string { return digest(p.raw) }

func (p *Policy) maxAge(list string) int {
	for _, a := range p.ListAges {
		if a.List == list {
			return a.Days
		}
	}
	return p.MaxListAge
}

func (e *Effect) fitsAll() bool {
	return e.List == "" && len(e.Programmes) == 0 && len(e.Roles) == 0 && len(e.Items) == 0
}
