package screening

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Recorder keeps reports. Screen calls it once for every report, before it returns, and fails if it fails. It is
// given no simulations; see [SimulationRecorder].
type Recorder interface {
	// Record returns nil only when the record is kept for good. It must accept a second record
	// of one ID with the same bytes as done, and refuse one with other bytes.
	Record(ctx context.Context, r Record) error
}

// RecorderFunc is a function that records.
type RecorderFunc func(ctx context.Context, r Record) error

// Record calls f.
func (f RecorderFunc) Record(ctx context.Context, r Record) error { return f(ctx, r) }

// Record is one screening as it is kept: what went in, what came out, and what it can be found by.
// With the archived inputs named in the report it is enough for a [Replayer].
type Record struct {
	// ID is the report's.
	ID string    `json:"id"`
	At time.Time `json:"at"`
	// Simulation is the name of the trial, "" for a screening.
	Simulation string `json:"simulation,omitempty"`
	// Request is the canonical JSON of the [Request], Order and Report those of the order and report.
	Request json.RawMessage `json:"request"`
	Order   json.RawMessage `json:"order"`
	Report  json.RawMessage `json:"report"`
	// The fields below repeat what is in Order and Report, for the index of a log.
	OrderID string  `json:"order_id"`
	Outcome Outcome `json:"outcome"`
	// Parties are the names of organisations, vessels and aircraft, and of parties of unknown kind; Persons
	// those of natural persons.
	Parties   []string `json:"parties,omitempty"`
	Persons   []string `json:"persons,omitempty"`
	Countries []string `json:"countries,omitempty"`
	Documents []string `json:"documents,omitempty"`
	// Regimes are those whose law applies to the order by the policy, and those of the lists that it was found on. None
	// says that this is not known: the order leaves out a currency, origin or country that may tie it to another.
	Regimes []string `json:"regimes,omitempty"`

	// Result is the report that Report holds, so that a recorder need not decode it: Screen sets it, and a record
	// that was kept and read again has none. A recorder must not change it.
	Result *Report `json:"-"`
}

// JSON is the record as one JSON object in which request, order and report stand as they are, unread: they
// must be canonical JSON, as Screen makes them.
func (r *Record) JSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends what [Record.JSON] gives to b, for a recorder that writes one record after another.
func (r *Record) AppendJSON(b []byte) ([]byte, error) {
	// They are by far the most of it. Encoded with the rest they would be parsed and copied once more.
	rest := *r
	rest.Request, rest.Order, rest.Report = json.RawMessage("0"), json.RawMessage("0"), json.RawMessage("0")
	err := encode(&rest, func(around []byte) {
		// No text of the record can hold this: in a JSON string a quotation mark follows a backslash.
		before, after, _ := bytes.Cut(around, []byte(`"request":0,"order":0,"report":0`))
		b = slices.Grow(b, len(around)+len(r.Request)+len(r.Order)+len(r.Report))
		b = append(append(append(b, before...), `"request":`...), r.Request...)
		b = append(append(b, `,"order":`...), r.Order...)
		b = append(append(append(b, `,"report":`...), r.Report...), after...)
	})
	return b, err
}

// newRecord makes the record of a report.
func newRecord(rep *Report, reportJSON []byte, req Request, o *Order, orderJSON []byte, ties nexus) (Record, error) {
	requestJSON, err := canonical(req)
	if err != nil {
		return Record{}, err
	}
	r := Record{
		ID: rep.ID, At: rep.At, Simulation: rep.Simulation, Request: requestJSON, Order: orderJSON, Report: reportJSON,
		OrderID: o.ID, Outcome: rep.Outcome, Countries: o.countries(), Result: rep,
	}
	for _, p := range o.Parties {
		names := append([]string{p.Name}, p.OtherNames...)
		if p.Kind == "person" {
			r.Persons = append(r.Persons, names...)
		} else {
			r.Parties = append(r.Parties, names...)
		}
		for _, q := range p.People {
			r.Persons = append(append(r.Persons, q.Name), q.OtherNames...)
		}
	}
	for _, d := range o.Documents {
		if d.Number != "" {
			r.Documents = append(r.Documents, d.Number)
		}
	}
	if !ties.known(o) {
		return r, nil
	}
	r.Regimes = ties.regimes()
	for _, l := range rep.Inputs.Lists {
		found := slices.ContainsFunc(rep.Findings, func(f Finding) bool { return f.Match != nil && f.Match.ListID == l.ID })
		if found || len(ties.of(l.Regime)) > 0 {
			r.Regimes = appendNew(r.Regimes, l.Regime)
		}
	}
	return r, nil
}
