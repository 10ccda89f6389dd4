package match_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

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
	c := match.NewCorpus()
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

// BenchmarkSearch reports the time of a search, its percentiles, and how many of the damaged names were found
// at the default threshold. Half of the queries are names of the corpus, damaged; half are of nobody.
func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			names := generate(n, 1)
			c := build(names)
			queries, wanted := questions(names, 6000)
			var took []time.Duration
			var found []match.Found
			hit, asked, i := 0, 0, 0
			b.ReportAllocs()
			for b.Loop() {
				k := i % len(queries)
				i++
				start := time.Now()
				q := c.Query(queries[k].text, queries[k].kind)
				found = c.Search(found[:0], q, match.DefaultThreshold)
				took = append(took, time.Since(start))
				if wanted[k] >= 0 {
					asked++
					if slices.ContainsFunc(found, func(f match.Found) bool { return names[f.ID].text == names[wanted[k]].text }) {
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
		})
	}
}

// questions are n names to look for, and the number of the name each is a damaged form of, -1 for none.
func questions(names []listed, n int) (queries []listed, wanted []int) {
	g := generator{rand.New(rand.NewPCG(7, 7))}
	strangers := generate(n/2, 99)
	for i := range n / 2 {
		k := g.IntN(len(names))
		queries = append(queries, listed{g.damaged(names[k].text, damages[i%len(damages)]), names[k].kind}, strangers[i])
		wanted = append(wanted, k, -1)
	}
	return queries, wanted
}
