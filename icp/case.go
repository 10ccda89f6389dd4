package icp

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// Status is where a case stands.
type Status string

// The statuses.
const (
	// UnderReview: the level of the case has yet to decide.
	UnderReview Status = "under_review"
	// ApprovedCase: all levels that are asked have approved; the release has yet to be given, or given again.
	ApprovedCase Status = "approved"
	// ReleasedCase: the order may pass its stage, as long as [Case.Cleared] says so.
	ReleasedCase Status = "released"
	// RefusedCase: refused or vetoed. Only another order, paper or answer opens it again.
	RefusedCase Status = "refused"
	// ClosedCase: nothing more is to be done.
	ClosedCase Status = "closed"
)

// Statuses lists every status.
var Statuses = []Status{UnderReview, ApprovedCase, ReleasedCase, RefusedCase, ClosedCase}

// Case is the review of one order, through all its stages. It is the state that its events lead to.
type Case struct {
	// ID is the order's id.
	ID string `json:"id"`
	// Seq is the number of the last event.
	Seq       int       `json:"seq"`
	OpenedAt  time.Time `json:"opened_at"`
	ChangedAt time.Time `json:"changed_at"`
	Status    Status    `json:"status"`
	// Screening is the latest report; its stage is the case's.
	Screening Screening `json:"screening"`
	// Level is the level of decision that is asked, Due when its time is over.
	Level      string          `json:"level"`
	Due        time.Time       `json:"due"`
	AssignedTo string          `json:"assigned_to,omitempty"`
	Questions  []CaseQuestion  `json:"questions,omitempty"`
	Filed      []FiledDocument `json:"filed,omitempty"`
	// Votes are those of the round: from when the stage or a fact last changed.
	Votes      []Vote          `json:"votes,omitempty"`
	Conditions []CaseCondition `json:"conditions,omitempty"`
	Releases   []Release       `json:"releases,omitempty"`
	// Passed are the stages that lie behind.
	Passed []screening.Stage `json:"passed,omitempty"`
	// Vetoed is set once somebody has used the veto: from then on only the last level decides. Refused is set once a
	// level has refused. After either people decide, whatever screening finds.
	Vetoed  bool `json:"vetoed,omitempty"`
	Refused bool `json:"refused,omitempty"`
}

// CaseQuestion is a question of a reviewer.
type CaseQuestion struct {
	ID         string `json:"id"`
	By         string `json:"by"`
	To         string `json:"to,omitempty"`
	Text       string `json:"text"`
	Answer     string `json:"answer,omitempty"`
	AnsweredBy string `json:"answered_by,omitempty"`
}

