package icp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestNothingIsReleasedWithoutItsDue moves cases at random, right and wrong, and judges every release from the
// recorded events by rules written down here a second time. More of it: go test ./icp -run Due -rapid.checks=20000
func TestNothingIsReleasedWithoutItsDue(t *testing.T) {
	everyOrder := bytes.Replace(sampleYAML(t), []byte("committee: held_orders"), []byte("committee: every_order"), 1)
	all, err := icp.LoadProgramme(bytes.NewReader(everyOrder))
	require.NoError(t, err)
	held, every := newDesk(t, sample(t)), newDesk(t, all)
	n, released := 0, map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		n++
		w := &walk{desk: held, rt: rt, id: fmt.Sprintf("SO-%d", n), released: released}
		if w.everyOrder = rapid.Bool().Draw(rt, "every order"); w.everyOrder {
			w.desk = every
		}
		w.s = situation{order: plainOrder(w.id), stage: screening.PreContract, outcome: screening.Review, lists: "a"}
		w.s.order.EnteredBy = rapid.SampledFrom([]string{"engineer-a", "engineer-a", "engineer-a", "SALES07", "sales07", "head-legal", "officer-a", "COMP.A", ""}).Draw(rt, "entered")
		w.s.needs = rapid.SampledFrom([][]screening.DocumentType{nil, {screening.EndUseCertificate}}).Draw(rt, "needs at first")
		w.s.outcome = rapid.SampledFrom([]screening.Outcome{screening.Review, screening.Review, screening.Clear}).Draw(rt, "outcome at first")
		w.screen()
		for range rapid.IntRange(10, 40).Draw(rt, "steps") {
			w.step()
		}
		if len(w.reported) == 0 {
			return
		}
		events, err := w.cases.Events(context.Background(), w.id)
		require.NoError(rt, err)
		require.Equal(rt, w.accepted, len(events), "no event is lost, none is added")
		w.judge(events)
	})
	t.Log(released)
	for _, kind := range []string{"by people", "before_shipment", "after a refusal", "with conditions", "with papers"} {
		require.Positive(t, released[kind], "no walk led to such a release, so that the test shows nothing: %s", kind)
	}
}

// walk is a case moved at random.
type walk struct {
	*desk
	rt       *rapid.T
	id       string
	s        situation
	c        icp.Case
	hours    int
	accepted int
	// everyOrder is set where the programme asks the committee about every order.
	everyOrder bool
	// released counts releases of all walks by what they show.
	released map[string]int
	// reported are the situations by the ids of their reports.
	reported map[string]situation
}

func (w *walk) screen() {
	id := w.report(w.s, hour(w.hours))
	c, err := w.cases.Open(context.Background(), id, hour(w.hours))
	if w.reported == nil {
		w.reported = map[string]situation{}
	}
	w.reported[id] = w.s
	if errors.Is(err, icp.ErrNotHeld) {
		return
	}
	require.NoError(w.rt, err)
	w.c, w.accepted = c, c.Seq
}

