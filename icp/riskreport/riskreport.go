// Package riskreport drafts the risk-assessment report that an exporter must hand in with an application for a single
// licence where an importer or end user is on China's watch list: Regulations on Export Control of Dual-Use Items
// (State Council Decree 792), art. 26.
//
// A draft holds what order, screening report and programme say, and names what none of them says as still to be found
// out. It judges nothing: the scores for this case, the answers to the risks of art. 12(3) of the Export Control Law
// and the conclusion are left blank, for people to write and sign. The finished report is filed in the ledger
// (icp/ledger) as a risk_assessment_report of the party.
package riskreport

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/internal/document"
	"github.com/ordergate/ordergate/screening"
	"golang.org/x/text/language"
)

// Parties are the parties of a report for which a finding asks for a risk-assessment report, in the report's order,
// also where one is on file already.
func Parties(rep *screening.Report) (parties []screening.PartyResult) {
	for _, p := range rep.Parties {
		if len(listings(rep, p.Path)) > 0 {
			parties = append(parties, p)
		}
	}
	return parties
}

// listings are the matches of a party with list entries that ask for a risk-assessment report.
func listings(rep *screening.Report, party string) (found []*screening.Finding) {
	for i := range rep.Findings {
		f := &rep.Findings[i]
		if f.Match != nil && about(f, party) && slices.Contains(f.Documents, screening.RiskReport) {
			found = append(found, f)
		}
	}
	return found
}

// about reports whether a finding is about the thing at a path, or a part of it.
func about(f *screening.Finding, path string) bool {
	return f.Subject == path || strings.HasPrefix(f.Subject, path+".")
}

// Draft is what a draft is made from.
type Draft struct {
	Programme *icp.Programme
	Report    *screening.Report
	// Order is the order that the report is about.
	Order *screening.Order
	// Party is the path of one of [Parties], such as "parties[1]".
	Party string
}

// HTML writes the draft as one page in the supported language nearest to tag, complete in itself and fit to print
// on A4. The error says that the party is none of [Parties], or is the writer's.
func (d Draft) HTML(w io.Writer, tag language.Tag) error { return d.write(w, tag, document.HTML) }

// Markdown writes the same as Markdown.
func (d Draft) Markdown(w io.Writer, tag language.Tag) error {
	return d.write(w, tag, document.Markdown)
}

func (d Draft) write(w io.Writer, tag language.Tag, format func(io.Writer, *document.Document) error) error {
	paper := &draft{Draft: d, Lang: document.Nearest(tag), listings: listings(d.Report, d.Party)}
	i := slices.IndexFunc(d.Report.Parties, func(p screening.PartyResult) bool { return p.Path == d.Party })
	if len(paper.listings) == 0 || i < 0 || i >= len(d.Order.Parties) || d.Report.Order.ID != d.Order.ID {
		return fmt.Errorf("risk report: report %s asks for none about %q of order %q", d.Report.ID, d.Party, d.Order.ID)
	}
	paper.party = &d.Order.Parties[i]
	return format(w, paper.compose())
}
