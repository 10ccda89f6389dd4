package ofac

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func extract(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	for _, name := range []string{"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv", "cons_prim.csv", "cons_alt.csv", "cons_add.csv"} {
		b, err := os.ReadFile(filepath.Join(listtest.Root(t), "testdata", "lists", dir, name))
		if err == nil {
			m[name] = &fstest.MapFile{Data: b}
		}
	}
	return m
}

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := ReadFS(extract(t, "ofac"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, SDN, l.ID)
	require.Len(t, l.Entities, 4)

	assert.Equal(t, lists.Entity{
		ID: "90001", Kind: lists.Organization,
		Names: []lists.Name{
			{Text: "EXAMPLE SHIPPING CO", Kind: lists.PrimaryName}, {Text: "EXSHIP; THE", Kind: lists.WeakAlias},
			{Text: "EXAMPLE LINES", Kind: lists.Alias}, {Text: "SAMPLE SHIPPING", Kind: lists.FormerName},
		},
		Addresses: []lists.Address{{Text: "1 Example Street, Suite 2, Tehran 11111, Iran", Street: "1 Example Street, Suite 2", City: "Tehran 11111", Country: "IR"}},
		Identifiers: []lists.Identifier{
			{Type: lists.IDWebsite, Value: "www.example.org"}, {Type: lists.IDRegistration, Value: "12345", Country: "IR"},
		},
		Measures: []lists.Measure{{Programme: "SDN", Tags: []string{"IRAN", "SDGT"}}},
		Remarks:  "Website www.example.org; Registration Number 12345 (Iran); a.k.a. 'EXSHIP; THE'; all offices worldwide.",
	}, l.Entities[0])

	person := listtest.Entity(t, l, "90002")
	assert.Equal(t, lists.Person, person.Kind)
	assert.Equal(t, []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962", Circa: true}, {Date: "1963", To: "1965"}}, person.BirthDates)
	assert.Equal(t, []string{"IR", "LB"}, person.Countries)
	assert.Equal(t, "male", person.Gender)
	assert.Equal(t, []lists.Identifier{
		{Type: lists.IDPassport, Value: "A0000001", Country: "IR", Note: "issued 01 Jan 2001 expires 01 Jan 2011"},
		{Type: lists.IDCrypto, Value: "1ExampleExampleExampleExample1", Note: "XBT"},
	}, person.Identifiers)
	assert.Contains(t, person.Names, lists.Name{Text: "TESS", Kind: lists.WeakAlias})
	assert.Equal(t, []string{"90001"}, person.Links, "the name of the link runs on in the comments")
	assert.Equal(t, []lists.Address{{Text: "Yalta, Region: Crimea", City: "Yalta", Region: "Crimea"}}, person.Addresses)

	vessel := listtest.Entity(t, l, "90003")
	assert.Equal(t, lists.Vessel, vessel.Kind)
	assert.Equal(t, []string{"PA"}, vessel.Countries)
	assert.Equal(t, "Vessel type: Crude Oil Tanker; Tonnage: 159,681; Gross registered tonnage: 81,479; Vessel owner: EXAMPLE SHIPPING CO", vessel.Remarks)
	assert.Contains(t, listtest.Entity(t, l, "90004").Identifiers, lists.Identifier{Type: lists.IDTail, Value: "EP-TST"})
}

func TestReadConsolidated(t *testing.T) {
	l, err := ReadFS(extract(t, "ofac_cons"))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, Consolidated, l.ID)
	assert.Equal(t, "SSI", l.Entities[0].Measures[0].Programme)
	assert.Equal(t, "PLC", l.Entities[1].Measures[0].Programme)
	assert.Equal(t, []lists.Identifier{{Type: lists.IDSWIFT, Value: "EXMPRUMM"}}, l.Entities[0].Identifiers)
}

