// Batch screens thousands of orders and keeps every report.
//
//	batch [flags] FILE ...
//
// FILE holds orders in any format of package screening/order; of JSON lines every line is read by itself,
// so such a file may be of any size. "-" is standard input. In the folder given by -out there are then
//
//	results.jsonl   one record a line as it was made: request, order and report in full
//	results.csv     one row an order, in the order of the input
//	results.xlsx    the same for a spreadsheet, with a summary and the lists that were searched
//	errors.jsonl    what could not be read or screened, and why
//
// A record is on disk before its result counts, so a run that was broken off loses nothing: run it again
// with -resume, and orders already screened with the same lists, policy and day are not screened again.
// For a nightly rescreen run it on all open orders, into a folder named by the date.
//
// With -parties FILE holds parties, not orders: a customer file to look up on the watch lists, as JSON lines or CSV. A
// party that comes out clear is like nobody on the lists; of an order with it that says nothing.
//
// Exit status: 0 nothing held, 2 at least one order held, 1 an error or an order that could not be screened.
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
	nothingHeld = 0
	failed      = 1
	held        = 2
)

type options struct {
	out, asOf, lang string
	mapping         string
	lists           []string
	workers         int
	anyAge          bool
	resume, quiet   bool
	parties         bool
	files           []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status, err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now())
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "batch:", err)
	}
	os.Exit(status)
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("batch", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprint(stderr, `Usage: batch [flags] FILE ...

Screens every order of the files and keeps the reports. FILE is JSON lines, CSV, native JSON, UBL XML,
SAP or Odoo JSON, told apart by content; "-" is standard input.

`)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nExit status: 0 nothing held, 2 something held, 1 an error.\n")
	}
	fs.StringVar(&o.out, "out", "results", "`folder` for the results")
	fs.StringVar(&o.asOf, "asof", "", "`day` whose law applies, 2006-01-02 (default: today)")
	fs.StringVar(&o.lang, "lang", "en", "`language` of the summary and of results.csv: en or zh")
	fs.Func("list", "add a watch list from a file, as `FORMAT=PATH`; repeatable. Formats: "+listfile.Formats(), func(s string) error {
		o.lists = append(o.lists, s)
		return nil
	})
	fs.StringVar(&o.mapping, "mapping", "", orderfile.MappingUsage)
	fs.IntVar(&o.workers, "workers", 0, "how many orders are screened side by side (default: one a processor)")
	fs.BoolVar(&o.anyAge, "any-age", false, "accept lists of any age, to try the program out with the built-in ones")
	fs.BoolVar(&o.resume, "resume", false, "go on where an earlier run into the same folder was broken off")
	fs.BoolVar(&o.parties, "parties", false, "FILE holds parties, not orders: JSON lines, or CSV with the columns id, name, other_names, kind, country,\naddress, identifiers, business; they are looked up on the watch lists")
	fs.BoolVar(&o.quiet, "quiet", false, "show no progress")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	o.files = fs.Args()
	switch {
	case len(o.files) == 0:
		return o, errors.New("no file is given; see batch -h")
	case o.lang != "en" && o.lang != "zh":
		return o, fmt.Errorf("-lang: %q is neither en nor zh", o.lang)
	case o.workers < 0:
		return o, errors.New("-workers must not be negative")
	}
	if o.asOf != "" {
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
		return nothingHeld, err
	case err != nil:
		return failed, err
	}
	if o.asOf == "" {
		o.asOf = string(dated.DateOf(now))
	}
	in, err := openInput(o, stdin)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	b, err := newBatch(o, now)
	if err != nil {
		return failed, err
	}
	screenErr := b.screen(ctx, in, stderr)
	if err := errors.Join(screenErr, b.finish()); err != nil {
		return failed, err
	}
	b.summary(stdout)
	switch {
	case b.failures > 0:
		return failed, fmt.Errorf("%d orders could not be screened; see %s", b.failures, b.errorsPath())
	case b.held() > 0:
		return held, nil
	}
	return nothingHeld, nil
}

func openInput(o options, stdin io.Reader) (*orderfile.Input, error) {
	if o.parties {
		return orderfile.OpenParties(o.files, o.asOf, stdin)
	}
	mapping, err := orderfile.ReadMapping(o.mapping)
	if err != nil {
		return nil, err
	}
	return orderfile.Open(o.files, mapping, stdin)
}
