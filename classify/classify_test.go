package classify

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden results")

// TestGolden classifies the item of every testdata/*.txtar on its day and compares the whole result.
func TestGolden(t *testing.T) {
	c := builtinClassifier(t)
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			require.NoError(t, err)
			var in struct {
				Item Item
				AsOf Date
			}
			require.NoError(t, json.Unmarshal(a.Files[0].Data, &in))
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			require.NoError(t, enc.Encode(c.Classify(in.Item, in.AsOf)))
			got := b.Bytes()
			if *update {
				a.Files = []txtar.File{a.Files[0], {Name: "result.json", Data: got}}
				require.NoError(t, os.WriteFile(name, txtar.Format(a), 0o644))
				return
			}
			require.Len(t, a.Files, 2, "run with -update")
			require.Equal(t, string(a.Files[1].Data), string(got))
		})
	}
}

func TestDeclaredAndMaster(t *testing.T) {
	m, err := ReadMaster(strings.NewReader("part_number,list,code,basis,reviewer,reviewed,expires,sensitive\n"+
		"VP-16,EU-DU,2B231,own review,Reviewer A,2025-01-02,2026-01-01,\n"+
		"VP-16,CN-DUCL,,own review,Reviewer A,2025-01-02,,\n"+
		"FG-1,EU-DU,7A002.a,ruling,Reviewer A,2026-01-02,,y\n"), "master")
	require.NoError(t, err)
	c, err := New(Config{Master: &m})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()

	r := c.Classify(Item{PartNumber: " vp-16", Description: "turbomolecular pump DN400"}, "2026-11-20")
	require.True(t, slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Field == "part_number" && p.Incomplete }), "the decision has expired")
	require.True(t, slices.ContainsFunc(r.Conflicts, func(x Conflict) bool {
		return x.Between == [2]Source{FromMaster, FromText} && x.List == ListChina
	}), "the master says not controlled, the text points to an entry: %+v", r.Conflicts)

	r = c.Classify(Item{PartNumber: "FG-1", Declared: []DeclaredCode{{ListMultilateral, "7A001.a"}}}, "2026-11-20")
	require.NotNil(t, r.Sensitive)
	require.Equal(t, "Reviewer A", r.Sensitive.Reviewer)
	require.NotNil(t, c.Classify(Item{PartNumber: "FG-1"}, "2026-01-02").Sensitive)
	require.Nil(t, c.Classify(Item{PartNumber: "FG-1"}, "2026-01-01").Sensitive, "the mark is not of that day yet")
	require.True(t, slices.ContainsFunc(r.Conflicts, func(x Conflict) bool { return x.Between == [2]Source{FromDeclared, FromMaster} }))
	require.True(t, has(r, ListMultilateral, "7A001"))
	require.Equal(t, "7A002", r.Candidates[0].Code, "the master outweighs the declaration")

	r = c.Classify(Item{Declared: []DeclaredCode{{"", "EAR99"}}, Description: "fibre optic gyroscope"}, "2026-11-20")
	require.NotEmpty(t, r.Conflicts)
	for _, d := range []DeclaredCode{{ListMultilateral, "3A999"}, {"nowhere", "3A001"}, {"", "???"}} {
		r = c.Classify(Item{Declared: []DeclaredCode{d}, Description: "pump"}, "2026-11-20")
		require.True(t, slices.ContainsFunc(r.Problems, func(p Problem) bool { return strings.HasPrefix(p.Field, "declared[0]") && p.Incomplete && p.Err != nil }), "%v", d)
	}
}

// TestListsAreKeptApart: one code of two lists gives two candidates, each with its own goods.
func TestListsAreKeptApart(t *testing.T) {
	c := builtinClassifier(t)
	r := c.Classify(Item{Description: "gallium metal 6N"}, "2026-11-20")
	require.Equal(t, "3C001", r.Candidates[0].Code)
	require.Equal(t, ListChina, r.Candidates[0].List)
	require.False(t, has(r, ListMultilateral, "3C001"), "3C001 of the shared list is hetero-epitaxial material")
	r = c.Classify(Item{Declared: []DeclaredCode{{"", "3C001"}}}, "2026-11-20")
	require.True(t, has(r, ListChina, "3C001") && has(r, ListMultilateral, "3C001"))
	require.NotEqual(t, r.Candidates[0].Title, r.Candidates[1].Title)
}

