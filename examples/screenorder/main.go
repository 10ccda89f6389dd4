// Screenorder screens orders against watch lists and control lists and prints readable reports.
//
//	screenorder [flags] [ORDER ...]
//
// Without an argument it screens the bundled sample orders against the built-in lists. ORDER is a file in
// any of the formats of package screening/order, told apart by content; "-" is standard input.
//
// Exit status: 0 all orders clear, 2 at least one order held, 1 an error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
	"golang.org/x/text/language"
)

// Exit statuses.
const (
	allClear = 0
	failed   = 1
	held     = 2
)

type options struct {
	json                   bool
	lang                   string
	lists                  []string
	asOf, mapping          string
	record, verify, replay string
	orders                 []string
}

func main() {
	status, err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now())
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "screenorder:", err)
	}
	os.Exit(status)
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("screenorder", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprint(stderr, `Usage: screenorder [flags] [ORDER ...]

Screens orders and prints a report on each. Without ORDER: the bundled sample orders.
ORDER is native JSON, UBL XML, CSV, SAP or Odoo JSON, told apart by content; "-" is standard input.

`)
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nExit status: 0 all clear, 2 something held, 1 error.\n")
	}
	fs.BoolVar(&o.json, "json", false, "print canonical JSON reports, one a line")
	fs.StringVar(&o.lang, "lang", "en", "`language` of the reports: en or zh")
	fs.Func("list", "add a watch list from a file, as `FORMAT=PATH`; repeatable. Formats: "+listfile.Formats(), func(s string) error {
		o.lists = append(o.lists, s)
		return nil
	})
	fs.StringVar(&o.asOf, "asof", "", "`day` whose law applies, 2006-01-02 (default: today; for the bundled orders the day of each)")
	fs.StringVar(&o.mapping, "mapping", "", orderfile.MappingUsage)
	fs.StringVar(&o.record, "record", "", "keep the reports in this log `file`; its signing key is made beside it")
	fs.StringVar(&o.verify, "verify", "", "check every record of this log `file` and screen nothing")
	fs.StringVar(&o.replay, "replay", "", "make every report of this log `file` again and compare it, byte for byte")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	o.orders = fs.Args()
	if o.lang != "en" && o.lang != "zh" {
		return o, fmt.Errorf("-lang: %q is neither en nor zh", o.lang)
	}
	if o.asOf != "" {
		if _, err := dated.ParseDate(o.asOf); err != nil {
			return o, fmt.Errorf("-asof: %w", err)
		}
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, now time.Time) (int, error) {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return allClear, err
	case err != nil:
		return failed, err
	case o.verify != "":
		return status(verify(ctx, o.verify, stdout))
	case o.replay != "":
		return status(replay(ctx, o.replay, stdout))
	}
	return screenAll(ctx, o, stdin, stdout, stderr, now)
}

func status(err error) (int, error) {
	if err != nil {
		return failed, err
	}
	return allClear, nil
}

// screenAll screens every order and prints its report. An order that cannot be screened is an error, and
// the others are screened all the same.
func screenAll(ctx context.Context, o options, stdin io.Reader, stdout, stderr io.Writer, now time.Time) (int, error) {
	bundled := len(o.orders) == 0
	mapping, err := orderfile.ReadMapping(o.mapping)
	if err != nil {
		return failed, err
	}
	orders, err := readOrders(o.orders, mapping, stdin)
	if err != nil && len(orders) == 0 {
		return failed, err
	}
	errs := []error{err}
	s, err := newSession(ctx, o, stderr)
	if err != nil {
		return failed, err
	}
	defer func() { errs = append(errs, s.close()) }()

	outcome := screening.Clear
	for _, order := range orders {
		req := screening.Request{At: now.UTC().Truncate(time.Second), AsOf: dated.Date(o.asOf), Current: s.current}
		if bundled && o.asOf == "" {
			// What a sample shows must not change as suspensions run out.
			req.AsOf = order.Date
		}
		rep, err := s.screener.Screen(ctx, order, req)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		outcome = outcome.Max(rep.Outcome)
		s.count(rep)
		if err := print(stdout, rep, o); err != nil {
			return failed, err
		}
	}
	if !o.json {
		s.summary(stdout, o.lang)
	}
	if err := errors.Join(errs...); err != nil {
		return failed, err
	}
	if outcome.Holds() {
		return held, nil
	}
	return allClear, nil
}

func print(w io.Writer, rep *screening.Report, o options) error {
	if o.json {
		b, err := rep.JSON()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", json.RawMessage(b))
		return err
	}
	return render.Text(w, rep, language.Make(o.lang))
}
