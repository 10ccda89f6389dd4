package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/lists"
)

// runSearch looks labelled queries up in watch lists.
func runSearch(args []string, w io.Writer) error {
	fs := flag.NewFlagSet("evaluate search", flag.ContinueOnError)
	fs.SetOutput(w)
	var from listFlag
	fs.Var(&from, "list", "`FORMAT=PATH` of a list to search (un, ofac, uscsl, sheet); may be repeated")
	queries := fs.String("queries", "", "CSV `file` with columns query,kind and optionally birth_date,country,expected_id; others are passed through")
	out := fs.String("out", "", "`file` to write: the same with columns hit_id,hit_score,alert,expected_rank,micros")
	threshold := fs.Float64("threshold", lists.DefaultThreshold, "name `score` from which a query alerts")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if len(from) == 0 {
		return errors.New("no -list given")
	}
	t, err := readTable(*queries, "query", "kind")
	if err != nil {
		return err
	}
	start := time.Now()
	all, err := from.load()
	if err != nil {
		return err
	}
	snap, err := lists.NewSnapshot(all...)
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	start = time.Now()
	index, err := lists.NewIndex(snap)
	if err != nil {
		return err
	}
	r := searchResults{names: index.Names(), entities: snap.Len(), loaded: loaded, indexed: time.Since(start)}
	added := make([][]string, len(t.rows))
	for i, row := range t.rows {
		added[i] = r.search(index, t, row, *threshold)
	}
	if err := index.Close(); err != nil {
		return err
	}
	if *out != "" {
		if err := t.write(*out, []string{"hit_id", "hit_score", "alert", "expected_rank", "micros"}, added); err != nil {
			return err
		}
	}
	return r.print(w)
}

// searchResults is what is counted over all queries.
type searchResults struct {
	names, entities int
	loaded, indexed time.Duration
	queries, alerts int
	expected, found int // queries that name an expected entity, and those that return it
	first           int // of them, those that return it first
	took            []time.Duration
}

// search looks one row up and returns the columns it adds.
func (r *searchResults) search(index *lists.Index, t *table, row []string, threshold float64) []string {
	q := lists.Query{Names: []string{t.get(row, "query")}, Threshold: threshold}
	if k, err := lists.ParseKind(t.get(row, "kind")); err == nil {
		q.Kind = k
	}
	if d := t.get(row, "birth_date"); d != "" {
		q.BirthDates = []string{birthDate(d)}
	}
	if c, ok := country.Resolve(t.get(row, "country")); ok {
		q.Countries = []string{c}
	}
	start := time.Now()
	hits := index.Match(q)
	took := time.Since(start)
	r.queries++
	r.took = append(r.took, took)
	id, score, rank := "", 0.0, 0
	if len(hits) > 0 {
		r.alerts++
		id, score = hits[0].Entity.ID, hits[0].Score
	}
	if want := t.get(row, "expected_id"); want != "" {
		r.expected++
		rank = 1 + slices.IndexFunc(hits, func(h lists.Hit) bool { return h.Entity.ID == want })
		if rank > 0 {
			r.found++
		}
		if rank == 1 {
			r.first++
		}
	}
	return []string{id, strconv.FormatFloat(score, 'f', 4, 64), bit(len(hits) > 0), strconv.Itoa(rank), strconv.FormatInt(took.Microseconds(), 10)}
}

// birthDate writes a date with months and days of one digit in two.
func birthDate(s string) string {
	if d, err := time.Parse("2006-1-2", s); err == nil {
		return d.Format(time.DateOnly)
	}
	return s
}

func (r *searchResults) print(w io.Writer) error {
	total := time.Duration(0)
	for _, d := range r.took {
		total += d
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name, format string, args ...any) {
		fmt.Fprintf(tw, "%s\t"+format+"\n", append([]any{name}, args...)...)
	}
	line("listed", "%d parties, %d names", r.entities, r.names)
	line("load", "%.2f s read, %.2f s indexed", r.loaded.Seconds(), r.indexed.Seconds())
	line("queries", "%d", r.queries)
	if r.expected > 0 {
		line("recall", "%.2f %% (%d of %d expected parties found, %d of them first)", 100*ratio(r.found, r.expected), r.found, r.expected, r.first)
	}
	line("alert rate", "%.3f %% (%d queries)", 100*ratio(r.alerts, r.queries), r.alerts)
	line("search time", "p50 %d us, p99 %d us", percentile(r.took, 0.5).Microseconds(), percentile(r.took, 0.99).Microseconds())
	line("throughput", "%.0f searches a second on one core", float64(len(r.took))/max(total.Seconds(), 1e-9))
	return tw.Flush()
}
