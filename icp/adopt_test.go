package icp_test

import (
	"encoding/json"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/stretchr/testify/require"
)

// TestEventsLeadToTheirProgramme checks a case's events by the programme that the log kept for them.
func TestEventsLeadToTheirProgramme(t *testing.T) {
	d := newDesk(t, sample(t))
	ctx := t.Context()
	require.Error(t, icp.RecordProgramme(ctx, d.log, d.p, "gm", "", start))
	require.NoError(t, icp.RecordProgramme(ctx, d.log, d.p, "gm", "first version", start))
	require.NoError(t, icp.RecordProgramme(ctx, d.log, d.p, "officer-a", "after a restart", hour(1)), "the same programme again is no other")
	_, err := d.open(situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}, hour(1))
	require.NoError(t, err)
	d.move(icp.Event{Case: "SO-1", Kind: icp.Voted, At: hour(2), By: "officer-a", Choice: icp.Approve, Reason: "r"})

	events, err := d.cases.Events(ctx, "SO-1")
	require.NoError(t, err)
	var c icp.Case
	for i, e := range events {
		p, err := icp.RecordedProgramme(ctx, d.log, e.Programme)
		require.NoError(t, err)
		require.Equal(t, d.p, p)
		require.NoError(t, p.Check(c, e))
		c, err = icp.Replay(events[:i+1])
		require.NoError(t, err)
	}
	_, err = icp.RecordedProgramme(ctx, d.log, "00")
	require.ErrorIs(t, err, record.ErrNotFound)
}

func TestRecordPolicy(t *testing.T) {
	d := newDesk(t, sample(t))
	p, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	require.NoError(t, icp.RecordPolicy(t.Context(), d.log, p, "officer-a", "the built-in policy", start))
	require.NoError(t, icp.RecordPolicy(t.Context(), d.log, p, "officer-a", "after a restart", hour(1)))
	stricter, err := p.Modify(func(p *screening.Policy) { p.MaxListAge = 1 })
	require.NoError(t, err)
	require.NoError(t, icp.RecordPolicy(t.Context(), d.log, stricter, "officer-a", "lists are updated every day", hour(2)))
	recs, err := d.log.Subject(t.Context(), "policy")
	require.NoError(t, err)
	require.Len(t, recs, 2)
	require.Equal(t, "policy/"+stricter.Digest(), recs[1].ID)

	// What comes back in force is recorded again, each time it does, and only then.
	for i := range 2 {
		require.NoError(t, icp.RecordPolicy(t.Context(), d.log, p, "officer-a", "too strict", hour(3+2*i)))
		require.NoError(t, icp.RecordPolicy(t.Context(), d.log, p, "officer-a", "after a restart", hour(3+2*i)))
		require.NoError(t, icp.RecordPolicy(t.Context(), d.log, stricter, "officer-a", "once more", hour(4+2*i)))
	}
	recs, err = d.log.Subject(t.Context(), "policy")
	require.NoError(t, err)
	require.Len(t, recs, 6)
	require.Equal(t, "policy/"+p.Digest()+"/5", recs[4].ID)
}

func TestRecordRules(t *testing.T) {
	d := newDesk(t, sample(t))
	s, err := trigger.BuiltIn()
	require.NoError(t, err)
	require.NoError(t, icp.RecordRules(t.Context(), d.log, s, icp.System, "built in", start))
	rec, err := d.log.Get(t.Context(), "rules/"+s.Digest())
	require.NoError(t, err)
	var a icp.Adoption
	require.NoError(t, json.Unmarshal(rec.Body, &a))
	kept, err := trigger.Restore(a.File)
	require.NoError(t, err)
	require.Equal(t, s.Digest(), kept.Digest())
}

func TestRecordLists(t *testing.T) {
	d := newDesk(t, sample(t))
	snap, err := lists.NewSnapshot(lists.List{ID: "own", Title: "Own", Regime: "OWN", Published: "2026-10-12", Entities: []lists.Entity{
		{ID: "x", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra", Kind: lists.PrimaryName}}},
	}})
	require.NoError(t, err)
	require.NoError(t, icp.RecordLists(t.Context(), d.log, snap, start))
	require.NoError(t, icp.RecordLists(t.Context(), d.log, snap, hour(1)))
	recs, err := d.log.OfKind(t.Context(), record.ListUpdate)
	require.NoError(t, err)
	require.Len(t, recs, 1)
	require.Contains(t, string(recs[0].Body), `"id":"own","published":"2026-10-12","entities":1,"sha256":"`+snap.ListDigest("own"))
}
