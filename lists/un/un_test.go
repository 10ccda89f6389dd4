package un

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := Read(strings.NewReader(listtest.File(t, "un", "consolidated.xml")))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, lists.Date("2026-02-27"), l.Published)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, lists.Entity{
		ID: "XXi.001", Kind: lists.Person,
		Names: []lists.Name{
			{Text: "TESTER EXAMPLE AL-SAMPLE", Kind: lists.PrimaryName}, {Text: "Tester One", Kind: lists.Alias}, {Text: "Tester Won", Kind: lists.Alias},
			{Text: "Tess", Kind: lists.WeakAlias}, {Text: "مثال للاختبار", Kind: lists.OriginalName},
		},
		Countries: []string{"KP"},
		Addresses: []lists.Address{{
			Text: "1 Example Street, Pyongyang, Democratic People's Republic of Korea", Street: "1 Example Street", City: "Pyongyang", Country: "KP", Note: "as of 2016",
		}},
		Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "000000001", Country: "KP", Note: "2010-01-01, expired"}},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1960", To: "1963"}, {Date: "1962-07", Circa: true}},
		BirthPlaces: []string{"Kaesong, Democratic People's Republic of Korea"},
		Gender:      "male", Titles: []string{"Dr.", "Director of Nothing"},
		Measures: []lists.Measure{{
			Programme: "DPRK", Citation: "United Nations Security Council consolidated list, XXi.001", Timeline: dated.Since("2016-03-02"),
		}},
		Remarks: "Not a real party.\nTess: in his youth",
	}, l.Entities[0])
	assert.Equal(t, lists.Organization, l.Entities[1].Kind)
	assert.Contains(t, l.Entities[1].Names, lists.Name{Text: "Sample Commerce", Kind: lists.FormerName})
	assert.Equal(t, []lists.Address{{Text: "Nowhere, Atlantis", City: "Nowhere"}}, l.Entities[1].Addresses)

	require.Len(t, l.Skipped, 2)
	assert.Contains(t, l.Skipped[0].Error(), "NEW_ELEMENT")
	assert.Contains(t, l.Skipped[1].Error(), `record "XXe.001", field COUNTRY: the country name "Atlantis" is not known`)
}

func TestReadOfficialFile(t *testing.T) {
	l, err := Read(listtest.Shared(t, "data", "lists", "un_consolidated.xml"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, lists.Date("2026-02-27"), l.Published)
	assert.Equal(t, listtest.Counts{
		Entities: 1003, Persons: 730, Organizations: 273,
		Names: 4192, Aliases: 2175, Weak: 619, Former: 18, Original: 377,
		Addresses: 811, Identifiers: 454, BirthDates: 892, Measures: 1003,
	}, listtest.Count(l))
	assert.Len(t, l.Skipped, 3, "three dates of birth in words")
}

func TestReadRefuses(t *testing.T) {
	good := listtest.File(t, "un", "consolidated.xml")
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"nothing":         {"", lists.ErrEmpty, "list un"},
		"no entity":       {"<CONSOLIDATED_LIST></CONSOLIDATED_LIST>", lists.ErrEmpty, ""},
		"a page":          {"<html><body>Service unavailable</body></html>", lists.ErrFormat, "root element is html"},
		"not XML":         {"reference,kind,name\n", lists.ErrEmpty, ""},
		"mis-encoded":     {strings.Replace(good, "Tess<", "Tess\xe9<", 1), lists.ErrEncoding, "line 38"},
		"duplicate":       {strings.Replace(good, "XXe.001", "XXi.001", 1), lists.ErrDuplicate, `record "XXi.001"`},
		"no id":           {strings.Replace(good, "XXe.001", "", 1), nil, "no id"},
		"no name":         {strings.Replace(good, "EXAMPLE TRADING CORPORATION", " ", 1), nil, "the party has no name"},
		"impossible date": {strings.Replace(good, "2009-07-16", "2009-02-30", 1), nil, `record "XXe.001", field LISTED_ON: "2009-02-30" is not a date`},
		"deep":            {"<CONSOLIDATED_LIST>" + strings.Repeat("<a>", 100), lists.ErrTooLarge, ""},
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
	listtest.Cuts(t, strings.TrimSpace(good), 60, Read, func(string) bool { return false })
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "un", "consolidated.xml"))
	f.Add("<CONSOLIDATED_LIST dateGenerated='x'><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}

func TestBuiltInAgreesWithTheOfficialFile(t *testing.T) {
	built, err := BuiltIn()
	require.NoError(t, err)
	listtest.Result(t, built, err)
	c := listtest.Count(built)
	assert.Equal(t, []int{1003, 730, 273}, []int{c.Entities, c.Persons, c.Organizations})

	official, err := Read(listtest.Shared(t, "data", "lists", "un_consolidated.xml"))
	require.NoError(t, err)
	byID := map[string]lists.Entity{}
	for _, e := range built.Entities {
		byID[e.ID] = e
	}
	for _, e := range official.Entities {
		b := byID[e.ID]
		assert.Equal(t, e.PrimaryName(), b.PrimaryName(), e.ID)
		assert.Equal(t, e.Countries, b.Countries, e.ID)
		assert.Equal(t, e.Measures, b.Measures, e.ID)
		for i := range e.Names {
			if e.Names[i].Kind == lists.FormerName { // the table counts them among the aliases
				e.Names[i].Kind = lists.Alias
			}
		}
		assert.ElementsMatch(t, e.Names, b.Names, e.ID)
	}
}
