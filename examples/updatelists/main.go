// Command updatelists downloads published watch lists, checks each with its importer, and puts the good ones in force.
//
//	go run ./examples/updatelists -dir lists-data
//	go run ./examples/updatelists -dir lists-data -only un,uk
//	go run ./examples/updatelists -dir lists-data -status
//	go run ./examples/updatelists -dir lists-data -sources my-sources.json
//
// It prints one line a list; for a list that only a person can download that is where. It exits with 0 where every list is
// current, with 2 where one is not (the version before stays in force), and with 1 on any other error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/ordergate/ordergate/lists/fetch"
)

const (
	exitCurrent = 0
	exitError   = 1
	exitStale   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are the flags.
type options struct {
	dir, sources, only string
	status, quiet      bool
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("updatelists", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "dir", "lists-data", "`folder` that keeps the lists")
	flags.StringVar(&o.sources, "sources", "", "JSON `file` of sources instead of the official ones")
	flags.StringVar(&o.only, "only", "", "`names` of the lists to update, separated by commas")
	flags.BoolVar(&o.status, "status", false, "say what is there and how old it is, without the network")
	flags.BoolVar(&o.quiet, "quiet", false, "show no progress bar")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitCurrent
		}
		return exitError
	}
	sources, err := o.read()
	if err != nil {
		fmt.Fprintln(stderr, "updatelists:", err)
		return exitError
	}
	f := &fetch.Fetcher{Dir: o.dir}
	if !o.status && !o.quiet {
		f.Progress = bars(stderr)
	}
	code := exitCurrent
	for _, src := range sources {
		line, current := one(ctx, f, src, o.status)
		fmt.Fprintln(stdout, line)
		if !current {
			code = exitStale
		}
	}
	return code
}

// read is the sources asked for.
func (o options) read() (sources []fetch.Source, err error) {
	if o.sources == "" {
		sources, err = fetch.Official()
	} else {
		var b []byte
		if b, err = os.ReadFile(o.sources); err == nil {
			sources, err = fetch.ReadSources(strings.NewReader(string(b)))
		}
	}
	if err != nil || o.only == "" {
		return sources, err
	}
	var chosen []fetch.Source
	for name := range strings.SplitSeq(o.only, ",") {
		i := slices.IndexFunc(sources, func(s fetch.Source) bool { return s.List == strings.TrimSpace(name) })
		if i < 0 {
			return nil, fmt.Errorf("there is no list %q", name)
		}
		chosen = append(chosen, sources[i])
	}
	return chosen, nil
}

// one updates one list, or with status only looks at it, and says what is in force then.
func one(ctx context.Context, f *fetch.Fetcher, src fetch.Source, status bool) (line string, current bool) {
	if len(src.Files) == 0 { // whether it is current only who downloads it knows
		return fmt.Sprintf("%-10s by hand: %s %s", src.List, src.Note, src.Page), true
	}
	what := "not asked"
	var failed error
	if !status {
		counted := 0
		src.Check = check(src.Format, &counted)
		res, err := f.Update(ctx, src)
		failed = err
		switch {
		case err != nil:
			what = "FAILED: " + oneLine(err)
		case res.Changed:
			what = fmt.Sprintf("updated, %d entities", counted)
		default:
			what = "unchanged"
		}
	}
	at, stale := f.Stale(src)
	age := "none in force"
	if !at.IsZero() {
		age = "confirmed " + at.Format(time.DateTime) + " UTC"
		if stale {
			age += ", STALE"
		}
	}
	return fmt.Sprintf("%-10s %s (%s)", src.List, what, age), failed == nil && !stale
}

// oneLine is an error of several lines cut to the first.
func oneLine(err error) string {
	first, rest, _ := strings.Cut(err.Error(), "\n")
	if rest != "" {
		first += fmt.Sprintf(" (and %d more)", strings.Count(rest, "\n")+1)
	}
	return first
}

// bars shows one progress bar a file.
func bars(w io.Writer) func(list, file string, done, total int64) {
	var mu sync.Mutex
	all := map[string]*progressbar.ProgressBar{}
	return func(list, file string, done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		bar := all[list+file]
		if bar == nil {
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(),
				progressbar.OptionSetDescription(list+" "+file), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetRenderBlankState(true))
			all[list+file] = bar
		}
		// A bar that cannot be drawn is no reason to stop.
		_ = bar.Set64(done)
		if done == total {
			_ = bar.Finish()
		}
	}
}
