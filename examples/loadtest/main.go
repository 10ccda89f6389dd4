// Command loadtest sends orders to a running gateway over HTTP and measures what it answers.
//
//	loadtest -token TOKEN [-url URL] [-rate N] [-warmup D] [-duration D] [-connections N] [-held PERCENT] [-monitor TOKEN]
//	loadtest -write-list FILE [-entities N]
//
// The orders are made up, each another one: three parties, an owner, two lines; -held percent of them say no end use
// and so are held and get a case. Without -rate every connection sends its next order as soon as the last is
// answered, which shows how many the gateway can take. With -rate orders are due at even intervals, and the time
// of an answer counts from when its order was due: a gateway that falls behind cannot hide it. Orders sent in the time of
// -warmup are not measured: a gateway that was just started takes its memory page by page from the system.
//
// With -monitor, a token of the role monitor, the gateway's memory is read from its metrics along the way.
//
// -write-list writes a made-up watch list for gateway -list sheet=FILE instead.
//
// Exit status: 0 every order was answered with its report, 1 one was not, or an error.
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

	"github.com/ordergate/ordergate/testdata/madeup"
)

type options struct {
	url, token, monitor, run string
	rate                     float64
	warmup, duration         time.Duration
	connections, held        int
	list                     string
	entities                 int
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.url, "url", "http://127.0.0.1:8080", "the gateway")
	f.StringVar(&o.token, "token", "", "token of the role screen")
	f.StringVar(&o.monitor, "monitor", "", "token of the role monitor; with it the gateway's memory is shown")
	f.StringVar(&o.run, "run", time.Now().UTC().Format("20060102T150405"), "name of this run: orders of another name are other orders")
	f.Float64Var(&o.rate, "rate", 0, "orders a second; 0 is as many as the connections carry")
	f.DurationVar(&o.warmup, "warmup", 0, "how long orders are sent before they are measured")
	f.DurationVar(&o.duration, "duration", 30*time.Second, "how long orders are sent")
	f.IntVar(&o.connections, "connections", 32, "orders under way at a time, at most")
	f.IntVar(&o.held, "held", 5, "percentage of orders that are held")
	f.StringVar(&o.list, "write-list", "", "write a watch list to this file, and end")
	f.IntVar(&o.entities, "entities", 50_000, "entries of the list to write")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case o.list == "" && o.token == "":
		return o, errors.New("-token is required; gateway -demo prints one")
	case o.rate < 0 || o.warmup < 0 || o.duration <= 0 || o.connections < 1 || o.held < 0 || o.held > 100 || o.entities < 1:
		return o, errors.New("a number is out of its range; see loadtest -h")
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.list != "" {
		return writeList(o.list, o.entities)
	}
	l := newLoad(o, stdout)
	l.send(ctx)
	return l.report(stdout)
}

func writeList(path string, entities int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(madeup.WriteList(f, entities), f.Close())
}
