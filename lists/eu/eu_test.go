package eu

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
	l, err := Read(strings.NewReader(listtest.File(t, "eu", "full_1_1.xml")))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Empty(t, l.Skipped)
	assert.Equal(t, lists.Date("2026-06-05"), l.Published)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, lists.Entity{
		ID: "EU.9001.1", Kind: lists.Person,
		Names: []lists.Name{
			{Text: "Tester Sample", Kind: lists.PrimaryName}, {Text: "Образец Тестер", Kind: lists.OriginalName, Lang: "ru"}, {Text: "Tess", Kind: lists.WeakAlias},
		},
		Countries: []string{"RU"},
		Identifiers: []lists.Identifier{
			{Type: lists.IDPassport, Value: "№ 1", Country: "RU", Note: "expired"}, {Type: lists.IDPassport, Value: "No 1", Country: "RU", Note: "expired"},
		},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1960", To: "1963", Circa: true}},
		BirthPlaces: []string{"Exampletown, RUSSIAN FEDERATION"}, Gender: "male", Titles: []string{"Dr", "Director of Example Works"},
		Measures: []lists.Measure{
			{Programme: "UKR", Notice: "2022/999 (OJ L 1)", Citation: "https://example.org/oj/2022/999", Timeline: dated.Since("2022-03-02")},
			{Programme: "RUS", Notice: "2023/999 (OJ L 2)", Citation: "https://example.org/oj/2023/999", Timeline: dated.Since("2023-05-01")},
		},
		Remarks: "Not a real party.\nUnited Nations reference: XXi.001",
	}, l.Entities[0])
	ship := l.Entities[1]
	assert.Equal(t, "9002", ship.ID)
	assert.Equal(t, lists.Organization, ship.Kind)
	assert.Equal(t, []lists.Address{{
		Text: "1 Example Street, PO Box 17, Nampo, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", Street: "1 Example Street, PO Box 17", City: "Nampo", Country: "KP",
	}}, ship.Addresses)
	assert.Equal(t, []lists.Identifier{
		{Type: lists.IDPhone, Value: "+000 1"}, {Type: lists.IDPhone, Value: "+000 2"}, {Type: lists.IDEmail, Value: "office@shipping.example"},
		{Type: lists.IDIMO, Value: "9999999"},
	}, ship.Identifiers)
	assert.Equal(t, []lists.Name{{Text: "Example Shipping Company", Kind: lists.PrimaryName}, {Text: "ESC", Kind: lists.WeakAlias}}, ship.Names)
	assert.Equal(t, dated.Since("2023-12-01"), ship.Measures[0].Timeline, "the designation is older than the regulation that is cited")
}

func TestReadRefuses(t *testing.T) {
	good := listtest.File(t, "eu", "full_1_1.xml")
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"nothing":         {"", lists.ErrEmpty, "list eu"},
		"a page":          {"<html><body>Access denied</body></html>", lists.ErrFormat, "root element is html"},
		"mis-encoded":     {strings.Replace(good, "Tester Sample", "T\xe9ster", 1), lists.ErrEncoding, ""},
		"duplicate":       {strings.Replace(good, `euReferenceNumber="" logicalId="9002"`, `euReferenceNumber="EU.9001.1"`, 1), lists.ErrDuplicate, "EU.9001.1"},
		"no name":         {strings.Replace(good, `wholeName="Example Shipping Company"`, "", 1), nil, "the party has no name"},
		"impossible date": {strings.Replace(good, `entryIntoForceDate="2024-02-24"`, `entryIntoForceDate="2024-02-31"`, 1), nil, `record "9002", field regulation`},
		"no designation":  {strings.Replace(good, "2023-12-01", "2023-13-01", 1), nil, `record "9002", field designationDate`},
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
	listtest.Cuts(t, strings.TrimSpace(good), 40, Read, func(string) bool { return false })
}

func TestUnknownIsTold(t *testing.T) {
	good := listtest.File(t, "eu", "full_1_1.xml")
	good = strings.Replace(good, `<citizenship region="" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"`, `<cryptoWallet/><citizenship countryIso2Code="QQ" countryDescription="ATLANTIS"`, 1)
	good = strings.Replace(good, `calendarType="GREGORIAN" city=""`, `calendarType="ISLAMIC" city=""`, 1)
	good = strings.Replace(good, `key="EMAIL"`, `key="PIGEON"`, 1)
	l, err := Read(strings.NewReader(good))
	require.NoError(t, err)
	require.Len(t, l.Skipped, 4)
	assert.Equal(t, "cryptoWallet", l.Skipped[0].Field)
	for i, want := range []string{"ATLANTIS", "a date of the calendar ISLAMIC", "unknown key PIGEON"} {
		assert.Contains(t, l.Skipped[1+i].Reason, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "eu", "full_1_1.xml"))
	f.Add(`<export generationDate="x"><sanctionEntity logicalId="1"><nameAlias lastName="A" strong="false"/></sanctionEntity></export>`)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}
