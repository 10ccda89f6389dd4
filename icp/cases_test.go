package icp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

func TestOpen(t *testing.T) {
	d := newDesk(t, sample(t))
	s := situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Clear, lists: "a"}

	_, err := d.cases.Open(t.Context(), "R-none", start)
	require.ErrorIs(t, err, record.ErrNotFound, "a report that is not in the log opens nothing")
	_, err = d.open(s, start)
	require.ErrorIs(t, err, icp.ErrNotHeld)
	_, err = d.cases.Get(t.Context(), "SO-1")
	require.ErrorIs(t, err, icp.ErrNoCase)
	_, err = d.cases.Do(t.Context(), icp.Event{Case: "SO-1", Kind: icp.Assigned, At: start, By: "officer-a", To: "officer-b"})
	require.ErrorIs(t, err, icp.ErrNoCase)

	s.outcome = screening.Review
	older, newer := d.report(s, start), d.report(s, hour(1))
	c, err := d.cases.Open(t.Context(), newer, hour(1))
	require.NoError(t, err)
	require.Equal(t, 1, c.Seq)
	again, err := d.cases.Open(t.Context(), newer, hour(2))
	require.NoError(t, err)
	require.Equal(t, c, again, "the same report again records nothing")
	_, err = d.cases.Open(t.Context(), older, hour(2))
	require.ErrorIs(t, err, icp.ErrOlderReport)
}

