package xlsx

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
	"github.com/ordergate/ordergate/lists/sheet"
)

// workbook is a workbook of one sheet.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &row))
	}
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return b.Bytes()
}

func TestRead(t *testing.T) {
	book := workbook(t,
		[]any{"id", "kind", "name", "aliases", "countries", "listed_on", "remarks"},
		[]any{"C-1", "organization", "示例工程有限公司", "Example Works|EWL", "中国", time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), "x"},
		[]any{7, "person", "Tester Sample", 110101199001011},
	)
	l, err := Read(bytes.NewReader(book), sheet.Options{ID: "clients"})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, "示例工程有限公司", l.Entities[0].PrimaryName())
	assert.Len(t, l.Entities[0].Names, 3)
	assert.Equal(t, []string{"CN"}, l.Entities[0].Countries)
	assert.Equal(t, dated.Since("2025-03-01"), l.Entities[0].Measures[0].Timeline)
	assert.Equal(t, "7", l.Entities[1].ID)
	assert.Equal(t, "110101199001011", l.Entities[1].Names[1].Text, "no digit of a number is lost")
}

func TestReadRefuses(t *testing.T) {
	good := string(workbook(t, []any{"id", "kind", "name"}, []any{"1", "person", "A"}))
	for name, c := range map[string]struct {
		book string
		want error
	}{
		"nothing":        {"", lists.ErrFormat},
		"a CSV":          {"id,kind,name\n1,person,A\n", lists.ErrFormat},
		"cut":            {good[:len(good)/2], lists.ErrFormat},
		"an empty sheet": {string(workbook(t)), lists.ErrEmpty},
		"a header alone": {string(workbook(t, []any{"id", "kind", "name"})), lists.ErrEmpty},
		"other columns":  {string(workbook(t, []any{"id", "kind", "name", "colour"}, []any{"1", "person", "A", "red"})), lists.ErrFormat},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.book), sheet.Options{})
			require.ErrorIs(t, err, c.want)
			listtest.Result(t, l, err)
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, []any{"id", "kind", "name"}, []any{"1", "person", "A"}))
	f.Fuzz(func(t *testing.T, book []byte) {
		l, err := Read(bytes.NewReader(book), sheet.Options{})
		listtest.Result(t, l, err)
	})
}
