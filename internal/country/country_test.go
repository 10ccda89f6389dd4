package country

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

func TestResolve(t *testing.T) {
	for name, want := range map[string]string{
		"CN": "CN", "cn": "CN", "chn": "CN", " PRK ": "KP", "UK": "GB", "XK": "XK", "SUN": "SU", "DDR": "DE",
		"Iran (Islamic Republic of)": "IR", "IRAN, ISLAMIC REPUBLIC OF": "IR", "DPRK": "KP", "D.P.R.K.": "KP",
		"Democratic People’s Republic of Korea": "KP", "Korea, North": "KP", "Korea, South": "KR", "조선민주주의인민공화국": "KP",
		"Hong Kong": "HK", "Hong Kong SAR": "HK", "中国香港": "HK", "香港": "HK", "Macau": "MO", "澳門": "MO",
		"Taiwan, Province of China": "TW", "中国台湾": "TW", "Türkiye": "TR", "TURKIYE": "TR", "Turkey": "TR", "Burma": "MM",
		"Cote d'Ivoire": "CI", "Côte d’Ivoire": "CI", "Palestinian, State of": "PS", "Yugoslavia": "YU", "Swaziland": "SZ",
		"Congo": "CG", "Congo (Democratic Republic of)": "CD", "The Bahamas": "BS", "Bahamas, The": "BS", "Antigua & Barbuda": "AG",
		"former Soviet Union": "SU", "中华人民共和国": "CN", "アフガニスタン": "AF", "Deutschland": "DE", "إيران": "IR", "Китай": "CN",
		"Российская Федерация": "RU", "РФ": "RU", "Белоруссия": "BY", "КНДР": "KP", "Северная Корея": "KP", "Исламская Республика Иран": "IR",
		"جمهورية إيران الإسلامية": "IR", "كوريا الشمالية": "KP", "السعودية": "SA", "الإمارات": "AE", "الجمهورية العربية السورية": "SY",
		"Congo, Dem. Rep.": "CD", "Congo, Rep.": "CG", "Egypt, Arab Rep.": "EG", "Venezuela, RB": "VE", "Korea, Dem. People's Rep. of": "KP",
		"中国台北": "TW", "臺灣": "TW", "中國香港特別行政區": "HK", "北韩": "KP", "ประเทศไทย": "TH", "대한민국": "KR", "북한": "KP",
		"United Arab Emirates (UAE)": "AE", "Russia (Russian Federation)": "RU", "阿联酋（UAE）": "AE", "Burma (Myanmar)": "MM",
		"Netherlands Antilles": "AN", "Serbia and Montenegro": "CS", "P.R. China": "CN", "U.S.A.": "US", "俄罗斯": "RU",
	} {
		got, ok := Resolve(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
}

func TestResolveDoesNotGuess(t *testing.T) {
	for _, name := range []string{
		"", " ", "-", "Korea", "Chian", "Virgin Islands", "Crimea", "Region: Crimea", "Kashmir", "EU", "European Union", "Europe", "Asia",
		"NM", "ZZ", "AA", "QO", "XX", "Republic of China", "Czechoslovakia", "possibly Palestinian", "not available", "the", "156,809", "840",
		"People's Republic of China BVI Electronics", "Korea (Seoul)", "Iran (Iraq)", "Iran (Iran (IR))",
	} {
		got, ok := Resolve(name)
		assert.False(t, ok, "%q became %q", name, got)
		assert.Empty(t, got, name)
	}
}

func TestNamesAndCodesAgree(t *testing.T) {
	for code, english := range load().english {
		for _, s := range []string{code, strings.ToLower(code), english, Name(code, "zh"), Name(code, "en")} {
			got, ok := Resolve(s)
			assert.True(t, ok && got == code, "%q gives %q, want %s", s, got, code)
		}
		assert.True(t, Valid(code))
		if r, err := language.ParseRegion(code); err == nil && r.String() == code {
			got, _ := Resolve(r.ISO3())
			assert.Equal(t, code, got, "alpha-3 %s", r.ISO3())
		}
	}
	assert.Len(t, load().english, 254, "249 codes in use, XK and four of former states")
	assert.Equal(t, "中国", Name("CN", "zh-CN"))
	assert.Equal(t, "Iran", Name("IR", "en"))
	assert.Equal(t, "Q9", Name("Q9", "zh"))
	assert.False(t, Valid("cn"))
	assert.False(t, Valid("UK"))
}

func TestSpellingsAreOfOneCountry(t *testing.T) {
	of := map[string]string{}
	for line := range strings.Lines(countries) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, f, 4, line)
		for s := range strings.SplitSeq(f[1]+"|"+f[2]+"|"+f[3], "|") {
			if was, twice := of[fold(s)]; twice && s != "" {
				assert.Equal(t, was, f[0], "%q", s)
			}
			of[fold(s)] = f[0]
		}
	}
}

