// Simulate runs past orders through the present rules and policy and through proposed ones, and says what would change.
//
//	simulate [flags] FILE ...
//
// FILE holds orders in any format of package screening/order; of JSON lines every line is read by itself, so such a file
// may be of any size. "-" is standard input. What is proposed is given by -rules, -policy, -table and -own; what is in
// force by the same flags with "present-" before them. Without them both are the built-in ones.
//
// It prints how many orders would be held, and for each rule on how many orders it fired before and after. In the folder
// given by -out there are then
//
//	simulations.jsonl   every report in full, before and after, each marked as a simulation of its name
//	changes.csv         one row an order that would come to something else, with the rules that make the difference
//	chart.svg           the rules that change, as bars
//	summary.json        all figures, the digests of rules and policies and of simulations.jsonl: a record of kind
//	                    "simulation" for the log (auditlog append -kind simulation)
//
// A simulation is no screening: it releases and holds nothing, and a log takes its records as a kind of their own only.
//
// Exit status: 0 nothing would change, 2 something would, 1 an error or an order that could not be screened.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/internal/dated"
)

// Exit statuses.
const (
	unchanged = 0
	failed    = 1
	changed   = 2
)

// ownDate as -asof takes the law of each order's own date.
const ownDate = "order"

type options struct {
	out, name, asOf, lang string
	mapping               string
	lists                 []string
	present, proposed     sideOptions
	workers               int
	history               bool
	anyAge, all, quiet    bool
	files                 []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status, err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now())
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "simulate:", err)
	}
	os.Exit(status)
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("simulate", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprint(stderr, `Usage: simulate [flags] FILE ...

Runs past orders through the present and through proposed rules and policy, and says what would change.
FILE is JSON lines, CSV, native JSON, UBL XML, SAP or Odoo JSON, told apart by content; "-" is standard input.

`)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nExit status: 0 nothing would change, 2 something would, 1 an error.\n")
	}
	fs.StringVar(&o.out, "out", "simulation", "`folder` for the results; it must hold none yet")
	fs.StringVar(&o.name, "name", "simulation", "`name` of the simulation, which every report bears")
	fs.StringVar(&o.asOf, "asof", "", "`day` whose law applies, 2006-01-02, or \"order\" for each order's own date (default: today)")
	fs.StringVar(&o.lang, "lang", "en", "`language` of table and chart: en or zh")
	fs.Func("list", "add a watch list from a file, as `FORMAT=PATH`; repeatable. Formats: "+listfile.Formats(), func(s string) error {
		o.lists = append(o.lists, s)
		return nil
	})
	o.proposed.define(fs, "", "proposed")
	o.present.define(fs, "present-", "present")
	fs.BoolVar(&o.history, "history", false, "give each order the earlier orders of its buyer in the files, oldest first, for rules that compare (splitting)")
	fs.StringVar(&o.mapping, "mapping", "", orderfile.MappingUsage)
	fs.IntVar(&o.workers, "workers", 0, "how many orders are screened side by side (default: one a processor)")
	fs.BoolVar(&o.anyAge, "any-age", false, "accept lists of any age, to try the program out with the built-in ones")
	fs.BoolVar(&o.all, "all", false, "list every rule, not only those that change")
	fs.BoolVar(&o.quiet, "quiet", false, "show no progress")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	o.files = fs.Args()
	switch {
	case len(o.files) == 0:
		return o, errors.New("no file is given; see simulate -h")
	case o.name == "":
		return o, errors.New("-name must not be empty")
	case o.lang != "en" && o.lang != "zh":
		return o, fmt.Errorf("-lang: %q is neither en nor zh", o.lang)
	case o.workers < 0:
		return o, errors.New("-workers must not be negative")
	}
	if o.asOf != "" && o.asOf != ownDate {
		if _, err := dated.ParseDate(o.asOf); err != nil {
			return o, fmt.Errorf("-asof: %w", err)
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, now time.Time) (status int, err error) {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return unchanged, err
	case err != nil:
		return failed, err
	}
	mapping, err := orderfile.ReadMapping(o.mapping)
	if err != nil {
		return failed, err
	}
	in, err := orderfile.Open(o.files, mapping, stdin)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	t, err := newTrial(o, now)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.screen(ctx, in, stderr); err != nil {
		return failed, err
	}
	if err := t.finish(); err != nil {
		return failed, err
	}
	if err := writeTable(stdout, t.summary, o.lang, o.all); err != nil {
		return failed, err
	}
	switch {
	case len(t.summary.Failures) > 0:
		return failed, fmt.Errorf("%d orders could not be screened; see %s", len(t.summary.Failures), t.results.path(summaryFile))
	case t.summary.changes():
		return changed, nil
	}
	return unchanged, nil
}
