package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/ordergate/ordergate/lists"
)

// runOriginals takes the names in other scripts than Latin out of the lists, and looks for each of them among
// the names that are left. It tells all together and by script and kind of party.
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
	type count struct{ asked, found int }
	var whole count
	parts := map[string]*count{} // by script and kind
	for _, q := range questions {
		of := scriptOf(q.text) + ", " + cmp.Or(string(q.kind), "unknown kind")
		if parts[of] == nil {
			parts[of] = new(count)
		}
		parts[of].asked++
		whole.asked++
		hits := index.Match(lists.Query{Names: []string{q.text}, Kind: q.kind})
		if slices.ContainsFunc(hits, func(h lists.Hit) bool { return h.Entity.ID == q.id }) {
			parts[of].found++
			whole.found++
		}
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "names in another script\t%d\n", whole.asked)
	fmt.Fprintf(tw, "found without them\t%d\t%.1f %%\n", whole.found, 100*ratio(whole.found, whole.asked))
	for _, of := range slices.Sorted(maps.Keys(parts)) {
		c := parts[of]
		fmt.Fprintf(tw, "%s\t%d of %d\t%.1f %%\n", of, c.found, c.asked, 100*ratio(c.found, c.asked))
	}
	return tw.Flush()
}

// scriptOf is the script of the first letter that is not Latin.
func scriptOf(s string) string {
	for _, r := range s {
		for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
			if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && unicode.Is(unicode.Scripts[name], r) {
				return name
			}
		}
	}
	return ""
}

// inLatin reports whether a name has no letter of another script.
func inLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
