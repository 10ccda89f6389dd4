package han

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

func TestSplitPerson(t *testing.T) {
	for name, want := range map[string][2]string{
		"单文": {"单", "文"}, "欧阳文": {"欧阳", "文"}, "歐陽文": {"欧阳", "文"}, "欧阳": {"欧", "阳"}, "司马小文": {"司马", "小文"}, "尉迟文": {"尉迟", "文"},
		"范姜小文": {"范姜", "小文"}, "文": {"文", ""}, "示例·文": {"", "示例文"}, "一二三四五六": {"", "一二三四五六"}, "": {"", ""}, "Wen": {"", ""},
		"曾 小文": {"曾", "小文"},
	} {
		family, given := SplitPerson(name)
		require.Equal(t, want, [2]string{family, given}, name)
	}
}

func TestPerson(t *testing.T) {
	for _, c := range []struct{ name, first, other string }{
		{"单小文", "shan xiaowen", "dan xiaowen"},
		{"曾小文", "zeng xiaowen", "tsang siuman"},
		{"仇小文", "qiu xiaowen", "chou xiaowen"},
		{"解小文", "xie xiaowen", "jie xiaowen"},
		{"查小文", "zha xiaowen", "cha xiaowen"},
		{"區小文", "ou xiaowen", "au siuman"},
		{"朴小文", "piao xiaowen", "pak somun"},
		{"万俟文", "moqi wen", "moqi wen"},
		{"尉迟文", "yuchi wen", "yuchi wen"},
		{"曹伟文", "cao weiwen", "tsao weiwen"},
		{"陈小文", "chen xiaowen", "tan xiaowen"},
		{"張小文", "zhang xiaowen", "cheung siuman"},
		{"呂小文", "lu xiaowen", "lui siuman"},
	} {
		var all []string
		for _, r := range Person(c.name) {
			all = append(all, r.String())
		}
		require.NotEmpty(t, all, c.name)
		require.Equal(t, c.first, all[0], c.name)
		require.Contains(t, all, c.other, c.name)
	}
	require.Nil(t, Person("Example"))
}

func TestPersonWord(t *testing.T) {
	fits := map[string][]string{
		"单小强": {"Shan Xiaoqiang", "Xiao-Qiang SHAN", "Shan Hsiao-chiang", "Sin Siu Keung"},
		"欧阳文": {"Ouyang Wen", "Wen Ouyang", "Au Yeung Man"},
		"黃國文": {"Huang Guowen", "Wong Kwok Man", "Huang Kuo-wen", "Ng Guowen", "Hwang Kuk-mun"},
		"吕文":  {"Lu Wen", "Lyu Wen", "Lui Man"},
		"金文三": {"Kim Mun Sam"},
	}
	for name, spellings := range fits {
		w := PersonWord(name)
		for _, s := range spellings {
			require.Less(t, w.Cost(s), 0.35, "%s %s", name, s)
		}
	}
	for name, s := range map[string]string{"单小强": "Shan Xiaoming", "黃國文": "Li Guowen", "欧阳文": "Ouyang Ming", "王文": "Wang Wei"} {
		require.Greater(t, PersonWord(name).Cost(s), 0.9, "%s %s", name, s)
	}
}

func TestSurnameTable(t *testing.T) {
	for name, s := range surnames() {
		require.NotEmpty(t, s.pinyin, name)
		require.Equal(t, Fold(name), name, "the table is in folded form")
		for _, p := range s.pinyin {
			require.NotEmpty(t, Syllables(p), "%s %s is pinyin", name, p)
		}
		for _, r := range name {
			require.True(t, unicode.Is(unicode.Han, r), name)
		}
	}
}

func FuzzPerson(f *testing.F) {
	f.Add("歐陽文")
	f.Add("示例·文\xff")
	f.Fuzz(func(t *testing.T, s string) {
		require.LessOrEqual(t, len(Person(s)), 5*maxPerSystem)
		PersonWord(s).Cost("wong siu man")
	})
}

func BenchmarkPersonWord(b *testing.B) {
	for b.Loop() {
		PersonWord("单小强")
	}
}
