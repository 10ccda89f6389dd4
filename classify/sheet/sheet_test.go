package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/classify/correlate"
)

func workbook(t testing.TB, rows [][]any) *bytes.Buffer {
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &r))
	}
	b, err := f.WriteToBuffer()
	require.NoError(t, err)
	return b
}

// TestCSV: a workbook goes through the same readers as a CSV file.
func TestCSV(t *testing.T) {
	b := workbook(t, [][]any{{"2026年度目录"}, {"序号", "管制编码", "海关商品编号"}, {1, "1C117.d.1", "2841801000"}, {2, "", "2825901200"}})
	r, err := CSV(b, "catalogue", "")
	require.NoError(t, err)
	c, err := correlate.Catalogue(r, classify.Correlation{ID: "catalogue"})
	require.NoError(t, err)
	require.Len(t, c.Rows, 2)
	require.Equal(t, "1C117.d.1", c.Rows[1].Entry)

	r, err = CSV(workbook(t, [][]any{{"code", "title"}, {"W-1", "Whirligigs, bonded"}}), "own", "Sheet1")
	require.NoError(t, err)
	l, err := classify.ReadControlList(r, classify.ControlList{ID: "own", Regime: "OWN", Scheme: classify.SchemeOwn})
	require.NoError(t, err)
	require.Equal(t, "Whirligigs, bonded", l.Entries[0].Title)
}

func TestErrors(t *testing.T) {
	_, err := CSV(strings.NewReader("not a workbook"), "x", "")
	require.ErrorIs(t, err, classify.ErrTableFormat)
	_, err = CSV(workbook(t, [][]any{{"a"}}), "x", "no such sheet")
	require.ErrorIs(t, err, classify.ErrTableFormat)
	_, err = CSV(strings.NewReader(""), "x", "")
	require.ErrorIs(t, err, classify.ErrTableEmpty)
}

func FuzzCSV(f *testing.F) {
	f.Add(workbook(f, [][]any{{"code", "title"}, {"1", "2"}}).Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := CSV(bytes.NewReader(b), "x", ""); (err == nil) == (r == nil) {
			t.Fatal("either a table or an error")
		}
	})
}
