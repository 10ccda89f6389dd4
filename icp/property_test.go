package icp_test

import (
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
// recorded events by rules written down here a second time.
func TestNothingIsReleasedWithoutItsDue(t *testing.T) {
	d := newDesk(t, sample(t))
	n, released := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		w := &walk{desk: d, rt: rt, id: fmt.Sprintf("SO-%d", n)}
		w.s = situation{order: plainOrder(w.id), stage: screening.PreContract, outcome: screening.Review, lists: "a"}
		w.s.order.EnteredBy = rapid.SampledFrom([]string{"engineer-a", "officer-a", "head-legal", ""}).Draw(rt, "entered")
		w.screen()
		for range rapid.IntRange(5, 40).Draw(rt, "steps") {
			w.step()
		}
		if len(w.reported) == 0 {
			return
		}
		events, err := d.cases.Events(context.Background(), w.id)
		require.NoError(rt, err)
		require.Equal(rt, w.accepted, len(events), "no event is lost, none is added")
		released += w.judge(events)
	})
	t.Logf("released %d", released)
	require.Positive(t, released, "no walk led to a release: the test shows nothing")
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
	// reported are the situations by the ids of their reports.
	reported map[string]situation
}

func (w *walk) screen() {
	id := w.report(w.s, hour(w.hours))
	c, err := w.cases.Open(context.Background(), id, hour(w.hours))
	require.NoError(w.rt, err)
	if w.reported == nil {
		w.reported = map[string]situation{}
	}
	w.reported[id] = w.s
	w.c, w.accepted = c, c.Seq
}

func (w *walk) step() {
	w.hours += rapid.IntRange(0, 12).Draw(w.rt, "hours")
	people := []string{"gm", "head-legal", "head-logistics", "head-engineering", "officer-a", "officer-b", "engineer-a", "archivist", "stranger"}
	switch kind := rapid.SampledFrom([]string{"screen", "vote", "vote", "vote", "vote", "decided", "decided", "released", "released", "other"}).Draw(w.rt, "kind"); kind {
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
		w.try(e)
	case "other":
		e := icp.Event{Kind: rapid.SampledFrom(icp.EventKinds).Draw(w.rt, "event"), By: rapid.SampledFrom(append(people, icp.System)).Draw(w.rt, "by"), Reason: "r"}
		e.To, e.Question, e.Text, e.Condition = "officer-a", "q1", "text", "c1"
		e.Document = &screening.Document{Type: screening.EndUseCertificate, SHA256: fmt.Sprintf("%064d", w.hours)}
		w.try(e)
	default:
		w.try(icp.Event{Kind: icp.EventKind(kind), By: rapid.SampledFrom(people).Draw(w.rt, "by"), Reason: "r"})
	}
}

func (w *walk) try(e icp.Event) {
	e.Case, e.At = w.id, hour(w.hours)
	c, err := w.cases.Do(context.Background(), e)
	var refused *icp.MoveError
	switch {
	case errors.As(err, &refused):
		require.NotEmpty(w.rt, refused.Reasons)
	case errors.Is(err, icp.ErrReplay): // possible by the programme, not by the case: a question asked twice
	default:
		require.NoError(w.rt, err)
		w.accepted++
		w.c = c
	}
}

// judge counts the releases, after it has found each of them due.
func (w *walk) judge(events []icp.Event) (released int) {
	for i, e := range events {
		if e.Kind != icp.Released {
			continue
		}
		released++
		last := latest(events[:i], func(e icp.Event) bool { return e.Screening != nil })
		s := w.reported[events[last].Screening.Report]
		require.Equal(w.rt, events[last].Screening.Facts.Lists, e.Facts.Lists, "released on the lists of the last screening")
		require.NotEqual(w.rt, screening.Stop, s.outcome, "what is prohibited is not released")
		if s.stage == screening.BeforeShipment {
			require.True(w.rt, w.wasReleased(events[:i], screening.PreContract, s), "the stage before")
		}
		for _, need := range s.needs {
			filed := latest(events[:i], func(e icp.Event) bool { return e.Kind == icp.DocumentAdded && e.Document.Type == need })
			require.True(w.rt, !s.outcome.Holds() || filed >= 0, "the paper that was asked for")
		}
		if !s.outcome.Holds() {
			continue
		}
		w.mayDecide(e, s)
		decided := latest(events[:i], func(e icp.Event) bool { return e.Kind == icp.Decided && e.Final })
		require.GreaterOrEqual(w.rt, decided, 0)
		w.judgeVotes(events[:decided+1], s)
		require.NotContains(w.rt, []icp.EventKind{icp.Vetoed, icp.DocumentAdded, icp.Answered}, kindsAfter(events[decided+1:i]), "nothing new since the decision")
	}
	return released
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
func (w *walk) judgeVotes(events []icp.Event, s situation) {
	level, approvals, voters := "", 0, map[string]bool{}
	for i := len(events) - 2; i >= 0; i-- {
		e := events[i]
		if e.Kind != icp.Voted {
			if e.Kind == icp.Questioned || e.Kind == icp.Assigned || e.Kind == icp.ConditionMet {
				continue
			}
			if e.Screening != nil && e.Kind == icp.Rescreened && sameButLists(w.reported[e.Screening.Report], s) {
				continue // the votes outlast another list snapshot that finds the same
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
	default:
		require.GreaterOrEqual(w.rt, approvals, 2)
		require.GreaterOrEqual(w.rt, len(voters), 3)
	}
}

// mayDecide judges who acted: not who entered the order, nor anybody whose training has run out.
func (w *walk) mayDecide(e icp.Event, s situation) {
	require.NotEmpty(w.rt, s.order.EnteredBy)
	require.NotEqual(w.rt, s.order.EnteredBy, e.By)
	require.NotEqual(w.rt, s.order.EnteredBy, e.For)
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
		if r.stage == stage && r.order.Note == s.order.Note && !r.outcome.Holds() {
			return true
		}
	}
	return false
}

func sameButLists(a, b situation) bool {
	return a.stage == b.stage && a.outcome == b.outcome && a.order.Note == b.order.Note && slices.Equal(a.needs, b.needs)
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
