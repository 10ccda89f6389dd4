package match_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"github.com/ordergate/ordergate/internal/script"
	"github.com/ordergate/ordergate/internal/words"
	"github.com/ordergate/ordergate/lists/match"
)

// drawn is a generated name of at least two words, and its kind.
func drawn(t *rapid.T) listed {
	n := generate(1, rapid.Uint64().Draw(t, "seed"))[0]
	if len(strings.Fields(n.text)) < 2 {
		t.Skip("one word")
	}
	return n
}

func score(a, b string, kind match.Kind) float64 {
	return match.Compare(match.Prepare(a, kind), match.Prepare(b, kind))
}

// What a name is written with does not matter: case, width, accents, spaces, punctuation.
func TestWritingDoesNotMatter(t *testing.T) {
	ways := map[string]func(string) string{
		"capitals":    strings.ToUpper,
		"small":       strings.ToLower,
		"wide":        width.Widen.String,
		"spaces":      func(s string) string { return "  " + strings.ReplaceAll(s, " ", " \t ") + " " },
		"punctuation": func(s string) string { return "“" + strings.ReplaceAll(s, " ", ". ") + "”" },
		"accents": func(s string) string {
			return strings.Map(func(r rune) rune {
				if i := strings.IndexRune("aeiouyncsz", unicode.ToLower(r)); i >= 0 {
					return []rune("áéíóúýñčšž")[i]
				}
				return r
			}, s)
		},
	}
	for name, write := range ways {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				n := drawn(t)
				require.Equal(t, 1.0, score(write(n.text), n.text, n.kind), "%q", n.text)
			})
		})
	}
}

func TestOrderOfAPersonsNamesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t)
		if n.kind != match.Person || strings.Contains(n.text, "al-") {
			t.Skip("order may matter")
		}
		words := strings.Fields(strings.ReplaceAll(n.text, ",", ""))
		swapped := rapid.Permutation(words).Draw(t, "order")
		require.GreaterOrEqual(t, score(strings.Join(swapped, " "), n.text, n.kind), 0.95, "%q %q", swapped, n.text)
	})
}

// Another spelling of one legal form is the same form; a lost one costs little.
func TestLegalForms(t *testing.T) {
	for _, pair := range [][2]string{
		{"Ltd", "Limited"}, {"LLC", "Limited Liability Company"}, {"GmbH", "Gesellschaft mit beschränkter Haftung"},
		{"OOO", "ООО"}, {"JSC", "Joint Stock Company"}, {"有限公司", "有限責任公司"}, {"Co., Ltd.", "Company Limited"},
		{"S.A.", "Sociedad Anónima"}, {"PJSC", "Public Joint-Stock Company"}, {"A.Ş.", "Anonim Sirketi"},
	} {
		a, b := "Example Vortala "+pair[0], "Example Vortala "+pair[1]
		if strings.ContainsRune(pair[0], '有') {
			a, b = "示例伏尔塔"+pair[0], "示例伏尔塔"+pair[1]
		}
		require.GreaterOrEqual(t, score(a, b, match.Organization), 0.95, "%v", pair)
	}
	require.GreaterOrEqual(t, score("Example Vortala", "Example Vortala Ltd", match.Organization), 0.95)
}

// An organisation's name with nothing left over on either side is as like the other as the other is like it. What is
// left over weighs by side: a list says more than an order does, and an order seldom says more than a list. And of persons
// a listed name misspelt in the order is a slip, where another common name in the order is another name.
func TestSymmetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t)
		if n.kind == match.Person {
			t.Skip("a person")
		}
		g := generator{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "damage"), 1))}
		other := g.damaged(n.text, rapid.SampledFrom([]string{"typo1", "typo2", "swap"}).Draw(t, "way"))
		there := match.Explain(match.Prepare(other, n.kind), match.Prepare(n.text, n.kind))
		back := match.Explain(match.Prepare(n.text, n.kind), match.Prepare(other, n.kind))
		for _, s := range append(there.Steps, back.Steps...) {
			if s.How == match.Surplus {
				t.Skip("something is left over")
			}
		}
		require.InDelta(t, there.Score, back.Score, 0.02, "%q %q", other, n.text)
	})
}

