package jp

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

// workbook is the ministry's layout with the given rows of number, country, company, further names and concern.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	rows = append([][]any{
		{"外国ユーザーリスト"},
		{"No.", "国名、地域名\nCountry or Region", "企業名、組織名\nCompany or Organization", "別名\nAlso Known As", "懸念区分\nType of WMD", "通常兵器\nConventional Weapons"},
	}, rows...)
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row))
	}
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return b.Bytes()
}

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := Read(bytes.NewReader(workbook(t,
		[]any{1, "アフガニスタン\nIslamic Republic of Afghanistan", "Example Works (示例工程)", "・Example Works Ltd\n・EW・E.W.\n・サンプル・ワークス", "生物、化学、ミサイル、核\nB,C,M,N", ""},
		[]any{2, "アトランティス\nAtlantis", "Sample Institute", "", "", "CW"},
		[]any{},
	)))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, lists.Entity{
		ID: "1",
		Names: []lists.Name{
			{Text: "Example Works", Kind: lists.PrimaryName}, {Text: "示例工程", Kind: lists.OriginalName}, {Text: "Example Works Ltd", Kind: lists.Alias},
			{Text: "EW", Kind: lists.Alias}, {Text: "E.W.", Kind: lists.Alias}, {Text: "サンプル・ワークス", Kind: lists.Alias},
		},
		Countries: []string{"AF"},
		Addresses: []lists.Address{{Text: "アフガニスタン Islamic Republic of Afghanistan", Country: "AF"}},
		Measures:  []lists.Measure{{Programme: "EUL", Tags: []string{"B", "C", "M", "N"}, Terms: "生物、化学、ミサイル、核 B,C,M,N"}},
	}, l.Entities[0])
	assert.Equal(t, []string{"CW"}, l.Entities[1].Measures[0].Tags)
	require.Len(t, l.Skipped, 1)
	assert.Contains(t, l.Skipped[0].Reason, "Atlantis")
}

// TestWholeListInTheOfficialLayout writes the shared copy of the list, which is JSON, into the ministry's layout.
func TestWholeListInTheOfficialLayout(t *testing.T) {
	b, err := io.ReadAll(listtest.Shared(t, "data", "lists", "jp_meti_end_user_list.json"))
	require.NoError(t, err)
	var all []struct {
		Aliases, Addresses []string
		Name               string `json:"entity_name"`
		Reason             string
	}
	require.NoError(t, json.Unmarshal(b, &all))
	var rows [][]any
	names := 0
	for i, e := range all {
		if e.Name == "" { // in the copy, some names stand behind the country
			const china = "People's Republic of China "
			e.Name, e.Addresses = strings.TrimPrefix(e.Addresses[0], china), []string{china}
		}
		rows = append(rows, []any{i + 1, strings.Join(e.Addresses, "\n"), e.Name, "・" + strings.Join(e.Aliases, "\n・"), e.Reason, ""})
		names += 1 + len(e.Aliases)
	}
	l, err := Read(bytes.NewReader(workbook(t, rows...)))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	c := listtest.Count(l)
	assert.GreaterOrEqual(t, c.Names, names, "names in Japanese or Chinese in brackets are told apart")
	assert.Equal(t, listtest.Counts{Entities: 835, Unknown: 835, Names: 2489, Aliases: 1411, Original: 243, Addresses: 835, Measures: 835}, c)
	for _, e := range l.Entities {
		assert.NotEmpty(t, e.Addresses, e.ID)
	}
}

func TestReadRefuses(t *testing.T) {
	good := string(workbook(t, []any{1, "Iran", "Example Works", "", "", ""}, []any{2, "Iran", "Sample Works", "", "", ""}))
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"id", "name"}))
	var other bytes.Buffer
	_, err := f.WriteTo(&other)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		book string
		want error
	}{
		"nothing":        {"", lists.ErrFormat},
		"a page":         {"<html></html>", lists.ErrFormat},
		"cut":            {good[:len(good)-100], lists.ErrFormat},
		"another table":  {other.String(), lists.ErrFormat},
		"a header alone": {string(workbook(t)), lists.ErrEmpty},
		"duplicate":      {string(workbook(t, []any{1, "Iran", "A"}, []any{1, "Iran", "B"})), lists.ErrDuplicate},
		"no name":        {string(workbook(t, []any{1, "Iran", ""})), nil},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.book))
			require.Error(t, err)
			listtest.Result(t, l, err)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, []any{1, "Iran", "Example Works (示例)", "・A\n・B", "N", "CW"}))
	f.Fuzz(func(t *testing.T, book []byte) {
		l, err := Read(bytes.NewReader(book))
		listtest.Result(t, l, err)
	})
}
