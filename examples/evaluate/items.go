package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/ordergate/ordergate/classify"
)

// maxCodes is how many entry codes an output row holds.
const maxCodes = 10

// runItems classifies item descriptions and, where a column "expected" tells the right entries, measures
// how often one of them is first, or among the first five.
func runItems(args []string, w io.Writer) error {
	fs := flag.NewFlagSet("evaluate items", flag.ContinueOnError)
	fs.SetOutput(w)
	cases := fs.String("cases", "", "CSV `file` with columns id,hs,description,properties (name=value;...); optionally expected (codes joined by |), lang, half")
	out := fs.String("out", "", "`file` to write: the same with columns candidates,basis,micros")
	edition := fs.String("edition", "", "`edition` of the HS codes, such as 2022 or CN-2026; blank takes the first that knows each code")
	asOf := fs.String("asof", "", "`day` whose entries apply; blank is the last known state")
	if err := fs.Parse(args); err != nil {
		return err
	}
	t, err := readTable(*cases, "id", "hs", "description", "properties")
	if err != nil {
		return err
	}
	start := time.Now()
	c, err := classify.New(classify.Config{})
	if err != nil {
		return err
	}
	defer c.Close()
	r := itemResults{loaded: time.Since(start)}
	added := make([][]string, len(t.rows))
	for i, row := range t.rows {
		item := classify.Item{HS: t.get(row, "hs"), HSEdition: *edition, Description: t.get(row, "description"), Properties: properties(t.get(row, "properties"))}
		start := time.Now()
		res := c.Classify(item, classify.Date(*asOf))
		x := itemResult{took: time.Since(start), lang: t.get(row, "lang"), half: t.get(row, "half"), labelled: t.column("expected") >= 0}
		codes, basis := entryCodes(res)
		x.rank(codes, strings.Split(t.get(row, "expected"), "|"))
		if len(res.Candidates) > 0 {
			x.best = res.Candidates[0].Confidence
		}
		r.items = append(r.items, x)
		added[i] = []string{strings.Join(codes, "|"), strings.Join(basis, "|"), strconv.FormatInt(x.took.Microseconds(), 10)}
	}
	if *out != "" {
		if err := t.write(*out, []string{"candidates", "basis", "micros"}, added); err != nil {
			return err
		}
	}
	return r.print(w)
}

func properties(s string) []classify.Property {
	var out []classify.Property
	for p := range strings.SplitSeq(s, ";") {
		if name, value, ok := strings.Cut(p, "="); ok {
			out = append(out, classify.Property{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
		}
	}
	return out
}

// entryCodes are the entries of the candidates, each code once, best first, and for each the list and
// the sources that led to it.
func entryCodes(r classify.Result) (codes, basis []string) {
	for _, c := range r.Candidates {
		if slices.Contains(codes, c.Code) || len(codes) == maxCodes {
			continue
		}
		var sources []string
		for _, b := range c.Basis {
			if s := string(b.Source); !slices.Contains(sources, s) {
				sources = append(sources, s)
			}
		}
		codes = append(codes, c.Code)
		basis = append(basis, fmt.Sprintf("%s %s %.2f %s", c.List, c.Confidence, c.Score, strings.Join(sources, "+")))
	}
	return codes, basis
}

// itemResult is what came of one item.
type itemResult struct {
	took       time.Duration
	lang, half string
	// labelled is set where the file tells what is right; controlled where that is an entry.
	labelled, controlled bool
	// place is that of the first right code, from 1; 0 is none.
	place int
	best  classify.Confidence
}

func (x *itemResult) rank(codes, expected []string) {
	for _, e := range expected {
		if e = strings.TrimSpace(e); e == "" {
			continue
		}
		x.controlled = true
		if i := slices.Index(codes, e); i >= 0 && (x.place == 0 || i+1 < x.place) {
			x.place = i + 1
		}
	}
}

type itemResults struct {
	loaded time.Duration
	items  []itemResult
}

func (r *itemResults) print(w io.Writer) error {
	micros := make([]int64, len(r.items))
	for i, x := range r.items {
		micros[i] = x.took.Microseconds()
	}
	fmt.Fprintf(w, "%d items; built-in lists loaded in %v; one item p50 %d us, p99 %d us\n", len(r.items), r.loaded.Round(time.Millisecond), percentile(micros, 0.5), percentile(micros, 0.99))
	if len(r.items) == 0 || !r.items[0].labelled {
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "set\tcontrolled\ttop 1\ttop 5\tno candidate\tnot controlled\tstrong\tlikely\tpossible\tweak\tnone\t")
	r.line(tw, "all", func(itemResult) bool { return true })
	for _, of := range []func(itemResult) string{func(x itemResult) string { return x.lang }, func(x itemResult) string { return x.half }} {
		var seen []string
		for _, x := range r.items {
			if v := of(x); v != "" && !slices.Contains(seen, v) {
				seen = append(seen, v)
				r.line(tw, v, func(y itemResult) bool { return of(y) == v })
			}
		}
	}
	return tw.Flush()
}

// line prints the figures of the items that keep is true for.
func (r *itemResults) line(w io.Writer, name string, keep func(itemResult) bool) {
	var n, top1, top5, none, free int
	best := map[classify.Confidence]int{}
	for _, x := range r.items {
		switch {
		case !keep(x):
		case !x.controlled:
			free++
			best[x.best]++
		default:
			n++
			if x.place == 1 {
				top1++
			}
			if x.place >= 1 && x.place <= 5 {
				top5++
			}
			if x.best == "" {
				none++
			}
		}
	}
	fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name, n, ratio(top1, n), ratio(top5, n), none,
		free, best[classify.Strong], best[classify.Likely], best[classify.Possible], best[classify.Weak], best[""])
}
