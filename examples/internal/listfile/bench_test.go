package listfile_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/lists"
)

// published are the official files the figures are measured on; they are not part of the project.
var published = []string{
	"un=../../../../shared/data/lists/un_consolidated.xml",
	"ofac=../../../../shared/data/lists/ofac",
	"uscsl=../../../../shared/data/lists/us_csl_2026-07-31.csv",
}

func load(b *testing.B) *lists.Index {
	b.Helper()
	all := make([]lists.List, len(published))
	for i, spec := range published {
		l, _, err := listfile.Open(spec)
		if err != nil {
			b.Fatal(err)
		}
		all[i] = l
	}
	snap, err := lists.NewSnapshot(all...)
	if err != nil {
		b.Fatal(err)
	}
	index, err := lists.NewIndex(snap)
	if err != nil {
		b.Fatal(err)
	}
	return index
}

func skipWithoutFiles(b *testing.B) {
	b.Helper()
	if _, err := os.Stat("../../../../shared/data/lists"); err != nil {
		b.Skip("the published lists are not beside the checkout: ../shared/data/lists")
	}
}

// BenchmarkLoad reads the UN, OFAC and US lists and indexes them: one operation is the whole load.
func BenchmarkLoad(b *testing.B) {
	skipWithoutFiles(b)
	for b.Loop() {
		index := load(b)
		b.ReportMetric(float64(index.Snapshot().Len()), "entities")
		if err := index.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkParty compares one party with the three lists, a listed one slightly misspelt and one on no list in
// turn, and reports the median and the 99th percentile of a comparison.
func BenchmarkParty(b *testing.B) {
	skipWithoutFiles(b)
	index := load(b)
	defer index.Close()
	names := []string{
		"Korea Mining Developement Trading Corporation", "Beispiel Bueromoebel GmbH", "Muhammad Taher Anwari", "Example Optical Instruments Co., Ltd.",
		"Korea Ryonbong General Corp", "Muster Antriebstechnik AG", "示例机电有限公司", "Ali Hassan Mohammed",
	}
	var took []time.Duration
	i := 0
	for b.Loop() {
		q := lists.Query{Names: []string{unseen(names[i%len(names)], i)}}
		start := time.Now()
		index.Match(q)
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// unseen is the same name in a spelling that the index has not been asked for yet.
func unseen(name string, i int) string {
	return name + strings.NewReplacer("0", " ", "1", "\t").Replace(strconv.FormatInt(int64(i), 2))
}
