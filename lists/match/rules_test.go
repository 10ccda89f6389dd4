package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists/match"
)

// alike says of pairs of made-up names, by the rule each shows, whether a person should look.
var alike = []struct {
	rule          string
	kind          match.Kind
	query, listed string
	alert         bool
}{
	{"width, case, punctuation", match.Organization, "ＶＯＲＴＡＬＡ－ＷＯＲＫＳ　Ｌｔｄ．", "Vortala Works Ltd", true},
	{"diacritics", match.Person, "Žofija Křížová", "Zofija Krizova", true},
	{"simplified and traditional", match.Organization, "示例機電設備有限公司", "示例机电设备有限公司", true},
	{"number words", match.Organization, "Seventh Vortala Institute", "7th Vortala Institute", true},
	{"ordinals", match.Organization, "第七示例研究所", "示例7研究所", true},
	{"titles", match.Person, "Dr. Sheikh Kasim Vortali", "Kasim Vortali", true},
	{"particles", match.Person, "Kasim bin Vortali", "Kasim Vortali", true},
	{"nicknames", match.Person, "Bill Vortalmann", "William Vortalmann", true},
	{"variants of a common name", match.Person, "Mohammed Vortali", "Muhamad Vortali", true},
	{"digits for letters", match.Organization, "V0rtala Sh1pping", "Vortala Shipping", true},

	{"Cyrillic", match.Person, "Юрий Вортальский", "Yuriy Vortalskiy", true},
	{"Cyrillic, another system", match.Person, "Юрий Вортальский", "Iurii Vortalski", true},
	{"Ukrainian", match.Person, "Григорій Вортальський", "Hryhorii Vortalskyi", true},
	{"Arabic", match.Person, "قاسم البصري", "Qasim al-Basri", true},
	{"Persian", match.Person, "فرهاد کیانی", "Farhad Kiani", true},
	{"Hebrew", match.Person, "דוד שפירא", "David Shapira", true},
	{"Greek", match.Person, "Νίκος Παππάς", "Nikos Pappas", true},
	{"Georgian", match.Person, "გიორგი ბერიძე", "Giorgi Beridze", true},
	{"Armenian", match.Person, "Արամ Սարգսյան", "Aram Sargsyan", true},
	{"Hangul, revised", match.Person, "박정호", "Bak Jeongho", true},
	{"Hangul, McCune-Reischauer", match.Person, "박정호", "Pak Chŏng-ho", true},
	{"Hangul, DPRK", match.Person, "리영철", "Ri Yong Chol", true},
	{"Kana", match.Organization, "サクラデンキ", "Sakura Denki", true},
	{"Kana and Han", match.Organization, "サクラ電機株式会社", "Sakura Electric Co., Ltd.", true},
	{"Kana, words of organisations", match.Organization, "ヴォルタラ・エレクトロニクス", "Vortala Electronics", true},
	{"Han by pinyin", match.Person, "王小明", "Wang Xiaoming", true},
	{"Han, another reading of a surname", match.Person, "单小明", "Shan Xiaoming", true},
	{"Han by Wade-Giles", match.Person, "周建国", "Chou Chien-kuo", true},
	{"Han, Cantonese surname", match.Person, "黄小明", "Wong Siu Ming", true},
	{"Han, another person", match.Person, "王小明", "Wang Daming", false},

	{"region and industry", match.Organization, "深圳市维尔塔拉科技有限公司", "维尔塔拉科技有限公司", true},
	{"legal form left out", match.Organization, "维尔塔拉科技", "维尔塔拉科技有限公司", true},
	{"another brand", match.Organization, "深圳市维尔塔拉科技有限公司", "深圳市欣荣科技有限公司", false},
	{"forms of an industry", match.Organization, "Vortala Petrochemical Refining Ltd", "Vortala Petrochemical Refinery Co., Ltd.", true},
	{"forms of an industry", match.Organization, "Vortala Pump Manufactory", "Vortala Pump Manufacturing Co., Ltd.", true},
	{"an abbreviation", match.Organization, "示工大", "示例工业大学", true},

	{"order", match.Person, "Vortalmann, Kurt Georg", "Kurt Georg Vortalmann", true},
	{"initials", match.Person, "K. Vortalmann", "Kurt Vortalmann", true},
	{"another initial", match.Person, "G. Vortalmann", "Kurt Vortalmann", false},
	{"patronymic left out", match.Person, "Yuri Vortalski", "Yuri Petrovich Vortalski", true},
	{"middle name left out", match.Person, "Kurt Vortalmann", "Kurt Georg Vortalmann", true},
	{"compound surname", match.Person, "Lucia Vortala", "Lucia Vortala-Mendizabal", true},
	{"another nisba", match.Person, "Kasim Ahmad al-Basri", "Kasim Ahmad al-Tikriti", false},
	{"father and son exchanged", match.Person, "Kasim bin Yusuf", "Yusuf bin Kasim", false},
	{"another given name", match.Person, "Kurt Vortalmann", "Georg Vortalmann", false},
	{"one word of a person", match.Person, "Vortalmann", "Kurt Vortalmann", false},

	{"generic words weigh little", match.Organization, "Vortala International Trading", "Vortala", true},
	{"only generic words", match.Organization, "Trading Company", "Vortala Trading Group", false},
	{"another brand, the rest the same", match.Organization, "Vortala Electronics Trading Ltd", "Kensomat Electronics Trading Ltd", false},
	{"acronym", match.Organization, "VMW", "Vortala Machine Works", true},
	{"institute numbers", match.Organization, "13th Research Institute of Vortala", "29th Research Institute of Vortala", false},
	{"factory numbers in Chinese", match.Organization, "示例第五工厂", "示例第九工厂", false},
	{"fund numbers", match.Organization, "Vortala Fund II", "Vortala Fund", false},
	{"another city", match.Organization, "Vortala Bank of Omsk", "Vortala Bank of Tomsk", false},
	{"another nature", match.Organization, "Vortala Foundation", "Vortala GmbH", false},
	{"hull numbers: below two equal names, and still looked at", match.Vessel, "Vortala Star 3", "Vortala Star 7", true},
	{"hull number in words", match.Vessel, "Vortala Star Seven", "Vortala Star 7", true},

	{"words joined", match.Organization, "Vorta Lamax Shipping", "Vortalamax Shipping", true},
	{"two slips in a long word", match.Person, "Kurt Vortelman", "Kurt Vortalmann", true},
	{"a trade word with a slip weighs no more than the word", match.Organization, "Vortla Shippimg FZE", "Vortala Shipping FZE", true},
	{"a wrong first letter where the rest is sure", match.Person, "Lotal Mendizabal, Kurt", "Vortal Mendizabal, Kurt", true},
	{"p, which Arabic has not", match.Person, "فرناندو بينيدا", "Fernando Pineda", true},
}

