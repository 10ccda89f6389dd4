package lists_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/eu"
	"github.com/ordergate/ordergate/lists/ftm"
	"github.com/ordergate/ordergate/lists/internal/listtest"
	"github.com/ordergate/ordergate/lists/jp"
	"github.com/ordergate/ordergate/lists/ofac"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/lists/sheet/xlsx"
	"github.com/ordergate/ordergate/lists/tw"
	"github.com/ordergate/ordergate/lists/uk"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
)

// How an importer may take a defect.
type taken int

const (
	refused taken = iota // no list at all, and an error that says the words
	noted                // the list, with the words among what was skipped
	read                 // the list, with the words among its names
)

// defect is what is done to a good file of a format, and how that is taken.
type defect struct {
	from, to string
	taken
	says string
}

// format is one importer with a good file and one defect of each rule. A rule that a format cannot break is not there.
type format struct {
	read    func(io.Reader) (lists.List, error)
	good    string
	defects map[string]defect
}

func file(t *testing.T, path ...string) string { return listtest.File(t, path...) }

// asWorkbook has a table read from a workbook.
func asWorkbook(t *testing.T, read func(io.Reader) (lists.List, error)) func(io.Reader) (lists.List, error) {
	return func(r io.Reader) (lists.List, error) {
		rows, err := csv.NewReader(r).ReadAll()
		require.NoError(t, err)
		book := excelize.NewFile()
		for i, row := range rows {
			require.NoError(t, book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row))
		}
		var b bytes.Buffer
		_, err = book.WriteTo(&b)
		require.NoError(t, err)
		require.NoError(t, book.Close())
		return read(&b)
	}
}

