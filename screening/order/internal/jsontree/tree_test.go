package jsontree

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/testdata/orders"
	"github.com/stretchr/testify/require"
)

// TestTreeAgain: what a tree held before shows nowhere in what is parsed into it next, whole documents and broken ones,
// large and small.
func TestTreeAgain(t *testing.T) {
	docs := []string{
		`{"a": [{"b": 1}, [[], {}]], "a": 2, "c": "x` + "\u0001" + `"}`, `{"a": {"b": [1, 2`, `[]`, `"x" {} 1`, ``, `{"` + strings.Repeat("n", 3*keptName) + `": null}`,
		`[` + strings.Repeat(`{"k":[1]},`, keptNodes) + `0]`,
	}
	names, err := fs.Glob(orders.FS, "*.json")
	require.NoError(t, err)
	for _, name := range names {
		doc, err := orders.FS.ReadFile(name)
		require.NoError(t, err)
		docs = append(docs, string(doc[:len(doc)/2]), string(doc))
	}
	var again Tree
	for range 2 {
		for _, doc := range docs {
			var problems, freshProblems fault.List
			fresh, freshOK := Parse([]byte(doc), &freshProblems)
			values, ok := again.Parse([]byte(doc), &problems)
			require.Equal(t, freshOK, ok)
			require.Equal(t, freshProblems, problems)
			require.Equal(t, fresh, values)
			again.Clear()
		}
	}
}
