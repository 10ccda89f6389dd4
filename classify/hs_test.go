package classify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParseHS(t *testing.T) {
	for _, c := range []struct{ in, edition, want string }{
		{"8471.30", "", "8471.30"},
		{"8471 30 00 10", "CN-2026", "8471.30.00.10"},
		{"８４７１３０", "2022", "8471.30"},
		{"ex 8471.30.00", "", "ex 8471.30.00"},
		{"HS 847130", "HS2017", "8471.30"},
		{"HS Code: 84", "2012", "84"},
		{"8471.30-8471.50", "2022", "8471.30-8471.50"},
		{"8471.30至8471.50", "2022", "8471.30-8471.50"},
		{"85.17-62-00", "", "8517.62.00"},
		{"854231.000000", "", "8542.31.00.00.00"},
		{"903149900", "JP-2026", "9031.49.90.0"},
	} {
		h, err := ParseHS(c.in, c.edition)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, h.String(), c.in)
	}
	for _, c := range []struct {
		in, edition string
		want        error
	}{
		{"", "", ErrHSSyntax}, {"steel", "", ErrHSSyntax}, {"84x1", "", ErrHSSyntax}, {"847", "", ErrHSLength}, {"84713", "", ErrHSLength},
		{"8471300", "", ErrHSLength}, {"84713000101", "", ErrHSLength}, {"8471300010123", "", ErrHSLength}, {strings.Repeat("8", 300), "", ErrHSLength},
		{"001122", "", ErrHSChapter}, {"770000", "", ErrHSChapter}, {"847130", "2020", ErrEdition}, {"847130", "XX-2026", ErrEdition}, {"847130", "CN-1999", ErrEdition},
		{"8471300010", "EU-CN-2026", ErrHSLength}, {"8471.50-8471.30", "", ErrHSSyntax}, {"84713000", "2022", nil},
	} {
		_, err := ParseHS(c.in, c.edition)
		if c.want == nil {
			// A national code under a bare HS year: the international six are read, the rest is kept.
			require.Error(t, err, c.in)
			continue
		}
		require.ErrorIs(t, err, c.want, c.in)
		var typed *HSError
		require.ErrorAs(t, err, &typed, c.in)
	}
}

func TestEditionText(t *testing.T) {
	for in, want := range map[string]string{"2022": "HS-2022", "hs 2017": "HS-2017", "CN-2026": "CN-2026", "us-hts-2026": "US-HTS-2026", "TARIC 2025": "TARIC-2025", "": ""} {
		e, err := ParseEdition(in)
		require.NoError(t, err, in)
		require.Equal(t, want, e.String(), in)
		var back Edition
		require.NoError(t, back.UnmarshalText([]byte(e.String())))
		require.Equal(t, e, back)
	}
	require.Equal(t, 2017, Edition{SystemChina, 2019}.HSYear())
	require.Equal(t, 2012, Edition{SystemKorea, 2016}.HSYear())
}

// TestHSRoundTrip: what is printed is read back as the same code.
func TestHSRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{2, 4, 6, 8, 9, 10, 12}).Draw(t, "digits")
		d := rapid.StringMatching(`(0[1-9]|[1-6][0-9]|8[0-9])[0-9]{10}`).Draw(t, "code")[:n]
		h, err := ParseHS(d, "")
		require.NoError(t, err)
		back, err := ParseHS(h.String(), "")
		require.NoError(t, err)
		require.Equal(t, h, back)
	})
}

func FuzzParseHS(f *testing.F) {
	for _, s := range []string{"8471.30", "ex 8471.30-8471.50", "８４７１", "8471~8472", "", "HS", "8471 to 8473", "\xff8471"} {
		f.Add(s, "2022")
	}
	f.Add("1", "CN-2026")
	f.Add("8471300010", "KR 2018")
	f.Fuzz(func(t *testing.T, s, edition string) {
		h, err := ParseHS(s, edition)
		if err != nil {
			return
		}
		if len(h.Digits) < 2 || len(h.Digits) > 12 || !isDigits(h.Digits) {
			t.Fatalf("%q: digits %q", s, h.Digits)
		}
		if again, err := ParseHS(h.String(), edition); err != nil || again != h {
			t.Fatalf("%q: %v reads back as %v, %v", s, h, again, err)
		}
	})
}