func TestReadOfficialFiles(t *testing.T) {
	file := func(name string) io.Reader { return listtest.Shared(t, "data", "lists", "ofac", name) }
	l, err := Read(SDN, Files{file("sdn.csv"), file("alt.csv"), file("add.csv"), file("sdn_comments.csv")})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, listtest.Counts{
		Entities: 8976, Persons: 4620, Organizations: 3673, Vessels: 406, Aircraft: 277,
		Names: 23321, Aliases: 11535, Weak: 2417, Former: 393, Addresses: 11440, Identifiers: 8124, BirthDates: 5124, Measures: 8976, Links: 3087,
	}, listtest.Count(l))
	require.Len(t, l.Skipped, 1)
	assert.Equal(t, `the country name "possibly Palestinian" is not known`, l.Skipped[0].Reason)
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		file, from, to string
		want           error
		says           string
	}{
		"duplicate":        {"sdn.csv", "90002,", "90001,", lists.ErrDuplicate, `parties, line 2, record "90001"`},
		"no such party":    {"alt.csv", "90002,3", "99999,3", lists.ErrFormat, `aliases, line 3, record "99999"`},
		"unknown type":     {"sdn.csv", "vessel", "balloon", lists.ErrFormat, `SDN_Type "balloon"`},
		"unknown alias":    {"alt.csv", `"nka"`, `"xka"`, lists.ErrFormat, `alt_type "xka"`},
		"mis-encoded":      {"add.csv", "Example", "Ex\xe1mple", lists.ErrEncoding, "addresses, line 1"},
		"cut in a row":     {"add.csv", `,"Yalta","Region: Crimea",-0- `, "", lists.ErrFormat, "addresses, line 3"},
		"an unclosed cell": {"sdn.csv", `"SAMPLE, Tester"`, `"SAMPLE, Tester`, lists.ErrFormat, "parties"},
		"a page":           {"sdn.csv", "90001", "<html>\n90001", lists.ErrFormat, "line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := extract(t, "ofac")
			fsys[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(string(fsys[c.file].Data), c.from, c.to, 1))}
			l, err := ReadFS(fsys)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.says)
			listtest.Result(t, l, err)
		})
	}
	t.Run("nothing", func(t *testing.T) {
		l, err := Read(SDN, Files{Parties: strings.NewReader("")})
		require.ErrorIs(t, err, lists.ErrEmpty)
		listtest.Result(t, l, err)
	})
	t.Run("a missing file", func(t *testing.T) {
		fsys := extract(t, "ofac")
		delete(fsys, "add.csv")
		l, err := ReadFS(fsys)
		require.ErrorContains(t, err, "add.csv")
		listtest.Result(t, l, err)
	})
}

func FuzzRead(f *testing.F) {
	m := extract(f, "ofac")
	text := func(name string) string { return string(m[name].Data) }
	f.Add(text("sdn.csv"), text("alt.csv"), text("add.csv"), text("sdn_comments.csv"))
	f.Fuzz(func(t *testing.T, parties, aliases, addresses, comments string) {
		l, err := Read(SDN, Files{strings.NewReader(parties), strings.NewReader(aliases), strings.NewReader(addresses), strings.NewReader(comments)})
		listtest.Result(t, l, err)
	})
}

func readAdvanced(r io.Reader) (lists.List, error) { return ReadAdvanced(SDN, r) }

func TestReadAdvanced(t *testing.T) {
	l, err := readAdvanced(strings.NewReader(listtest.File(t, "ofac", "sdn_advanced.xml")))
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Empty(t, l.Skipped)
	assert.Equal(t, lists.Date("2026-07-09"), l.Published)
	require.Len(t, l.Entities, 3)
	assert.Equal(t, lists.Entity{
		ID: "90002", Kind: lists.Person,
		Names: []lists.Name{
			{Text: "SAMPLE, Tester", Kind: lists.PrimaryName}, {Text: "نمونه", Kind: lists.OriginalName}, {Text: "TESS", Kind: lists.WeakAlias},
			{Text: "OLD, Tester", Kind: lists.FormerName},
		},
		Countries:   []string{"IR"},
		Addresses:   []lists.Address{{Text: "1 Example Street, Tehran, Iran", Street: "1 Example Street", City: "Tehran", Country: "IR"}},
		Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "A0000001", Country: "IR"}, {Type: lists.IDCrypto, Value: "1ExampleExampleExampleExample1", Note: "XBT"}},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962", Circa: true}}, BirthPlaces: []string{"Tehran, Iran"}, Gender: "male", Titles: []string{"Director"},
		Links: []string{"90001"}, Remarks: "Additional Sanctions Information - Subject to Secondary Sanctions",
		Measures: []lists.Measure{{Programme: "SDN", Tags: []string{"SDGT", "IRAN"}, Citation: "Executive Order 13224 (Terrorism)", Timeline: dated.Since("2016-04-03")}},
	}, l.Entities[0])
	assert.Equal(t, lists.Vessel, l.Entities[1].Kind)
	assert.Equal(t, []lists.Identifier{{Type: lists.IDIMO, Value: "9999999"}}, l.Entities[1].Identifiers)
	assert.Equal(t, lists.Organization, l.Entities[2].Kind)
}

func TestReadAdvancedRefuses(t *testing.T) {
	good := listtest.File(t, "ofac", "sdn_advanced.xml")
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":     {"", lists.ErrEmpty},
		"a page":      {"<html></html>", lists.ErrFormat},
		"duplicate":   {strings.Replace(good, `<DistinctParty FixedRef="90003">`, `<DistinctParty FixedRef="90002">`, 1), lists.ErrDuplicate},
		"no party":    {strings.Replace(good, `ProfileID="90003" ListID`, `ProfileID="1" ListID`, 1), lists.ErrFormat},
		"no name":     {strings.Replace(good, "EXAMPLE STAR", "", 1), nil},
		"mis-encoded": {strings.Replace(good, "TESS", "T\xe9SS", 1), lists.ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := readAdvanced(strings.NewReader(c.text))
			require.Error(t, err)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
			listtest.Result(t, l, err)
		})
	}
	listtest.Cuts(t, strings.TrimSpace(good), 40, readAdvanced, func(string) bool { return false })
}

func FuzzReadAdvanced(f *testing.F) {
	f.Add(listtest.File(f, "ofac", "sdn_advanced.xml"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := readAdvanced(strings.NewReader(text))
		listtest.Result(t, l, err)
	})
}
