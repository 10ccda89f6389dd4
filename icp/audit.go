package icp

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
)

// Audit is the report of an audit: element 7 of the guidance.
type Audit struct {
	// ID names it, such as "2026".
	ID string `json:"id"`
	// Whole is set for an audit of the whole programme; a special audit is of some units or one subject.
	Whole   bool   `json:"whole"`
	Subject string `json:"subject,omitempty"`
	// From and Until are the period that was examined, On the day of the report.
	From  Date `json:"from"`
	Until Date `json:"until"`
	On    Date `json:"on"`
	// Auditors are persons, Units the audited units, by their ids in the programme.
	Auditors []string       `json:"auditors"`
	Units    []string       `json:"units"`
	Findings []AuditFinding `json:"findings"`
	// SHA256 is the hash of the full report, hexadecimal.
	SHA256 string `json:"sha256,omitempty"`
}

// AuditFinding is a deviation that an audit found.
type AuditFinding struct {
	// ID names it within the audit.
	ID      string  `json:"id"`
	Unit    string  `json:"unit"`
	Element Element `json:"element"`
	// Grave is set where the law was broken, or may have been.
	Grave     bool   `json:"grave,omitempty"`
	Deviation string `json:"deviation"`
	Cause     string `json:"cause"`
	Advice    string `json:"advice"`
	// Due is the day by which it is to be put right.
	Due Date `json:"due"`
	// Repeats is the finding of an earlier audit that has come up again, as "audit/finding".
	Repeats string `json:"repeats,omitempty"`
}

// FollowUp is what was done about a finding.
type FollowUp struct {
	Audit   string `json:"audit"`
	Finding string `json:"finding"`
	On      Date   `json:"on"`
	By      string `json:"by"`
	Text    string `json:"text"`
	// Done is set where the finding is put right.
	Done bool `json:"done,omitempty"`
}

// AuditFile is an audit with what followed.
type AuditFile struct {
	Audit
	FollowUps []FollowUp `json:"follow_ups,omitempty"`
}

// Open are the findings that are not put right, in the order of the report.
func (a *AuditFile) Open() (open []AuditFinding) {
	for _, f := range a.Findings {
		done := slices.ContainsFunc(a.FollowUps, func(u FollowUp) bool { return u.Finding == f.ID && u.Done })
		if !done {
			open = append(open, f)
		}
	}
	return open
}

// auditID fits into the id of a record, and into Repeats.
var auditID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func auditSubject(id string) string { return "audit/" + id }

// RecordAudit keeps the report of an audit. Of one id there is one; a second that says something else is refused with
// an error that wraps [record.ErrConflict]. Where the programme says that nobody audits work of their own, an
// auditor of an audited unit is refused. The error joins everything that is wrong.
func RecordAudit(ctx context.Context, log *record.Log, p *Programme, a Audit, at time.Time) error {
	var errs []error
	bad := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("audit %q: "+format, append([]any{a.ID}, args...)...))
		}
	}
	o := &p.Organisation
	bad(auditID.MatchString(a.ID), "id: 1 to 64 letters, digits, dots and hyphens are needed")
	bad(a.From != "" && a.From <= a.Until && a.Until <= a.On && a.On <= dated.DateOf(at), "from, until, on: must be past days, in this order")
	bad(len(a.Auditors) > 0, "auditors: at least one is needed")
	bad(len(a.Units) > 0, "units: at least one is needed")
	for _, u := range a.Units {
		bad(o.unit(u) != nil, "units: %q is no unit of the programme", u)
	}
	for _, id := range a.Auditors {
		person := o.person(id)
		bad(person != nil && person.in(a.On), "auditors: %q is not a person of the programme on that day", id)
		if person != nil && p.Audit.Independent {
			bad(!slices.Contains(a.Units, person.Unit), "auditors: %q belongs to the audited unit %q", id, person.Unit)
		}
	}
	seen := make(map[string]bool)
	for _, f := range a.Findings {
		bad(auditID.MatchString(f.ID) && !seen[f.ID], "findings: %q is no id, or a second one", f.ID)
		seen[f.ID] = true
		bad(slices.Contains(a.Units, f.Unit), "finding %q: %q is not among the audited units", f.ID, f.Unit)
		bad(f.Element >= 1 && int(f.Element) <= len(elementTitles), "finding %q: element %d is none of 1 to 9", f.ID, f.Element)
		said := strings.TrimSpace(f.Deviation) != "" && strings.TrimSpace(f.Cause) != "" && strings.TrimSpace(f.Advice) != ""
		bad(said, "finding %q: deviation, cause and advice are needed", f.ID)
		bad(f.Due >= a.On, "finding %q: due: a day after the report is needed", f.ID)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return appendRecord(ctx, log, record.Audit, auditSubject(a.ID), auditSubject(a.ID), at, record.Keys{}, a)
}