func TestVagueAsks(t *testing.T) {
	c := builtinClassifier(t)
	for _, s := range []string{"parts", "Spare parts, 10 pcs", "样品", "配件一批", "设备零部件", "machine parts and accessories", "12345", "见合同清单"} {
		r := c.Classify(Item{Description: s}, "2026-11-20")
		require.Empty(t, r.Candidates, s)
		require.True(t, slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Field == "description" && p.Incomplete }), s)
	}
	require.True(t, slices.ContainsFunc(c.Classify(Item{}, "").Problems, func(p Problem) bool { return p.Incomplete }))
}

func TestSilence(t *testing.T) {
	c := builtinClassifier(t)
	r := c.Classify(Item{HS: "610910", HSEdition: "2022", Description: "cotton T-shirt"}, "2026-11-20")
	require.Empty(t, r.Candidates)
	require.True(t, slices.ContainsFunc(r.Silent, func(s Silence) bool {
		return s.Source == FromHS && strings.Contains(s.Text.En, "not absence of control")
	}))
	require.Contains(t, r.NextChecks[0].En, "not a finding")
	for _, hs := range []string{"84x", "8471301", "989898"} {
		r := c.Classify(Item{HS: hs, Description: "laptop"}, "2026-11-20")
		require.True(t, slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Field == "hs" && p.Incomplete }), hs)
	}
	r = c.Classify(Item{HS: "847130", HSEdition: "1996", Description: "laptop"}, "2026-11-20")
	require.Equal(t, "hs_edition", r.Problems[0].Field)
}

// TestGroups: software and technology lead to D and E entries, parts keep the entry with a warning.
func TestGroups(t *testing.T) {
	c := builtinClassifier(t)
	first := func(item Item) string { return c.Classify(item, "2026-11-20").Candidates[0].Code }
	require.Equal(t, "6D203", first(Item{Description: "software for streak camera", Kind: Software}))
	require.Contains(t, []string{"2E001", "2E002", "2E101", "2E201"}, first(Item{Description: "hot isostatic press", Kind: Technology}))
	require.Contains(t, []string{"1D101", "1D001", "1D201"}, first(Item{Description: "数控缠绕机控制软件"}))
	r := c.Classify(Item{Description: "spare parts for turbomolecular pump"}, "2026-11-20")
	require.Equal(t, "2B231", r.Candidates[0].Code)
	require.True(t, slices.ContainsFunc(r.Candidates[0].Checks, func(x Text) bool { return strings.Contains(x.En, "part or accessory") }))
}

