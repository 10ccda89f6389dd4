package icp

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// change carries out an event that is possible in the case's status.
func (c *Case) change(e *Event) error {
	switch e.Kind {
	case Opened:
		*c = Case{ID: e.Case, OpenedAt: e.At, Screening: *e.Screening, Passed: slices.Clone(e.Screening.Passed)}
		c.newRound(e)
	case Assigned:
		c.AssignedTo = e.To
	case Questioned:
		if slices.ContainsFunc(c.Questions, func(q CaseQuestion) bool { return q.ID == e.Question }) {
			return fmt.Errorf("a second question %q", e.Question)
		}
		c.Questions = append(c.Questions, CaseQuestion{ID: e.Question, By: e.By, To: e.To, Text: e.Text})
	case Answered:
		return c.answer(e)
	case DocumentAdded:
		if e.Document == nil {
			return errors.New("has no document")
		}
		c.Filed = append(c.Filed, FiledDocument{Document: *e.Document, By: e.By, At: e.At})
		c.newRound(e)
	case Voted:
		c.Votes = append(c.Votes, Vote{
			Seat: seat(e), By: e.By, Role: e.Role, Level: c.Level, Choice: e.Choice, Reason: e.Reason, At: e.At, Conditions: e.Conditions,
		})
	case Vetoed:
		c.Vetoed = true
		c.end(e, []string{"vetoed"})
		c.Status = RefusedCase
	case Escalated:
		c.Level, c.Due = e.Level, e.Due
	case Decided:
		c.decide(e)
	case ConditionMet:
		return c.meet(e)
	case Released:
		if e.Facts == nil {
			return errors.New("has no facts")
		}
		c.Releases = append(c.Releases, Release{Stage: c.Screening.Stage, Facts: *e.Facts, At: e.At, By: e.By, Until: e.Until})
		c.Status = ReleasedCase
	case Voided:
		return c.void(e)
	case Rescreened:
		if r := c.release(); r != nil && len(r.voidedBy(*e.Screening, dated.DateOf(e.At))) > 0 {
			return errors.New("the release in force must be voided")
		}
		c.rescreen(e)
	case Closed:
		c.Status = ClosedCase
	default:
		return fmt.Errorf("%q is no kind of event", e.Kind)
	}
	return nil
}

// seat is whose vote or veto an event is.
func seat(e *Event) string {
	if e.For != "" {
		return e.For
	}
	return e.By
}

// newRound begins the stage's review anew: what was voted was voted on other facts.
func (c *Case) newRound(e *Event) {
	c.Status, c.Votes, c.Level, c.Due = UnderReview, nil, e.Level, e.Due
}

// end makes the release in force void.
func (c *Case) end(e *Event, why []string) {
	if r := c.release(); r != nil {
		r.VoidedAt, r.Changed = e.At, why
	}
}

// void ends the release. The decision stands where nothing but the list snapshot changed, and the same was
// found: then it takes another release, and no other votes.
func (c *Case) void(e *Event) error {
	if e.Screening == nil {
		c.end(e, []string{"revoked"})
		c.newRound(e)
		return nil
	}
	why := c.release().voidedBy(*e.Screening, dated.DateOf(e.At))
	if len(why) == 0 || !slices.Equal(why, e.Changed) {
		return fmt.Errorf("the facts that changed are %q", why)
	}
	c.end(e, why)
	c.Status = ApprovedCase
	c.rescreen(e)
	if !slices.Equal(why, []string{"lists"}) {
		c.newRound(e)
	}
	return nil
}

func (c *Case) answer(e *Event) error {
	i := slices.IndexFunc(c.Questions, func(q CaseQuestion) bool { return q.ID == e.Question })
	if i < 0 || c.Questions[i].Answer != "" {
		return fmt.Errorf("%q is no open question", e.Question)
	}
	c.Questions[i].Answer, c.Questions[i].AnsweredBy = e.Text, e.By
	c.newRound(e)
	return nil
}

func (c *Case) decide(e *Event) {
	switch {
	case !e.Approved:
		c.Status, c.Refused = RefusedCase, true
	case e.Final:
		c.Status = ApprovedCase
		for _, v := range c.Votes {
			for _, text := range v.Conditions {
				if !slices.ContainsFunc(c.Conditions, func(x CaseCondition) bool { return x.Text == text && x.Stage == c.Screening.Stage }) {
					c.Conditions = append(c.Conditions, CaseCondition{ID: "c" + strconv.Itoa(len(c.Conditions)+1), Text: text, Stage: c.Screening.Stage})
				}
			}
		}
	default:
		c.Level, c.Due = e.Level, e.Due
	}
}

func (c *Case) meet(e *Event) error {
	i := slices.IndexFunc(c.Conditions, func(x CaseCondition) bool { return x.ID == e.Condition })
	if i < 0 || c.Conditions[i].MetBy != "" {
		return fmt.Errorf("%q is no open condition", e.Condition)
	}
	c.Conditions[i].MetBy = e.By
	if e.Document != nil {
		c.Conditions[i].Evidence = e.Document.SHA256
	}
	return nil
}

// rescreen takes in another report. Another stage, or facts that people decided on, begin a new round; a
// list snapshot that finds the same does not, nor does a refusal end unless the company or the buyer changed something.
func (c *Case) rescreen(e *Event) {
	old, released := c.Screening, c.release()
	c.Screening = *e.Screening
	changed := old.Facts.Changed(c.Screening.Facts)
	if slices.Contains(changed, "order") {
		c.Passed = nil // it was another order that passed
	}
	for _, s := range c.Screening.Passed {
		c.pass(s)
	}
	if old.Stage != c.Screening.Stage {
		if released != nil {
			c.pass(old.Stage)
		}
		// A stage that is gone back to has to be passed again, and all after it.
		c.Passed = slices.DeleteFunc(c.Passed, func(s screening.Stage) bool {
			return slices.Index(stages, s) >= slices.Index(stages, c.Screening.Stage)
		})
		c.newRound(e)
		return
	}
	if c.Status == RefusedCase || c.Status == ClosedCase {
		if slices.ContainsFunc(changed, func(f string) bool { return f == "order" || f == "documents" || f == "answers" }) {
			c.newRound(e)
		}
		return
	}
	if slices.ContainsFunc(changed, func(f string) bool { return f != "lists" }) {
		c.newRound(e)
	}
}

func (c *Case) pass(s screening.Stage) {
	if !slices.Contains(c.Passed, s) {
		c.Passed = append(c.Passed, s)
	}
}
