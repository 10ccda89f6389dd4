package ftm

import (
	"bufio"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func file(t testing.TB, name string) string { return listtest.File(t, "ftm", name) }

func read(r io.Reader) (lists.List, error) { return Read(r, Options{}) }

func TestReadKeepsWhatTheSourceSays(t *testing.T) {
	l, err := Read(strings.NewReader(file(t, "entities.ftm.json")), Options{ID: "os-example", Regime: "EU"})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 3)
	topics := []string{"sanction"}
	assert.Equal(t, lists.Entity{
		ID: "XX-p1", Kind: lists.Person,
		Names: []lists.Name{
			{Text: "Tester Sample", Kind: lists.PrimaryName}, {Text: "Образец Тестер", Kind: lists.OriginalName}, {Text: "Tester S. Sample", Kind: lists.Alias},
			{Text: "Tess", Kind: lists.WeakAlias}, {Text: "Tester Old", Kind: lists.FormerName},
		},
		Countries: []string{"RU"}, Addresses: []lists.Address{{Text: "1 Test Street, Moscow", City: "Moscow", Country: "RU"}},
		Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "A0000001"}}, BirthDates: []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962"}},
		Gender: "male", Titles: []string{"Director"}, Remarks: "Not a real party.",
		Measures: []lists.Measure{{
			Programme: "XX-EX", Tags: topics, Notice: "R-1", Citation: "https://example.org/list", Terms: "Example authority", Timeline: dated.Since("2022-03-01"),
		}},
	}, l.Entities[0])
	company := l.Entities[1]
	assert.Equal(t, "示例工程有限公司", company.PrimaryName())
	assert.Equal(t, []lists.Address{{Text: "1 Example Road, Beijing, China", Country: "CN"}}, company.Addresses)
	assert.Contains(t, company.Identifiers, lists.Identifier{Type: lists.IDUSCC, Value: "91000000000000000X"})
	require.Len(t, company.Measures, 2)
	assert.Equal(t, dated.Ended, company.Measures[1].Timeline.Status("2025-01-01"))
	assert.Equal(t, dated.InForce, company.Measures[1].Timeline.Status("2024-12-31"))
	assert.Equal(t, []lists.Identifier{{Type: lists.IDIMO, Value: "9999999"}}, l.Entities[2].Identifiers)
	require.Len(t, l.Skipped, 1)
	assert.Contains(t, l.Skipped[0].Reason, "1 objects that are no listed party")
}

func TestDeltas(t *testing.T) {
	first := func() Delta { return Delta{"20260801", strings.NewReader(file(t, "20260801.delta.json"))} }
	second := func() Delta { return Delta{"20260802", strings.NewReader(file(t, "20260802.delta.json"))} }
	base := func() io.Reader { return strings.NewReader(file(t, "entities.ftm.json")) }
	l, err := Read(base(), Options{}, first(), second())
	require.NoError(t, err)
	listtest.Result(t, l, err)
	var got []string
	for _, e := range l.Entities {
		got = append(got, e.ID+" "+e.PrimaryName())
	}
	assert.Equal(t, []string{"XX-c1 示例工程有限公司", "XX-c2 Example Trading", "XX-v1 EXAMPLE MOON"}, got)
	added := listtest.Entity(t, l, "XX-c2")
	assert.Len(t, added.Names, 2)
	assert.Equal(t, dated.Since("2026-08-01"), added.Measures[0].Timeline)

	for name, c := range map[string]struct {
		deltas []Delta
		says   string
	}{
		"out of order": {[]Delta{second(), first()}, "delta 20260801: the version is not after the one before"},
		"one left out": {[]Delta{second()}, `delta 20260802, line 1, record "XX-c2": the delta changes what the file does not have`},
		"twice":        {[]Delta{first(), {"20260803", strings.NewReader(file(t, "20260801.delta.json"))}}, `delta 20260803, line 1: not in the expected format: ADD of "XX-c2"`},
		"added again":  {[]Delta{{"1", strings.NewReader(`{"op":"ADD","entity":{"id":"XX-c1","schema":"Company","properties":{"name":["A"]}}}`)}}, "line 3: not in the expected format: a delta adds what is there already"},
		"unknown op":   {[]Delta{{"1", strings.NewReader(`{"op":"SET","entity":{"id":"XX-c1","schema":"Company"}}`)}}, `op "SET"`},
		"cut":          {[]Delta{{"1", strings.NewReader(`{"op":"DEL","entity":{"id":"XX-c`)}}, "delta 1, line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Read(base(), Options{}, c.deltas...)
			require.ErrorIs(t, err, lists.ErrFormat)
			require.ErrorContains(t, err, c.says)
			listtest.Result(t, l, err)
		})
	}
}