func (w *walk) step() {
	w.hours += rapid.IntRange(0, 12).Draw(w.rt, "hours")
	people := []string{"gm", "head-legal", "head-logistics", "head-engineering", "officer-a", "officer-b", "engineer-a", "archivist", "stranger"}
	switch kind := rapid.SampledFrom([]string{"on", "on", "on", "on", "on", "on", "on", "on", "on", "screen", "vote", "decided", "released", "other"}).Draw(w.rt, "kind"); kind {
	case "on":
		w.on()
	case "screen":
		switch rapid.IntRange(0, 5).Draw(w.rt, "change") {
		case 0:
			w.s.lists += "+"
		case 1:
			w.s.order.Note += "+"
		case 2:
			w.s.outcome = rapid.SampledFrom(screening.Outcomes).Draw(w.rt, "outcome")
		case 3:
			w.s.stage = rapid.SampledFrom([]screening.Stage{screening.PreContract, screening.BeforeShipment, screening.AfterSales}).Draw(w.rt, "stage")
		case 4:
			w.s.needs = rapid.SampledFrom([][]screening.DocumentType{nil, {screening.EndUseCertificate}}).Draw(w.rt, "needs")
		}
		w.screen()
	case "vote":
		e := icp.Event{Kind: icp.Voted, By: rapid.SampledFrom(people).Draw(w.rt, "by"), Reason: "r"}
		e.Choice = rapid.SampledFrom([]icp.Choice{icp.Approve, icp.Approve, icp.Approve, icp.Refuse, icp.Abstain}).Draw(w.rt, "choice")
		e.For = rapid.SampledFrom([]string{"", "", "", "gm", "officer-a"}).Draw(w.rt, "for")
		if e.Choice == icp.Approve {
			e.Conditions = rapid.SampledFrom([][]string{nil, nil, {"photo of the site"}}).Draw(w.rt, "conditions")
		}
		w.try(e)
	case "other":
		e := icp.Event{Kind: rapid.SampledFrom(icp.EventKinds).Draw(w.rt, "event"), By: rapid.SampledFrom(append(people, icp.System)).Draw(w.rt, "by"), Reason: "r"}
		e.To, e.Question, e.Text, e.Condition = "officer-a", "q1", "text", "c1"
		e.Document = w.certificate()
		w.try(e)
	default:
		w.try(icp.Event{Kind: icp.EventKind(kind), By: rapid.SampledFrom(people).Draw(w.rt, "by"), Reason: "r"})
	}
}

// on does what brings the case on its way, where it may.
func (w *walk) on() {
	e := icp.Event{Kind: icp.Voted, Choice: icp.Approve, Reason: "r"}
	switch w.c.Status {
	case icp.UnderReview:
		voters := []string{"officer-a"}
		if w.c.Level == "committee" {
			voters = []string{"gm", "head-logistics", "head-engineering"}
		}
		cast := 0
		for _, v := range w.c.Votes {
			if v.Level == w.c.Level {
				cast++
			}
		}
		if e.By = voters[cast%len(voters)]; cast >= len(voters) {
			e.Kind, e.Choice = icp.Decided, ""
		} else if rapid.IntRange(0, 2).Draw(w.rt, "condition") == 0 {
			e.Conditions = []string{"photo of the site"}
		}
		if rapid.IntRange(0, 9).Draw(w.rt, "veto") == 0 {
			e = icp.Event{Kind: icp.Vetoed, By: "gm", Reason: "r"}
		}
		if missing := len(w.s.needs) > 0 && len(w.c.Filed) == 0; missing {
			e = icp.Event{Kind: icp.DocumentAdded, By: "sales", Document: w.certificate()}
		}
	case icp.ApprovedCase:
		e = icp.Event{Kind: icp.Released, By: "gm"}
		for _, x := range w.c.Conditions {
			if x.MetBy == "" {
				e = icp.Event{Kind: icp.ConditionMet, By: "gm", Condition: x.ID}
			}
		}
	case icp.ReleasedCase:
		w.s.stage = map[screening.Stage]screening.Stage{screening.PreContract: screening.BeforeShipment}[w.s.stage]
		if w.s.stage == "" {
			w.s.stage = screening.AfterSales
		}
		w.screen()
		return
	case icp.RefusedCase:
		w.s.order.Note += "!"
		w.s.outcome = rapid.SampledFrom([]screening.Outcome{screening.Clear, screening.Review}).Draw(w.rt, "cured")
		w.screen()
		return
	default:
		w.s.outcome = screening.Review
		w.screen()
		return
	}
	w.try(e)
}

// certificate is a paper that may lapse soon.
func (w *walk) certificate() *screening.Document {
	d := &screening.Document{Type: screening.EndUseCertificate, SHA256: fmt.Sprintf("%064d", w.hours)}
	if days := rapid.IntRange(-1, 20).Draw(w.rt, "valid days"); days < 18 {
		d.ValidUntil = dayOf(hour(w.hours)).AddDays(days)
	}
	return d
}

func dayOf(t time.Time) icp.Date { return icp.Date(t.Format(time.DateOnly)) }

