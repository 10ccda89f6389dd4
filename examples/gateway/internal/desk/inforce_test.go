package desk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk/desktest"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// TestInForce starts a gateway's desk again and again: the log says what was in force whenever it changed.
func TestInForce(t *testing.T) {
	cfg, err := desktest.Config(t.TempDir())
	require.NoError(t, err)
	cfg.Lists = []lists.List{{ID: "own", Title: "Own", Regime: "OWN", Entities: []lists.Entity{
		{ID: "1", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra Works", Kind: lists.PrimaryName}}},
	}}}
	// restart gives how many changes of policy, programme or rules, and of lists, the log has after a start.
	restart := func() (changes, updates uint64) {
		t.Helper()
		d, err := desk.Open(t.Context(), cfg)
		require.NoError(t, err)
		defer func() { require.NoError(t, d.Close()) }()
		for kind, into := range map[record.Kind]*uint64{record.PolicyChange: &changes, record.ListUpdate: &updates} {
			res, err := d.Search(t.Context(), search.Query{Kind: kind, Limit: 1})
			require.NoError(t, err)
			*into = res.Total
		}
		return changes, updates
	}
	for i, step := range []struct {
		change           func()
		changes, updates uint64
	}{
		{func() {}, 3, 1},
		{func() {}, 3, 1},
		{func() { cfg.Lists[0].Entities[0].Remarks = "another address" }, 3, 2},
		{func() {
			cfg.Policy, err = cfg.Policy.Modify(func(p *screening.Policy) { p.MaxListAge = 1 })
			require.NoError(t, err)
		}, 4, 2},
	} {
		step.change()
		changes, updates := restart()
		require.Equal(t, []uint64{step.changes, step.updates}, []uint64{changes, updates}, "start %d", i)
	}
}
