package enduse

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The sentences stand for the ways people state and deny an end use; want are the kinds affirmed.
var sentences = []struct {
	text string
	want string
}{
	{"not for military use", ""},
	{"Not for military end use or military end users", ""},
	{"不得用于军事用途", ""},
	{"非军事用途", ""},
	{"civil, no military end user", ""},
	{"will not be used in missiles or UAVs", ""},
	{"for the Ministry of Defence", "military"},
	{"not only civil but military", "military"},
	{"cannot rule out military use", "military"},
	{"Cannot exclude use in a nuclear weapons programme.", "nuclear"},
	{"Military use cannot be excluded.", "military"},
	{"Military use is excluded.", ""},
	{"Any military, nuclear or missile use is strictly prohibited", ""},
	{"The goods shall not be used, directly or indirectly, for chemical, biological or nuclear weapons, or for missiles.", ""},
	{"not for military, nuclear or missile use", ""},
	{"not for military use, for nuclear use, or for missile use", ""},
	{"Not for civil use, for the army", "military"},
	{"No civil use, military only", "military"},
	{"No, it is for the army.", "military"},
	{"No. It is for the army.", "military"},
	{"Not a toy; for the navy", "military"},
	{"It is not for sale but for the armed forces", "military"},
	{"non-military machine tools", ""},
	{"non-nuclear, non-military", ""},
	{"exclusively peaceful, without any military application", ""},
	{"Military end use: no", ""},
	{"Military end use? No. Nuclear? No.", ""},
	{"Military end use: yes", "military"},
	{"For purposes other than military", ""},
	{"not be used for purposes other than military training", "military"},
	{"No military use except by the Ministry of Defence", "military"},
	{"The buyer prohibits military use of its drones", ""},
	{"The buyer does not prohibit military use", "military"},
	{"isn't meant for the army", ""},
	{"isn’t meant for the army", ""},
	{"used by the army, not for resale", "military"},
	{"nuclear medicine and nuclear magnetic resonance", ""},
	{"stainless pumps for flood defence", ""},
	{"fire brigade pumps", ""},
	{"market surveillance of food", ""},
	{"facial recognition for the police", "police_surveillance"},
	{"wafer fab in Example City", "semiconductor"},
	{"counter-terrorism unit", "police_surveillance"},
	{"supply to a terrorist group", "terrorism"},
	{"agricultural drones", "uav"},
	{"uranium enrichment", "nuclear"},
	{"Sarin production", "chemical"},
	{"weapons of mass destruction", "chemical"},
	{"国防部采购", "military"},
	{"用于导弹生产", "missile"},
	{"不排除用于军事用途", "military"},
	{"不能排除军事用途", "military"},
	{"不仅用于民用，还用于军事", "military"},
	{"军事用途除外", ""},
	{"与军事无关", ""},
	{"禁止用于核武器、化学武器、生物武器及导弹", ""},
	{"不用于军事、核、导弹等用途", ""},
	{"不得用于大规模杀伤性武器及其运载工具", ""},
	{"本产品不用于民用，用于国防工业", "military"},
	{"不是用于军队，而是用于民用", ""},
	{"不是民用，而是军用", "military"},
	{"军事用途：否", ""},
	{"军事用途：是", "military"},
	{"非洲不锈钢水泵无线监测", ""},
	{"核磁共振设备冷却", ""},
	{"无人机整机生产", "uav"},
	{"不会用于无人机", ""},
	{"无军事用途", ""},
	{"没有任何军方背景", ""},
	{"保证不将货物用于军事目的或转让给军事用户", ""},
	{"客户为某陆军部队", "military"},
	{"铀浓缩离心机", "nuclear"},
	{"用于晶圆厂", "semiconductor"},
	{`the brand "Rocket" hair dryer`, ""},
	{`End use: "for the Ministry of Defence"`, "military"},
	{`合同条款“不得用于军事用途”`, ""},
	{"“军用”字样的外包装", ""},
	{`the wording "military end use" of the template was struck out`, ""},
	{"Used by the army, resale to missile makers is prohibited", "military"},
	{"The army is the end user; use in drones is not intended", "military"},
	{"Neither the buyer nor the end user has any military connection", ""},
	{"We confirm that we will never sell them to the military", ""},
	{"It does not exclude nuclear use", "nuclear"},
	{"There is no restriction on military use", "military"},
	{"The end user is a defence contractor", "military"},
	{"No objection to military use", "military"},
	{"It's not known whether the police will use it", "police_surveillance"},
	{"最终用户并非军方", ""},
	{"最终用户不是普通企业，是国防工业企业", "military"},
	{"不是军事用途，是民用", ""},
	{"不用于军事，用于核电站", "nuclear"},
	{"严禁将本产品用于生产导弹、无人机", ""},
	{"承诺：不用于核武器、生物武器、化学武器；不转卖给军方。", ""},
	{"军民两用", "military"},
	{"客户称“用于海军舰艇”", "military"},
	{"farm tractors", ""},
	{"", ""},
}

