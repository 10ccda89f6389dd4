// Evaluate measures the name matcher on labelled data, the user's own or any other, as supervisors
// expect of a screening user: how much it finds, how often it alerts in vain, and how fast.
//
//	evaluate pairs  -cases IN.csv -out OUT.csv [-threshold T]
//	evaluate search -list FORMAT=PATH ... -queries IN.csv -out OUT.csv [-threshold T]
//	evaluate originals -list FORMAT=PATH ...
//	evaluate items  -cases IN.csv -out OUT.csv [-edition E] [-asof DATE]
//
// Each subcommand reads a CSV file with a header, writes it again with columns added, and prints its
// figures. Run a subcommand with -h for its columns.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// command is a subcommand: it reads its arguments and prints its figures to w.
type command struct {
	name, about string
	run         func(args []string, w io.Writer) error
}

var commands = []command{
	{"pairs", "score labelled pairs of names", runPairs},
	{"search", "search labelled queries in watch lists", runSearch},
	{"originals", "look for names in their own script among the Latin ones", runOriginals},
	{"items", "classify labelled item descriptions", runItems},
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name {
			return c.run(args[1:], w)
		}
	}
	fmt.Fprintln(w, "usage: evaluate SUBCOMMAND [flags]")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.about)
	}
	return fmt.Errorf("no such subcommand: %q", args)
}
