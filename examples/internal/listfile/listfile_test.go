package listfile_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists/fetch"
)

// TestOpen reads a file of every format of which an extract can be kept as it is published.
func TestOpen(t *testing.T) {
	const folder = "../../../testdata/lists/"
	for spec, id := range map[string]string{
		"un=un/consolidated.xml": "un", "ofac=ofac": "us-sdn", "ofac=ofac/sdn.csv": "us-sdn", "uscsl=uscsl/consolidated.csv": "us-csl",
		"eu=eu/full_1_1.xml": "eu", "uk=uk/UK-Sanctions-List.xml": "uk", "tw=tw/shtc_list.csv": "tw-shtc", "ftm=ftm/entities.ftm.json": "opensanctions",
		"sheet=sheet/own.csv": "own", "uk-csv=uk/UK-Sanctions-List.csv": "uk", "uscsl-json=uscsl/consolidated.json": "us-csl",
		"ofac-advanced=ofac/sdn_advanced.xml": "us-sdn",
	} {
		format, path, _ := strings.Cut(spec, "=")
		l, day, err := listfile.Open(format + "=" + folder + path)
		require.NoError(t, err, spec)
		require.Equal(t, id, l.ID, spec)
		require.NotEmpty(t, l.Entities, spec)
		info, err := os.Stat(filepath.Join(folder, path))
		require.NoError(t, err)
		if !info.IsDir() && format != "ofac" {
			require.Equal(t, dated.DateOf(info.ModTime()), day, spec)
		}
	}
	for _, spec := range []string{"", "un", "nn=x", "un=none.xml"} {
		_, _, err := listfile.Open(spec)
		require.ErrorContains(t, err, "-list", spec)
	}
}

// TestOpenOwn reads lists of one's own as they are kept: as a workbook, and with headings of one's own that the file beside
// says the meaning of.
func TestOpenOwn(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		return "sheet=" + filepath.Join(dir, name)
	}
	book := excelize.NewFile()
	for i, row := range [][]any{{"客户编号", "公司名称"}, {"K1", "示例进出口有限公司"}} {
		require.NoError(t, book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row))
	}
	require.NoError(t, book.SaveAs(filepath.Join(dir, "customers.xlsx")))
	require.NoError(t, book.Close())
	table := write("clients.csv", "客户编号,公司名称\nK1,示例进出口有限公司\n")
	for _, spec := range []string{table, "sheet=" + filepath.Join(dir, "customers.xlsx")} {
		_, _, err := listfile.Open(spec)
		require.ErrorContains(t, err, "unknown column")
		name := strings.TrimSuffix(filepath.Base(spec), filepath.Ext(spec))
		write(name+".mapping.csv", "column,heading\nid,客户编号\nname,公司名称\nkind,=organization\n")
		l, _, err := listfile.Open(spec)
		require.NoError(t, err)
		require.Equal(t, name, l.ID)
		require.Equal(t, "示例进出口有限公司", l.Entities[0].PrimaryName())
		write(name+".mapping.csv", "column,heading\nid,客户编号\nnames,公司名称\n")
		_, _, err = listfile.Open(spec)
		require.ErrorContains(t, err, name+".mapping.csv: list mapping, line 3, record \"names\", field column: unknown column")
	}
}

// TestLoad: a list takes the place of the built-in one of its id.
func TestLoad(t *testing.T) {
	builtIn, current, err := listfile.Load(nil)
	require.NoError(t, err)
	require.Empty(t, current)
	all, current, err := listfile.Load([]string{"un=../../../testdata/lists/un/consolidated.xml"})
	require.NoError(t, err)
	require.Len(t, all, len(builtIn))
	require.Equal(t, "un", current[0].List)
	require.Less(t, len(all[len(all)-1].Entities), 100)
}

// TestOpenFetched: the folder in which a list is kept after its download stands for the version in force.
func TestOpenFetched(t *testing.T) {
	text := "id,kind,name\n1,organization,Example Works\n"
	authority := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }))
	t.Cleanup(authority.Close)
	confirmed := time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)
	fetcher := fetch.Fetcher{Dir: t.TempDir(), Now: func() time.Time { return confirmed }}
	update := func() {
		_, err := fetcher.Update(t.Context(), fetch.Source{List: "mine", Files: []fetch.File{{Name: "own.csv", URL: authority.URL + "/own.csv"}}})
		require.NoError(t, err)
	}
	spec := "sheet=" + filepath.Join(fetcher.Dir, "mine")
	for n := 1; n <= 2; n++ {
		update()
		l, day, err := listfile.Open(spec)
		require.NoError(t, err)
		require.Len(t, l.Entities, n)
		require.Equal(t, dated.DateOf(confirmed), day)
		text += "2,organization,Second Works\n"
		confirmed = confirmed.AddDate(0, 0, 1)
	}
	state, _, err := fetcher.Current("mine")
	require.NoError(t, err)
	file := filepath.Join(fetcher.Dir, "mine", state.Version, "own.csv")
	require.NoError(t, os.Chmod(file, 0o600))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	_, _, err = listfile.Open(spec)
	require.ErrorIs(t, err, fetch.ErrChecksum)
}
