package uscsl

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := Read(strings.NewReader(listtest.File(t, "uscsl", "consolidated.csv")))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 5)
	assert.Empty(t, l.Skipped)
	assert.Equal(t, lists.Entity{
		ID: "x-1", Kind: lists.Person, URL: "https://example.org/sdn",
		Names:       []lists.Name{{Text: "SAMPLE, Tester", Kind: lists.PrimaryName}, {Text: "TEST, Sample", Kind: lists.Alias}, {Text: "SAMPEL, Tester", Kind: lists.Alias}},
		Countries:   []string{"LB", "IR"},
		Addresses:   []lists.Address{{Text: "1 Example Street, Tehran, 11111, IR", Country: "IR"}, {Text: "Beirut, LB", Country: "LB"}},
		Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "A0000001", Country: "IR"}},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962", Circa: true}, {Date: "1963", To: "1965"}},
		BirthPlaces: []string{"Tehran, Iran"}, Gender: "male", Titles: []string{"Director"}, Links: []string{"x-2"},
		Measures: []lists.Measure{{Programme: "SDN", Tags: []string{"SDGT", "IRAN"}}},
		Remarks:  "Additional Sanctions Information - Subject to Secondary Sanctions; (Linked To: EXAMPLE SHIPPING (GROUP) CO)",
	}, l.Entities[0])

	vessel := listtest.Entity(t, l, "x-3")
	assert.Equal(t, lists.Vessel, vessel.Kind)
	assert.Equal(t, []string{"PA"}, vessel.Countries)
	assert.Equal(t, []lists.Identifier{{Type: lists.IDCallSign, Value: "5XYZ9"}, {Type: lists.IDIMO, Value: "9999999"}}, vessel.Identifiers)

	listed := listtest.Entity(t, l, "x-4")
	assert.Equal(t, lists.Unknown, listed.Kind, "no kind is taken from words in a name")
	assert.Equal(t, []lists.Address{{Text: "Room 1, 2 Test Road, Hong Kong, HK", Country: "HK"}, {Text: "3 Test Street, TX, 75081"}}, listed.Addresses)
	assert.Equal(t, []lists.Measure{{
		Programme: "EL", Notice: "89 FR 00001", Terms: "For all items subject to the EAR. (See §744.11 of the EAR); Licence policy: Presumption of denial", Timeline: dated.Since("2024-01-02"),
	}}, listed.Measures)

	denied := listtest.Entity(t, l, "x-5")
	assert.Equal(t, dated.InForce, denied.Status("2020-10-13"))
	assert.Equal(t, dated.Verify, denied.Status("2020-10-14"), "a denial order that ran out may have been renewed")
}

func TestJSONAgreesWithCSV(t *testing.T) {
	fromCSV, err := Read(strings.NewReader(listtest.File(t, "uscsl", "consolidated.csv")))
	require.NoError(t, err)
	fromJSON, err := ReadJSON(strings.NewReader(listtest.File(t, "uscsl", "consolidated.json")))
	require.NoError(t, err)
	assert.Empty(t, fromJSON.Skipped)
	require.Len(t, fromJSON.Entities, len(fromCSV.Entities))
	assert.Equal(t, "1 Example Street", fromJSON.Entities[0].Addresses[0].Street)
	for i := range fromJSON.Entities {
		for j, a := range fromJSON.Entities[i].Addresses { // JSON has the parts of an address apart
			fromJSON.Entities[i].Addresses[j] = lists.Address{Text: a.Text, Country: a.Country}
		}
		assert.Equal(t, fromCSV.Entities[i], fromJSON.Entities[i])
	}
}

func TestIDsWithoutTheIDColumn(t *testing.T) {
	text := listtest.File(t, "uscsl", "consolidated.csv")
	var without strings.Builder
	for line := range strings.Lines(text) {
		_, rest, _ := strings.Cut(line, ",")
		without.WriteString(rest)
	}
	without.WriteString("Denied Persons List (DPL) - Bureau of Industry and Security,,,,John  Sample" + strings.Repeat(",", 23) + "\n")
	l, err := Read(strings.NewReader(without.String()))
	require.NoError(t, err)
	ids := make([]string, len(l.Entities))
	for i, e := range l.Entities {
		ids[i] = e.ID
	}
	assert.Equal(t, []string{"SDN-90001", "SDN-90002", "SDN-90003", "EL-07ce07af6c060e65", "DPL-75b31f8d8c0fe7ab", "DPL-75b31f8d8c0fe7ab-2"}, ids)
}

