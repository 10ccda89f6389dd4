package desk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk/desktest"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// listOf is a made-up list of so many entities, the first of another edition than before where asked.
func listOf(id string, n int, edition string) lists.List {
	l := lists.List{ID: id, Title: id, Regime: "OWN"}
	for i := range n {
		l.Entities = append(l.Entities, lists.Entity{
			ID: fmt.Sprint(i), Kind: lists.Organization, Names: []lists.Name{{Text: fmt.Sprint("Made Up Works ", i), Kind: lists.PrimaryName}}, Remarks: edition,
		})
	}
	return l
}

func TestReload(t *testing.T) {
	dir := t.TempDir()
	cfg, err := desktest.Config(dir)
	require.NoError(t, err)
	cfg.Lists = []lists.List{listOf("large", 200, ""), listOf("small", 3, "")}
	cfg.Current = []screening.ListCurrent{{List: "large", On: "2026-01-01"}, {List: "small", On: "2026-01-01"}}
	d, err := desk.Open(t.Context(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	state := func() (large, small desk.ListState) { all := d.Lists(); return all[0], all[1] }
	large, small := state()
	// A search builds what a replaced index gives back.
	hits, err := d.Entities("Works 199", 1)
	require.NoError(t, err)
	require.Len(t, hits, 1)

	for name, bad := range map[string]desk.Fresh{
		"not read":     {ID: "large", Err: os.ErrNotExist},
		"another list": {ID: "large", List: listOf("small", 2, "")},
		"cut off":      {ID: "large", List: listOf("large", 99, "")},
		"not valid":    {ID: "large", List: lists.List{ID: "large", Regime: "OWN"}},
	} {
		t.Run(name, func(t *testing.T) {
			bad.On = "2026-02-02"
			changes, err := d.Reload(t.Context(), []desk.Fresh{bad, {ID: "small", List: listOf("small", 2, name), On: "2026-02-03"}})
			require.ErrorContains(t, err, "list large stays as it is")
			require.NotEmpty(t, changes, "the other list is renewed")
			l, s := state()
			require.Equal(t, large.Digest, l.Digest)
			require.EqualValues(t, "2026-01-01", l.Current)
			require.False(t, l.FailedSince.IsZero())
			require.NotEqual(t, small.Digest, s.Digest)
			require.EqualValues(t, "2026-02-03", s.Current)
			require.True(t, s.FailedSince.IsZero())
			small = s
		})
	}
	kept, err := d.Search(t.Context(), search.Query{Kind: record.ListUpdate})
	require.NoError(t, err)
	require.EqualValues(t, 1+4, kept.Total, "the log says which lists were in force, from the start on")
	t.Run("current again", func(t *testing.T) {
		changes, err := d.Reload(t.Context(), []desk.Fresh{{ID: "large", List: listOf("large", 200, ""), On: "2026-03-01"}})
		require.NoError(t, err)
		require.Empty(t, changes)
		l, _ := state()
		require.EqualValues(t, "2026-03-01", l.Current, "the same content, later known to be current")
		require.True(t, l.FailedSince.IsZero())
		hits, err := d.Entities("Works 199", 1)
		require.NoError(t, err)
		require.Len(t, hits, 1)
	})
	t.Run("cannot be kept", func(t *testing.T) {
		archive := filepath.Join(dir, "archive")
		require.NoError(t, os.Rename(archive, archive+".away"))
		require.NoError(t, os.WriteFile(archive, nil, 0o600)) // no folder
		_, err := d.Reload(t.Context(), []desk.Fresh{{ID: "small", List: listOf("small", 3, "x"), On: "2026-03-01"}})
		require.Error(t, err)
		_, s := state()
		require.Equal(t, small.Digest, s.Digest)
		require.EqualValues(t, "2026-02-03", s.Current)
		require.False(t, s.FailedSince.IsZero())
	})
}