// unresolved are the spellings in the official files that name no country, and so get no code.
var unresolved = []string{
	"-0-", "ISLE OF", "NM", "CRIMEA (OCCUPIED)", "None Identified", "undetermined", "possibly Palestinian",
	"REGION: CHINA", "REGION: COMMONWEALTH OF INDEPENDENT STATES", "REGION: IRAN", "REGION: JAMMU AND KASHMIR", "REGION: KAFIA KINGI",
	"REGION: KASHMIR", "REGION: NORTH GAZA", "REGION: NORTHERN GAZA", "REGION: NORTHERN MALI", "REGION: RUSSIA", "REGION: WEST BANK",
	"Region: Crimea", "Region: Gaza", "Region: Kafia Kingi", "Region: Northern Mali",
}

func TestEverySpellingOfTheOfficialLists(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("the official files are not here: %v", err)
	}
	seen := map[string]bool{}
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && strings.Trim(s, "0123456789,") != "" {
			seen[s] = true
		}
	}
	last := func(s string) string { return s[strings.LastIndex(s, ",")+1:] }

	table := func(path string, use func(row []string)) {
		f, err := os.Open(filepath.Join(shared, path))
		require.NoError(t, err)
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		require.NoError(t, err)
		for _, row := range rows[1:] {
			use(row)
		}
	}
	split := func(s string) {
		for v := range strings.SplitSeq(s, ";") {
			add(v)
		}
	}
	table("data/lists/us_csl_2026-07-31.csv", func(row []string) {
		for a := range strings.SplitSeq(row[7], ";") {
			add(last(a))
		}
		for _, i := range []int{18, 23, 25} {
			split(row[i])
		}
	})
	table("facts/us_country_groups_2026-07-23.csv", func(row []string) { add(row[0]) })
	table("data/lists/ofac/add.csv", func(row []string) {
		if len(row) > 4 {
			add(row[4])
		}
	})
	table("data/lists/ofac/sdn.csv", func(row []string) {
		for _, part := range strings.FieldsFunc(row[len(row)-1], func(r rune) bool { return r == ';' || r == '.' }) {
			for _, label := range []string{"nationality ", "citizen "} {
				if s, ok := strings.CutPrefix(strings.TrimSpace(part), label); ok {
					add(s)
				}
			}
		}
	})
	var meti []struct{ Addresses []string }
	b, err := os.ReadFile(filepath.Join(shared, "data/lists/jp_meti_end_user_list.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &meti))
	for _, e := range meti {
		for _, a := range e.Addresses {
			if !strings.HasPrefix(a, "People's Republic of China ") { // an extraction that joined the next row to the country
				add(a)
			}
		}
	}
	unCountries(t, filepath.Join(shared, "data/lists/un_consolidated.xml"), add)

	for _, s := range slices.Sorted(maps.Keys(seen)) {
		_, ok := Resolve(s)
		assert.Equal(t, !slices.Contains(unresolved, s), ok, "%q", s)
	}
	assert.Greater(t, len(seen), 400)
}

// unCountries gives add the text of every country and nationality element of the UN file.
func unCountries(t *testing.T, path string, add func(string)) {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	d := xml.NewDecoder(f)
	var stack []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			stack = append(stack, tok.Name.Local)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if path := strings.Join(stack, "/"); strings.HasSuffix(path, "COUNTRY") || strings.HasSuffix(path, "NATIONALITY/VALUE") || strings.HasSuffix(path, "COUNTRY_OF_ISSUE") {
				add(string(tok))
			}
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"CN", "the Bahamas", "Côte d’Ivoire", "\xff", "&", "香港"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, ok := Resolve(s)
		if ok != Valid(code) {
			t.Errorf("Resolve(%q) = %q, %v", s, code, ok)
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	for b.Loop() {
		Resolve("Iran (Islamic Republic of)")
	}
}
