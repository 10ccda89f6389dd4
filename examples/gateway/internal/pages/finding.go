package pages

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/ordergate/ordergate/internal/han"
	"github.com/ordergate/ordergate/lists/match"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// finding is a finding in words, with its comparison where names were compared.
type finding struct {
	render.Statement
	Kind screening.FindingKind
	// Grouped are the statement's rows, those of one label together.
	Grouped []labelled
	// Party and Line are the numbers, from 1, of what it is about; About is its name, where the headline lacks it.
	Party, Line int
	About       string
	Compare     *comparison
	// Ask is set where the questionnaire would answer what could not be checked.
	Ask bool
}

// labelled is what stands under one label. Class is "entry" for a control list entry, "next" for what to do next.
type labelled struct {
	Label, Class string
	Texts        []string
}

// comparison is two names beside each other.
type comparison struct {
	*screening.MatchTrace
	List screening.Text
	// Here and There are the names, cut at what was paired.
	Here, There []span
	Pairs       []pair
	Cap         string
	Found       string
}

// span is a piece of a name; How is how it was paired, "" where it was not.
type span struct {
	Text string
	How  string
}

// pair is one step of the comparison.
type pair struct {
	Here, There string
	How         match.How
	// Class is "same", "like", "edit", "differs" or "alone".
	Class string
	Cost  int
}

// findings puts a report's findings into words.
func (v *visit) findings(rep *screening.Report, o *screening.Order) []finding {
	statements := render.Statements(rep, tags[v.lang])
	out := make([]finding, len(statements))
	for i, s := range statements {
		f := &rep.Findings[i]
		out[i] = finding{Statement: s, Kind: f.Kind, Party: part(f.Subject, "parties"), Line: part(f.Subject, "lines")}
		if f.Label == "" { // the headline then ends in a path, which says little to people
			out[i].Headline = strings.TrimRight(strings.TrimSuffix(s.Headline, f.Subject), ":： ")
			switch p, l := out[i].Party, out[i].Line; {
			case p > 0 && p <= len(o.Parties):
				out[i].About = o.Parties[p-1].Name
			case l > 0 && l <= len(o.Lines):
				out[i].About = o.Lines[l-1].Description
			}
		}
		out[i].Ask = f.Kind == screening.RuleUnchecked && slices.ContainsFunc(f.Missing, func(m string) bool { return strings.HasPrefix(m, "answers") })
		if f.Match != nil {
			out[i].Compare = v.compare(rep, f.Match)
			out[i].Rows = out[i].compared(v, f.Match)
		}
		out[i].Grouped = v.grouped(out[i].Rows)
	}
	return out
}

// grouped puts rows that follow each other under one label, and says nothing twice.
func (v *visit) grouped(rows []render.Row) (all []labelled) {
	classes := map[string]string{v.name("Entry"): "entry", v.name("Do next"): "next"}
	for _, r := range rows {
		last := len(all) - 1
		if r.Label != "" && (last < 0 || all[last].Label != r.Label || classes[r.Label] == "entry") {
			all = append(all, labelled{r.Label, classes[r.Label], []string{r.Text}})
		} else if last >= 0 && !slices.Contains(all[last].Texts, r.Text) {
			all[last].Texts = append(all[last].Texts, r.Text)
		}
	}
	return all
}

// compared are the rows of a finding whose comparison stands beside them: without the sentence of the steps.
func (f *finding) compared(v *visit, m *screening.MatchTrace) []render.Row {
	return slices.DeleteFunc(f.Rows, func(r render.Row) bool {
		if r.Label == v.name("Found") {
			f.Compare.Found = r.Text
			return true
		}
		return m.Explanation != nil && r.Label == v.name("Why")
	})
}

func (v *visit) compare(rep *screening.Report, m *screening.MatchTrace) *comparison {
	c := &comparison{MatchTrace: m, Here: []span{{Text: m.Compared}}, There: []span{{Text: m.Listed}}}
	for _, l := range rep.Inputs.Lists {
		if l.ID == m.ListID {
			c.List = l.Title
		}
	}
	if m.Explanation == nil || m.By != "name" {
		return c
	}
	var here, there []mark
	for _, s := range m.Explanation.Steps {
		p := pair{Here: strings.Join(s.Query, " "), There: strings.Join(s.Listed, " "), How: s.How, Class: class(&s), Cost: int(s.Cost*100 + 0.5)}
		c.Pairs = append(c.Pairs, p)
		here, there = append(here, mark{s.Query, p.Class}), append(there, mark{s.Listed, p.Class})
	}
	c.Here, c.There = marked(m.Compared, here), marked(m.Listed, there)
	if m.Explanation.Cap != match.NoCap {
		c.Cap = v.name("cap." + string(m.Explanation.Cap))
	}
	return c
}

// class is how a pair is marked.
func class(s *match.Step) string {
	switch {
	case len(s.Query) == 0 || len(s.Listed) == 0:
		return "alone"
	case s.How == match.Conflict:
		return "differs"
	case s.How == match.Edit:
		return "edit"
	case s.How == match.Same, slices.Equal(s.Query, s.Listed):
		return "same"
	}
	return "like"
}

// mark says how words of a name were paired.
type mark struct {
	words []string
	class string
}

// marked cuts a name at the words that were paired. Words are folded; what cannot be found again in the name, such as
// a word that was read in another script, stays unmarked there and stands in the table of pairs.
func marked(name string, marks []mark) []span {
	folded, at := fold(name)
	how := make([]string, len(name))
	for _, m := range marks {
		for _, w := range m.words {
			w, _ = fold(w)
			if i := find(folded, w, how, at); i >= 0 {
				for j := at[i]; j < at[i+len(w)]; j++ {
					how[j] = m.class
				}
			}
		}
	}
	var spans []span
	for i, r := range name {
		if len(spans) == 0 || spans[len(spans)-1].How != how[i] {
			spans = append(spans, span{How: how[i]})
		}
		spans[len(spans)-1].Text += string(r)
	}
	return spans
}

// fold is a name in lower case, without accents and in Simplified characters, and for every byte of it, and its end, the place in the name.
func fold(name string) (folded string, at []int) {
	var b strings.Builder
	for i, r := range name {
		for _, d := range norm.NFKD.String(han.Fold(string(unicode.ToLower(r)))) {
			if unicode.Is(unicode.Mn, d) {
				continue
			}
			n, _ := b.WriteRune(d)
			for range n {
				at = append(at, i)
			}
		}
	}
	return b.String(), append(at, len(name))
}

// find is where a word stands in the folded name, as a word of its own where it can, and not yet marked; -1 for nowhere.
func find(folded, word string, how []string, at []int) int {
	if word == "" {
		return -1
	}
	within := -1
	for from := 0; ; {
		i := strings.Index(folded[from:], word)
		if i < 0 {
			return within
		}
		i += from
		from = i + 1
		if how[at[i]] != "" {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(folded[:i])
		after, _ := utf8.DecodeRuneInString(folded[i+len(word):])
		if !wordRune(before) && !wordRune(after) {
			return i
		}
		if within < 0 {
			within = i
		}
	}
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
