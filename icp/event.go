package icp

import (
	"slices"
	"time"

	"github.com/ordergate/ordergate/screening"
)

// System stands in Event.By for what the programme does by itself.
const System = "system"

// EventKind is what happened to a case.
type EventKind string

// The kinds of event, with the fields of [Event] that each reads beside Kind, At, By and Reason.
const (
	// Opened: a report held the order. Screening.
	Opened EventKind = "opened"
	// Assigned: somebody is to look at it. To is a person.
	Assigned EventKind = "assigned"
	// Questioned: a reviewer asks. Question is a new id, Text the question, To whom it is put to.
	Questioned EventKind = "questioned"
	// Answered: Question is the id, Text the answer.
	Answered EventKind = "answered"
	// DocumentAdded: Document, with its hash, is on file for the case.
	DocumentAdded EventKind = "document_added"
	// Voted: Choice, Conditions; For is the person a deputy acts for.
	Voted EventKind = "voted"
	// Vetoed: the one-vote veto; For as in Voted.
	Vetoed EventKind = "vetoed"
	// Escalated: the case goes up a level, because its time is over or somebody asks for it.
	Escalated EventKind = "escalated"
	// Decided: the votes of a level are counted.
	Decided EventKind = "decided"
	// ConditionMet: Condition is the id, Document the evidence where there is one.
	ConditionMet EventKind = "condition_met"
	// Released: the order may pass its stage. Facts, where given, must be those that hold.
	Released EventKind = "released"
	// Voided: the release no longer holds: Screening has other facts, which Changed names, or somebody revokes it.
	Voided EventKind = "voided"
	// Rescreened: the order was screened again, at this stage or the next. Screening.
	Rescreened EventKind = "rescreened"
	// Closed: nothing more is to be done. Day is the day of export or of the end of the transaction.
	Closed EventKind = "closed"
)

// EventKinds lists every kind.
var EventKinds = []EventKind{
	Opened, Assigned, Questioned, Answered, DocumentAdded, Voted, Vetoed, Escalated, Decided, ConditionMet, Released, Voided, Rescreened, Closed,
}

// Choice is a vote.
type Choice string

// The choices.
const (
	Approve Choice = "approve"
	Refuse  Choice = "refuse"
	Abstain Choice = "abstain"
)

// Event is one step of a case. A caller fills in what its kind reads; the fields from Seq on are set by
// [Cases], so that the record of an event tells by what right it happened.
type Event struct {
	// Case is the order's id.
	Case string    `json:"case"`
	Kind EventKind `json:"kind"`
	At   time.Time `json:"at"`
	// By is the id of a person of the programme; of Answered and DocumentAdded any user of the caller's.
	By     string `json:"by"`
	Reason string `json:"reason,omitempty"`

	For        string              `json:"for,omitempty"`
	To         string              `json:"to,omitempty"`
	Question   string              `json:"question,omitempty"`
	Text       string              `json:"text,omitempty"`
	Document   *screening.Document `json:"document,omitempty"`
	Choice     Choice              `json:"choice,omitempty"`
	Conditions []string            `json:"conditions,omitempty"`
	Condition  string              `json:"condition,omitempty"`
	Facts      *Facts              `json:"facts,omitempty"`
	Day        Date                `json:"day,omitempty"`

	// Seq numbers the events of a case from 1.
	Seq int `json:"seq"`
	// Programme is the digest of the programme under which the event was allowed.
	Programme string     `json:"programme,omitempty"`
	Screening *Screening `json:"screening,omitempty"`
	// Changed names the facts that are no longer those of the release.
	Changed []string `json:"changed,omitempty"`
	// Role is the role By acted under, Training the proof that it was allowed to.
	Role     string          `json:"role,omitempty"`
	Training []Qualification `json:"training,omitempty"`
	// Approved is the result of Decided; Final is set where no higher level is asked.
	Approved bool `json:"approved,omitempty"`
	Final    bool `json:"final,omitempty"`
	// Level and Due are those of the case after the event, where the event sets them.
	Level string    `json:"level,omitempty"`
	Due   time.Time `json:"due,omitzero"`
	// Until is the last day of a release, "" for no end of its own.
	Until Date `json:"until,omitempty"`
}

// Qualification is a course that a person has passed.
type Qualification struct {
	Course string `json:"course"`
	// Record is the id of the record of the training in the log.
	Record   string `json:"record"`
	PassedOn Date   `json:"passed_on"`
}

// trained reports whether the qualifications hold all courses of a role on the day.
func (c *Curriculum) trained(role string, qs []Qualification, day Date) bool {
	for _, course := range c.Courses {
		if !slices.Contains(course.Roles, role) {
			continue
		}
		if !slices.ContainsFunc(qs, func(q Qualification) bool {
			return q.Course == course.ID && q.PassedOn <= day && day <= course.validUntil(q.PassedOn)
		}) {
			return false
		}
	}
	return true
}

// validUntil is the last day of a pass.
func (c *Course) validUntil(passed Date) Date {
	return Date(passed.Time().AddDate(0, c.Months, 0).Format(time.DateOnly))
}