// Each further wrong letter in one word makes a name no more alike.
func TestMoreDamageIsNoMoreAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t)
		words := strings.Fields(n.text)
		k := rapid.IntRange(0, len(words)-1).Draw(t, "word")
		before := 1.0
		for i := 0; i < len(words[k]) && i < 4; i++ {
			b := []byte(words[k])
			at := len(b) - 1 - i
			if !unicode.IsLetter(rune(b[at])) {
				break
			}
			b[at] = 'q'
			words[k] = string(b)
			now := score(strings.Join(words, " "), n.text, n.kind)
			require.LessOrEqual(t, now, before, "%q %q", words, n.text)
			before = now
		}
	})
}

// A word spelt in Latin letters by the rules is the word in its own script.
func TestScriptsRoundTrip(t *testing.T) {
	for _, name := range []string{
		"Владимирович Кузнецов", "Наталья Полищук", "Жуковский Щербаков", "Олександр Шевченко", "Димитър Георгиев",
		"محمد قاسم", "عبدالرحمن الحسيني", "فاطمة الزهراء", "Γεώργιος Παπαδόπουλος", "გიორგი კვარაცხელია", "Հովհաննես Պետրոսյան",
		"김정수", "박영호",
	} {
		var latin []string
		for _, w := range script.Words(name) {
			r := script.Latin(w)
			require.NotEmpty(t, r, name)
			latin = append(latin, r[0])
		}
		spelt := strings.Join(latin, " ")
		require.GreaterOrEqual(t, score(spelt, name, match.Person), match.DefaultThreshold, "%q %q", spelt, name)
		require.GreaterOrEqual(t, score(name, spelt, match.Person), match.DefaultThreshold, "%q %q", name, spelt)
	}
}

// Every name of a corpus is found by itself, before any less alike, and searching changes nothing.
func TestEveryNameFindsItself(t *testing.T) {
	names := generate(3000, 5)
	c := build(names)
	for i, n := range names {
		found := c.Search(nil, c.Query(n.text, n.kind), match.DefaultThreshold)
		require.NotEmpty(t, found, n.text)
		require.Equal(t, 1.0, found[0].Score, n.text)
		ids := map[int]bool{}
		for k, f := range found {
			require.False(t, ids[f.ID], "found twice: %q", n.text)
			ids[f.ID] = true
			require.True(t, k == 0 || f.Score <= found[k-1].Score)
		}
		require.True(t, ids[i] || found[len(found)-1].Score == 1, "%q is not among those it finds", n.text)
		require.Equal(t, found, c.Search(nil, c.Query(n.text, n.kind), match.DefaultThreshold))
	}
}

// Damaged names are found at the rates below: a change of the index that loses more is a defect.
func TestDamagedNamesAreFound(t *testing.T) {
	names := generate(20_000, 5)
	c := build(names)
	least := map[string]float64{"typo1": 0.97, "typo2": 0.85, "swap": 0.98, "drop": 0.6, "join": 0.97, "split": 0.9}
	g := generator{rand.New(rand.NewPCG(3, 3))}
	for _, way := range damages {
		hits := 0
		const asked = 300
		for range asked {
			n := names[g.IntN(len(names))]
			for _, f := range c.Search(nil, c.Query(g.damaged(n.text, way), n.kind), match.DefaultThreshold) {
				if names[f.ID].text == n.text {
					hits++
					break
				}
			}
		}
		require.GreaterOrEqual(t, float64(hits)/asked, least[way], way)
	}
}

