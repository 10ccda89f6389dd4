package textindex

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func terms(s string) []string {
	var out []string
	for _, t := range Tokens(s) {
		out = append(out, t.Term)
	}
	return out
}

func TestTokens(t *testing.T) {
	for in, want := range map[string][]string{
		"Ring-laser gyroscopes":      {"ring", "ringlaser", "laser", "gyro"},
		"Aluminium moulds, fibres":   {"aluminum", "mold", "fiber"},
		"五轴联动加工中心":                   {"5", "5轴", "轴联", "联动", "动加", "加工", "工中", "中心"},
		"５轴机床 12.5 kW":               {"5", "5轴", "轴机", "机床", "12.5", "kw"},
		"三乙醇胺":                       {"三乙", "乙醇", "醇胺"},
		"金属镝":                        {"金属", "属镝", "镝"},
		"T-800 carbon fibre":         {"t", "t800", "800", "carbon", "fiber"},
		"five-axis machining centre": {"5", "5axis", "axis", "machining", "center"},
		"":                           nil,
	} {
		require.Equal(t, want, terms(in), in)
	}
}

func TestSearchOrder(t *testing.T) {
	x, err := New([][]string{terms("vacuum pump"), terms("turbomolecular vacuum pump"), terms("garden pump"), terms("garden pump")})
	require.NoError(t, err)
	defer func() { require.NoError(t, x.Close()) }()
	hits, err := x.Search(terms("turbomolecular pump"), 10)
	require.NoError(t, err)
	require.Len(t, hits, 4)
	require.Equal(t, 1, hits[0].Doc)
	require.Equal(t, []int{2, 3}, []int{hits[2].Doc, hits[3].Doc}[:2], "equal scores are ordered by number")
	none, err := x.Search(nil, 10)
	require.NoError(t, err)
	require.Empty(t, none)
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"五轴 CNC", "a-b-c", "１２．５ｋＷ", "\xff\xfe", "-.-", "3.", "镝铁合金99.9%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, tok := range Tokens(s) {
			if tok.Term == "" || tok.At < 0 {
				t.Fatalf("%q: empty term or bad place %+v", s, tok)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	var docs [][]string
	for i := range 1500 {
		docs = append(docs, terms(fmt.Sprintf("machine %d vacuum pump part%d 真空泵 设备 第%d号 加工中心 type%d", i, i%7, i%13, i%31)))
	}
	x, err := New(docs)
	require.NoError(b, err)
	defer x.Close()
	q := terms("立式五轴加工中心 vacuum pump machine type3 part4 真空设备")
	b.ResetTimer()
	for b.Loop() {
		if _, err := x.Search(q, 60); err != nil {
			b.Fatal(err)
		}
	}
}