// formats are every importer's; China's lists and the United Nations' built-in one go through sheet.
func formats(t *testing.T) map[string]format {
	const (
		own = "id,kind,name,countries,birth_dates\n1,organization,Example Works,FR,\n2,person,Tester Sample,,1961-02-03\n"
		eul = "No.,Country or Region,Company or Organization,Also Known As,Type of WMD\n1,Iran,Example Works,,N\n2,Iran,Sample Works,,N\n"
	)
	base := file(t, "ftm", "entities.ftm.json")
	simple := func(r io.Reader) (lists.List, error) { return ftm.ReadSimple(r, ftm.Options{}) }
	entities := func(r io.Reader) (lists.List, error) { return ftm.Read(r, ftm.Options{}) }
	delta := func(r io.Reader) (lists.List, error) {
		return ftm.Read(strings.NewReader(base), ftm.Options{}, ftm.Delta{Version: "20260801", R: r})
	}
	return map[string]format{
		"un": {un.Read, file(t, "un", "consolidated.xml"), map[string]defect{
			"duplicate id":          {"XXe.001", "XXi.001", refused, `list un, line 79, record "XXi.001", field id: two records have the same id: first in line 4`},
			"empty name":            {"EXAMPLE TRADING CORPORATION", " ", refused, `list un, line 79, record "XXe.001", field FIRST_NAME: the party has no name`},
			"impossible date":       {"2009-07-16", "2009-02-30", refused, `list un, line 79, record "XXe.001", field LISTED_ON: "2009-02-30" is not a date`},
			"unknown country":       {"", "", noted, `list un, line 79, record "XXe.001", field COUNTRY: the country name "Atlantis" is not known`},
			"new column or element": {"<INDIVIDUALS>", "<NEWS/><INDIVIDUALS>", noted, "list un, line 3, field NEWS: an element the importer does not know was left out"},
		}},
		"ofac": {func(r io.Reader) (lists.List, error) { return ofac.Read(ofac.SDN, ofac.Files{Parties: r}) }, file(t, "ofac", "sdn.csv"), map[string]defect{
			"duplicate id":          {"90002,", "90001,", refused, `list us-sdn, parties, line 2, record "90001": two records have the same id`},
			"empty name":            {"EXAMPLE STAR", "", refused, `list us-sdn, parties, line 3, record "90003": not in the expected format: no name or number`},
			"impossible date":       {"DOB 03 Feb 1961", "DOB 31 Feb 1961", noted, `parties, record "90002", field DOB: not a date: "31 Feb 1961"`},
			"unknown country":       {`"Panama"`, `"Atlantis"`, noted, `record "90003", field Vess_flag: the country name "Atlantis" is not known`},
			"quotes":                {`"EXAMPLE STAR"`, `"EXAMPLE STAR`, refused, "list us-sdn, parties, line 3"},
			"new column or element": {`-0- ,"Website`, `-0- ,-0- ,"Website`, refused, `line 1, record "90001": not in the expected format: the row has 13 cells, not 12`},
		}},
		"ofac advanced": {func(r io.Reader) (lists.List, error) { return ofac.ReadAdvanced(ofac.SDN, r) }, file(t, "ofac", "sdn_advanced.xml"), map[string]defect{
			"duplicate id":          {`<DistinctParty FixedRef="90003">`, `<DistinctParty FixedRef="90002">`, refused, `list us-sdn, line 67, record "90002", field id: two records have the same id: first in line 36`},
			"empty name":            {"EXAMPLE STAR", "", refused, `record "90003", field Alias: the party has no primary name`},
			"impossible date":       {"<Month>7</Month>", "<Month>13</Month>", refused, `list us-sdn, line 3, field DateOfIssue: "2026-13-09" is not a date`},
			"unknown country":       {`CountryID="11082" CountryRelevanceID`, `CountryID="1" CountryRelevanceID`, noted, `record "25", field Country: the file does not explain the number 1`},
			"new column or element": {"<Locations>", "<News/><Locations>", noted, "field News: an element the importer does not know was left out"},
		}},
		"eu": {eu.Read, file(t, "eu", "full_1_1.xml"), map[string]defect{
			"duplicate id":          {`logicalId="9002"`, `logicalId="EU.9001.1"`, refused, `list eu, line 24, record "EU.9001.1", field id: two records have the same id: first in line 3`},
			"empty name":            {`wholeName="Example Shipping Company"`, "", refused, `list eu, line 24, record "9002", field nameAlias: the party has no name`},
			"impossible date":       {`entryIntoForceDate="2024-02-24"`, `entryIntoForceDate="2024-02-31"`, refused, `list eu, line 24, record "9002", field regulation: "2024-02-31" is not a date`},
			"unknown country":       {`countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF"`, `countryIso2Code="QQ" countryDescription="ATLANTIS"`, noted, `list eu, line 24, record "9002", field address: the country name "ATLANTIS" is not known`},
			"new column or element": {`<subjectType code="person"`, `<wallet/><subjectType code="person"`, noted, "list eu, line 3, field wallet: an element"},
		}},
		"uk": {uk.Read, file(t, "uk", "UK-Sanctions-List.xml"), map[string]defect{
			"duplicate id":          {"XXX0002", "XXX0001", refused, `list uk, line 39, record "XXX0001", field id: two records have the same id: first in line 4`},
			"empty name":            {"<Name6>EXAMPLE STAR</Name6>", "", refused, `record "XXX0002", field name: the party has no name`},
			"impossible date":       {"29/06/2012", "31/06/2012", refused, `list uk, line 4, record "XXX0001", field date designated: "31/06/2012" is not a date`},
			"unknown country":       {"<AddressCountry>Iran", "<AddressCountry>Atlantis", noted, `list uk, line 4, record "XXX0001", field address country`},
			"new column or element": {"<OFSIGroupID>", "<Shoes/><OFSIGroupID>", noted, "list uk, line 4, field Shoes: an element"},
		}},
		"uscsl": {uscsl.Read, file(t, "uscsl", "consolidated.csv"), map[string]defect{
			"duplicate id":          {"x-2,", "x-1,", refused, `list us-csl, line 3, record "x-1", field id: two records have the same id: first in line 2`},
			"empty name":            {"EXAMPLE STAR", "", refused, `list us-csl, line 4, record "x-3", field name`},
			"impossible date":       {"2024-01-02", "2024-13-02", refused, `list us-csl, line 5, record "x-4", field start_date: "2024-13-02" is not a date`},
			"unknown country":       {"Panama", "Atlantis", noted, `list us-csl, line 4, record "x-3", field vessel_flag`},
			"quotes":                {`"SAMPLE, Tester"`, `"SAMPLE, Tester`, refused, "list us-csl, line 2"},
			"new column or element": {",title,", ",headline,", noted, "list us-csl, line 1, field headline: a column"},
		}},
		"uscsl JSON": {uscsl.ReadJSON, file(t, "uscsl", "consolidated.json"), map[string]defect{
			"duplicate id":          {`"x-2"`, `"x-1"`, refused, `record "x-1", field id: two records have the same id: first in byte `},
			"empty name":            {`"EXAMPLE STAR"`, `""`, refused, `record "x-3", field name`},
			"impossible date":       {"2024-01-02", "2024-13-02", refused, `record "x-4", field start_date: "2024-13-02" is not a date`},
			"unknown country":       {"Panama", "Atlantis", noted, `record "x-3", field vessel_flag`},
			"quotes":                {`"EXAMPLE STAR"`, `"EXAMPLE STAR`, refused, "list us-csl, byte "},
			"new column or element": {`"title"`, `"headline"`, noted, "field headline: a member"},
		}},
		"uk CSV": {uk.ReadCSV, file(t, "uk", "UK-Sanctions-List.csv"), map[string]defect{
			// The rows of one id are those of one party.
			"empty name":            {"EXAMPLE STAR", "", refused, `record "XXX0002", field name: the party has no name`},
			"impossible date":       {"29/06/2012", "31/06/2012", refused, `list uk, line 3, record "XXX0001", field date designated`},
			"unknown country":       {"Gabon", "Atlantis", noted, `list uk, line 6, record "XXX0002", field nationality`},
			"quotes":                {"EXAMPLE STAR", `"EXAMPLE STAR`, refused, "list uk, line 6"},
			"new column or element": {",Title,", ",Shoes,", noted, "list uk, line 2, field shoes: a column"},
		}},
		"jp": {asWorkbook(t, jp.Read), eul, map[string]defect{
			"duplicate id":          {"\n2,", "\n1,", refused, `list jp-eul, line 3, record "1", field id: two records have the same id: first in line 2`},
			"empty name":            {"Sample Works", "", refused, `list jp-eul, line 3, record "2", field company`},
			"unknown country":       {"Iran", "Atlantis", noted, `list jp-eul, line 2, record "1", field country`},
			"new column or element": {"Also Known As", "Shoes", noted, "list jp-eul, line 1, field Shoes: a column"},
		}},
		"tw": {tw.Read, file(t, "tw", "shtc_list.csv"), map[string]defect{
			"empty name":            {"TESTER SAMPLE（永久參考號：XXi.001）,Tess;簡體中文：测试", "（永久參考號：XXi.001）,", refused, "list tw-shtc, line 3, record"},
			"unknown country":       {",CN,", ",Atlantis,", noted, `list tw-shtc, line 2, record`},
			"quotes":                {`"1 Example Road`, `1 "Example Road`, refused, "list tw-shtc, line 2"},
			"new column or element": {",護照號碼ID Number", ",Shoes", noted, "list tw-shtc, line 1, field shoes: a column"},
		}},
		"ftm": {entities, base, map[string]defect{
			"duplicate id":    {`"id":"XX-v1"`, `"id":"XX-p1"`, refused, `list opensanctions, line 5, record "XX-p1": two records have the same id`},
			"empty name":      {`"caption":"EXAMPLE STAR","schema":"Vessel","properties":{"name":["EXAMPLE STAR"]`, `"schema":"Vessel","properties":{"name":[" "]`, refused, `list opensanctions, line 5, record "XX-v1", field name`},
			"impossible date": {"1961-02-03", "1961-02-30", noted, `list opensanctions, line 1, record "XX-p1", field birthDate: not a date: 1961-02-30`},
			"unknown country": {`"ru"],"passport`, `"q"],"passport`, noted, `record "XX-p1", field country: the country name "q" is not known`},
			"quotes":          {`"EXAMPLE STAR"]`, `"EXAMPLE STAR]`, refused, "list opensanctions, line 5"},
			// Members are added to the model often and objects of new schemata with them: these are counted.
			"new column or element": {`"schema":"Address"`, `"schema":"Shoes"`, noted, "2 objects that are no listed party were left out"},
		}},
		"ftm delta": {delta, file(t, "ftm", "20260801.delta.json"), map[string]defect{
			"duplicate id":    {`"XX-c2"`, `"XX-c1"`, refused, "a delta adds what is there already"},
			"empty name":      {`"caption":"Example Trading","schema":"Company","properties":{"name":["Example Trading"]`, `"schema":"Company","properties":{"name":[""]`, refused, `list opensanctions, delta 20260801, line 1, record "XX-c2", field name`},
			"impossible date": {`{"name":["EXAMPLE MOON"]`, `{"name":["EXAMPLE MOON"],"birthDate":["soon"]`, noted, `delta 20260801, line 2, record "XX-v1", field birthDate: not a date: soon`},
			"unknown country": {`"ga"`, `"q"`, noted, `delta 20260801, record "XX-v1", field country`},
			"quotes":          {`"EXAMPLE MOON"]`, `"EXAMPLE MOON]`, refused, "list opensanctions, delta 20260801, line 2"},
		}},
		"ftm simple": {simple, file(t, "ftm", "targets.simple.csv"), map[string]defect{
			"duplicate id":          {`"XX-v1"`, `"XX-p1"`, refused, `list opensanctions, line 3, record "XX-p1", field id: two records have the same id`},
			"empty name":            {`"EXAMPLE STAR"`, `""`, refused, `list opensanctions, line 3, record "XX-v1", field name`},
			"impossible date":       {"1961-02-03", "1961-02-30", noted, `list opensanctions, line 2, record "XX-p1", field birth_date: not a date: 1961-02-30`},
			"unknown country":       {`"ru"`, `"q"`, noted, `list opensanctions, line 2, record "XX-p1", field country`},
			"quotes":                {`"EXAMPLE STAR"`, `"EXAMPLE STAR`, refused, "list opensanctions, line 3"},
			"new column or element": {`"last_change"`, `"shoes"`, noted, "list opensanctions, line 1, field shoes: a column"},
		}},
		"sheet": {func(r io.Reader) (lists.List, error) { return sheet.Read(r, sheet.Options{}) }, own, map[string]defect{
			"duplicate id":          {"\n2,", "\n1,", refused, `list own, line 3, record "1", field id: two records have the same id: first in line 2`},
			"empty name":            {"Example Works", "", refused, `list own, line 2, record "1", field name: the cell is empty`},
			"impossible date":       {"1961-02-03", "1961-02-30", refused, `list own, line 3, record "2", field birth_dates`},
			"unknown country":       {"FR", "Atlantis", refused, `list own, line 2, record "1", field countries`},
			"quotes":                {"Example Works", `"Example Works`, refused, "list own, line"},
			"new column or element": {"birth_dates", "shoes", refused, "list own, line 1, field shoes: unknown column"},
		}},
		"sheet XLSX": {asWorkbook(t, func(r io.Reader) (lists.List, error) { return xlsx.Read(r, sheet.Options{}) }), own, map[string]defect{
			"duplicate id":          {"\n2,", "\n1,", refused, `list own, line 3, record "1", field id: two records have the same id: first in line 2`},
			"empty name":            {"Example Works", "", refused, `list own, line 2, record "1", field name: the cell is empty`},
			"impossible date":       {"1961-02-03", "1961-02-30", refused, `list own, line 3, record "2", field birth_dates`},
			"unknown country":       {"FR", "Atlantis", refused, `list own, line 2, record "1", field countries`},
			"new column or element": {"birth_dates", "shoes", refused, "list own, line 1, field shoes: unknown column"},
		}},
	}
}

