package words

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

var tableNames = []string{"forms", "titles", "particles", "stops", "confusables", "numbers", "orgs", "places", "names", "nicknames"}

// TestRows checks what the loaders rely on: three columns, folded spellings, none twice in a row.
func TestRows(t *testing.T) {
	for _, table := range tableNames {
		lines, err := rows(table)
		require.NoError(t, err)
		for _, r := range lines {
			seen := map[string]bool{}
			for _, s := range r.spellings {
				assert.Equal(t, norm.NFKC.String(strings.ToLower(s)), s, "%s %s: not folded", table, r.key)
				assert.Equal(t, strings.Join(strings.Fields(s), " "), s, "%s %s: blanks", table, r.key)
				assert.False(t, seen[s] || s == "", "%s %s: %q twice or empty", table, r.key, s)
				seen[s] = true
			}
		}
	}
}

// TestUnique checks that a spelling has one meaning within a class, where the meaning decides a pairing.
func TestUnique(t *testing.T) {
	for _, table := range []string{"orgs", "titles", "numbers"} {
		lines, err := rows(table)
		require.NoError(t, err)
		seen := map[string]string{}
		for _, r := range lines {
			for _, s := range r.spellings {
				if other, ok := seen[r.class+"\t"+s]; ok {
					assert.Equal(t, other, r.key, "%s: %q", table, s)
				}
				seen[r.class+"\t"+s] = r.key
			}
		}
	}
}

func TestCounts(t *testing.T) {
	assert.GreaterOrEqual(t, Forms().Len(), 400)
	assert.GreaterOrEqual(t, Orgs().Len(), 600)
	count := func(table, class string) (n int) {
		lines, err := rows(table)
		require.NoError(t, err)
		for _, r := range lines {
			if class == "" || r.class == class {
				n++
			}
		}
		return n
	}
	assert.GreaterOrEqual(t, count("names", ""), 400)
	assert.GreaterOrEqual(t, count("nicknames", ""), 300)
	assert.GreaterOrEqual(t, count("places", "city"), 400)
	assert.GreaterOrEqual(t, count("places", "country"), 150)
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		in    string
		n     int
		class FormClass
	}{
		{"limited liability company", 3, FormLLC}, {"limited", 1, FormLLC}, {"l l c", 3, FormLLC}, {"gmbh", 1, FormLLC},
		{"sp z oo", 3, FormLLC}, {"sp z o o", 4, FormLLC}, {"общество с ограниченной ответственностью", 4, FormLLC}, {"ооо", 1, FormLLC},
		{"aktiengesellschaft", 1, FormJSC}, {"s p a", 3, FormJSC}, {"зао", 1, FormJSC}, {"kabushiki kaisha", 2, FormJSC}, {"株式会社", 1, FormJSC},
		{"주식회사", 1, FormJSC}, {"有限公司", 1, FormLLC}, {"股份有限公司", 1, FormJSC}, {"ذ م م", 3, FormLLC}, {"בעמ", 1, FormLLC},
		{"سهامی خاص", 2, FormJSC}, {"سهامي خاص", 2, FormJSC}, {"фгуп", 1, FormState}, {"federal state unitary enterprise", 4, FormState},
		{"sdn bhd", 2, FormLLC}, {"fz llc", 2, FormLLC}, {"example", 0, ""},
	} {
		senses, n := Forms().At(strings.Fields("acme "+c.in+" x"), 1)
		require.Equal(t, c.n, n, c.in)
		if n > 0 {
			assert.Equal(t, c.class, senses[0].Class, c.in)
			assert.NotEmpty(t, senses[0].Class.Family())
		}
	}
	senses, n := Forms().Suffix("示例技术股份有限公司")
	require.Equal(t, len("股份有限公司"), n)
	assert.Equal(t, FormJSC, senses[0].Class)
	_, n = Forms().Prefix("株式会社示例")
	assert.Equal(t, len("株式会社"), n)
	_, n = Forms().Suffix("examplegmbh")
	assert.Equal(t, 4, n)
}

func TestPersons(t *testing.T) {
	assert.Equal(t, TitleDrop, Titles().Of("dr")[0].Class)
	assert.Equal(t, TitleLight, Titles().Of("sheikh")[0].Class)
	assert.Equal(t, "haji", Titles().Of("الحاج")[0].Key)
	for word, role := range map[string]Role{"bin": RoleFiliation, "al": RoleArticle, "abu": RoleKunya, "von": RoleNobiliary, "oglu": RoleFiliation, "junior": RoleSuffix} {
		assert.Equal(t, role, Particles().Of(word)[0].Role, word)
	}
}

func TestNameRelation(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want NameClass
	}{
		{"mohammed", "muhammad", SameSpelling}, {"محمد", "mohamed", SameSpelling}, {"sergei", "serhiy", SameSpelling}, {"evgeny", "yevhen", SameSpelling},
		{"lee", "li", SameSpelling}, {"lee", "ri", SameSpelling}, {"park", "pak", SameSpelling}, {"un", "eun", SameSpelling},
		{"john", "ivan", SameLanguage}, {"sasha", "aleksandr", SameNickname}, {"sasha", "oleksandr", SameNickname}, {"bob", "robert", SameNickname}, {"paco", "francisco", SameNickname},
		{"alexander", "alexander", SameSpelling}, {"hassan", "hussein", Unrelated}, {"kim", "pak", Unrelated}, {"zzz", "qqq", Unrelated},
	} {
		assert.Equal(t, c.want, NameRelation(c.a, c.b), "%s %s", c.a, c.b)
		assert.Equal(t, c.want, NameRelation(c.b, c.a), "%s %s", c.b, c.a)
	}
	_, n := Names().At([]string{"abd", "al", "rahman"}, 0)
	assert.Equal(t, 3, n)
	assert.Equal(t, "nickname", SameNickname.String())
}