func TestParameters(t *testing.T) {
	c := builtinClassifier(t)
	verdict := func(item Item, list, code, name string) ParameterResult {
		for _, x := range c.Classify(item, "2026-11-20").Candidates {
			if x.List == list && x.Code == code {
				for _, p := range x.Parameters {
					if p.Name == name {
						return p
					}
				}
			}
		}
		t.Fatalf("%+v: no %s of %s", item, name, code)
		return ParameterResult{}
	}
	for _, x := range []struct {
		description, code, name string
		want                    Verdict
		found                   string
	}{
		{"HV DC power supply 30 kV 2 A", "3A227", "voltage", Met, "30 kV"},
		{"HV DC power supply 30 kV 2 A", "3A227", "current", Met, "2 A"},
		{"HV DC power supply 5 kV 200 mA", "3A227", "current", NotMet, "200 mA"},
		{"frequency converter, output 0-2000 Hz", "3A225", "frequency", Met, "0-2000 Hz"},
		{"frequency converter 50 Hz", "3A225", "frequency", NotMet, "50 Hz"},
		{"变频电源 输出频率1.5kHz", "3A225", "frequency", Met, "1.5kHz"},
		{"five axis machining centre, positioning accuracy 0.004 mm", "2B201", "positioning accuracy", Met, "0.004 mm"},
		{"五轴联动加工中心 定位精度8μm", "2B201", "positioning accuracy", NotMet, "8µm"},
		{"maraging steel bar UTS 350 ksi", "1C216", "tensile strength", Met, "350 ksi"},
		{"HIP furnace, 2000 bar, hot zone 300 mm", "2B104", "pressure", Met, "2000 bar"},
		{"hot isostatic press 1200 °C", "2B104", "temperature", Met, "1200 °C"},
		{"fibre optic gyroscope", "7A102", "drift rate", Unknown, ""},
		{"五轴联动加工中心", "2B201", "number of axes", Met, "5轴"},
		{"Five-axis simultaneous milling machine", "2B201", "number of axes", Met, "5-axis"},
		{"mag drive pump PTFE lined 25 m3/h", "2B350", "volume flow", Met, "25 m3/h"},
		{"pulsed CO2 laser 60 W", "6A205", "power", NotMet, "60 W"},
	} {
		p := verdict(Item{Description: x.description}, ListChina, x.code, x.name)
		require.Equal(t, x.want, p.Verdict, "%s: %s", x.description, x.name)
		require.Equal(t, x.found, p.Found, x.description)
		require.NotEmpty(t, p.NameZh)
	}
	// A figure is held against the paragraphs of the goods named, and of several figures the one nearest to
	// control is taken: 50 Hz is the mains.
	for _, x := range c.Classify(Item{Description: "glass lined reactor 3000 L"}, "2026-11-20").Candidates[0].Parameters {
		require.Equal(t, "volume", x.Name)
	}
	p := verdict(Item{Description: "frequency converter 380 V 50 Hz input, 1200 Hz output"}, ListChina, "3A225", "frequency")
	require.Equal(t, "1200 Hz", p.Found)
	p = verdict(Item{Description: "turning and milling machine", Properties: []Property{{"联动轴数", "5", ""}}}, ListChina, "2B201", "number of axes")
	require.Equal(t, Met, p.Verdict)
	p = verdict(Item{Description: "gyroscope", Properties: []Property{{"Drift rate", "0.01", "deg/h"}}}, ListChina, "7A102", "drift rate")
	require.Equal(t, Met, p.Verdict)
}

// TestFiguresOutside: figures plainly outside the limits lower an entry and never remove it; a figure near the
// limit, or one of several paragraphs left open, does so less.
func TestFiguresOutside(t *testing.T) {
	c := builtinClassifier(t)
	score := func(description string) float64 {
		for _, x := range c.Classify(Item{Description: description}, "2026-11-20").Candidates {
			if x.Code == "3A225" && x.List == ListChina {
				return x.Score
			}
		}
		t.Fatalf("%s: no candidate 3A225", description)
		return 0
	}
	open, low, near, met := score("frequency converter"), score("frequency converter, output frequency 0-400 Hz"), score("frequency converter, output frequency 590 Hz"), score("frequency converter, output frequency 900 Hz")
	require.Less(t, low, near)
	require.Less(t, near, open)
	require.Less(t, open, met)
}

// TestWhatGoodsAreNot: what a description says the goods are not, are for or come with does not count like
// what they are.
func TestWhatGoodsAreNot(t *testing.T) {
	c := builtinClassifier(t)
	for _, x := range []struct{ are, areNot, code string }{
		{"hot isostatic press", "resistance furnace, other than hot isostatic press", "2B204"},
		{"unmanned aircraft, fixed wing drone", "passenger aeroplane except drone", "9A012"},
		{"红外热像仪", "除红外热像仪以外的测温枪", "6A003"},
		{"热像仪 带云台", "云台，不含热像仪", "6A003"},
	} {
		best := func(s string) (score float64) {
			for _, y := range c.Classify(Item{Description: s}, "2026-11-20").Candidates {
				if y.Code == x.code {
					score = max(score, y.Score)
				}
			}
			return score
		}
		require.GreaterOrEqual(t, best(x.are), 0.5, x.are)
		require.Less(t, best(x.areNot), 0.25, x.areNot)
	}
}

