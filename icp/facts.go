package icp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Facts are digests, hexadecimal SHA-256, of everything a release is given for.
type Facts struct {
	// Order is of the order without its stage, documents and answers, which have digests of their own.
	Order string `json:"order"`
	// Lists is the digest of the snapshot of lists.
	Lists     string `json:"lists"`
	Documents string `json:"documents"`
	Answers   string `json:"answers"`
	// Notices is of the notices of authorities and the clearances that were given with the order.
	Notices string `json:"notices"`
	// Policy is of policy, rules, control lists, reference tables and engine.
	Policy string `json:"policy"`
	// Findings is of the outcome and all that was found above Advise: law that changes with the day shows here.
	Findings string `json:"findings"`
	// Filed is of the documents and answers that the case itself holds.
	Filed string `json:"filed,omitempty"`
}

// Changed names the facts that differ, in the order of the fields; none where the facts are the same.
func (f Facts) Changed(g Facts) (names []string) {
	for _, x := range []struct{ name, a, b string }{
		{"order", f.Order, g.Order}, {"lists", f.Lists, g.Lists}, {"documents", f.Documents, g.Documents}, {"answers", f.Answers, g.Answers},
		{"notices", f.Notices, g.Notices}, {"policy", f.Policy, g.Policy}, {"findings", f.Findings, g.Findings}, {"filed", f.Filed, g.Filed},
	} {
		if x.a != x.b {
			names = append(names, x.name)
		}
	}
	return names
}

// Screening is what a case keeps of a report.
type Screening struct {
	Report   string            `json:"report"`
	Order    string            `json:"order"`
	Revision int               `json:"revision,omitempty"`
	Stage    screening.Stage   `json:"stage"`
	Outcome  screening.Outcome `json:"outcome"`
	// At is the moment of the screening, AsOf the day whose law was applied.
	At   time.Time `json:"at"`
	AsOf Date      `json:"as_of"`
	// EnteredBy is who entered the order.
	EnteredBy string `json:"entered_by,omitempty"`
	// Value is the sum of the lines, nil where one has none; Currency is the order's.
	Value    *screening.Decimal `json:"value,omitempty"`
	Currency string             `json:"currency,omitempty"`
	// Parties are names of organisations, vessels and aircraft; no natural persons'.
	Parties   []string `json:"parties,omitempty"`
	Countries []string `json:"countries,omitempty"`
	// Regimes are those whose law applies to the order; retention counts by them.
	Regimes []string `json:"regimes,omitempty"`
	// Needs are the papers that the findings ask for; OnFile those that the order has and that are good.
	Needs  []Need  `json:"needs,omitempty"`
	OnFile []Paper `json:"on_file,omitempty"`
	Facts  Facts   `json:"facts"`
	// Until is the last day on which the papers and clearances that lowered findings all hold, "" for no end.
	Until Date `json:"until,omitempty"`
	// Passed are earlier stages whose latest report did not hold the order.
	Passed []screening.Stage `json:"passed,omitempty"`
}

// Need is the papers that one finding asks for: all of Documents, and one of AnyOf where there are any.
type Need struct {
	Finding   string                   `json:"finding"`
	Documents []screening.DocumentType `json:"documents,omitempty"`
	AnyOf     []screening.DocumentType `json:"any_of,omitempty"`
}

// Paper is a good paper on an order.
type Paper struct {
	Type screening.DocumentType `json:"type"`
	// Until is the last day it is valid, "" for no end.
	Until Date `json:"until,omitempty"`
}

// met reports whether the papers are enough.
func (n Need) met(papers []Paper) bool {
	onFile := func(t screening.DocumentType) bool {
		return slices.ContainsFunc(papers, func(p Paper) bool { return p.Type == t })
	}
	if len(n.AnyOf) > 0 && !slices.ContainsFunc(n.AnyOf, onFile) {
		return false
	}
	return !slices.ContainsFunc(n.Documents, func(t screening.DocumentType) bool { return !onFile(t) })
}

