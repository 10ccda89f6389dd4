package icp_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
)

// TestTry asks what Do would answer: the same, and nothing is recorded.
func TestTry(t *testing.T) {
	d := newDesk(t, sample(t))
	_, err := d.open(situation{order: plainOrder("SO-1"), stage: screening.PreContract, outcome: screening.Review, lists: "a"}, start)
	require.NoError(t, err)
	for _, e := range []icp.Event{
		{Case: "SO-1", Kind: icp.Decided, At: hour(1), By: "officer-a", Reason: "x"},
		{Case: "SO-1", Kind: icp.Voted, At: hour(1), By: "engineer-a", Reason: "x", Choice: icp.Approve},
		{Case: "SO-1", Kind: icp.Voted, At: hour(1), By: "officer-a", Choice: icp.Approve},
		{Case: "SO-2", Kind: icp.Voted, At: hour(1), By: "officer-a", Reason: "x", Choice: icp.Approve},
		{Case: "SO-1", Kind: icp.Voted, At: hour(1), By: "officer-a", Reason: "x", Choice: icp.Approve},
	} {
		tried := d.cases.Try(t.Context(), e)
		_, err := d.cases.Do(t.Context(), e)
		require.Equal(t, err, tried)
	}
	events, err := d.cases.Events(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Len(t, events, 2, "what Do recorded, and nothing else")
	for _, e := range events {
		rec, err := d.log.Get(t.Context(), icp.EventRecord(e.Case, e.Seq))
		require.NoError(t, err)
		got, err := icp.DecodeEvent(rec)
		require.NoError(t, err)
		require.Equal(t, e, got)
	}
}