func (w *walk) try(e icp.Event) {
	e.Case, e.At = w.id, hour(w.hours)
	c, err := w.cases.Do(context.Background(), e)
	var refused *icp.MoveError
	switch {
	case errors.Is(err, icp.ErrNoCase):
	case errors.As(err, &refused):
		require.NotEmpty(w.rt, refused.Reasons)
	default:
		require.NoError(w.rt, err)
		w.accepted++
		w.c = c
	}
}

// judge looks for what each release should not have come to pass without.
func (w *walk) judge(events []icp.Event) {
	for i, e := range events {
		if e.Kind != icp.Released {
			continue
		}
		last := latest(events[:i], func(e icp.Event) bool { return e.Screening != nil })
		s := w.reported[events[last].Screening.Report]
		w.released[string(s.stage)]++
		require.Equal(w.rt, events[last].Screening.Facts.Lists, e.Facts.Lists, "released on the lists of the last screening")
		require.NotEqual(w.rt, screening.Stop, s.outcome, "what is prohibited is not released")
		if s.stage == screening.BeforeShipment {
			require.True(w.rt, w.wasReleased(events[:i], screening.PreContract, s), "the stage before")
			require.NotEmpty(w.rt, e.Until)
			require.LessOrEqual(w.rt, e.Until, dayOf(e.At).AddDays(14))
		}
		w.judgePapers(events[:i], e, s)
		if s.stage != screening.PreContract {
			w.judgeConditions(events[:i])
		}
		vetoed := latest(events[:i], func(e icp.Event) bool { return e.Kind == icp.Vetoed }) >= 0
		refused := latest(events[:i], func(e icp.Event) bool { return e.Kind == icp.Decided && !e.Approved }) >= 0
		if vetoed || refused {
			w.released["after a refusal"]++
		}
		if !s.outcome.Holds() && !w.everyOrder && !vetoed && !refused {
			w.released["by the system"]++
			continue
		}
		w.released["by people"]++
		w.mayDecide(e, s)
		decided := latest(events[:i], func(e icp.Event) bool { return e.Kind == icp.Decided && e.Final })
		require.GreaterOrEqual(w.rt, decided, 0)
		w.judgeVotes(events[:decided+1], s, vetoed || w.everyOrder)
		require.NotContains(w.rt, []icp.EventKind{icp.Vetoed, icp.DocumentAdded, icp.Answered}, kindsAfter(events[decided+1:i]), "nothing new since the decision")
	}
}

// judgePapers looks for the papers that were asked for, good on the day, and for a release that outlasts them.
func (w *walk) judgePapers(events []icp.Event, e icp.Event, s situation) {
	for _, need := range s.needs {
		if !s.outcome.Holds() {
			continue
		}
		day, last, endless := dayOf(e.At), icp.Date(""), false
		for _, f := range events {
			if f.Kind == icp.DocumentAdded && f.Document.Type == need && (f.Document.ValidUntil == "" || f.Document.ValidUntil >= day) {
				last, endless = max(last, f.Document.ValidUntil), endless || f.Document.ValidUntil == ""
			}
		}
		require.True(w.rt, endless || last != "", "the paper that was asked for")
		require.True(w.rt, endless || e.Until != "" && e.Until <= last, "until %q, the paper until %q", e.Until, last)
		w.released["with papers"]++
	}
}

// judgeConditions looks for every condition under which somebody approved, and whether it was met.
func (w *walk) judgeConditions(events []icp.Event) {
	now, err := icp.Replay(events)
	require.NoError(w.rt, err)
	for _, x := range now.Conditions {
		require.NotEmpty(w.rt, x.MetBy, x.ID)
		met := latest(events, func(e icp.Event) bool { return e.Kind == icp.ConditionMet && e.Condition == x.ID })
		require.GreaterOrEqual(w.rt, met, 0)
		w.released["with conditions"]++
	}
	for i, e := range events {
		if e.Kind != icp.Decided || !e.Final {
			continue
		}
		then, err := icp.Replay(events[:i])
		require.NoError(w.rt, err)
		for _, v := range then.Votes {
			for _, text := range v.Conditions {
				require.True(w.rt, slices.ContainsFunc(now.Conditions, func(x icp.CaseCondition) bool {
					return x.Text == text && x.Stage == then.Screening.Stage
				}), "a condition was forgotten")
			}
		}
	}
}

