package match_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists/match"
)

// Persons of other languages in Chinese characters, against their names in letters, either of them listed.
func TestTranscribed(t *testing.T) {
	for _, c := range []struct {
		rule           string
		chinese, other string
		alert          bool
	}{
		{"parts", "伊戈尔·斯特拉文斯基", "Igor Stravinsky", true},
		{"Traditional characters", "謝爾蓋·科羅廖夫", "Sergei Korolev", true},
		{"surname first, with a comma", "尤里·加加林", "GAGARIN, Yuri", true},
		{"no separator", "尤里加加林", "Yuri Gagarin", true},
		{"no separator, surname first", "加加林尤里", "Yuri Gagarin", true},
		{"a patronymic left out", "加加林尤里", "Yuri Alekseyevich Gagarin", true},
		{"a patronymic left out in letters", "米哈伊尔·谢尔盖耶维奇·戈尔巴乔夫", "Mikhail Gorbachev", true},
		{"a patronymic on both sides", "谢尔盖·帕夫洛维奇·科罗廖夫", "Sergei Pavlovich Korolev", true},
		{"a separator before the patronymic only", "科罗廖夫谢尔盖·帕夫洛维奇", "Sergei Pavlovich Korolev", true},
		{"Cyrillic", "谢尔盖·科罗廖夫", "Сергей Королёв", true},
		{"Cyrillic, no separator", "尤里加加林", "Юрий Алексеевич Гагарин", true},
		{"another romanisation", "尼基塔·赫鲁晓夫", "Nikita Chruszczow", true},
		{"English", "富兰克林·皮尔斯", "Franklin Pierce", true},
		{"German", "路德维希·贝多芬", "Ludwig van Beethoven", true},
		{"Spanish", "萨尔瓦多·阿连德", "Salvador Allende", true},
		{"Arabic names in letters", "萨达姆·侯赛因", "Saddam Hussein", true},
		{"Bantu", "纳尔逊·曼德拉", "Nelson Mandela", true},
		{"another transcription", "米哈伊尔·戈尔巴乔夫", "米哈伊尔·戈巴契夫", true},
		{"another transcription, surname first, no separator", "米哈伊尔·戈尔巴乔夫", "戈巴契夫米哈伊尔", true},
		{"two transcriptions of two names", "谢尔盖·科罗廖夫", "安德烈·科罗廖夫", false},

		{"another surname", "伊万·彼得罗夫", "Ivan Sidorov", false},
		{"another given name", "安德烈·彼得罗夫", "Sergei Petrov", false},
		{"another surname, no separator", "彼得罗夫伊万", "Ivan Kuznetsov", false},
		{"a surname of one consonant more", "伊万·彼得罗夫", "Ivan Petrovsky", false},
		{"a given name more that contradicts", "彼得罗夫伊万", "Andrei Petrov", false},
		{"one name of two", "尤里·加加林", "Gagarin", false},
		{"the surname, and nothing of the rest", "加加林尤里", "Viktor Gagarin", false},
		{"part of one long word", "尤里加加林", "Gagarinski", false},
		{"similar consonants", "谢尔盖·科罗廖夫", "Sergei Kirilenko", false},
		{"a Chinese name", "王小明", "Van Shomin", false},
		{"a Chinese name with a compound surname", "欧阳文修德", "Ovan Venshoder", false},
	} {
		chinese, other := match.Prepare(c.chinese, match.Person), match.Prepare(c.other, match.Person)
		for _, e := range []match.Explanation{match.Explain(chinese, other), match.Explain(other, chinese)} {
			assert.Equal(t, c.alert, e.Score >= match.DefaultThreshold, "%s: %+v", c.rule, e)
		}
		unknown := match.Prepare(c.chinese, match.Unknown)
		assert.Equal(t, c.alert, match.Compare(unknown, other) >= match.DefaultThreshold, "%s, kind not told", c.rule)
	}
}

// A name of an organisation is not read by its sound, even where it is one.
func TestTranscribedIsForPersons(t *testing.T) {
	q, l := match.Prepare("加加林尤里", match.Organization), match.Prepare("Yuri Gagarin", match.Organization)
	require.Less(t, match.Compare(q, l), match.DefaultThreshold)
}

// A transcription without separators is explained by which characters spell which word.
func TestExplainTranscribed(t *testing.T) {
	e := match.Explain(match.Prepare("加加林尤里", match.Person), match.Prepare("Yuri Alekseyevich Gagarin", match.Person))
	var got []string
	for _, s := range e.Steps {
		got = append(got, strings.Join(slices.Concat([]string{string(s.How)}, s.Query, s.Listed), " "))
	}
	require.ElementsMatch(t, []string{"transcribed 加加林 gagarin", "transcribed 尤里 yuri", "surplus alekseyevich"}, got)
	require.Less(t, e.Score, 0.95, "lower than a name in letters")
}

// Well-known people are found by their names in Chinese among thousands of others, with separators and without, and the
// other way round.
func TestTranscribedAreFound(t *testing.T) {
	data, err := os.ReadFile("../../internal/han/testdata/transcribed.txt")
	require.NoError(t, err)
	var chinese, latin []string
	for line := range strings.Lines(string(data)) {
		if c, l, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			chinese, latin = append(chinese, c), append(latin, l)
		}
	}
	joined := make([]string, len(chinese))
	for i, c := range chinese {
		joined[i] = strings.ReplaceAll(c, "·", "")
	}
	others := generate(5000, 7)
	for _, c := range []struct {
		way             string
		queries, listed []string
		least           int // found of a hundred
	}{
		{"separated", chinese, latin, 80}, {"joined", joined, latin, 75}, {"listed separated", latin, chinese, 80}, {"listed joined", latin, joined, 75},
	} {
		corpus := match.NewCorpus(0)
		for _, l := range c.listed {
			corpus.Add(l, match.Person)
		}
		for _, o := range others {
			corpus.Add(o.text, o.kind)
		}
		corpus.Close()
		found, wrong := 0, 0
		for i, q := range c.queries {
			for _, f := range corpus.Search(nil, corpus.Query(q, match.Person), match.DefaultThreshold) {
				if f.ID == i {
					found++
				} else {
					wrong++
				}
			}
		}
		t.Logf("%s: %d of %d found, and %d others", c.way, found, len(c.queries), wrong)
		assert.GreaterOrEqual(t, found*100, len(c.queries)*c.least, c.way)
		assert.LessOrEqual(t, wrong*100, len(c.queries)*5, c.way)
	}
}
