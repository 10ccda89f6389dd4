package icp

import (
	"context"
	"slices"
	"time"
)

// complete sets the fields of an event that follow from the case, the programme and the records of training.
func (cs *Cases) complete(ctx context.Context, c *Case, e *Event) error {
	e.Seq, e.Programme = c.Seq+1, cs.p.Digest()
	e.At = e.At.Round(0).UTC()
	e.Role, e.Training, e.Approved, e.Final = "", nil, false, false
	e.Level, e.Due, e.Until = "", time.Time{}, ""
	m := newMove(cs.p, c, e)
	if m.rules == nil {
		return nil // Check refuses it
	}
	switch e.Kind {
	case Opened, Rescreened, Voided, DocumentAdded, Answered:
		m.toLevel(&m.rules.Levels[0])
	case Voted, Decided, ConditionMet, Vetoed, Released:
		if err := cs.qualify(ctx, m); err != nil {
			return err
		}
	case Escalated:
		m.toLevel(m.next)
	}
	switch e.Kind {
	case Decided:
		if m.level == nil {
			return nil
		}
		_, approvals := m.count()
		if e.Approved = approvals >= m.level.Approvals; e.Approved {
			if e.Final = m.final(); !e.Final {
				m.toLevel(m.next)
			}
		}
	case Released:
		if e.Facts == nil {
			facts, err := c.facts()
			if err != nil {
				return err
			}
			e.Facts = &facts
		}
		e.Until = m.until()
	}
	return nil
}

func (m *move) toLevel(l *Level) {
	if l != nil {
		m.e.Level, m.e.Due = l.ID, l.due(m.e.At)
	}
}

// qualify sets the role that By acts under, and the training it has for it. Of several roles that may do it,
// the first in the file for which the training is valid is taken.
func (cs *Cases) qualify(ctx context.Context, m *move) error {
	holder := cs.p.Organisation.person(seat(m.e))
	if holder == nil || m.e.By == System {
		return nil
	}
	var may []string
	switch {
	case m.e.Kind == Vetoed:
		for _, r := range cs.p.Organisation.Roles {
			if r.Veto {
				may = append(may, r.ID)
			}
		}
	case m.e.Kind == ConditionMet || m.e.Kind == Released:
		may = m.roles()
	case m.level != nil:
		may = m.level.Roles
	}
	passed, err := Qualifications(ctx, cs.log, cs.p, m.e.By)
	if err != nil {
		return err
	}
	for _, r := range holder.Roles {
		if !slices.Contains(may, r) {
			continue
		}
		if trained := cs.p.Training.trained(r, passed, m.day); m.e.Role == "" || trained {
			m.e.Role = r
			if trained {
				break
			}
		}
	}
	m.e.Training = cs.p.Training.needed(m.e.Role, passed)
	return nil
}

// needed are those qualifications that a role asks for.
func (c *Curriculum) needed(role string, qs []Qualification) (needed []Qualification) {
	for _, q := range qs {
		if slices.ContainsFunc(c.Courses, func(x Course) bool { return x.ID == q.Course && slices.Contains(x.Roles, role) }) {
			needed = append(needed, q)
		}
	}
	return needed
}
