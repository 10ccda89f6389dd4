package classify

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseCode(t *testing.T) {
	for _, c := range []struct {
		scheme                 Scheme
		in, want, entry, cause string
		group                  byte
	}{
		{SchemeEU, "3A001.a.5.b", "3A001.a.5.b", "3A001", "Wassenaar", 'A'},
		{SchemeECCN, "3a001.A.5.B", "3A001.a.5.b", "3A001", "", 'A'},
		{SchemeECCN, "9A610.x", "9A610.x", "9A610", "", 'A'},
		{SchemeECCN, "ear 99", "EAR99", "EAR99", "", 0},
		{SchemeChina, "1C117.b.1.a", "1C117.b.1.a", "1C117", "MTCR", 'C'},
		{SchemeChina, "１Ｃ９０２．ａ．２", "1C902.a.2", "1C902", "other national security", 'C'},
		{SchemeChina, "1B101.b", "1B101.b", "1B101", "MTCR", 'B'},
		{SchemeChina, "9A501", "9A501", "9A501", "temporary control", 'A'},
		{SchemeEU, "1C450.a.4.", "1C450.a.4", "1C450", "CWC", 'C'},
		{SchemeWassenaar, "3.A.1.a.5.b", "3.A.1.a.5.b", "3A001", "", 'A'},
		{SchemeWassenaar, "5.A.02.a", "5.A.2.a", "5A002", "", 'A'},
		{SchemeML, "ML10.c", "ML10.c", "ML10", "", 0},
		{SchemeML, "ml 10 c 1", "ML10.c.1", "ML10", "", 0},
		{SchemeUSML, "XV(e)(16)", "XV(e)(16)", "XV", "", 0},
		{SchemeUSML, "XIV(g)(4)(xxxviii)", "XIV(g)(4)(xxxviii)", "XIV", "", 0},
		{SchemeUSML, "Category viii(h)", "VIII(h)", "VIII", "", 0},
		{SchemeMilitary, "8.2", "8.2", "8", "", 0},
		{SchemeOwn, "X-7/b", "X-7/b", "X-7/b", "", 0},
	} {
		got, err := ParseCode(c.scheme, c.in)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, got.String(), c.in)
		require.Equal(t, c.entry, got.Entry(), c.in)
		require.Equal(t, c.cause, got.Reason(), c.in)
		require.Equal(t, c.group, got.Group(), c.in)
	}
	for _, c := range []struct {
		scheme Scheme
		in     string
	}{
		{SchemeEU, ""}, {SchemeEU, "3F001"}, {SchemeEU, "3A01"}, {SchemeEU, "EAR99"}, {SchemeChina, "ML10"}, {SchemeML, "ML"}, {SchemeML, "ML0"},
		{SchemeUSML, "XXII(a)"}, {SchemeWassenaar, "3A001"}, {SchemeWassenaar, "3.A.0"}, {SchemeMilitary, "a"},
	} {
		_, err := ParseCode(c.scheme, c.in)
		require.ErrorIs(t, err, ErrCodeSyntax, "%s %q", c.scheme, c.in)
	}
	_, err := ParseCode("xx", "3A001")
	require.ErrorIs(t, err, ErrCodeScheme)
}

// TestParseCodeReal reads the codes of the published lists: what a spreadsheet did to some (1.00E+02) is no code.
func TestParseCodeReal(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "control", "us_ccl_usml_nodes.csv"))
	if err != nil {
		t.Skipf("the tree of US codes is not here: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := slices.Index(rows[0], "ecn_number")
	dual, munitions := regexp.MustCompile(`^[0-9][A-E][0-9]{3}`), regexp.MustCompile(`^[IVX]+\(`)
	n := map[Scheme]int{}
	for _, r := range rows[1:] {
		code := r[column]
		scheme := SchemeECCN
		if munitions.MatchString(code) {
			scheme = SchemeUSML
		} else if !dual.MatchString(code) {
			continue
		}
		c, err := ParseCode(scheme, code)
		require.NoError(t, err, code)
		n[scheme]++
		again, err := ParseCode(scheme, c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	}
	require.Greater(t, n[SchemeECCN], 4500)
	require.Greater(t, n[SchemeUSML], 1000)
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"3A001.a.5.b", "ML10.c", "XV(e)(16)", "3.A.1.a", "EAR99", "１Ｃ１１７", "8.2", "\xff", "0A001.(a)"} {
		for i := range schemes {
			f.Add(i, s)
		}
	}
	f.Fuzz(func(t *testing.T, scheme int, s string) {
		if scheme < 0 {
			return
		}
		sch := schemes[scheme%len(schemes)]
		c, err := ParseCode(sch, s)
		if err != nil {
			return
		}
		again, err := ParseCode(sch, c.String())
		if err != nil || again.String() != c.String() {
			t.Fatalf("%s %q: %q reads back as %q, %v", sch, s, c, again, err)
		}
		for ; c.Base != ""; c = c.Parent() {
			if len(c.Paragraphs) > 12 {
				t.Fatal("too many paragraphs")
			}
		}
	})
}
