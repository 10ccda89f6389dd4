package icp

import (
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// move is an event on its way into a case: the rules it is judged by, and what speaks against it.
type move struct {
	p       *Programme
	c       *Case
	e       *Event
	rules   *StageRules
	level   *Level // of the case, nil where the stage has none of its name
	next    *Level // above it, nil for the last
	day     Date
	reasons []Reason
}

// Check judges an event against the programme: nil where it is allowed, else a [*MoveError] with every reason.
// The event is complete: its last fields are those that [Cases] fills in. It changes nothing.
func (p *Programme) Check(c Case, e Event) error {
	m := newMove(p, &c, &e)
	m.check()
	if len(m.reasons) > 0 {
		return &MoveError{Case: e.Case, Kind: e.Kind, Reasons: m.reasons}
	}
	after := c.clone()
	return after.apply(&e)
}

func newMove(p *Programme, c *Case, e *Event) *move {
	m := &move{p: p, c: c, e: e, day: dated.DateOf(e.At)}
	stage := c.Screening.Stage
	if e.Screening != nil {
		stage = e.Screening.Stage
	}
	if m.rules = p.Procedure.stage(stage); m.rules != nil {
		m.level, m.next = m.rules.level(c.Level)
	}
	return m
}

func (m *move) refuse(r Refusal, about string) { m.reasons = append(m.reasons, Reason{r, about}) }

func (m *move) require(ok bool, r Refusal, about string) {
	if !ok {
		m.refuse(r, about)
	}
}

func (m *move) check() {
	if m.rules == nil {
		m.refuse(StageNotPassed, "the procedure has no such stage")
		return
	}
	m.require(!m.e.At.IsZero() && !m.e.At.Before(m.c.ChangedAt), ClockBackwards, "")
	m.require(m.e.Kind == Opened && m.c.Seq == 0 || slices.Contains(permitted[m.e.Kind], m.c.Status), WrongStatus, string(m.c.Status))
	if m.e.By != System && slices.Contains(m.p.Procedure.Reasons, m.e.Kind) {
		m.require(strings.TrimSpace(m.e.Reason) != "", ReasonMissing, "")
	}
	m.require(m.e.By != "", Malformed, "by")
	switch m.e.Kind {
	case Opened, Rescreened:
		m.restarts()
	case Voided:
		if m.restarts(); m.e.Screening == nil {
			m.reviewer()
		}
	case DocumentAdded:
		m.restarts()
		m.require(m.e.Document != nil && len(m.e.Document.SHA256) == 64, Malformed, "document")
	case Answered:
		m.restarts()
		m.require(m.e.Text != "", Malformed, "text")
		m.require(slices.ContainsFunc(m.c.Questions, func(q CaseQuestion) bool { return q.ID == m.e.Question && q.Answer == "" }), Malformed, "question")
	case Assigned:
		m.reviewer()
		m.appointed(m.e.To)
	case Questioned:
		m.reviewer()
		asked := slices.ContainsFunc(m.c.Questions, func(q CaseQuestion) bool { return q.ID == m.e.Question })
		m.require(m.e.Text != "" && m.e.Question != "" && !asked, Malformed, "question")
	case Voted:
		m.vote()
	case Vetoed:
		if r := m.p.Organisation.role(m.e.Role); r == nil || !r.Veto {
			m.refuse(WrongRole, m.e.By)
		}
		m.decider()
	case Escalated:
		m.escalate()
	case Decided:
		m.decided()
	case ConditionMet:
		m.oneOf(m.roles())
		m.decider()
		open := slices.ContainsFunc(m.c.Conditions, func(x CaseCondition) bool { return x.ID == m.e.Condition && x.MetBy == "" })
		m.require(open, Malformed, "condition")
	case Released:
		m.released()
	case Closed:
		m.reviewer()
	}
}

// restarts checks the fields of an event that may begin a round.
func (m *move) restarts() {
	first := &m.rules.Levels[0]
	m.require(m.e.Level == first.ID && m.e.Due.Equal(first.due(m.e.At)), Malformed, "level")
}

// roles are the roles of all levels of the stage.
func (m *move) roles() (roles []string) {
	for _, l := range m.rules.Levels {
		roles = append(roles, l.Roles...)
	}
	return roles
}

func (m *move) appointed(id string) *Person {
	p := m.p.Organisation.person(id)
	if p == nil || !p.in(m.day) {
		m.refuse(NotAppointed, id)
		return nil
	}
	return p
}

// reviewer checks that By has part in the stage's review. It is no decision, and takes no training.
func (m *move) reviewer() {
	if p := m.appointed(m.e.By); p != nil {
		roles := m.roles()
		m.require(slices.ContainsFunc(p.Roles, func(r string) bool { return slices.Contains(roles, r) }), WrongRole, m.e.By)
	}
}

// oneOf checks that the event's role is among those that may do it.
func (m *move) oneOf(roles []string) {
	m.require(slices.Contains(roles, m.e.Role), WrongRole, m.e.By)
}

// decider checks what everybody must fulfil who decides: appointment, the role's holder or a deputy, four
// eyes, and training that is valid on the day.
func (m *move) decider() {
	by, holder := m.appointed(m.e.By), m.p.Organisation.person(seat(m.e))
	if by == nil {
		return
	}
	switch {
	case holder == nil || !holder.in(m.day):
		m.refuse(NotAppointed, seat(m.e))
	case holder.ID != by.ID && !slices.Contains(holder.Deputies, by.ID):
		m.refuse(NotTheDeputy, by.ID)
	case !slices.Contains(holder.Roles, m.e.Role):
		m.refuse(WrongRole, holder.ID)
	}
	if entered := m.c.Screening.EnteredBy; m.p.Procedure.FourEyes {
		m.require(entered != "", EntererUnknown, "")
		// Who stands in for somebody does not see with other eyes.
		m.require(!by.enters(entered) && (holder == nil || !holder.enters(entered)), EnteredTheOrder, entered)
	}
	m.require(m.p.Training.trained(m.e.Role, m.e.Training, m.day), NotTrained, m.e.By)
}

func (m *move) vote() {
	if m.level == nil {
		m.refuse(WrongStatus, m.c.Level)
		return
	}
	m.oneOf(m.level.Roles)
	m.decider()
	m.require(m.e.Choice == Approve || m.e.Choice == Refuse || m.e.Choice == Abstain, Malformed, "choice")
	m.require(m.e.Choice == Approve || len(m.e.Conditions) == 0, Malformed, "conditions")
	m.require(!slices.Contains(m.e.Conditions, ""), Malformed, "conditions")
	for _, v := range m.c.Votes {
		same := v.By == m.e.By || v.Seat == m.e.By || v.By == seat(m.e) || v.Seat == seat(m.e)
		if same && (v.Level == m.c.Level || m.p.Procedure.FourEyes) {
			m.refuse(AlreadyVoted, v.By)
			return
		}
	}
}

func (m *move) escalate() {
	if m.next == nil {
		m.refuse(NoHigherLevel, m.c.Level)
		return
	}
	m.require(m.e.Level == m.next.ID && m.e.Due.Equal(m.next.due(m.e.At)), Malformed, "level")
	if m.e.By == System {
		m.require(m.e.At.After(m.c.Due), NotOverdue, "")
		return
	}
	m.reviewer()
}

// decided checks that the votes are enough and that the event counts them right.
func (m *move) decided() {
	if m.level == nil {
		m.refuse(WrongStatus, m.c.Level)
		return
	}
	m.oneOf(m.level.Roles)
	m.decider()
	m.questions()
	cast, approvals := m.count()
	m.require(cast >= m.level.Quorum, NoQuorum, "")
	approved, final := approvals >= m.level.Approvals, m.final()
	m.require(m.e.Approved == approved && m.e.Final == (approved && final), Malformed, "approved")
	if !approved {
		m.require(approvals+m.undecided() < m.level.Approvals, Undecided, "")
		return
	}
	if final {
		m.releasable()
		return
	}
	if m.next == nil {
		m.refuse(BeyondAuthority, m.c.Level)
		return
	}
	m.require(m.e.Level == m.next.ID && m.e.Due.Equal(m.next.due(m.e.At)), Malformed, "level")
}

// count is how many have voted at the level, and how many of them approved.
func (m *move) count() (cast, approvals int) {
	for _, v := range m.c.Votes {
		if v.Level == m.c.Level {
			cast++
			if v.Choice == Approve {
				approvals++
			}
		}
	}
	return cast, approvals
}

// final reports whether an approval of the level needs no higher one: the case is within the authority of
// a role that approved it, and is not one that must go all the way up.
func (m *move) final() bool {
	if m.next != nil && (m.p.Procedure.Committee == EveryOrder || m.c.Vetoed) {
		return false
	}
	return slices.ContainsFunc(m.c.Votes, func(v Vote) bool {
		r := m.p.Organisation.role(v.Role)
		return v.Level == m.c.Level && v.Choice == Approve && r != nil && r.Authority.covers(&m.c.Screening)
	})
}

// undecided is how many seats of the level have not voted and still can.
func (m *move) undecided() (n int) {
	for i := range m.p.Organisation.People {
		p := &m.p.Organisation.People[i]
		voted := slices.ContainsFunc(m.c.Votes, func(v Vote) bool {
			return (v.Seat == p.ID || v.By == p.ID) && (v.Level == m.c.Level || m.p.Procedure.FourEyes)
		})
		seated := slices.ContainsFunc(p.Roles, func(r string) bool { return slices.Contains(m.level.Roles, r) })
		if seated && p.in(m.day) && !voted && !(m.p.Procedure.FourEyes && p.enters(m.c.Screening.EnteredBy)) {
			n++
		}
	}
	return n
}

// released checks the release itself. Where the programme asks nobody, the system releases.
func (m *move) released() {
	free := !m.p.Procedure.asks(m.c)
	if m.e.By == System {
		m.require(free, WrongRole, System)
	} else {
		m.oneOf(m.roles())
		m.decider()
	}
	m.require(free || m.c.Status == ApprovedCase, WrongStatus, string(m.c.Status))
	m.questions()
	m.releasable()
	facts, err := m.c.facts()
	m.require(err == nil && m.e.Facts != nil && *m.e.Facts == facts, FactsChanged, "")
	m.require(m.e.Until == m.until(), Malformed, "until")
}

// until is the last day of a release, "" for no end: that of the stage's term, or an earlier one on which a paper or
// clearance lapses that the release rests on.
func (m *move) until() (last Date) {
	last = m.c.Screening.Until
	if m.rules.ValidDays > 0 {
		last = earlier(last, m.day.AddDays(m.rules.ValidDays))
	}
	onFile := m.c.onFile(m.day)
	for _, n := range append(slices.Clone(m.c.Screening.Needs), Need{Documents: m.rules.Documents}) {
		last = earlier(last, n.until(onFile))
	}
	return last
}

func (m *move) questions() {
	for _, q := range m.c.Questions {
		m.require(q.Answer != "", QuestionsOpen, q.ID)
	}
}

// releasable checks what any release of the stage asks, whoever gives it.
func (m *move) releasable() {
	s := &m.c.Screening
	m.require(!above(s.Outcome, m.rules.ReleaseUpTo), OutcomeBarred, string(s.Outcome))
	m.require(s.Until == "" || m.day <= s.Until, ScreeningStale, "")
	if days := m.rules.ValidDays; days > 0 {
		m.require(m.day <= dated.DateOf(s.At).AddDays(days), ScreeningStale, "")
	}
	onFile := m.c.onFile(m.day)
	for _, t := range m.rules.Documents {
		m.require(Need{Documents: []screening.DocumentType{t}}.met(onFile), PapersMissing, string(t))
	}
	for _, n := range s.Needs {
		m.require(n.met(onFile), PapersMissing, n.Finding)
	}
	for _, stage := range m.rules.After {
		m.require(slices.Contains(m.c.Passed, stage), StageNotPassed, string(stage))
	}
	if slices.Index(stages, s.Stage) < slices.Index(stages, screening.BeforeShipment) {
		return // conditions may be met until the goods go
	}
	for _, x := range m.c.Conditions {
		m.require(x.MetBy != "", ConditionsOpen, x.ID)
	}
}
