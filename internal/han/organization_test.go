package han

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shape writes segments as kind:text words; regions r, cores c, industries i, numbers n, forms f.
func shape(o Org) string {
	var out []string
	for _, s := range o.Segments {
		out = append(out, string(s.Kind[0])+":"+s.Text)
	}
	return strings.Join(out, " ")
}

func TestOrganization(t *testing.T) {
	for name, want := range map[string]string{
		"示例技术有限公司":           "c:示例 i:技术 f:有限公司",
		"示例技術有限公司":           "c:示例 i:技术 f:有限公司",
		"广东省深圳市示例精密机械股份有限公司": "r:广东 r:深圳 c:示例 i:精密机械 f:股份有限公司",
		"示例电子（香港）有限公司":       "c:示例 i:电子 r:香港 f:有限公司",
		"中国示例电子集团公司第二十九研究所":  "r:中国 c:示例 i:电子 f:集团公司 n:第二十九 f:研究所",
		"示例集团第7研究院":          "c:示例 f:集团 n:第7 f:研究院",
		"一〇三研究所":             "n:一〇三 f:研究所",
		"三一示例有限公司":           "c:三一示例 f:有限公司",
		"株式会社示例製作所":          "f:株式会社 c:示例 f:制作所",
		"中国西方工业公司":           "r:中国 c:西方 i:工业 f:公司",
		"重庆长江工业有限公司":         "r:重庆 c:长江 i:工业 f:有限公司",
		"武汉大学":               "c:武汉 f:大学",
		"上海示例装备（集团）股份有限公司":   "r:上海 c:示例 i:装备 f:集团股份有限公司",
		"示例 进出口 总公司":         "c:示例 i:进出口 f:总公司",
		"日本示例重工業株式会社":        "r:日本 c:示例 i:重工业 f:株式会社",
		"Example Works Ltd":  "",
		"":                   "",
		"示例ABC科技有限公司":        "c:示例abc i:科技 f:有限公司",
		"示例航空航天技术研究院有限责任公司":  "c:示例 i:航空航天 i:技术 f:研究院 f:有限责任公司",
		"中华人民共和国示例部":         "r:中华人民共和国 c:示例 f:部",
	} {
		require.Equal(t, want, shape(Organization(name)), name)
	}
}

func TestOrganizationReadings(t *testing.T) {
	o := Organization("陕西长城示例技术有限公司")
	require.Equal(t, []string{"shaanxi"}, o.Segments[0].English)
	require.Equal(t, "示例", o.Text(Core))
	industry := o.Of(Industry)
	require.Len(t, industry, 1)
	require.Equal(t, "jishu", industry[0].Pinyin[0])
	require.Contains(t, industry[0].English, "technologies")
	require.Equal(t, "limited", o.Of(Form)[0].Class)
	require.Equal(t, 29, Organization("示例第二十九研究所").Of(Number)[0].Value)
}

func TestNumeral(t *testing.T) {
	for text, want := range map[string]int{"十": 10, "十三": 13, "二十九": 29, "一百零三": 103, "七〇四": 704, "七二五": 725, "两千": 2000, "壹": 1, "〇": 0} {
		require.Equal(t, want, numeral([]rune(text)), text)
	}
}

func TestWordTables(t *testing.T) {
	seen := map[string]string{}
	for _, file := range []string{"forms.txt", "places.txt", "glossary.txt"} {
		n := 0
		for _, f := range lines(file) {
			require.Equal(t, map[string]int{"forms.txt": 3, "places.txt": 3, "glossary.txt": 2}[file], len(f), "%s %q", file, f)
			require.Empty(t, seen[Fold(f[0])], "%s is in two tables", f[0])
			english := f[len(f)-1]
			if file == "forms.txt" {
				english = f[1]
			}
			require.Equal(t, strings.ToLower(english), english)
			require.NotContains(t, english, "||")
			seen[Fold(f[0])] = file
			n++
		}
		require.Greater(t, n, map[string]int{"forms.txt": 100, "places.txt": 500, "glossary.txt": 500}[file], file)
	}
}

func TestAbbreviates(t *testing.T) {
	for _, c := range []struct {
		short, full string
		want        bool
	}{
		{"示工大", "示例工业大学", true},
		{"武工大", "武汉工业大学", true},
		{"中示电科", "中国示例电子科技集团公司", true},
		{"示积电", "示例积体电路制造股份有限公司", true},
		{"北示大", "北京示例大学", true},
		{"示电科", "中国示例电子科技集团公司", true},
		{"武工大", "湖南工业大学", false},
		{"示例技术", "示例技术有限公司", false},
		{"示例", "示例技术有限公司", false},
		{"电科大", "示例电子科技大学", false},
		{"工大", "示例工业大学", false},
		{"大工示", "示例工业大学", false},
		{"Example", "示例工业大学", false},
	} {
		got := Abbreviates(c.short, c.full)
		require.Equal(t, c.want, got > 0.5, "%s %s %v", c.short, c.full, got)
	}
}

func TestAbbreviatesIsBounded(t *testing.T) {
	long := strings.Repeat("大学", 200)
	require.LessOrEqual(t, Abbreviates(long, long+"工业"), 1.0)
}

func FuzzOrganization(f *testing.F) {
	f.Add("广东省深圳市示例精密机械股份有限公司")
	f.Add("第第第九九九十百千所\xff")
	f.Fuzz(func(t *testing.T, s string) {
		o := Organization(s)
		for _, seg := range o.Segments {
			require.NotEmpty(t, seg.Text)
			require.LessOrEqual(t, len(seg.Pinyin), maxSegmentReadings)
		}
		Abbreviates(s, s+"大学")
	})
}

func BenchmarkOrganization(b *testing.B) {
	for b.Loop() {
		Organization("广东省深圳市示例精密机械股份有限公司")
	}
}