// A score is always the sum of its explanation, whatever the names.
func FuzzExplain(f *testing.F) {
	for _, s := range [][2]string{
		{"Example Machine Works Ltd", "EXAMPLE MACHINERY WORKS LIMITED"}, {"", "a"}, {"华为技术有限公司", "Huawei"}, {"محمد بن علي", "Mohammed bin Ali"},
		{strings.Repeat("long name ", 1000), strings.Repeat("ab", 5000)}, {"\xff\xfe", "\u202e x"}, {"第二十九研究所", "29th Research Institute"},
		{strings.Repeat("的", 3400), strings.Repeat("а б ", 2500)},
	} {
		f.Add(s[0], s[1], byte(0))
		f.Add(s[0], s[1], byte(1))
	}
	kinds := []match.Kind{match.Unknown, match.Person, match.Organization, match.Vessel, match.Aircraft}
	f.Fuzz(func(t *testing.T, a, b string, k byte) {
		kind := kinds[int(k)%len(kinds)]
		q, l := match.Prepare(a, kind), match.Prepare(b, kind)
		e := match.Explain(q, l)
		require.Equal(t, match.Compare(q, l), e.Score)
		require.True(t, e.Score >= 0 && e.Score <= 1)
		if len(e.Steps) == 0 {
			return
		}
		spent := 0.0
		for _, s := range e.Steps {
			spent += s.Cost
		}
		require.InDelta(t, 1-min(1, max(spent, e.CapCost)), e.Score, 1e-9)
		if len(match.Explain(q, q).Steps) > 0 {
			require.Equal(t, 1.0, match.Compare(q, q), "%q", a)
		}
	})
}

// Every spelling of every legal form the tables have, whatever its alphabet, costs little where the other name leaves the
// form out or has another spelling of the same form. Two spellings are Roman numerals as well, and read as such; for forms
// in Han characters, which stand in names without spaces, see TestEveryHanLegalForm.
func TestEveryLegalForm(t *testing.T) {
	const name = "Vortala Kensomat "
	first := map[string]string{} // a spelling of each form
	spellings := maps.Collect(words.Forms().All())
	require.GreaterOrEqual(t, len(spellings), 400)
	for _, spelling := range slices.Sorted(maps.Keys(spellings)) {
		_, roman := words.Roman(spelling)
		if roman || strings.ContainsFunc(spelling, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			continue
		}
		assert.GreaterOrEqual(t, score(name+spelling, name, match.Organization), match.DefaultThreshold, spelling)
		key := spellings[spelling][0].Key
		if first[key] == "" {
			first[key] = spelling
		}
		assert.GreaterOrEqual(t, score(name+spelling, name+first[key], match.Organization), match.DefaultThreshold, "%s, %s", spelling, first[key])
	}
}

// A legal form in Han characters costs little where the other name leaves it out, but for those that are a trade besides
// (a credit union, a farmers' cooperative) and weigh as one.
func TestEveryHanLegalForm(t *testing.T) {
	trades := []string{"信用合作社", "农业协同组合", "農業協同組合", "漁業協同組合", "连锁店", "金融控股", "npo法人"}
	for _, name := range []string{"示例", "维尔塔拉"} {
		n := 0
		for spelling := range words.Forms().All() {
			if !strings.ContainsFunc(spelling, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || slices.Contains(trades, spelling) {
				continue
			}
			n++
			assert.GreaterOrEqual(t, score(name+spelling, name, match.Organization), match.DefaultThreshold, spelling)
			assert.GreaterOrEqual(t, score(name, name+spelling, match.Organization), match.DefaultThreshold, spelling)
		}
		require.GreaterOrEqual(t, n, 250)
	}
	// A form that is made of a trade and a usual form tells the trade.
	require.Less(t, score("示例贸易公司", "示例工程公司", match.Organization), match.DefaultThreshold)
	require.GreaterOrEqual(t, score("示例科技分店", "示例科技有限公司", match.Organization), match.DefaultThreshold)
}
