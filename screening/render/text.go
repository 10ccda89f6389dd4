package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
)

// Text writes the report as plain text, about a hundred columns wide, in the supported language
// nearest to tag. The error is the writer's.
func Text(w io.Writer, rep *screening.Report, tag language.Tag) error {
	buf := bufio.NewWriter(w)
	p := in(tag)
	writeHead(buf, p, rep)
	for i := range rep.Findings {
		writeFinding(buf, p, i+1, statementOf(p, rep, &rep.Findings[i]))
	}
	writeQuestions(buf, p, rep)
	writeChecked(buf, p, rep)
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("render report %s: %w", rep.ID, err)
	}
	return nil
}

func writeHead(w io.Writer, p words, rep *screening.Report) {
	rule := strings.Repeat("=", 96)
	fmt.Fprintln(w, rule)
	fmt.Fprintf(w, "%s  %s\n", p.name(string(rep.Outcome)), p.Sprintf("Order %s of %s (%s)", plain(rep.Order.ID), string(rep.Order.Date), p.name(string(rep.Order.Stage))))
	fmt.Fprintln(w, rule)
	if trial := p.trial(rep); trial != "" {
		fmt.Fprintln(w, trial)
	}
	fmt.Fprintln(w, p.name(string(rep.Outcome)+".means"))
	if rep.Block != "" {
		fmt.Fprintln(w, p.Sprintf("Block code for the order system: %s", rep.Block))
	}
	if len(rep.Documents) > 0 {
		fmt.Fprintln(w, p.Sprintf("Papers needed: %s", p.join(p.documents(rep.Documents))))
	}
	fmt.Fprintln(w, p.Sprintf("Screened %s under the law of %s; report %s", rep.At.Format("2006-01-02 15:04 MST"), string(rep.AsOf), rep.ID))
	fmt.Fprintln(w)
}

// writeFinding sets one finding as a numbered paragraph with aligned labels.
func writeFinding(w io.Writer, p words, n int, s Statement) {
	fmt.Fprintf(w, "%2d. %s  %s\n", n, s.Outcome, s.Headline)
	for _, row := range s.Rows {
		for i, line := range wrap(row.Text, 76) {
			label := ""
			if i == 0 {
				label = row.Label
			}
			fmt.Fprintf(w, "    %s  %s\n", pad(label, p.labelWidth()), line)
		}
	}
	fmt.Fprintln(w)
}

func writeQuestions(w io.Writer, p words, rep *screening.Report) {
	if len(rep.Questions) > 0 {
		fmt.Fprintln(w, p.Sprintf("Questions to answer:"))
		for _, q := range rep.Questions {
			for i, line := range wrap(p.Sprintf("%s (%s)", screening.Text(q.Text).In(p.lang), q.ID), 88) {
				fmt.Fprintf(w, "  %s %s\n", []string{"-", " "}[min(i, 1)], line)
			}
		}
		fmt.Fprintln(w)
	}
	if len(rep.NotRun) > 0 {
		fmt.Fprintln(w, p.Sprintf("Not run, for want of optional data:"))
		for _, t := range rep.NotRun {
			for i, line := range wrap(t.In(p.lang), 88) {
				fmt.Fprintf(w, "  %s %s\n", []string{"-", " "}[min(i, 1)], line)
			}
		}
		fmt.Fprintln(w)
	}
}

// writeChecked says what was compared with what, so that a clear order is seen to have been checked.
func writeChecked(w io.Writer, p words, rep *screening.Report) {
	names := 0
	for _, q := range rep.Parties {
		names += q.Names
	}
	entries := 0
	for _, l := range rep.Inputs.Lists {
		entries += l.Entities
	}
	fmt.Fprintln(w, p.Sprintf("Checked: parties %d (names %d), lists %d (entries %d), order lines %d, rules %d.",
		len(rep.Parties), names, len(rep.Inputs.Lists), entries, len(rep.Lines), rep.Rules.Evaluated))
	for _, l := range rep.Lines {
		parts := []string{p.Sprintf("Line %s: %s", plain(l.ID), p.name(string(l.Class)))}
		if len(l.Codes) > 0 {
			parts = append(parts, p.Sprintf("best candidates %s", p.join(l.Codes)))
		}
		if len(l.Silent) > 0 {
			parts = append(parts, p.Sprintf("customs tables are silent, which is not absence of control"))
		}
		for i, line := range wrap(p.clauses(parts), 90) {
			fmt.Fprintf(w, "  %s%s\n", []string{"", "  "}[min(i, 1)], line)
		}
	}
	for _, l := range rep.Inputs.Lists {
		age := p.Sprintf("date unknown")
		if l.Current != "" {
			age = p.Sprintf("as of %s, %d days old", string(l.Current), l.AgeDays)
		}
		fmt.Fprintf(w, "  %s: %s\n", l.ID, p.clauses([]string{l.Title.In(p.lang), p.Sprintf("%d entries", l.Entities), age}))
	}
	fmt.Fprintln(w)
}

func (p words) documents(ds []screening.DocumentType) []string {
	out := make([]string, len(ds))
	for i, d := range ds {
		out[i] = p.name(string(d))
	}
	return out
}

func (p words) labelWidth() int {
	if p.lang == "zh" {
		return 10
	}
	return 12
}

// pad fills a label to a width in columns, a Han character counting two.
func pad(s string, width int) string {
	if n := columns(s); n < width {
		return s + strings.Repeat(" ", width-n)
	}
	return s
}