func TestOrgs(t *testing.T) {
	for _, c := range []struct{ in, key string }{
		{"nauchno issledovatelskiy institut", "research institute"}, {"нии", "research institute"}, {"研究所", "research institute"}, {"intl", "international"},
		{"mfg", "manufacturing"}, {"ticaret", "trading"}, {"贸易", "trading"}, {"zavod", "factory"}, {"universidad", "university"}, {"banque", "bank"}, {"ministerstvo", "ministry"},
	} {
		senses, n := Orgs().At(strings.Fields(c.in), 0)
		require.NotZero(t, n, c.in)
		assert.Equal(t, c.key, senses[0].Key, c.in)
	}
	assert.True(t, Stop("of") && Stop("и") && Stop("der"))
	assert.False(t, Stop("example"))
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		in, key string
		class   PlaceClass
	}{
		{"moskau", "ru-moscow", PlaceCity}, {"peking", "cn-beijing", PlaceCity}, {"teheran", "ir-tehran", PlaceCity}, {"kiev", "ua-kyiv", PlaceCity},
		{"sankt peterburg", "ru-saint petersburg", PlaceCity}, {"russian", "ru", PlaceDemonym}, {"朝鲜", "kp", PlaceCountry}, {"kwangtung", "cn-guangdong", PlaceRegion}, {"северный", "north", PlaceCompass},
	} {
		senses, n := Places().At(strings.Fields(c.in), 0)
		require.NotZero(t, n, c.in)
		assert.Contains(t, senses, Place{Key: c.key, Class: c.class, Country: senses[0].Country}, c.in)
	}
	assert.Greater(t, len(Places().Of("georgia")), 1)
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string][2]int{
		"29": {29, 1}, "29th": {29, 1}, "twenty ninth": {29, 2}, "treinta y uno": {31, 3}, "trinta e dois": {32, 3}, "двадцать девятый": {29, 2}, "dvadtsat devyatyy": {29, 2}, "thirteen": {13, 1}, "第二十九": {29, 1},
		"第13号": {13, 1}, "一零一": {101, 1}, "٢٩": {29, 1}, "neunundzwanzig": {29, 1}, "premier": {1, 1}, "example": {0, 0}, "b52": {0, 0}, "1234567890": {0, 0}, "3com": {0, 0},
	} {
		v, n := Number(strings.Fields(in), 0)
		assert.Equal(t, want, [2]int{v, n}, in)
	}
	v, n := NumberPrefix("第二十九研究所")
	assert.Equal(t, [2]int{29, len("第二十九")}, [2]int{v, n})
	_, n = NumberPrefix("三一示例")
	assert.Equal(t, len("三一"), n, "two numerals in a row are read; the caller knows the brand")
	v, ok := Roman("xxix")
	assert.True(t, ok && v == 29)
	_, ok = Roman("iiii")
	assert.False(t, ok)
}

func TestConfusables(t *testing.T) {
	for _, p := range [][2]string{{"0", "o"}, {"rn", "m"}, {"5", "s"}, {"vv", "w"}, {"cl", "d"}} {
		assert.True(t, Confusable(p[0], p[1]) && Confusable(p[1], p[0]), "%v", p)
	}
	assert.False(t, Confusable("a", "a") || Confusable("k", "w"))
	assert.Equal(t, "moscow", FoldHomoglyphs("mоsсow"))
	assert.Equal(t, "москва", FoldHomoglyphs("москва"))
	assert.Equal(t, "mohammed", FoldLeet("m0hamm3d"))
	assert.Equal(t, "29th", FoldLeet("29th"))
}

func FuzzLookups(f *testing.F) {
	for _, s := range []string{"a b c", "第二十九研究所", "\xff\xfe", "l l c", "", "twenty ninth", "محمد"} {
		f.Add(s, 0)
	}
	f.Fuzz(func(t *testing.T, s string, at int) {
		tokens := strings.Fields(s)
		if _, n := Forms().At(tokens, at); n > 0 && at+n > len(tokens) {
			t.Fatalf("form of %d tokens at %d of %q", n, at, tokens)
		}
		if _, n := Number(tokens, at); n > 0 && at+n > len(tokens) {
			t.Fatalf("number of %d tokens at %d of %q", n, at, tokens)
		}
		for _, lookup := range []func(string) (int, int){NumberPrefix, func(s string) (int, int) { _, n := Forms().Prefix(s); return 0, n }, func(s string) (int, int) { _, n := Places().Suffix(s); return 0, n }} {
			if _, n := lookup(s); n < 0 || n > len(s) {
				t.Fatalf("%d bytes of %q", n, s)
			}
		}
		FoldLeet(FoldHomoglyphs(s))
	})
}

func TestNoAllocation(t *testing.T) {
	tokens := []string{"limited", "liability", "company", "twenty", "ninth"}
	Number(tokens, 3)
	assert.Zero(t, testing.AllocsPerRun(10, func() { Forms().At(tokens, 0); Number(tokens, 3); NameRelation("lee", "ri") }))
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		mustTable("orgs", func(class, key string) (OrgWord, bool) { return OrgWord{key, OrgClass(class)}, true })
	}
}

func BenchmarkFormsAt(b *testing.B) {
	tokens := []string{"limited", "liability", "company"}
	for b.Loop() {
		Forms().At(tokens, 0)
	}
}
