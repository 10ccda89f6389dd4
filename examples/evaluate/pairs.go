package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/antzucaro/matchr"

	"github.com/ordergate/ordergate/lists/match"
)

// runPairs scores pairs of names and compares the scores with their labels.
func runPairs(args []string, w io.Writer) error {
	fs := flag.NewFlagSet("evaluate pairs", flag.ContinueOnError)
	fs.SetOutput(w)
	cases := fs.String("cases", "", "CSV `file` with columns group,kind,query,listed,match,quality; match is 1 where the pair should alert")
	out := fs.String("out", "", "`file` to write: the same with columns score,alert")
	threshold := fs.Float64("threshold", match.DefaultThreshold, "`score` from which a pair alerts")
	if err := fs.Parse(args); err != nil {
		return err
	}
	t, err := readTable(*cases, "group", "kind", "query", "listed", "match", "quality")
	if err != nil {
		return err
	}
	r := pairResults{threshold: *threshold}
	added := make([][]string, len(t.rows))
	for i, row := range t.rows {
		p := pair{
			query: t.get(row, "query"), listed: t.get(row, "listed"),
			group: t.get(row, "group"), quality: t.get(row, "quality"),
		}
		kind := kindOf(t.get(row, "kind"))
		p.match = t.get(row, "match") == "1"
		p.score = match.Compare(match.Prepare(p.query, kind), match.Prepare(p.listed, kind))
		p.baseline = matchr.JaroWinkler(strings.ToLower(p.query), strings.ToLower(p.listed), false)
		r.pairs = append(r.pairs, p)
		added[i] = []string{strconv.FormatFloat(p.score, 'f', 4, 64), bit(p.score >= *threshold)}
	}
	if *out != "" {
		if err := t.write(*out, []string{"score", "alert"}, added); err != nil {
			return err
		}
	}
	return r.print(w)
}

// kindOf reads a kind; what is not known is compared as of unknown kind.
func kindOf(s string) match.Kind {
	switch k := match.Kind(strings.ToLower(s)); k {
	case match.Person, match.Organization, match.Vessel, match.Aircraft:
		return k
	}
	return match.Unknown
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// pair is one labelled pair with the score of the matcher and of plain Jaro-Winkler.
type pair struct {
	query, listed, group, quality string
	match                         bool
	score, baseline               float64
}

type pairResults struct {
	threshold float64
	pairs     []pair
}

func (r *pairResults) print(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "set\tpairs\tthreshold\tprecision\trecall\tF1\tbest at\tbest F1\tJaro-Winkler best at\tits F1\t")
	r.line(tw, "all", func(pair) bool { return true })
	for _, g := range distinct(r.pairs, func(p pair) string { return p.group }) {
		r.line(tw, "group "+g, func(p pair) bool { return p.group == g })
	}
	for _, q := range distinct(r.pairs, func(p pair) string { return p.quality }) {
		r.line(tw, "quality "+q, func(p pair) bool { return p.quality == q })
	}
	fmt.Fprintln(tw, "\t\t\t\t\t\t\t\t\t\t")
	fmt.Fprintln(tw, "mean score\tpairs\tmean\t")
	for _, m := range []bool{true, false} {
		for _, q := range distinct(r.pairs, func(p pair) string { return p.quality }) {
			sum, n := 0.0, 0
			for _, p := range r.pairs {
				if p.match == m && p.quality == q {
					sum, n = sum+p.score, n+1
				}
			}
			if n > 0 {
				fmt.Fprintf(tw, "%s %s\t%d\t%.3f\t\n", map[bool]string{true: "match", false: "non-match"}[m], q, n, sum/float64(n))
			}
		}
	}
	return tw.Flush()
}

// line prints the figures of the pairs that keep is true for.
func (r *pairResults) line(w io.Writer, name string, keep func(pair) bool) {
	var ours, plain []scored
	for _, p := range r.pairs {
		if keep(p) {
			ours = append(ours, scored{p.score, p.match})
			plain = append(plain, scored{p.baseline, p.match})
		}
	}
	f, top, base := count(ours, r.threshold), best(ours), best(plain)
	fmt.Fprintf(w, "%s\t%d\t%.2f\t%.3f\t%.3f\t%.3f\t%.2f\t%.3f\t%.2f\t%.3f\t\n", name, len(ours), r.threshold,
		f.precision(), f.recall(), f.f1(), top, count(ours, top).f1(), base, count(plain, base).f1())
}

// distinct is the values of the pairs in order of first appearance.
func distinct(pairs []pair, of func(pair) string) []string {
	var out []string
	for _, p := range pairs {
		if v := of(p); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