// NewScreening takes from the record of a report what a case keeps of it.
func NewScreening(r screening.Record) (Screening, error) {
	rep, err := resultOf(r)
	if err != nil {
		return Screening{}, err
	}
	var order screening.Order
	var req screening.Request
	if err := json.Unmarshal(r.Order, &order); err != nil {
		return Screening{}, fmt.Errorf("record %s: order: %w", r.ID, err)
	}
	if err := json.Unmarshal(r.Request, &req); err != nil {
		return Screening{}, fmt.Errorf("record %s: request: %w", r.ID, err)
	}
	s := Screening{
		Report: rep.ID, Order: order.ID, Revision: order.Revision, Stage: rep.Order.Stage, Outcome: rep.Outcome, At: rep.At, AsOf: rep.AsOf,
		EnteredBy: order.EnteredBy, Value: value(&order), Currency: order.Currency, Parties: r.Parties, Countries: r.Countries,
		Regimes: r.Regimes,
	}
	for _, f := range rep.Findings {
		if f.Outcome.Holds() && len(f.Documents)+len(f.AnyOf) > 0 {
			s.Needs = append(s.Needs, Need{f.ID, f.Documents, f.AnyOf})
		}
	}
	for _, d := range order.Documents {
		if good(&d, rep.AsOf) {
			s.OnFile = append(s.OnFile, Paper{d.Type, d.ValidUntil})
		}
	}
	for _, f := range rep.Findings {
		if f.Cleared != nil {
			s.Until = earlier(s.Until, f.Cleared.Expires)
		}
		if f.Outcome == screening.Advise && len(f.Documents)+len(f.AnyOf) > 0 {
			s.Until = earlier(s.Until, Need{f.ID, f.Documents, f.AnyOf}.until(s.OnFile))
		}
	}
	s.Facts, err = newFacts(rep, order, &req)
	return s, err
}

// earlier is the earlier of two last days; "" is no end.
func earlier(a, b Date) Date {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// until is the last day on which the papers still meet the need, "" for no end. Papers that do not meet it count
// for nothing.
func (n Need) until(papers []Paper) (last Date) {
	// Of several papers of a type the one that holds longest counts, as of several types where one is enough.
	longest := func(types ...screening.DocumentType) Date {
		var days []Date
		for _, p := range papers {
			if slices.Contains(types, p.Type) {
				days = append(days, p.Until)
			}
		}
		if len(days) == 0 || slices.Contains(days, "") {
			return ""
		}
		return slices.Max(days)
	}
	for _, t := range n.Documents {
		last = earlier(last, longest(t))
	}
	return earlier(last, longest(n.AnyOf...))
}

func newFacts(rep *screening.Report, order screening.Order, req *screening.Request) (f Facts, err error) {
	documents, answers := order.Documents, order.Answers
	order.Stage, order.Documents, order.Answers = "", nil, nil
	findings := slices.Clone(rep.Findings)
	findings = slices.DeleteFunc(findings, func(f screening.Finding) bool { return !f.Outcome.Holds() })
	for i := range findings {
		findings[i].ID = "" // its place among the others
	}
	f.Lists = rep.Inputs.Snapshot
	for _, x := range []struct {
		into *string
		of   any
	}{
		{&f.Order, order},
		{&f.Documents, documents},
		{&f.Answers, answers},
		{&f.Notices, struct {
			Notices    []trigger.Notice
			Clearances []screening.Clearance
		}{req.Notices, req.Clearances}},
		{&f.Policy, struct {
			Policy, Rules, Classify, Reference, Engine string
			Tables                                     []classify.TableInfo
		}{rep.Inputs.Policy, rep.Inputs.Rules, rep.Inputs.Classify, rep.Inputs.Reference, rep.Engine, rep.Inputs.Tables}},
		{&f.Findings, struct {
			Outcome  screening.Outcome
			Findings []screening.Finding
		}{rep.Outcome, findings}},
	} {
		if *x.into, err = digestOf(x.of); err != nil {
			return Facts{}, fmt.Errorf("report %s: %w", rep.ID, err)
		}
	}
	return f, nil
}

// good reports whether a paper may be relied on: the rule is that of screening for papers on an order.
func good(d *screening.Document, day Date) bool {
	return (d.Status == "" || d.Status == "valid") && d.IssuedOn <= day && (d.ValidUntil.IsZero() || day <= d.ValidUntil)
}

// value is the sum of the lines, nil where one has no amount.
func value(o *screening.Order) *screening.Decimal {
	var sum screening.Decimal
	for _, l := range o.Lines {
		if l.Value == nil {
			return nil
		}
		sum = sum.Add(*l.Value)
	}
	return &sum
}

// encode is v as compact JSON, the same bytes for the same value: no type written here holds a map.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func digestOf(v any) (string, error) {
	b, err := encode(v)
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:]), err
}
