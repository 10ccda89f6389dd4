// Checkrules loads rule files and runs the cases they state, as a seller does before putting own rules to
// work.
//
// Usage:
//
//	checkrules [-builtin] [-v] [-vocabulary] [FILE.yaml ...]
//
// Without files the built-in rules are checked; with -builtin they are checked together with the files, whose
// rules may then replace them. Exit status 0: every case passed; 1: a file is not a rule set; 2: a case failed,
// or a rule has no firing or no non-firing case, or reads what can be missing and has no incomplete one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/ordergate/ordergate/screening/trigger"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errOut io.Writer) int {
	fs := flag.NewFlagSet("checkrules", flag.ContinueOnError)
	fs.SetOutput(errOut)
	builtIn := fs.Bool("builtin", false, "check the files together with the built-in rules")
	verbose := fs.Bool("v", false, "list every case")
	vocabulary := fs.Bool("vocabulary", false, "list the names conditions may use, and stop")
	fs.Usage = func() {
		fmt.Fprint(errOut, `Usage: checkrules [flags] [FILE.yaml ...]

Loads rule files and runs the cases they state; without files, the built-in ones.

`)
		fs.PrintDefaults()
		fmt.Fprint(errOut, "\nExit status: 0 every case passed, 1 a file is not a rule set, 2 a case failed or a rule lacks one.\n")
	}
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 1
	}
	if *vocabulary {
		printVocabulary(out)
		return 0
	}
	set, err := load(fs.Args(), *builtIn || fs.NArg() == 0)
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 1
	}
	fmt.Fprintf(out, "rules version %s, digest %s\n", set.Version(), set.Digest())
	return report(out, set, *verbose)
}

// load reads the files as sets of their own and merges them, after the built-in rules where wanted.
func load(files []string, builtIn bool) (*trigger.RuleSet, error) {
	var sets []*trigger.RuleSet
	if builtIn {
		s, err := trigger.BuiltIn()
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		s, err := trigger.Load(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return trigger.Merge(sets...)
}

// report runs the cases and prints what failed, and the rules that lack cases.
func report(out io.Writer, set *trigger.RuleSet, verbose bool) int {
	results := set.Check()
	failed := 0
	covered := make(map[string]map[trigger.State]int)
	for _, r := range results {
		if covered[r.Rule.ID] == nil {
			covered[r.Rule.ID] = make(map[trigger.State]int)
		}
		covered[r.Rule.ID][r.Case.Expect]++
		switch {
		case r.Err != nil:
			failed++
			fmt.Fprintf(out, "FAIL %s:%d: rule %s: %v\n", r.Rule.File, r.Case.Line, r.Rule.ID, r.Err)
		case verbose:
			fmt.Fprintf(out, "ok   %s:%d: rule %s: %s\n", r.Rule.File, r.Case.Line, r.Rule.ID, r.Case.Expect)
		}
	}
	bare := 0
	for _, r := range set.Rules() {
		switch c := covered[r.ID]; {
		case c[trigger.Fired] == 0 || c[trigger.NotFired] == 0:
			bare++
			fmt.Fprintf(out, "FAIL %s:%d: rule %s: needs a firing and a non-firing case\n", r.File, r.Line, r.ID)
		case c[trigger.NotCheckable] == 0 && r.CanLack():
			bare++
			fmt.Fprintf(out, "FAIL %s:%d: rule %s: reads what can be missing, and needs an incomplete case\n", r.File, r.Line, r.ID)
		}
	}
	fmt.Fprintf(out, "%d rules, %d cases, %d failed, %d rules without cases\n", len(set.Rules()), len(results), failed, bare)
	if failed+bare > 0 {
		return 2
	}
	return 0
}

func printVocabulary(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, n := range trigger.Vocabulary() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", n.Path, n.Type, n.Doc)
	}
	w.Flush()
}
