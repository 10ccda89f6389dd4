package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
)

// StopReport writes the pack that an exporter reports with under State Council Order 792, art. 25, as plain text in the
// supported language nearest to tag. The error is the writer's.
func StopReport(w io.Writer, s *screening.StopReport, tag language.Tag) error {
	buf := bufio.NewWriter(w)
	p := in(tag)
	rule := strings.Repeat("=", 96)
	fmt.Fprintln(buf, rule)
	fmt.Fprintln(buf, p.Sprintf("STOP AND REPORT: order %s of %s (State Council Order 792, art. 25)", plain(s.Order.ID), string(s.Order.Date)))
	fmt.Fprintln(buf, rule)
	fmt.Fprintln(buf, p.Sprintf("Screened %s under the law of %s; report %s", s.At.Format("2006-01-02 15:04 MST"), string(s.AsOf), s.Report))
	fmt.Fprintln(buf, "SHA-256", s.Order.SHA256)
	fmt.Fprintln(buf)
	for i, step := range s.Steps {
		for k, line := range wrap(step.In(p.lang), 88) {
			fmt.Fprintf(buf, "%3s %s\n", []string{fmt.Sprint(i+1, "."), ""}[min(k, 1)], line)
		}
	}
	fmt.Fprintln(buf)
	rep := &screening.Report{Findings: s.Grounds, AsOf: s.AsOf}
	for i := range s.Grounds {
		writeFinding(buf, p, i+1, statementOf(p, rep, &s.Grounds[i]))
	}
	for _, q := range s.Parties {
		var roles []string
		for _, r := range q.Roles {
			roles = append(roles, p.name(string(r)))
		}
		fmt.Fprintf(buf, "%s: %s, %s\n", p.join(roles), plain(q.Name), p.country(q.Country))
	}
	if s.EndUse != nil {
		fmt.Fprintf(buf, "%s: %s\n", p.Sprintf("End use"), plain(s.EndUse.Text))
	}
	for _, l := range s.Lines {
		fmt.Fprintln(buf, p.Sprintf("Line %s: %s", plain(l.ID), plain(l.Description)))
	}
	for _, d := range s.Documents {
		fmt.Fprintf(buf, "%s %s · %s · SHA-256 %s\n", p.name(string(d.Type)), plain(d.Number), plain(orDash(d.Status)), plain(orDash(d.SHA256)))
	}
	for _, c := range s.Changes {
		fmt.Fprintf(buf, "%s: %s -> %s (%s)\n", plain(c.Field), plain(orDash(c.From)), plain(orDash(c.To)), orDash(string(c.On)))
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("render stop report %s: %w", s.Report, err)
	}
	return nil
}