func TestRules(t *testing.T) {
	for _, c := range alike {
		t.Run(c.rule, func(t *testing.T) {
			e := match.Explain(match.Prepare(c.query, c.kind), match.Prepare(c.listed, c.kind))
			assert.Equal(t, c.alert, e.Score >= match.DefaultThreshold, "%s, %s: %+v", c.query, c.listed, e)
		})
	}
}

// An explanation names every word of either side once, how it was paired or that it was left, and what that cost.
func TestExplanationAccountsForEveryWord(t *testing.T) {
	for _, c := range alike {
		q, l := match.Prepare(c.query, c.kind), match.Prepare(c.listed, c.kind)
		e := match.Explain(q, l)
		require.Equal(t, []string{c.query, c.listed}, []string{e.Query, e.Listed}, c.rule)
		whole := match.Explain(q, q)
		var want, got []string
		for _, s := range whole.Steps {
			want = append(want, s.Query...)
		}
		for _, s := range e.Steps {
			got = append(got, s.Query...)
			require.GreaterOrEqual(t, s.Cost, 0.0, c.rule)
			if s.How == match.Surplus {
				require.True(t, len(s.Query) == 0 || len(s.Listed) == 0, c.rule)
			} else {
				require.NotEmpty(t, s.Query, c.rule)
				require.NotEmpty(t, s.Listed, c.rule)
			}
		}
		require.ElementsMatch(t, want, got, "%s: %s", c.rule, strings.Join(got, " "))
	}
}