// TestRecorder: a report that opens a case is recorded with it, every other one by itself.
func TestRecorder(t *testing.T) {
	d := newDesk(t, sample(t))
	recorder := d.cases.Recorder()
	held := situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}
	index := func(id string) int64 {
		rec, err := d.log.Get(t.Context(), id)
		require.NoError(t, err)
		return rec.Index
	}

	first := d.made(held, start)
	require.NoError(t, recorder.Record(t.Context(), first))
	require.Equal(t, index(icp.ReportRecord(first.ID))+1, index("case/SO-1/1"))
	c, err := d.cases.Get(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Equal(t, first.ID, c.Screening.Report)
	told, err := d.cases.Open(t.Context(), first.ID, hour(1))
	require.NoError(t, err)
	require.Equal(t, c, told, "Open finds it opened")
	require.NoError(t, recorder.Record(t.Context(), first), "recorded again it stays as it is")

	second := d.made(held, hour(1))
	require.NoError(t, recorder.Record(t.Context(), second))
	c, err = d.cases.Get(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Equal(t, 1, c.Seq, "a case is moved by Open")
	c, err = d.cases.Open(t.Context(), second.ID, hour(1))
	require.NoError(t, err)
	require.Equal(t, second.ID, c.Screening.Report)

	free := held
	free.order, free.outcome = plainOrder("SO-2"), screening.Clear
	clear := d.made(free, hour(2))
	require.NoError(t, recorder.Record(t.Context(), clear))
	index(icp.ReportRecord(clear.ID))
	_, err = d.cases.Get(t.Context(), "SO-2")
	require.ErrorIs(t, err, icp.ErrNoCase)

	other := first
	other.OrderID = "SO-3"
	require.ErrorIs(t, recorder.Record(t.Context(), other), record.ErrConflict)

	unknown := held
	unknown.order, unknown.stage = plainOrder("SO-4"), "no such stage"
	refused := d.made(unknown, hour(3))
	require.NoError(t, recorder.Record(t.Context(), refused), "no report stays unrecorded because no case can be opened")
	var move *icp.MoveError
	_, err = d.cases.Open(t.Context(), refused.ID, hour(3))
	require.ErrorAs(t, err, &move)

	// Of many reports on one order one opens the case, on whichever machine, and all are recorded.
	held.order = plainOrder("SO-5")
	var wg sync.WaitGroup
	reports := make([]screening.Record, 20)
	for i := range reports {
		reports[i] = d.made(held, hour(4))
		wg.Go(func() {
			if err := icp.NewCases(d.log, d.p).Recorder().Record(context.Background(), reports[i]); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	events, err := d.cases.Events(t.Context(), "SO-5")
	require.NoError(t, err)
	require.Len(t, events, 1)
	for _, r := range reports {
		index(icp.ReportRecord(r.ID))
	}
}

// TestTwoAtOnce lets two machines vote on one log: every vote counts once, none is lost.
func TestTwoAtOnce(t *testing.T) {
	d := newDesk(t, sample(t))
	_, err := d.open(situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Require, lists: "a"}, start)
	require.NoError(t, err)
	d.move(icp.Event{Case: "SO-1", Kind: icp.Escalated, At: hour(1), By: "officer-a", Reason: "beyond the office"})
	voters := []string{"gm", "head-legal", "head-logistics", "head-engineering"}
	var wg sync.WaitGroup
	errs := make([]error, len(voters))
	for i, by := range voters {
		wg.Go(func() {
			machine := icp.NewCases(d.log, d.p)
			_, errs[i] = machine.Do(context.Background(), icp.Event{Case: "SO-1", Kind: icp.Voted, At: hour(2), By: by, Choice: icp.Approve, Reason: "r"})
		})
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	c, err := d.cases.Get(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Len(t, c.Votes, len(voters))
	require.Equal(t, 2+len(voters), c.Seq)
}

func TestList(t *testing.T) {
	d := newDesk(t, sample(t))
	for i, id := range []string{"SO-1", "SO-2", "SO-3"} {
		_, err := d.open(situation{order: plainOrder(id), stage: screening.PreContract, outcome: screening.Review, lists: "a"}, hour(i))
		require.NoError(t, err)
	}
	other := icp.NewCases(d.log, d.p)
	ids := func(f icp.Filter) (ids []string) {
		cases, err := other.List(t.Context(), f)
		require.NoError(t, err)
		for _, c := range cases {
			ids = append(ids, c.ID)
		}
		return ids
	}
	require.Equal(t, []string{"SO-1", "SO-2", "SO-3"}, ids(icp.Filter{}))
	d.move(icp.Event{Case: "SO-2", Kind: icp.Assigned, At: hour(3), By: "officer-a", To: "officer-b"})
	d.move(icp.Event{Case: "SO-3", Kind: icp.Closed, At: hour(3), By: "officer-a", Reason: "cancelled"})
	require.Equal(t, []string{"SO-2"}, ids(icp.Filter{AssignedTo: "officer-b"}))
	require.Equal(t, []string{"SO-3"}, ids(icp.Filter{Statuses: []icp.Status{icp.ClosedCase}}))
	require.Equal(t, []string{"SO-1", "SO-2"}, ids(icp.Filter{Level: "office", Statuses: []icp.Status{icp.UnderReview}}))
	require.Equal(t, []string{"SO-1"}, ids(icp.Filter{DueBefore: hour(25)}))
	require.Empty(t, ids(icp.Filter{Stage: screening.AfterSales}))
}

// TestReplayFindsWhatIsMissing takes single events out of a case, and doubles them.
func TestReplayFindsWhatIsMissing(t *testing.T) {
	d := newDesk(t, sample(t))
	_, err := d.open(situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}, start)
	require.NoError(t, err)
	d.move(icp.Event{Case: "SO-1", Kind: icp.Voted, At: hour(1), By: "officer-a", Choice: icp.Approve, Reason: "r"})
	d.move(icp.Event{Case: "SO-1", Kind: icp.Decided, At: hour(1), By: "officer-a", Reason: "r"})
	d.move(icp.Event{Case: "SO-1", Kind: icp.Released, At: hour(1), By: "officer-a"})
	events, err := d.cases.Events(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Len(t, events, 4)
	for i := range events {
		if i < len(events)-1 {
			_, err := icp.Replay(append(append([]icp.Event{}, events[:i]...), events[i+1:]...))
			require.ErrorIs(t, err, icp.ErrReplay)
		}
		_, err := icp.Replay(append(append([]icp.Event{}, events[:i+1]...), events[i:]...))
		require.ErrorIs(t, err, icp.ErrReplay)
	}
	_, err = icp.Replay(nil)
	require.ErrorIs(t, err, icp.ErrReplay)
}

// TestScreenedForReal opens a case from a report of the engine: screening's side and ours agree on what a report is.
func TestScreenedForReal(t *testing.T) {
	d := newDesk(t, sample(t))
	snap, err := lists.NewSnapshot(lists.List{ID: "own", Title: "Own", Regime: "OWN", Published: "2026-10-12", Entities: []lists.Entity{
		{ID: "x", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra", Kind: lists.PrimaryName}}},
	}})
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	defer index.Close()
	s, err := screening.New(screening.Config{Lists: index, Recorder: icp.NewRecorder(d.log)})
	require.NoError(t, err)
	defer s.Close()
	screen := func(o screening.Order, hours int) icp.Case {
		rep, err := s.Screen(t.Context(), o, screening.Request{At: hour(hours), AsOf: "2026-10-12"})
		require.NoError(t, err)
		require.True(t, rep.Outcome.Holds())
		c, err := d.cases.Open(t.Context(), rep.ID, hour(hours))
		require.NoError(t, err)
		require.Equal(t, rep.Outcome, c.Screening.Outcome)
		require.Equal(t, snap.Digest(), c.Screening.Facts.Lists)
		return c
	}
	o := plainOrder("SO-9")
	first := screen(o, 0)
	require.Empty(t, first.Screening.Facts.Changed(screen(o, 1).Screening.Facts), "the same order an hour later")
	o.Parties[0].Name = "Beispiel Bau AG"
	require.Contains(t, first.Screening.Facts.Changed(screen(o, 2).Screening.Facts), "order")
}

// TestReleaseOfOtherFacts gives a release for facts that are not those of the case, as somebody does who decided on an
// older page.
func TestReleaseOfOtherFacts(t *testing.T) {
	d := newDesk(t, sample(t))
	s := situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}
	old, err := d.open(s, start)
	require.NoError(t, err)
	s.lists = "b"
	now, err := d.open(s, hour(1))
	require.NoError(t, err)
	d.move(icp.Event{Case: "SO-1", Kind: icp.Voted, At: hour(2), By: "officer-a", Choice: icp.Approve, Reason: "known since 2019"})
	d.move(icp.Event{Case: "SO-1", Kind: icp.Decided, At: hour(2), By: "officer-a", Reason: "one vote of one"})
	release := icp.Event{Case: "SO-1", Kind: icp.Released, At: hour(3), By: "officer-a", Facts: &old.Screening.Facts}
	_, err = d.cases.Do(t.Context(), release)
	var refused *icp.MoveError
	require.ErrorAs(t, err, &refused)
	require.True(t, refused.Has(icp.FactsChanged), "%v", err)
	release.Facts = nil
	c := d.move(release)
	require.True(t, c.Cleared(hour(3)))
	require.Equal(t, now.Screening.Facts.Lists, c.Releases[0].Facts.Lists)
}

// TestEventsAreInTheLog reads the records of an order as an auditor does.
func TestEventsAreInTheLog(t *testing.T) {
	d := newDesk(t, sample(t))
	_, err := d.open(situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}, start)
	require.NoError(t, err)
	d.move(icp.Event{Case: "SO-1", Kind: icp.Voted, At: hour(1), By: "officer-a", Choice: icp.Approve, Reason: "known since 2019"})
	recs, err := d.log.Subject(t.Context(), "order/SO-1")
	require.NoError(t, err)
	require.Len(t, recs, 3)
	require.Equal(t, []record.Kind{record.Report, record.CaseEvent, record.CaseEvent}, []record.Kind{recs[0].Kind, recs[1].Kind, recs[2].Kind})
	require.Contains(t, recs[2].Keys.Parties, "Beispiel Bau GmbH")
	var body bytes.Buffer
	require.NoError(t, json.Indent(&body, recs[2].Body, "", " "))
	require.Contains(t, body.String(), `"reason": "known since 2019"`)
	require.Contains(t, body.String(), `"record": "training/officer-a/deciding/2026-09-01"`)
	require.Contains(t, body.String(), d.p.Digest())
}
