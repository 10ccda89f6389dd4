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