func TestAnalyse(t *testing.T) {
	for _, s := range sentences {
		a := Analyse(s.text)
		got := make([]string, len(a.Kinds))
		for i, k := range a.Kinds {
			got[i] = string(k)
		}
		if g := strings.Join(got, ","); g != s.want {
			t.Errorf("%q: got %q, want %q (%s)", s.text, g, s.want, a)
		}
		for _, m := range a.Mentions {
			require.Equal(t, m.Words, s.text[m.Start:m.End])
		}
	}
}

// TestStatements runs the statements of testdata: those of affirmed.txt name a sensitive use, those of
// denied.txt do not.
func TestStatements(t *testing.T) {
	for file, want := range map[string]bool{"affirmed.txt": true, "denied.txt": false} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			if a := Analyse(line); len(a.Kinds) > 0 != want {
				t.Errorf("%s: %q: %s", file, line, a)
			}
		}
	}
}

// TestRead runs the statements of read.txt and reports how well the reading meets a careful reader's:
//
//	go test -run TestRead -v ./screening/trigger/enduse
func TestRead(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "read.txt"))
	require.NoError(t, err)
	var sensitive, found, harmless, alarms int
	for line := range strings.Lines(string(data)) {
		want, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		a := Analyse(text)
		kinds := strings.Split(strings.TrimPrefix(want, "?"), ",")
		read := slices.ContainsFunc(a.Kinds, func(k Kind) bool { return slices.Contains(kinds, string(k)) })
		switch {
		case want == "-":
			harmless++
			require.Empty(t, a.Kinds, "%q: %s", text, a)
		case want[0] == '?':
			harmless++
			alarms++
			require.True(t, read, "%q reads better now: mark it so (%s)", text, a)
		default:
			sensitive++
			require.True(t, read, "%q: %s", text, a)
			found++
		}
	}
	t.Logf("%d sensitive, %d found; %d harmless, %d alarms: precision %.3f, recall %.3f", sensitive, found, harmless, alarms,
		float64(found)/float64(found+alarms), float64(found)/float64(sensitive))
}

// TestScriptAndWidth: Traditional characters, full-width letters and characters nobody sees change nothing.
func TestScriptAndWidth(t *testing.T) {
	for _, same := range [][2]string{
		{"用于国防部雷达维修，不用于导弹", "用於國防部雷達維修，不用於導彈"},
		{"military trucks", "ｍｉｌｉｔａｒｙ trucks"},
		{"military trucks", "mili\u200btary trucks"},
		{"用于军事", "用于军\u2060事"},
		{"the navy dockyard", "the navy's dockyard"},
	} {
		require.Equal(t, Analyse(same[0]).Kinds, Analyse(same[1]).Kinds, same[1])
		require.NotEmpty(t, Analyse(same[0]).Kinds, same[0])
	}
}

func TestVague(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "industrial use": true, "for own use": true, "resale": true, "民用": true, "一般工业用途": true, "N/A": true, "tbd": true,
		"machining of aluminium wheels": false, "desalination": false, "cooling pumps for a brewery": false,
		"用于纺织厂空调系统": false, "生产纸箱": false, "food packaging line": false,
	} {
		require.Equal(t, want, Analyse(text).Vague, text)
	}
}

func TestNameSays(t *testing.T) {
	for name, want := range map[string]string{
		"Example Freight Forwarding LLC": "logistics", "Example Bank": "bank", "示例国际货运代理有限公司": "logistics",
		"Ministry of Defence of Examplia": "military", "Example General Trading FZE": "trader",
		"Example Blood Bank": "", "示例第十研究所": "research", "Example Works Ltd": "", "Salvation Army Example": "",
		"示例银行": "bank", "Example Business Intelligence Inc.": "", "Example Transport Equipment Factory": "", "示例运输设备厂": "", "示例运输有限公司": "logistics", "示例汽车部件有限公司": "",
	} {
		require.Equal(t, want, strings.Join(NameSays(name), ","), name)
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, s := range sentences {
		f.Add(s.text)
	}
	f.Add("\xff\xfe“军")
	f.Fuzz(func(t *testing.T, s string) {
		a := Analyse(s)
		for _, m := range a.Mentions {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End || s[m.Start:m.End] != m.Words {
				t.Fatalf("%q: mention %+v", s, m)
			}
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	for b.Loop() {
		Analyse("The goods shall not be used, directly or indirectly, for chemical, biological or nuclear weapons, or for missiles; they cool a brewery.")
	}
}