func TestReadSimple(t *testing.T) {
	l, err := ReadSimple(strings.NewReader(file(t, "targets.simple.csv")), Options{})
	require.NoError(t, err)
	listtest.Result(t, l, err)
	require.Len(t, l.Entities, 2)
	assert.Equal(t, lists.Entity{
		ID: "XX-p1", Kind: lists.Person,
		Names:     []lists.Name{{Text: "Tester Sample", Kind: lists.PrimaryName}, {Text: "Tester S. Sample", Kind: lists.Alias}, {Text: "Образец Тестер", Kind: lists.OriginalName}},
		Countries: []string{"RU"}, Addresses: []lists.Address{{Text: "1 Test Street, Moscow, Russia", Country: "RU"}},
		Identifiers: []lists.Identifier{{Type: "identifier", Value: "A0000001"}, {Type: lists.IDEmail, Value: "tester@example.org"}},
		BirthDates:  []lists.BirthDate{{Date: "1961-02-03"}, {Date: "1962"}},
		Measures:    []lists.Measure{{Programme: "Example list", Tags: []string{"XX-EX"}, Terms: "Example authority - Example programme - 2022-03-01"}},
	}, l.Entities[0])
}

func TestReadRefuses(t *testing.T) {
	good := file(t, "entities.ftm.json")
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"nothing":         {"", lists.ErrEmpty, "list opensanctions"},
		"a page":          {"<html></html>\n", lists.ErrFormat, "line 1"},
		"no schema":       {`{"id":"1","properties":{"name":["A"]}}`, lists.ErrFormat, "no id or schema"},
		"no name":         {`{"id":"1","schema":"Person","properties":{"topics":["sanction"]}}`, lists.ErrFormat, `line 1, record "1", field name`},
		"duplicate":       {good + good, lists.ErrDuplicate, `line 8, record "XX-p1"`},
		"mis-encoded":     {strings.Replace(good, "Tester", "T\xe9ster", 1), lists.ErrEncoding, "line 1"},
		"too long a line": {strings.Repeat(" ", maxLine+1), lists.ErrTooLarge, "line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := read(strings.NewReader(c.text))
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.says)
			listtest.Result(t, l, err)
		})
	}
	wholeLines := func(cut string) bool { return strings.HasSuffix(cut, "}") || strings.HasSuffix(cut, "\n") }
	listtest.Cuts(t, good, 50, read, wholeLines)
	listtest.Cuts(t, file(t, "targets.simple.csv"), 40, func(r io.Reader) (lists.List, error) { return ReadSimple(r, Options{}) }, func(cut string) bool {
		rows, err := csv.NewReader(strings.NewReader(cut)).ReadAll()
		return err == nil && len(rows) > 1
	})
}

func FuzzRead(f *testing.F) {
	f.Add(file(f, "entities.ftm.json"), file(f, "20260801.delta.json"))
	f.Fuzz(func(t *testing.T, text, delta string) {
		l, err := Read(strings.NewReader(text), Options{}, Delta{"1", strings.NewReader(delta)})
		listtest.Result(t, l, err)
	})
}

func FuzzReadSimple(f *testing.F) {
	f.Add(file(f, "targets.simple.csv"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ReadSimple(strings.NewReader(text), Options{})
		listtest.Result(t, l, err)
	})
}

// entities is how many entities the benchmark's file has. The file of a million is read with
//
//	GOMEMLIMIT=1800MiB go test ./lists/ftm -run '^$' -bench Snapshot -benchtime 1x -ftm.entities 1000000
var entities = flag.Int("ftm.entities", 20_000, "entities in the benchmark's file")

// generated is a file of n entities with names, aliases, addresses, identifiers and every second one a sanction.
func generated(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(w, 1<<16)
		for i := range n {
			fmt.Fprintf(out, `{"id":"G-%d","caption":"Example %d Trading","schema":"Company","properties":{"name":["Example %d Trading"],"alias":["Ex %d","Example Works %d Ltd","示例%d号工程有限公司"],`+
				`"country":["ru"],"address":["%d Example Street, Moscow, Russia"],"registrationNumber":["%012d"],"taxNumber":["%010d"],"topics":["sanction"]},"datasets":["xx_example"],"first_seen":"2022-03-01T00:00:00","target":true}`+"\n",
				i, i, i, i, i, i, i, i, i)
			if i%2 == 0 {
				fmt.Fprintf(out, `{"id":"S-%d","caption":"Sanction","schema":"Sanction","properties":{"entity":["G-%d"],"program":["Example programme"],"programId":["XX-EX"],"authority":["Example authority"],"startDate":["2022-03-01"]},"datasets":["xx_example"]}`+"\n", i, i)
			}
		}
		w.CloseWithError(out.Flush())
	}()
	return r
}

// BenchmarkSnapshot reads a file and makes a snapshot of it, and says how much memory the process took.
func BenchmarkSnapshot(b *testing.B) {
	for b.Loop() {
		l, err := read(generated(*entities))
		if err != nil {
			b.Fatal(err)
		}
		s, err := lists.NewSnapshot(l)
		if err != nil {
			b.Fatal(err)
		}
		if s.Len() != *entities {
			b.Fatalf("%d entities", s.Len())
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-from-system")
	if peak, ok := peakResident(); ok {
		b.ReportMetric(float64(peak)/1024, "MiB-peak-resident")
	}
	b.ReportMetric(float64(*entities)*float64(b.N)/b.Elapsed().Seconds(), "entities/s")
}

// peakResident is the most memory in KiB the process ever held, where the system says (Linux).
func peakResident() (kib int, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	n, err := fmt.Sscanf(rest, "%d kB", &kib)
	return kib, err == nil && n == 1
}
