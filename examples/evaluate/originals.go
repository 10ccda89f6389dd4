package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/ordergate/ordergate/lists"
)

// runOriginals takes the names in other scripts than Latin out of the lists, and looks for each of them among
// the names that are left.
func runOriginals(args []string, w io.Writer) error {
	fs := flag.NewFlagSet("evaluate originals", flag.ContinueOnError)
	fs.SetOutput(w)
	var sources listFlag
	fs.Var(&sources, "list", "watch list as `FORMAT=PATH`; may be repeated")
	if err := fs.Parse(args); err != nil {
		return err
	}
	all, err := sources.load()
	if err != nil {
		return err
	}
	type question struct {
		text, id string
		kind     lists.Kind
	}
	var questions []question
	for i := range all {
		for j := range all[i].Entities {
			e := &all[i].Entities[j]
			var latin []lists.Name
			for _, n := range e.Names {
				if inLatin(n.Text) {
					latin = append(latin, n)
				} else {
					questions = append(questions, question{n.Text, e.ID, e.Kind})
				}
			}
			e.Names = latin
		}
	}
	snapshot, err := lists.NewSnapshot(all...)
	if err != nil {
		return err
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		return err
	}
	found := 0
	for _, q := range questions {
		for _, h := range index.Match(lists.Query{Names: []string{q.text}, Kind: q.kind}) {
			if h.Entity.ID == q.id {
				found++
				break
			}
		}
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "names in another script\t%d\n", len(questions))
	fmt.Fprintf(tw, "found without them\t%d\t%.1f %%\n", found, 100*ratio(found, len(questions)))
	return tw.Flush()
}

// inLatin reports whether a name has no letter of another script.
func inLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