// FiledDocument is a document on file for a case.
type FiledDocument struct {
	screening.Document
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Vote is one vote.
type Vote struct {
	// Seat is whose vote it is, By who cast it: the same person or a deputy.
	Seat   string    `json:"seat"`
	By     string    `json:"by"`
	Role   string    `json:"role"`
	Level  string    `json:"level"`
	Choice Choice    `json:"choice"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
	// Conditions are what an approval depends on.
	Conditions []string `json:"conditions,omitempty"`
}

// CaseCondition is a condition of an approval.
type CaseCondition struct {
	// ID is "c1", "c2", ... in the order of the approvals.
	ID    string          `json:"id"`
	Text  string          `json:"text"`
	Stage screening.Stage `json:"stage"`
	MetBy string          `json:"met_by,omitempty"`
	// Evidence is the hash of the paper that shows it, where there is one.
	Evidence string `json:"evidence,omitempty"`
}

// Release lets an order pass one stage, as long as the facts stay what they are.
type Release struct {
	Stage screening.Stage `json:"stage"`
	Facts Facts           `json:"facts"`
	At    time.Time       `json:"at"`
	By    string          `json:"by"`
	// Until is its last day; "" is no end of its own.
	Until Date `json:"until,omitempty"`
	// VoidedAt is when it became void, zero while it holds; Changed why.
	VoidedAt time.Time `json:"voided_at,omitzero"`
	Changed  []string  `json:"changed,omitempty"`
}

// Check names what is not as it was when the release was given: its facts, or "expired" where its last day
// has passed. None is a release that holds. Documents that a case itself holds are not compared: see [Case].
func (r *Release) Check(current Screening, day Date) (changed []string) {
	facts := current.Facts
	facts.Filed = r.Facts.Filed
	changed = r.Facts.Changed(facts)
	if r.Until != "" && r.Until < day {
		changed = append(changed, "expired")
	}
	return changed
}

// voidedBy is what makes the release void when the order was screened again. At another stage lists, papers
// and findings are judged anew; what was released must still be the same order.
func (r *Release) voidedBy(s Screening, day Date) []string {
	changed := r.Check(s, day)
	if s.Stage != r.Stage {
		changed = slices.DeleteFunc(changed, func(f string) bool { return f != "order" && f != "expired" })
	}
	return changed
}

// release is the release in force at the case's stage, nil where there is none.
func (c *Case) release() *Release {
	if c.Status != ReleasedCase {
		return nil
	}
	return &c.Releases[len(c.Releases)-1]
}

// Cleared reports whether the order may pass its stage at the moment: it is released, and the release
// has not expired.
func (c *Case) Cleared(at time.Time) bool {
	r := c.release()
	return r != nil && len(r.Check(c.Screening, dated.DateOf(at))) == 0
}

// facts are those of the latest report and of what the case itself holds.
func (c *Case) facts() (Facts, error) {
	f := c.Screening.Facts
	if len(c.Filed) == 0 && len(c.Questions) == 0 {
		return f, nil
	}
	var err error
	f.Filed, err = digestOf(struct {
		Filed     []FiledDocument
		Questions []CaseQuestion
	}{c.Filed, c.Questions})
	return f, err
}

// onFile are the papers on the order and in the case that are good on the day.
func (c *Case) onFile(day Date) (papers []Paper) {
	for _, p := range c.Screening.OnFile {
		if p.Until == "" || day <= p.Until {
			papers = append(papers, p)
		}
	}
	for _, d := range c.Filed {
		if good(&d.Document, day) {
			papers = append(papers, Paper{d.Type, d.ValidUntil})
		}
	}
	return papers
}

// clone is a copy that shares nothing that an event changes in place.
func (c *Case) clone() Case {
	n := *c
	n.Questions, n.Filed, n.Votes = slices.Clone(c.Questions), slices.Clone(c.Filed), slices.Clone(c.Votes)
	n.Conditions, n.Releases, n.Passed = slices.Clone(c.Conditions), slices.Clone(c.Releases), slices.Clone(c.Passed)
	return n
}

// ErrReplay is wrapped where events do not make a case: one lacks, is doubled, or could not have happened.
var ErrReplay = errors.New("icp: the events do not make a case")

// Replay is the case that the events lead to. It checks that they are whole and follow from one another; whether
// each was allowed by the programme in force is what [Programme.Check] says.
func Replay(events []Event) (Case, error) {
	var c Case
	for i := range events {
		if err := c.apply(&events[i]); err != nil {
			return Case{}, err
		}
	}
	if c.Seq == 0 {
		return Case{}, fmt.Errorf("%w: no events", ErrReplay)
	}
	return c, nil
}

// apply moves the case by one event.
func (c *Case) apply(e *Event) error {
	bad := func(why string) error {
		return fmt.Errorf("%w: case %q event %d (%s): %s", ErrReplay, e.Case, e.Seq, e.Kind, why)
	}
	switch {
	case e.Seq != c.Seq+1:
		return bad(fmt.Sprintf("follows event %d", c.Seq))
	case (e.Kind == Opened) != (c.Seq == 0):
		return bad("a case is opened once, first of all")
	case c.Seq > 0 && e.Case != c.ID:
		return bad("belongs to another case than " + c.ID)
	case (e.Kind == Opened || e.Kind == Rescreened) && e.Screening == nil:
		return bad("has no screening")
	case !slices.Contains(permitted[e.Kind], c.Status) && e.Kind != Opened:
		return bad("is not possible in status " + string(c.Status))
	}
	if err := c.change(e); err != nil {
		return bad(err.Error())
	}
	c.Seq, c.ChangedAt = e.Seq, e.At
	return nil
}

// permitted are the statuses in which an event can happen.
var permitted = map[EventKind][]Status{
	Assigned:      {UnderReview, ApprovedCase, ReleasedCase, RefusedCase},
	Questioned:    {UnderReview},
	Answered:      {UnderReview},
	DocumentAdded: {UnderReview, ApprovedCase, RefusedCase},
	Voted:         {UnderReview},
	Vetoed:        {UnderReview, ApprovedCase, ReleasedCase},
	Escalated:     {UnderReview},
	Decided:       {UnderReview},
	ConditionMet:  {UnderReview, ApprovedCase, ReleasedCase},
	Released:      {UnderReview, ApprovedCase},
	Voided:        {ReleasedCase},
	Rescreened:    Statuses,
	Closed:        {UnderReview, ApprovedCase, ReleasedCase, RefusedCase},
}