func (d defect) check(t *testing.T, read func(io.Reader) (lists.List, error), text string) {
	t.Helper()
	l, err := read(strings.NewReader(text))
	listtest.Result(t, l, err)
	switch d.taken {
	case refused:
		require.ErrorContains(t, err, d.says)
	case noted:
		require.NoError(t, err)
		var skipped []string
		for i := range l.Skipped {
			skipped = append(skipped, l.Skipped[i].Error())
		}
		assert.Contains(t, strings.Join(skipped, "\n"), d.says)
	default:
		require.NoError(t, err)
		var names []string
		for _, e := range l.Entities {
			for _, n := range e.Names {
				names = append(names, n.Text)
			}
		}
		assert.Contains(t, names, d.says)
	}
}

func TestBadInput(t *testing.T) {
	for name, f := range formats(t) {
		f.defects[""] = defect{taken: noted}
		for rule, d := range f.defects {
			t.Run(name+"/"+rule, func(t *testing.T) {
				require.Contains(t, f.good, d.from)
				d.check(t, f.read, strings.Replace(f.good, d.from, d.to, 1))
			})
		}
	}
}

// TestLineEndsAndMarks reads every format that is text with a byte order mark and with CRLF: the same list.
func TestLineEndsAndMarks(t *testing.T) {
	for name, f := range formats(t) {
		if name == "jp" || name == "sheet XLSX" {
			continue
		}
		want, err := f.read(strings.NewReader(f.good))
		require.NoError(t, err, name)
		plain := strings.ReplaceAll(strings.TrimPrefix(f.good, "\ufeff"), "\r\n", "\n")
		for _, text := range []string{"\ufeff" + plain, strings.ReplaceAll(plain, "\n", "\r\n"), "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n")} {
			got, err := f.read(strings.NewReader(text))
			require.NoError(t, err, name)
			assert.Equal(t, want.Entities, got.Entities, name)
		}
	}
}

