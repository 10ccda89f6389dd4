package lists_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
)

// TestSearch looks for words in every field, all of which must be found.
func TestSearch(t *testing.T) {
	snap, err := lists.NewSnapshot(lists.List{ID: "one", Title: "One", Regime: "XX", Entities: []lists.Entity{
		{
			ID: "1", Kind: lists.Organization, Names: []lists.Name{{Text: "Example Mining Corporation", Kind: lists.PrimaryName}},
			Addresses: []lists.Address{{Text: "Beispielweg 12, Kassel"}}, Identifiers: []lists.Identifier{{Type: lists.IDTax, Value: "DE-77881"}},
		},
		{ID: "2", Names: []lists.Name{{Text: "示例矿业有限公司", Kind: lists.PrimaryName}}, Remarks: "Sister company in Kassel."},
	}})
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"mining", []string{"1"}},
		{"Kassel", []string{"1", "2"}},
		{"kassel example", []string{"1"}},
		{"min*", []string{"1"}},
		{"77881", []string{"1"}},
		{"矿业", []string{"2"}},
		{"mining elsewhere", nil},
		{" ", nil},
	} {
		hits, err := index.Search(c.text, 0)
		require.NoError(t, err, c.text)
		var got []string
		for _, h := range hits {
			require.Equal(t, "one", h.List.ID)
			got = append(got, h.Entity.ID)
		}
		require.ElementsMatch(t, c.want, got, c.text)
	}
	require.NoError(t, index.Close())
	_, err = index.Search("mining", 0)
	require.ErrorIs(t, err, lists.ErrClosed)
}
