package sheet

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func TestRead(t *testing.T) {
	l, err := Read(strings.NewReader(listtest.File(t, "sheet", "own.csv")), Options{})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, "own", l.ID)
	assert.Equal(t, "OWN", l.Regime)
	require.Len(t, l.Entities, 3)
	assert.Equal(t, lists.Entity{
		ID: "C-1", Kind: lists.Organization,
		Names: []lists.Name{
			{Text: "Example Works Ltd", Kind: lists.PrimaryName}, {Text: "EWL", Kind: lists.Alias}, {Text: "Example Works Limited", Kind: lists.Alias},
			{Text: "Works", Kind: lists.WeakAlias}, {Text: "Sample Works Ltd", Kind: lists.FormerName}, {Text: "示例工程有限公司", Kind: lists.OriginalName},
		},
		Countries:   []string{"CN", "HK"},
		Addresses:   []lists.Address{{Text: "1 Example Road, Hong Kong", Country: "HK"}, {Text: "示例路2号", Country: "CN"}},
		Identifiers: []lists.Identifier{{Type: lists.IDUSCC, Value: "91000000000000000X", Country: "CN"}, {Type: "Customer No", Value: "17"}},
		Measures:    []lists.Measure{{Programme: "sensitive-client", Effect: "review", Notice: "Board 2025-3", Timeline: dated.Since("2025-03-01")}},
		Remarks:     "asked for goods to be relabelled",
	}, l.Entities[0])
	assert.Equal(t, []lists.BirthDate{{Date: "1960-05-01"}, {Date: "1961", Circa: true}, {Date: "1960", To: "1963"}}, l.Entities[1].BirthDates)
	assert.Equal(t, dated.InForce, l.Entities[1].Status("2025-12-31"))
	assert.Equal(t, dated.Ended, l.Entities[1].Status("2026-01-01"))
	assert.Equal(t, lists.Unknown, l.Entities[2].Kind)
}

// TestSharedTable reads somebody else's table of the United Kingdom's list by way of a mapping.
func TestSharedTable(t *testing.T) {
	m := Mapping{
		"id": "unique_id", "name": "name", "kind": "=", "aliases": "aliases", "original_names": "names_non_latin", "addresses": "addresses", "programme": "regimes",
	}
	l, err := Read(listtest.Shared(t, "data", "lists", "uk_sanctions_names.csv"), Options{ID: "uk-names", Mapping: m})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	assert.Equal(t, listtest.Counts{Entities: 6334, Unknown: 6334, Names: 19449, Aliases: 9269, Original: 3846, Addresses: 3812, Measures: 6334}, listtest.Count(l))
	require.Len(t, l.Skipped, 2, "the kinds are other words, the dates of another form")
}

func TestReadRefuses(t *testing.T) {
	const head = "id,kind,name,countries,birth_dates,identifiers,effect,listed_on,ended_on\n"
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"nothing":               {"", lists.ErrEmpty, "list own"},
		"a header alone":        {head, lists.ErrEmpty, ""},
		"no name column":        {"id,kind\n1,person\n", lists.ErrFormat, "field name: the column is missing"},
		"an unknown column":     {"id,kind,name,colour\n1,person,A,red\n", lists.ErrFormat, "line 1, field colour: unknown column"},
		"a column twice":        {"id,kind,name,name\n1,person,A,B\n", lists.ErrFormat, "the column is there twice"},
		"a duplicate":           {head + "1,person,A,,,,,,\n2,person,B,,,,,,\n1,person,C,,,,,,\n", lists.ErrDuplicate, `line 4, record "1", field id: two records have the same id: first in line 2`},
		"an unknown kind":       {head + "1,robot,A,,,,,,\n", nil, `line 2, record "1", field kind: "robot" is not a kind`},
		"no name":               {head + "1,person,,,,,,,\n", nil, "field name: the cell is empty"},
		"no id":                 {head + ",person,A,,,,,,\n", nil, "line 2, field id: the cell is empty"},
		"an unknown country":    {head + "1,person,A,FR|Atlantis,,,,,\n", nil, `"Atlantis" is not known`},
		"an impossible birth":   {head + "1,person,A,,1960-02-31,,,,\n", nil, `field birth_dates: "1960-02-31" is not a date`},
		"an untyped identifier": {head + "1,person,A,,,X123,,,\n", nil, "not of the form type:value"},
		"an unknown effect":     {head + "1,person,A,,,,forbid,,\n", nil, `effect "forbid" is none of`},
		"an impossible date":    {head + "1,person,A,,,,,2025-13-01,\n", nil, `"2025-13-01" is not a date`},
		"an end before":         {head + "1,person,A,,,,,2025-02-01,2025-01-01\n", nil, "before it was listed"},
		"a short row":           {head + "1,person\n", lists.ErrFormat, "line 2: the row has 2 cells, the header 9"},
		"an unclosed quote":     {head + "1,person,\"A,,,,,,\n2,person,B,,,,,,\n", lists.ErrFormat, "line"},
		"binary":                {"id,kind,name\n1,person,\xff\x81\x00\x90\n", lists.ErrEncoding, "UTF-8"},
		"damaged UTF-8":         {"id,kind,name\n1,person,示例工程有\xe9限公司\n", lists.ErrEncoding, "damaged UTF-8 at byte 37"},
		"too large a cell":      {"id,kind,name\n1,person," + strings.Repeat("A", 2<<20) + "\n", lists.ErrTooLarge, "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.text), Options{})
			require.Error(t, err)
			listtest.Result(t, l, err)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestEveryProblemIsToldAtOnce(t *testing.T) {
	_, err := Read(strings.NewReader("id,kind,name,countries\n1,robot,A,Atlantis\n2,person,,FR\n"), Options{ID: "clients"})
	assert.Len(t, listtest.Flatten(err), 3)
	assert.ErrorContains(t, err, "list clients, line 3")

	_, err = Read(strings.NewReader("id,kind,name\n"+strings.Repeat("x,robot,A\n", 100)), Options{})
	assert.Len(t, listtest.Flatten(err), 51)
	assert.ErrorContains(t, err, "and 149 more")
}

func TestEncodingsAreToldApart(t *testing.T) {
	encode := func(enc interface{ String(string) (string, error) }, text string) string {
		s, err := enc.String(text)
		require.NoError(t, err)
		return s
	}
	const head = "id,kind,name,remarks\n"
	for name, c := range map[string]struct{ text, want string }{
		"UTF-8":                 {head + "1,organization,示例工程有限公司,备注\n", "示例工程有限公司"},
		"with mark":             {"\ufeff" + head + "1,organization,示例工程有限公司,备注\n", "示例工程有限公司"},
		"CRLF":                  {strings.ReplaceAll(head+"1,organization,Example Works,\n", "\n", "\r\n"), "Example Works"},
		"GB18030":               {encode(simplifiedchinese.GB18030.NewEncoder(), head+"1,organization,示例工程有限公司,备注：无\n"), "示例工程有限公司"},
		"GB18030, one company":  {encode(simplifiedchinese.GB18030.NewEncoder(), head+"1,organization,上海示例,\n"), "上海示例"},
		"Shift-JIS":             {encode(japanese.ShiftJIS.NewEncoder(), head+"1,organization,サンプル工業株式会社,これは見本です。\n"), "サンプル工業株式会社"},
		"Windows-1252":          {encode(charmap.Windows1252.NewEncoder(), head+"1,organization,Société d’Exemple Müller & Fils,“né” à Liège\n"), "Société d’Exemple Müller & Fils"},
		"Windows-1252, a quote": {encode(charmap.Windows1252.NewEncoder(), head+"1,organization,Example’s Works,\n"), "Example’s Works"},
		"UTF-16":                {encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), head+"1,organization,示例工程有限公司,\n"), "示例工程有限公司"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(strings.NewReader(c.text), Options{})
			require.NoError(t, err)
			assert.Equal(t, c.want, l.Entities[0].PrimaryName())
		})
	}
}