func TestOwnLists(t *testing.T) {
	own, err := ReadControlList(strings.NewReader("code,title,title_zh,terms,thresholds,from\n"+
		"W-1,Bonded whirligigs,胶合旋转物,whirligig|旋转物,rotation > 9000 rpm,2025-01-01\n"), ControlList{ID: "house", Title: "House list", Regime: "OWN", Scheme: SchemeOwn})
	require.NoError(t, err)
	cor, err := ReadCorrelation(strings.NewReader("code,entry\n9503003100,W-1\n"), Correlation{ID: "house-hs", List: "house", Title: "house table", Edition: Edition{SystemChina, 2026}, Role: LegalScope}, nil)
	require.NoError(t, err)
	c, err := New(Config{ControlLists: []ControlList{own}, Correlations: []Correlation{cor}, Goods: []Good{{Names: []string{"humming top"}, Entries: []EntryRef{{"house", "W-1"}}}}})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	require.NotEqual(t, builtinClassifier(t).Digest(), c.Digest())
	for _, item := range []Item{{Description: "whirligig 9500 rpm"}, {Description: "旋转物"}, {Description: "humming top"}, {HS: "9503003100", HSEdition: "CN-2026"}} {
		require.True(t, has(c.Classify(item, "2026-11-20"), "house", "W-1"), "%+v", item)
	}
	_, err = New(Config{Goods: []Good{{Names: []string{"x"}, Entries: []EntryRef{{"nowhere", "1"}}}}, Correlations: []Correlation{{ID: "x", List: "nothing"}}})
	require.ErrorIs(t, err, ErrUnknownList)
	require.ErrorContains(t, err, "nowhere")
	require.ErrorContains(t, err, "nothing", "every defect at once")
}

// TestConcurrent: many goroutines get what one gets.
func TestConcurrent(t *testing.T) {
	c := builtinClassifier(t)
	ls := readLabelled(t)[:40]
	want := make([]string, len(ls))
	for i, l := range ls {
		want[i] = asJSON(t, c.Classify(l.item(), "2026-11-20"))
	}
	var wg sync.WaitGroup
	got := make([]string, len(ls))
	for i, l := range ls {
		wg.Go(func() { got[i] = asJSON(t, c.Classify(l.item(), "2026-11-20")) })
	}
	wg.Wait()
	require.Equal(t, want, got)
	again, err := New(Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, again.Close()) }()
	require.Equal(t, c.Digest(), again.Digest())
	require.Equal(t, want[0], asJSON(t, again.Classify(ls[0].item(), "2026-11-20")), "another compile, the same result")
}

func asJSON(t testing.TB, v any) string {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func FuzzClassify(f *testing.F) {
	c := builtinClassifier(f)
	f.Add("five axis machining centre 3 µm", "845710", "2022", "2B201", "power=5 kW")
	f.Add("六氟化铀 冷阱 ２００L", "ex 8419.89-8419.90", "CN-2026", "1C117.b.1.a", "x")
	f.Add(strings.Repeat("pump ", 20_000), "", "", "EAR99", "")
	f.Add("1e999 mm ×10^99 kPa -5~-3 °C", "00", "HS", "ML10.c", "=;=")
	f.Fuzz(func(t *testing.T, description, hs, edition, code, property string) {
		name, value, _ := strings.Cut(property, "=")
		r := c.Classify(Item{Description: description, HS: hs, HSEdition: edition, Declared: []DeclaredCode{{"", code}}, Properties: []Property{{name, value, ""}}}, "2026-11-20")
		for _, x := range r.Candidates {
			if x.Score < 0 || x.Score > 1 || len(x.Basis) == 0 || x.Title == "" {
				t.Fatalf("%+v", x)
			}
		}
		if len(r.NextChecks) == 0 {
			t.Fatal("nothing is said of what to do next")
		}
	})
}
