package address

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b Parts
		want Likeness
	}{
		{Parts{Street: "Musterweg 12", City: "Kassel", Country: "DE"}, Parts{Text: "Musterweg 12, Kassel, Germany"}, Same},
		{Parts{Street: "Lange Muster-Strasse 12", City: "Kassel"}, Parts{Text: "LANGE MUSTERSTR. 12, 34117 KASSEL, DE"}, Same},
		{Parts{Street: "Lange Musterstraße 12", City: "Kassel"}, Parts{Text: "Lange Musterstr. 12, 34117 Kassel, Germany"}, Same},
		{Parts{Street: "Lange Muster-Strasse 12", City: "Kassel"}, Parts{Text: "Lange Muster Str. 12, 34117 Kassel, Germany"}, Same},
		{Parts{Street: "No. 8 Sample Road, Floor 3", City: "Ningbo"}, Parts{Text: "8 Sample Rd., Ningbo, China"}, Building},
		{Parts{Street: "No. 8 Sample Road", City: "Ningbo"}, Parts{Text: "10 Sample Road, Ningbo, China"}, Street},
		{Parts{Street: "8 Sample Road", City: "Ningbo"}, Parts{Text: "8 Sample Road, Ningde, China"}, Apart},
		{Parts{Street: "8 Sample Road", City: "Victoria", Country: "SC"}, Parts{Text: "8 Sample Road, Victoria, Canada"}, Apart},
		{Parts{Text: "宁波市北仑区示例路8号"}, Parts{Text: "中国宁波市北仑区示例路8号"}, Same},
		{Parts{Text: "宁波市北仑区示例路8号3楼"}, Parts{Text: "宁波北仑区示例路8号"}, Apart},
		{Parts{Text: "宁波市北仑区示例路8号3层"}, Parts{Text: "宁波市北仑区示例路8号"}, Building},
		{Parts{Text: "日本东京都示例区样本町1-2-10", Country: "JP"}, Parts{Text: "东京都示例区样本町1-2-10"}, Same},
		{Parts{Text: "Ningbo, China"}, Parts{Text: "Ningbo, China"}, Apart},
		{Parts{}, Parts{}, Apart},
	} {
		a, b := Parse(c.a), Parse(c.b)
		require.Equal(t, c.want, Compare(a, b), "%+v and %+v: %v and %v", c.a, c.b, a, b)
		require.Equal(t, c.want, Compare(b, a), "the other way round")
		if c.want == Same || c.want == Building {
			require.True(t, shareKey(a, b), "%+v would not be found by %+v", c.a, c.b)
		}
	}
}

func shareKey(a, b Address) bool {
	for _, k := range a.Keys() {
		for _, l := range b.Keys() {
			if k == l {
				return true
			}
		}
	}
	return false
}

func TestAnAddressIsTheSameAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Parts{
			Street: rapid.StringMatching(`[A-Z][a-z]{4,9} [A-Z][a-z]{4,9} [1-9][0-9]{0,2}`).Draw(t, "street"),
			City:   rapid.StringMatching(`[A-Z][a-z]{4,9}`).Draw(t, "city"),
		}
		a := Parse(p)
		if a.IsZero() {
			t.Skip("every name was a plain word")
		}
		require.Equal(t, Same, Compare(a, a))
	})
}

func FuzzParse(f *testing.F) {
	f.Add("8 Sample Road, Ningbo, China", "宁波市示例路8号")
	f.Add("", ",,,")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := Parse(Parts{Text: x}), Parse(Parts{Street: y, City: x})
		require.Equal(t, Compare(a, b), Compare(b, a))
	})
}