func TestMapping(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(listtest.File(t, "sheet", "mapping.csv")))
	require.NoError(t, err)
	l, err := Read(strings.NewReader(listtest.File(t, "sheet", "mapped.csv")), Options{ID: "clients", Mapping: m})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, "K2", l.Entities[1].ID)
	assert.Equal(t, []string{"JP"}, l.Entities[1].Countries)
	assert.Equal(t, lists.Organization, l.Entities[1].Kind)
	assert.Equal(t, "sensitive-client", l.Entities[1].Measures[0].Programme)
	require.Len(t, l.Skipped, 1)
	assert.Equal(t, "负责人", l.Skipped[0].Field)

	_, err = Read(strings.NewReader("客户编号,公司名称\nK1,示例\n"), Options{Mapping: m})
	require.ErrorContains(t, err, "field 国家: the column is missing")
	_, err = ReadMapping(strings.NewReader("column,heading\nid,A\nid,B\ncolour,C\nname,\n"))
	require.ErrorIs(t, err, lists.ErrDuplicate)
	require.ErrorContains(t, err, "unknown column")
	require.ErrorContains(t, err, "field kind: not in the expected format: the column must be mapped")
}

func TestEvents(t *testing.T) {
	table := "id,kind,name,notice,listed_on\n1,organization,A,N 1,2025-01-01\n2,organization,B,N 2,2025-01-01\n"
	events := "notice,status,from,until,by\nN 1,suspended,2025-06-01,2025-12-31,N 3\nN 1,ended,2026-02-01,,N 4\n"
	l, err := Read(strings.NewReader(table), Options{Events: strings.NewReader(events)})
	require.NoError(t, err)
	for day, want := range map[lists.Date]lists.Status{
		"2024-12-31": dated.NotYet, "2025-05-31": dated.InForce, "2025-12-31": dated.Suspended, "2026-01-15": dated.Verify, "2026-02-01": dated.Ended,
	} {
		assert.Equal(t, want, l.Entities[0].Status(day), day)
	}
	assert.Equal(t, dated.InForce, l.Entities[1].Status("2026-02-01"))

	l, err = Read(strings.NewReader(table), Options{Events: strings.NewReader("notice,status,from\nN 1,paused,2025-06-01\nN 1,ended,soon\n,ended,2025-01-01\n")})
	listtest.Result(t, l, err)
	require.ErrorContains(t, err, `"paused"`)
	require.ErrorContains(t, err, `"soon" is not a date`)
	require.ErrorContains(t, err, "no notice")
}

func FuzzRead(f *testing.F) {
	f.Add(listtest.File(f, "sheet", "own.csv"))
	f.Add("id,kind,name\n1,person,\"A\n")
	f.Add("\xff\xfei\x00d\x00")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read(strings.NewReader(text), Options{})
		listtest.Result(t, l, err)
	})
}

func FuzzReadMapping(f *testing.F) {
	f.Add(listtest.File(f, "sheet", "mapping.csv"), listtest.File(f, "sheet", "mapped.csv"))
	f.Fuzz(func(t *testing.T, mapping, table string) {
		m, err := ReadMapping(strings.NewReader(mapping))
		if err != nil {
			return
		}
		l, err := Read(strings.NewReader(table), Options{Mapping: m})
		listtest.Result(t, l, err)
	})
}
