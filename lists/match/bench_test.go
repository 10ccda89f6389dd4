package match_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/simple"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/ordergate/ordergate/lists/match"
)

// sizes of the corpora that benchmarks build; -match.large adds the one of a million names.
var large = flag.Bool("match.large", false, "benchmark a million names too")

func sizes() []int {
	if *large {
		return []int{200_000, 1_000_000}
	}
	return []int{200_000}
}

func build(names []listed) *match.Corpus {
	c := match.NewCorpus(len(names))
	for _, n := range names {
		c.Add(n.text, n.kind)
	}
	c.Close()
	return c
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkBuild reports how long a corpus takes to build, by 200,000 names, and the heap it holds for a name
// beyond the texts it was given.
func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names := generate(n, 1)
			build(names[:1]) // the tables are read once
			before := heap()
			var c *match.Corpus
			for b.Loop() {
				c = build(names)
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*200_000/float64(n), "s/200k-names")
			b.ReportMetric(float64(heap()-before)/float64(n), "heap-B/name")
			runtime.KeepAlive(c)
		})
	}
}

// BenchmarkSearch reports, besides times, how many of the damaged names were among the candidates, and how many of
// them were found at the default threshold. Half of the queries are names of the corpus, damaged; half are of nobody.
func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names := generate(n, 1)
			c := build(names)
			queries := questions(names, 6000)
			var found []match.Found
			var ids []int
			b.ReportAllocs()
			measure(b, names, queries, func(q question) []int {
				found = c.Search(found[:0], c.Query(q.text, q.kind), match.DefaultThreshold)
				ids = ids[:0]
				for _, f := range found {
					ids = append(ids, f.ID)
				}
				return ids
			})
			among := 0
			for _, q := range queries {
				if q.wanted >= 0 && meant(names, q, c.Candidates(c.Query(q.text, q.kind))) {
					among++
				}
			}
			b.ReportMetric(100*float64(among)/float64(len(queries)/2), "%candidates")
		})
	}
}

// BenchmarkPlainScan scores every name against the query, without an index: what there is to find, and what finding it
// costs so.
func BenchmarkPlainScan(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names := generate(n, 1)
			c := build(names)
			measure(b, names, questions(names, 6000), func(q question) []int {
				query := c.Query(q.text, q.kind)
				var found []int
				for id := range c.Len() {
					if match.Compare(query, c.Name(id)) >= match.DefaultThreshold {
						found = append(found, id)
					}
				}
				return found
			})
		})
	}
}

// BenchmarkBleve looks the words of the query up in bleve with one slip each, and takes the best 40 names.
func BenchmarkBleve(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names := generate(n, 1)
			index := bleveOf(b, names)
			measure(b, names, questions(names, 6000), func(q question) []int {
				query := bleve.NewMatchQuery(q.text)
				query.SetField("name")
				query.SetFuzziness(1)
				result, err := index.Search(bleve.NewSearchRequestOptions(query, 40, 0, false))
				if err != nil {
					b.Fatal(err)
				}
				var found []int
				for _, h := range result.Hits {
					id, err := strconv.Atoi(h.ID)
					if err != nil {
						b.Fatal(err)
					}
					found = append(found, id)
				}
				return found
			})
		})
	}
}

// bleveOf indexes names in memory, word by word.
func bleveOf(b *testing.B, names []listed) bleve.Index {
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.DocValues, field.IncludeTermVectors = simple.Name, false, false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt("name", field)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = document
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = index.Close() })
	batch := index.NewBatch()
	for i, n := range names {
		if err := batch.Index(strconv.Itoa(i), map[string]any{"name": n.text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := index.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return index
}

// measure asks the queries in turn and reports the percentiles of the time each took, and the share of damaged names
// whose undamaged form is among what search found.
func measure(b *testing.B, names []listed, queries []question, search func(question) []int) {
	var took []time.Duration
	hit, asked, i := 0, 0, 0
	for b.Loop() {
		q := queries[i%len(queries)]
		i++
		start := time.Now()
		found := search(q)
		took = append(took, time.Since(start))
		if q.wanted >= 0 {
			asked++
			if meant(names, q, found) {
				hit++
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-us")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-us")
	if asked > 0 {
		b.ReportMetric(100*float64(hit)/float64(asked), "%found")
	}
}

// meant reports whether the name a query is a damaged form of is among some, or another of the same text.
func meant(names []listed, q question, some []int) bool {
	return slices.ContainsFunc(some, func(id int) bool { return names[id].text == names[q.wanted].text })
}

// question is a name to look for, and the number of the name it is a damaged form of, -1 for none.
type question struct {
	listed
	wanted int
}

// questions are n of them.
func questions(names []listed, n int) []question {
	g := generator{rand.New(rand.NewPCG(7, 7))}
	strangers := generate(n/2, 99)
	var out []question
	for i := range n / 2 {
		k := g.IntN(len(names))
		out = append(out, question{listed{g.damaged(names[k].text, damages[i%len(damages)]), names[k].kind}, k}, question{strangers[i], -1})
	}
	return out
}
