package uk

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

const (
	xmlFile = "UK-Sanctions-List.xml"
	csvFile = "UK-Sanctions-List.csv"
)

func TestBothFormatsSayTheSame(t *testing.T) {
	fromXML, err := Read(strings.NewReader(listtest.File(t, "uk", xmlFile)))
	require.NoError(t, err)
	listtest.Result(t, fromXML, err)
	fromCSV, err := ReadCSV(strings.NewReader(listtest.File(t, "uk", csvFile)))
	require.NoError(t, err)
	listtest.Result(t, fromCSV, err)
	assert.Equal(t, fromXML.Entities, fromCSV.Entities)
	assert.Empty(t, fromXML.Skipped)
	assert.Empty(t, fromCSV.Skipped)
	assert.Equal(t, lists.Date("2026-10-02"), fromXML.Published)
	assert.Equal(t, lists.Date("2026-10-02"), fromCSV.Published)

	const regime = "The Example (Sanctions) (EU Exit) Regulations 2020"
	assert.Equal(t, []lists.Entity{{
		ID: "XXX0001", Kind: lists.Person,
		Names: []lists.Name{
			{Text: "Tester SAMPLE", Kind: lists.PrimaryName}, {Text: "Tester SAMPEL", Kind: lists.Alias}, {Text: "Tess", Kind: lists.WeakAlias},
			{Text: "نمونه", Kind: lists.OriginalName},
		},
		Countries:   []string{"IR"},
		Addresses:   []lists.Address{{Text: "1 Example Street, Tehran, Iran", Street: "1 Example Street", City: "Tehran", Country: "IR"}},
		Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "A0000001", Note: "Iran number"}},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962"}}, BirthPlaces: []string{"Tehran, Iran"}, Gender: "male",
		Titles:   []string{"Dr", "Director"},
		Measures: []lists.Measure{{Programme: regime, Terms: "Asset freeze; Travel Ban", Timeline: dated.Since("2012-06-29")}},
		Remarks:  "Not a real party.",
	}, {
		ID: "XXX0002", Kind: lists.Vessel, Names: []lists.Name{{Text: "EXAMPLE STAR", Kind: lists.PrimaryName}}, Countries: []string{"GA"},
		Identifiers: []lists.Identifier{{Type: lists.IDIMO, Value: "9999999"}},
		Measures:    []lists.Measure{{Programme: regime, Terms: "Shipping sanctions", Timeline: dated.Since("2012-06-29")}},
		Remarks:     "current owner/operator (s): Example Shipping Co\ntype of ship: Oil Tanker\nNot a real party.",
	}}, fromXML.Entities)
}

// TestNoPrimaryName: a party whose names are all called aliases is listed all the same, by the first that is not weak.
func TestNoPrimaryName(t *testing.T) {
	for name, read := range map[string]func() (lists.List, error){
		"XML": func() (lists.List, error) {
			return Read(strings.NewReader(strings.Replace(listtest.File(t, "uk", xmlFile), "<NameType>Primary Name</NameType>", "<NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength>", 1)))
		},
		"CSV": func() (lists.List, error) {
			return ReadCSV(strings.NewReader(strings.Replace(listtest.File(t, "uk", csvFile), "Primary Name,", "ALias,Low quality a.k.a", 1)))
		},
	} {
		l, err := read()
		require.NoError(t, err, name)
		listtest.Result(t, l, err)
		assert.Equal(t, []lists.Name{
			{Text: "Tester SAMPEL", Kind: lists.PrimaryName}, {Text: "Tester SAMPLE", Kind: lists.WeakAlias}, {Text: "Tess", Kind: lists.WeakAlias},
			{Text: "نمونه", Kind: lists.OriginalName},
		}, l.Entities[0].Names, name)
		require.Len(t, l.Skipped, 1, name)
		assert.Contains(t, l.Skipped[0].Error(), `record "XXX0001", field name: no primary name`)
	}
}

func TestReadRefuses(t *testing.T) {
	goodXML, goodCSV := listtest.File(t, "uk", xmlFile), listtest.File(t, "uk", csvFile)
	for name, c := range map[string]struct {
		read func(io.Reader) (lists.List, error)
		text string
		want error
		says string
	}{
		"XML: nothing":          {Read, "", lists.ErrEmpty, "list uk"},
		"XML: a page":           {Read, "<html></html>", lists.ErrFormat, "html"},
		"XML: duplicate":        {Read, strings.Replace(goodXML, "XXX0002", "XXX0001", 1), lists.ErrDuplicate, "XXX0001"},
		"XML: mis-encoded":      {Read, strings.Replace(goodXML, "Tess", "T\xe9ss", 1), lists.ErrEncoding, ""},
		"XML: no name":          {Read, strings.Replace(goodXML, "<Name6>EXAMPLE STAR</Name6>", "", 1), nil, "the party has no name"},
		"XML: impossible date":  {Read, strings.Replace(goodXML, "29/06/2012", "31/06/2012", 1), nil, "date designated"},
		"CSV: nothing":          {ReadCSV, "", lists.ErrEmpty, "list uk"},
		"CSV: one line":         {ReadCSV, "Report Date: 02-Oct-2026", lists.ErrFormat, "line 1"},
		"CSV: a page":           {ReadCSV, "<html>\n</html>\n", lists.ErrFormat, "field unique id: the column is missing"},
		"CSV: no id":            {ReadCSV, strings.Replace(goodCSV, "XXX0002", "", 1), lists.ErrFormat, "line 6, field unique id"},
		"CSV: mis-encoded":      {ReadCSV, strings.Replace(goodCSV, "Tess", "T\xe9ss", 1), lists.ErrEncoding, ""},
		"CSV: no name":          {ReadCSV, strings.Replace(goodCSV, "EXAMPLE STAR", "", 1), nil, "the party has no name"},
		"CSV: impossible date":  {ReadCSV, strings.Replace(goodCSV, "02-Oct-2026", "32-Oct-2026", 1), nil, "Report Date"},
		"CSV: cut within a row": {ReadCSV, goodCSV[:strings.Index(goodCSV, "Tess")], lists.ErrFormat, "line 5: the row has"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := c.read(strings.NewReader(c.text))
			require.Error(t, err)
			listtest.Result(t, l, err)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
			require.ErrorContains(t, err, c.says)
		})
	}
	listtest.Cuts(t, strings.TrimSpace(goodXML), 40, Read, func(string) bool { return false })
	listtest.Cuts(t, goodCSV, 60, ReadCSV, func(cut string) bool {
		_, table, _ := strings.Cut(cut, "\n")
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		return err == nil && len(rows) > 1
	})
}

func TestBirthDate(t *testing.T) {
	for text, want := range map[string]lists.BirthDate{
		"03/02/1961": {Date: "1961-02-03"}, "00/02/1961": {Date: "1961-02"}, "dd/mm/1961": {Date: "1961"}, "00/00/1961": {Date: "1961"}, "1961": {Date: "1961"},
		"31/02/1961": {}, "unknown": {}, "//": {},
	} {
		got, ok := birthDate(text)
		assert.Equal(t, want.Date != "", ok, text)
		if ok {
			assert.Equal(t, want, got, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "uk", xmlFile))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add(listtest.File(f, "uk", csvFile))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ReadCSV(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}