func TestReadOfficialFile(t *testing.T) {
	l, err := Read(listtest.Shared(t, "data", "lists", "us_csl_2026-07-31.csv"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, listtest.Counts{
		Entities: 25921, Persons: 7591, Organizations: 10206, Vessels: 1524, Aircraft: 344, Unknown: 6256,
		Names: 57167, Aliases: 31246, Addresses: 23328, Measures: 25921,
	}, listtest.Count(l))
	assert.Empty(t, l.Skipped)
	commerce := map[string]int{}
	for _, e := range l.Entities {
		switch programme := e.Measures[0].Programme; programme {
		case "EL", "DPL", "MEU", "UVL": // Commerce types nobody: no company becomes a person
			commerce[programme]++
			assert.Equal(t, lists.Unknown, e.Kind, e.PrimaryName())
		}
	}
	assert.Equal(t, map[string]int{"EL": 3420, "DPL": 1596, "MEU": 70, "UVL": 222}, commerce)
}

func TestReadOfficialSample(t *testing.T) {
	l, err := Read(listtest.Shared(t, "data", "lists", "us_csl_official_sample.csv"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, listtest.Counts{
		Entities: 115, Persons: 20, Organizations: 46, Vessels: 2, Unknown: 47, Names: 276, Aliases: 161, Addresses: 127, Identifiers: 114, BirthDates: 21, Measures: 115, Links: 4,
	}, listtest.Count(l))
	commerceAndState := 0
	for _, e := range l.Entities {
		switch e.Measures[0].Programme {
		case "EL", "DPL", "UVL", "ISN", "DTC":
			commerceAndState++
			assert.Equal(t, lists.Unknown, e.Kind, e.PrimaryName())
		default:
			assert.NotEqual(t, lists.Unknown, e.Kind, e.PrimaryName())
		}
	}
	assert.Equal(t, 47, commerceAndState)
}

func TestReadRefuses(t *testing.T) {
	good := listtest.File(t, "uscsl", "consolidated.csv")
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"nothing":         {"", lists.ErrEmpty, "list us-csl"},
		"a header alone":  {good[:strings.Index(good, "\n")+1], lists.ErrEmpty, ""},
		"a page":          {"<!DOCTYPE html>\n<html></html>\n", lists.ErrFormat, "field source: the column is missing"},
		"no source code":  {strings.Replace(good, "(EL)", "", 1), lists.ErrFormat, `line 5, record "x-4", field source`},
		"no name":         {strings.Replace(good, "EXAMPLE STAR", "", 1), lists.ErrFormat, `line 4, record "x-3", field name`},
		"mis-encoded":     {strings.Replace(good, "Tester", "T\xe9ster", 1), lists.ErrEncoding, "line 2"},
		"duplicate":       {strings.Replace(good, "x-2,", "x-1,", 1), lists.ErrDuplicate, `record "x-1"`},
		"a short row":     {good + "x-6,Entity List (EL)\n", lists.ErrFormat, "line 7: the row has 2 cells, the header 29"},
		"impossible date": {strings.Replace(good, "2024-01-02", "2024-13-02", 1), nil, `field start_date: "2024-13-02" is not a date`},
		"a column twice":  {strings.Replace(good, "title", "name", 1), lists.ErrFormat, "there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.text))
			require.Error(t, err)
			listtest.Result(t, l, err)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
			require.ErrorContains(t, err, c.says)
		})
	}
	wholeRows := func(cut string) bool { // a cut in the last cell of a row, or between two, cannot be seen
		rows, err := csv.NewReader(strings.NewReader(cut)).ReadAll()
		return err == nil && len(rows) > 1
	}
	listtest.Cuts(t, good, 60, Read, wholeRows)
	listtest.Cuts(t, strings.TrimSpace(listtest.File(t, "uscsl", "consolidated.json")), 60, ReadJSON, func(string) bool { return false })
}

func TestUnknownColumnsAndMembersAreTold(t *testing.T) {
	text := listtest.File(t, "uscsl", "consolidated.csv")
	l, err := Read(strings.NewReader("\ufeff" + strings.Replace(strings.ReplaceAll(text, "\n", "\r\n"), "title", "headline", 1)))
	require.NoError(t, err)
	require.Len(t, l.Skipped, 1)
	assert.Equal(t, "list us-csl, line 1, field headline: a column the importer does not know was left out", l.Skipped[0].Error())

	l, err = ReadJSON(strings.NewReader(strings.Replace(listtest.File(t, "uscsl", "consolidated.json"), `"title"`, `"headline"`, 1)))
	require.NoError(t, err)
	require.Len(t, l.Skipped, 1)
	assert.Equal(t, "headline", l.Skipped[0].Field)
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "uscsl", "consolidated.csv"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}

func FuzzReadJSON(f *testing.F) {
	f.Add(listtest.File(f, "uscsl", "consolidated.json"))
	f.Add(`[{"source":"x (EL)","name":"A"}]`)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ReadJSON(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}

func BenchmarkRead(b *testing.B) {
	text := listtest.File(b, "uscsl", "consolidated.csv")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