// RecordFollowUp keeps what was done about a finding; of one finding and day there is one record. The audit must have
// been recorded.
func RecordFollowUp(ctx context.Context, log *record.Log, p *Programme, f FollowUp, at time.Time) error {
	rec, err := log.Get(ctx, auditSubject(f.Audit))
	if err != nil {
		return fmt.Errorf("follow-up: audit %q: %w", f.Audit, err)
	}
	a, _, err := decodeAs[Audit](rec, record.Audit)
	if err != nil {
		return err
	}
	switch {
	case !slices.ContainsFunc(a.Findings, func(x AuditFinding) bool { return x.ID == f.Finding }):
		return fmt.Errorf("follow-up: audit %q has no finding %q", f.Audit, f.Finding)
	case !p.Organisation.Appointed(f.By, dated.DateOf(at)):
		return fmt.Errorf("follow-up: %q is no person of the programme on that day", f.By)
	case f.On < a.On || f.On > dated.DateOf(at) || strings.TrimSpace(f.Text) == "":
		return fmt.Errorf("follow-up of %q: a past day after the audit, and what was done, are needed", f.Finding)
	}
	id := strings.Join([]string{auditSubject(f.Audit), f.Finding, string(f.On)}, "/")
	return appendRecord(ctx, log, record.Audit, id, auditSubject(f.Audit), at, record.Keys{}, f)
}

// Audits are all audits in the log with what followed, in the order of their reports' days.
func Audits(ctx context.Context, log *record.Log) ([]AuditFile, error) {
	recs, err := log.OfKind(ctx, record.Audit)
	if err != nil {
		return nil, err
	}
	var files []AuditFile
	for _, rec := range recs {
		if rec.ID == rec.Subject {
			a, ok, err := decodeAs[Audit](rec, record.Audit)
			if err != nil {
				return nil, err
			}
			if ok {
				files = append(files, AuditFile{Audit: a})
			}
			continue
		}
		f, ok, err := decodeAs[FollowUp](rec, record.Audit)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(files, func(a AuditFile) bool { return a.ID == f.Audit }); ok && i >= 0 {
			files[i].FollowUps = append(files[i].FollowUps, f)
		}
	}
	slices.SortStableFunc(files, func(a, b AuditFile) int { return strings.Compare(string(a.On), string(b.On)) })
	return files, nil
}

// AuditComparison is what an audit says beside an earlier one.
type AuditComparison struct {
	Earlier string `json:"earlier"`
	Later   string `json:"later"`
	// Elements are the findings by element, those without any left out.
	Elements []ElementCount `json:"elements"`
	// Repeated are findings that have come up again, by their ids in the later audit.
	Repeated []string `json:"repeated,omitempty"`
	// Open are findings of the earlier audit that are not put right.
	Open []string `json:"open,omitempty"`
}

// ElementCount counts findings of one element.
type ElementCount struct {
	Element Element `json:"element"`
	Earlier int     `json:"earlier"`
	Later   int     `json:"later"`
}

// CompareAudits sets an audit beside an earlier one, such as this year's beside last year's.
func CompareAudits(earlier, later AuditFile) AuditComparison {
	c := AuditComparison{Earlier: earlier.ID, Later: later.ID}
	count := func(a *AuditFile, e Element) (n int) {
		for _, f := range a.Findings {
			if f.Element == e {
				n++
			}
		}
		return n
	}
	for i := range elementTitles {
		e := Element(i + 1)
		if x := (ElementCount{e, count(&earlier, e), count(&later, e)}); x.Earlier+x.Later > 0 {
			c.Elements = append(c.Elements, x)
		}
	}
	for _, f := range later.Findings {
		if id, ok := strings.CutPrefix(f.Repeats, earlier.ID+"/"); ok && slices.ContainsFunc(earlier.Findings, func(x AuditFinding) bool { return x.ID == id }) {
			c.Repeated = append(c.Repeated, f.ID)
		}
	}
	for _, f := range earlier.Open() {
		c.Open = append(c.Open, f.ID)
	}
	return c
}