// TestEncodings puts a name in another encoding into every format that is text. A format that prescribes UTF-8 is
// refused, and what the text looks like is said; XML that says its encoding, and tables that may be in any, are read.
func TestEncodings(t *testing.T) {
	old := map[string]string{
		"un": "EXAMPLE TRADING CORPORATION", "ofac": "EXAMPLE STAR", "ofac advanced": "EXAMPLE STAR", "eu": "Example Shipping Company", "uk": "EXAMPLE STAR", "uk CSV": "EXAMPLE STAR",
		"uscsl": "EXAMPLE STAR", "uscsl JSON": "EXAMPLE STAR", "ftm": "EXAMPLE STAR", "ftm delta": "EXAMPLE MOON", "ftm simple": "EXAMPLE STAR", "sheet": "Example Works",
	}
	for _, in := range []struct {
		name, label, text string
		enc               encoding.Encoding
	}{
		{"gb18030", "GB18030", "示例工程有限公司", simplifiedchinese.GB18030},
		{"shift-jis", "Shift_JIS", "サンプル工業株式会社", japanese.ShiftJIS},
		{"windows-1252", "windows-1252", "Société Müller", charmap.Windows1252},
	} {
		encoded, err := in.enc.NewEncoder().String(in.text)
		require.NoError(t, err)
		for name, f := range formats(t) {
			if old[name] == "" {
				continue // workbooks hold Unicode; Taiwan's own headings are below
			}
			t.Run(name+"/"+in.name, func(t *testing.T) {
				text := strings.ReplaceAll(f.good, old[name], encoded)
				switch {
				case strings.HasPrefix(f.good, "<?xml"):
					defect{taken: refused, says: "invalid UTF-8"}.check(t, f.read, text)
					head, _, _ := strings.Cut(f.good, "?>")
					plain := `<?xml version="1.0" encoding="` + in.label + `"` + strings.Map(ascii, strings.ReplaceAll(f.good[len(head):], old[name], "HERE"))
					defect{taken: read, says: in.text}.check(t, f.read, strings.ReplaceAll(plain, "HERE", encoded))
					if in.enc != charmap.Windows1252 { // in which every byte is a character
						defect{taken: refused, says: "not in the expected character encoding: not " + in.label}.check(t, f.read, strings.ReplaceAll(plain, "HERE", encoded+"\xff\xff"))
					}
				case name == "sheet":
					defect{taken: read, says: in.text}.check(t, f.read, text)
				default:
					defect{taken: refused, says: "the text looks like " + in.name}.check(t, f.read, text)
				}
			})
		}
	}
	simplified, err := simplifiedchinese.GB18030.NewEncoder().String("名稱name,別名alias\n示例工程有限公司,上海样例贸易公司\n")
	require.NoError(t, err)
	defect{taken: read, says: "示例工程有限公司"}.check(t, tw.Read, simplified)
}

// ascii leaves out of a text what is not in every encoding.
func ascii(r rune) rune {
	if r > 0x7e {
		return -1
	}
	return r
}