func kindsAfter(events []icp.Event) icp.EventKind {
	for _, e := range events {
		if e.Kind == icp.Vetoed || e.Kind == icp.DocumentAdded || e.Kind == icp.Answered {
			return e.Kind
		}
	}
	return ""
}

// judgeVotes counts the votes that the decision at the end of the events rests on.
func (w *walk) judgeVotes(events []icp.Event, s situation, committee bool) {
	level, approvals, voters := "", 0, map[string]bool{}
	for i := len(events) - 2; i >= 0; i-- {
		e := events[i]
		if e.Kind != icp.Voted {
			if e.Kind == icp.Questioned || e.Kind == icp.Assigned || e.Kind == icp.ConditionMet {
				continue
			}
			if e.Kind == icp.Rescreened {
				before := events[latest(events[:i], func(e icp.Event) bool { return e.Screening != nil })]
				if sameButLists(w.reported[before.Screening.Report], w.reported[e.Screening.Report]) {
					continue // the votes outlast another list snapshot that finds the same
				}
			}
			break
		}
		w.mayDecide(e, s)
		seat := e.By
		if e.For != "" {
			seat = e.For
		}
		require.False(w.rt, voters[seat] || voters[e.By], "one vote each")
		voters[seat], voters[e.By] = true, true
		if e.Choice == icp.Approve {
			approvals++
		}
		level = e.Role
	}
	switch level {
	case "officer":
		require.GreaterOrEqual(w.rt, approvals, 1)
		require.NotEqual(w.rt, screening.Require, s.outcome, "beyond the office")
		require.False(w.rt, committee, "the committee is asked")
	default:
		require.GreaterOrEqual(w.rt, approvals, 2)
		require.GreaterOrEqual(w.rt, len(voters), 3)
	}
}

// mayDecide judges who acted: not who entered the order, nor anybody whose training has run out.
func (w *walk) mayDecide(e icp.Event, s situation) {
	entered := s.order.EnteredBy
	require.NotEmpty(w.rt, entered)
	if person, ok := map[string]string{"COMP.A": "officer-a", "sales07": "engineer-a", "SALES07": "engineer-a"}[entered]; ok {
		entered = person
	}
	require.NotEqual(w.rt, entered, e.By)
	require.NotEqual(w.rt, entered, e.For)
	require.Contains(w.rt, []string{"gm", "head-legal", "head-logistics", "head-engineering", "officer-a", "officer-b", "engineer-a"}, e.By)
	if e.By == "officer-b" {
		require.True(w.rt, e.At.Before(time.Date(2026, 10, 14, 0, 0, 0, 0, time.UTC)), "the training ran out")
	}
	require.Contains(w.rt, []string{"chair", "member", "officer"}, e.Role)
}

// wasReleased reports whether the same order was released at a stage.
func (w *walk) wasReleased(events []icp.Event, stage screening.Stage, s situation) bool {
	for i, e := range events {
		if e.Kind == icp.Released {
			then := w.reported[events[latest(events[:i], func(e icp.Event) bool { return e.Screening != nil })].Screening.Report]
			if then.stage == stage && then.order.Note == s.order.Note {
				return true
			}
		}
	}
	for _, r := range w.reported {
		if r.stage == stage && r.order.Note == s.order.Note && !r.outcome.Holds() && !w.everyOrder {
			return true
		}
	}
	return false
}

func sameButLists(a, b situation) bool {
	return a.stage == b.stage && a.outcome == b.outcome && a.order.Note == b.order.Note &&
		(!a.outcome.Holds() || slices.Equal(a.needs, b.needs)) // what is not held says nothing of what it needs
}

// latest is the place of the last event that fits, -1 where none does.
func latest(events []icp.Event, fits func(icp.Event) bool) int {
	for i := len(events) - 1; i >= 0; i-- {
		if fits(events[i]) {
			return i
		}
	}
	return -1
}
