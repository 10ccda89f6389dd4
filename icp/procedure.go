package icp

import (
	"slices"
	"time"

	"github.com/ordergate/ordergate/screening"
)

// Procedure is element 4, the review procedure.
type Procedure struct {
	// Committee says which orders go up to the last level: "every_order", or "held_orders" where lower
	// levels may decide within their authority, and an order that is not held needs nobody.
	Committee Reach `json:"committee"`
	// FourEyes keeps whoever entered an order from deciding on it, and anybody from deciding at two levels.
	FourEyes bool `json:"four_eyes"`
	// Reasons are the events that need a reason in writing.
	Reasons []EventKind  `json:"reasons"`
	Stages  []StageRules `json:"stages"`
}

// Reach is how far up orders must go.
type Reach string

// The reaches.
const (
	EveryOrder Reach = "every_order"
	HeldOrders Reach = "held_orders"
)

// StageRules is the review at one stage of an order.
type StageRules struct {
	Stage screening.Stage `json:"stage"`
	Title Text            `json:"title"`
	// Checks are what reviewers look at.
	Checks []Text `json:"checks"`
	// ReleaseUpTo is the greatest outcome that people may release; what is beyond must be cured and screened again.
	ReleaseUpTo screening.Outcome `json:"release_up_to"`
	// Documents must be on file besides those the report asks for.
	Documents []screening.DocumentType `json:"documents,omitempty"`
	// After are the stages that must have been passed before.
	After []screening.Stage `json:"after,omitempty"`
	// ValidDays is how long a release holds, and how long after the screening it may be given; 0 is until its facts
	// change. No release outlasts the papers and clearances it rests on.
	ValidDays int `json:"valid_days,omitempty"`
	// Levels decide in order, from the first up.
	Levels []Level `json:"levels"`
}

// Level is one level of decision.
type Level struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	// Roles are those whose holders vote.
	Roles []string `json:"roles"`
	// Quorum is how many must vote, abstentions included; Approvals how many of them must approve.
	Quorum    int `json:"quorum"`
	Approvals int `json:"approvals"`
	// Hours is the time for a decision, after which the case is escalated to the next level.
	Hours int `json:"hours"`
}

func (l *Level) due(from time.Time) time.Time { return from.Add(time.Duration(l.Hours) * time.Hour) }

// stage is the rules of a stage, nil where the procedure has none.
func (p *Procedure) stage(s screening.Stage) *StageRules {
	if i := slices.IndexFunc(p.Stages, func(r StageRules) bool { return r.Stage == s }); i >= 0 {
		return &p.Stages[i]
	}
	return nil
}

// level is a level and the one above it; nil where there is none.
func (s *StageRules) level(id string) (l, above *Level) {
	i := slices.IndexFunc(s.Levels, func(l Level) bool { return l.ID == id })
	if i < 0 {
		return nil, nil
	}
	if i+1 < len(s.Levels) {
		above = &s.Levels[i+1]
	}
	return &s.Levels[i], above
}

// asks reports whether people must decide on a case as it is.
func (p *Procedure) asks(c *Case) bool {
	return p.needsDecision(c.Screening.Outcome) || c.Vetoed || c.Refused
}

// needsDecision reports whether people must decide on an order of the outcome.
func (p *Procedure) needsDecision(o screening.Outcome) bool {
	return p.Committee == EveryOrder || o.Holds()
}
