package icp_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/internal/logtest"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/stretchr/testify/require"
)

// screener screens against two made-up lists, and keeps what it finds in a log.
func screener(t *testing.T, log *record.Log) *screening.Screener {
	t.Helper()
	listed := func(id, regime, name string) lists.List {
		return lists.List{ID: id, Title: id, Regime: regime, Published: "2026-10-12", Entities: []lists.Entity{
			{ID: "x", Kind: lists.Organization, Names: []lists.Name{{Text: name, Kind: lists.PrimaryName}}},
		}}
	}
	snap, err := lists.NewSnapshot(listed("made-up-us", "US", "Quibblewick Zanzarra Works"), listed("own", "OWN", "Ploverthwaite Mills"))
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, index.Close()) })
	s, err := screening.New(screening.Config{Lists: index, Recorder: icp.NewRecorder(log)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// TestRetention screens orders that different laws apply to, moves their cases on, and asks the log until when they are
// to be kept.
func TestRetention(t *testing.T) {
	log := logtest.New(t)
	s, p := screener(t, log), sample(t)
	cases := icp.NewCases(log, p)
	for name, x := range map[string]struct {
		change func(o *screening.Order)
		rule   string
		due    dated.Date
	}{
		"CN":               {func(*screening.Order) {}, "CN", "2031-10-13"},
		"US-dollars":       {func(o *screening.Order) { o.Currency = "USD" }, "OFAC", "2036-10-13"},
		"US-content":       {func(o *screening.Order) { o.Lines[0].Contents = []screening.Content{{Country: "US"}} }, "OFAC", "2036-10-13"},
		"on-a-US-list":     {func(o *screening.Order) { o.Parties[0].Name = "Quibblewick Zanzarra Works" }, "OFAC", "2036-10-13"},
		"origin-not-known": {func(o *screening.Order) { o.Lines[0].Origin = "" }, "OFAC", "2036-10-13"},
		"no-rule-known":    {func(o *screening.Order) { o.Currency = "EUR" }, "OFAC", "2036-10-13"},
	} {
		o := plainOrder(name)
		o.Parties[0].Country, o.Destination, o.Lines[0].Origin = "BR", "BR", "CN"
		x.change(&o)
		rep, err := s.Screen(t.Context(), o, screening.Request{At: start})
		require.NoError(t, err)
		require.True(t, rep.Outcome.Holds(), "lists that the policy requires are not loaded")
		_, err = cases.Open(t.Context(), rep.ID, start)
		require.NoError(t, err)

		due, err := log.Due(t.Context(), x.due.AddDays(-1))
		require.NoError(t, err)
		require.NotContains(t, subjects(due), "order/"+name)
		due, err = log.Due(t.Context(), x.due)
		require.NoError(t, err)
		require.Contains(t, subjects(due), "order/"+name)
		for _, term := range due {
			if term.Subject == "order/"+name {
				require.Equal(t, x.rule, term.Rule.Regime, name)
				require.Equal(t, 2, term.Records, "the report and the opening of its case")
			}
		}
	}

	// The term counts from the latest event of the case.
	_, err := cases.Do(t.Context(), icp.Event{Case: "CN", Kind: icp.Questioned, At: start.AddDate(0, 2, 0), By: "officer-a", Question: "1", Text: "Who installs it?", To: "engineer-a"})
	require.NoError(t, err)
	due, err := log.Due(t.Context(), "2031-12-12")
	require.NoError(t, err)
	require.NotContains(t, subjects(due), "order/CN")
	due, err = log.Due(t.Context(), "2031-12-13")
	require.NoError(t, err)
	require.Contains(t, subjects(due), "order/CN")

	// What is due may go; who asks for it afterwards is told so.
	c, err := cases.Get(t.Context(), "CN")
	require.NoError(t, err)
	_, err = log.Delete(t.Context(), record.DeletionOrder{
		ID: "deletion/1", Time: time.Date(2031, 12, 13, 8, 0, 0, 0, time.UTC), By: "records office", Reason: "the term is over", Subjects: []string{"order/CN"},
	})
	require.NoError(t, err)
	_, err = icp.ReadReport(t.Context(), log, c.Screening.Report)
	require.ErrorIs(t, err, record.ErrErased)
}

func subjects(terms []record.Term) (names []string) {
	for _, t := range terms {
		names = append(names, t.Subject)
	}
	return names
}

// TestSimulationIsKeptApart keeps a simulation in a log of screenings, where nothing may take it for one.
func TestSimulationIsKeptApart(t *testing.T) {
	log := logtest.New(t)
	s := screener(t, log)
	o := plainOrder("SO-1")
	req := screening.Request{At: start, Simulation: "rules of 2027"}
	rep, err := s.Screen(t.Context(), o, req)
	require.NoError(t, err)
	_, err = s.Screen(t.Context(), o, req)
	require.NoError(t, err, "once more is once")

	recs, err := log.OfKind(t.Context(), record.Simulation)
	require.NoError(t, err)
	require.Len(t, recs, 1)
	require.Equal(t, "simulation/"+rep.ID, recs[0].ID)
	require.Equal(t, "simulation/rules of 2027", recs[0].Subject, "it does not lengthen the term of the order")
	require.Contains(t, recs[0].Keys.Documents, "SO-1")
	_, err = icp.DecodeReport(recs[0])
	require.ErrorContains(t, err, "not a report")
	_, err = icp.NewCases(log, sample(t)).Open(t.Context(), rep.ID, start)
	require.ErrorIs(t, err, record.ErrNotFound, "no case opens on it")
	_, err = log.Receipt(t.Context(), recs[0].ID)
	require.ErrorIs(t, err, record.ErrErased, "no receipt can be made of it")

	// Neither way in takes what belongs to the other.
	var r screening.Record
	r.ID, r.Simulation = "R-1", "x"
	require.ErrorContains(t, icp.NewRecorder(log).Record(t.Context(), r), "no screening")
	r.Simulation = ""
	require.ErrorContains(t, icp.NewRecorder(log).RecordSimulation(t.Context(), r), "no simulation")
	require.NotContains(t, strings.Join(kinds(t, log), " "), string(record.Report))
}

func kinds(t *testing.T, log *record.Log) (names []string) {
	t.Helper()
	for rec, err := range log.Iterate(t.Context(), 0) {
		require.NoError(t, err)
		names = append(names, string(rec.Kind))
	}
	return names
}
