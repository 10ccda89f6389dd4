package icp

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
)

// NewRecorder makes a log the recorder of a screener: every report is appended, and durable, before Screen
// returns it. Simulations are kept as records of a kind of their own, under subjects of their own: no case, receipt
// or term of an order rests on them.
func NewRecorder(log *record.Log) screening.SimulationRecorder { return recorder{log: log} }

// Recorder is [NewRecorder] of the log of the cases, and records a report that opens a case in one commit with the
// case's first event: nobody finds such an order held without a case, and the caller waits once. What else becomes of
// a report is for [Cases.Open] still, which finds the case opened.
func (cs *Cases) Recorder() screening.SimulationRecorder { return recorder{cs.log, cs} }

type recorder struct {
	log   *record.Log
	cases *Cases // nil where reports open none
}

func (c recorder) Record(ctx context.Context, r screening.Record) error {
	// The log keeps a copy of its own of the body, so its memory serves the next record.
	buf, _ := bodies.Get().(*[]byte)
	if buf == nil {
		buf = new([]byte)
	}
	defer bodies.Put(buf)
	e, err := reportEntry(r, c.log.Retention(), (*buf)[:0])
	if err != nil {
		return err
	}
	*buf = e.Body
	// Why a case was not opened is told by Open; the report is recorded all the same.
	if c.cases != nil && c.cases.openWith(ctx, e, r) == nil {
		return nil
	}
	_, err = c.log.Append(ctx, e)
	return err
}

var bodies sync.Pool // of *[]byte

func (c recorder) RecordSimulation(ctx context.Context, r screening.Record) error {
	if r.Simulation == "" {
		return fmt.Errorf("record %s: it is no simulation", r.ID)
	}
	body, err := r.JSON()
	if err != nil {
		return err
	}
	_, err = c.log.Append(ctx, record.Entry{
		ID: "simulation/" + r.ID, Kind: record.Simulation, Time: r.At, Subject: "simulation/" + r.Simulation, Keys: reportKeys(&r),
		Regimes: retainedUnder(c.log.Retention(), r.Regimes), Body: body,
	})
	return err
}

// statement is what a receipt discloses of a screening: that it took place, when, against which lists, and
// how it ended. The order stands in it only as the digest of its bytes.
type statement struct {
	Order   string          `json:"order_sha256"`
	Report  string          `json:"report"`
	At      string          `json:"at"`
	AsOf    string          `json:"as_of"`
	Outcome string          `json:"outcome"`
	Lists   []statementList `json:"lists"`
}

type statementList struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
}

// ReportEntry is a screening's record as a log with a table of retention keeps it. A simulation is refused.
func ReportEntry(r screening.Record, t record.Retention) (record.Entry, error) {
	return reportEntry(r, t, nil)
}

// reportEntry is the entry with its body written to the memory of buf.
func reportEntry(r screening.Record, t record.Retention, buf []byte) (record.Entry, error) {
	if r.Simulation != "" {
		return record.Entry{}, fmt.Errorf("record %s: the simulation %q is no screening", r.ID, r.Simulation)
	}
	rep, err := resultOf(r)
	if err != nil {
		return record.Entry{}, err
	}
	body, err := r.AppendJSON(buf)
	if err != nil {
		return record.Entry{}, err
	}
	s := statement{
		Order: rep.Order.SHA256, Report: rep.ID, At: rep.At.Format("2006-01-02T15:04:05Z"), AsOf: string(rep.AsOf), Outcome: string(rep.Outcome),
	}
	for _, l := range rep.Inputs.Lists {
		s.Lists = append(s.Lists, statementList{l.ID, l.Digest})
	}
	stated, err := json.Marshal(s)
	if err != nil {
		return record.Entry{}, fmt.Errorf("record %s: statement: %w", r.ID, err)
	}
	return record.Entry{
		ID: ReportRecord(r.ID), Kind: record.Report, Time: r.At, Subject: "order/" + r.OrderID,
		Keys: reportKeys(&r), Regimes: retainedUnder(t, r.Regimes), Statement: stated, Body: body,
	}, nil
}

// resultOf is the report of a record: the one it was made with, or read from its JSON.
func resultOf(r screening.Record) (*screening.Report, error) {
	if r.Result != nil {
		return r.Result, nil
	}
	rep := new(screening.Report)
	if err := json.Unmarshal(r.Report, rep); err != nil {
		return nil, fmt.Errorf("record %s: report: %w", r.ID, err)
	}
	return rep, nil
}

func reportKeys(r *screening.Record) record.Keys {
	return record.Keys{
		Parties: r.Parties, Persons: r.Persons, Countries: r.Countries,
		Documents: append([]string{r.OrderID}, r.Documents...), Outcome: string(r.Outcome),
	}
}

// ReportRecord is the id in the log of the record of a report.
func ReportRecord(report string) string { return "report/" + report }

// ReadReport is the record of a screening as it was kept, ready for [screening.Replay].
func ReadReport(ctx context.Context, log *record.Log, reportID string) (screening.Record, error) {
	rec, err := log.Get(ctx, ReportRecord(reportID))
	if err != nil {
		return screening.Record{}, err
	}
	return DecodeReport(rec)
}

// DecodeReport reads the body of a record of a report. The error wraps [record.ErrErased] where it was erased after
// retention.
func DecodeReport(rec record.Record) (screening.Record, error) {
	var r screening.Record
	if rec.Kind != record.Report {
		return r, fmt.Errorf("record %s is a %s, not a report", rec.ID, rec.Kind)
	}
	if len(rec.Body) == 0 {
		return r, fmt.Errorf("record %s: %w", rec.ID, record.ErrErased)
	}
	if err := json.Unmarshal(rec.Body, &r); err != nil {
		return r, fmt.Errorf("record %s: %w", rec.ID, err)
	}
	return r, nil
}
