package icp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ordergate/ordergate/icp/internal/stream"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
)

// Conditions that callers tell apart with errors.Is.
var (
	// ErrNotHeld: the report holds nothing, and the programme asks nobody about such orders.
	ErrNotHeld = errors.New("icp: the order is not held, so there is nothing to decide")
	// ErrNoCase: the order has no case.
	ErrNoCase = errors.New("icp: the order has no case")
	// ErrOlderReport: the case knows a later report.
	ErrOlderReport = errors.New("icp: the report is older than the case's")
	// ErrBusy: others moved the case again and again at the same time. Nothing was recorded.
	ErrBusy = errors.New("icp: the case is being moved by others")
)

// Cases are the cases of a programme, kept in a log. It is safe for concurrent use, and several processes
// may work on one log.
type Cases struct {
	log    *record.Log
	p      *Programme
	stream *stream.Stream[Case, Event, Row]
}

// NewCases joins a programme to the log that keeps its cases.
func NewCases(log *record.Log, p *Programme) *Cases {
	return &Cases{log: log, p: p, stream: stream.New(log, stream.Config[Case, Event, Row]{
		Prefix: casePrefix, Kind: record.CaseEvent,
		Place: func(e *Event) (string, int) { return e.Case, e.Seq },
		Seq:   func(c *Case) int { return c.Seq },
		Apply: (*Case).apply, Clone: (*Case).clone,
		Row: (*Case).Row, Recent: recentCases,
		Entry: func(c *Case, e *Event) (record.Entry, error) { return caseEntry(c, e, log.Retention()) },
	})}
}

// recentCases is how many cases are kept whole in memory: those that people are at work on, and what was just held.
const recentCases = 500

// Open tells the cases of a report in the log. It opens the case of the order or, where there is one, records
// that the order was screened again; a release whose facts have changed becomes void. What the programme asks
// nobody about is released at once. Told again of the same report it does nothing.
//
// The error wraps [ErrNotHeld] where there is no case and no need of one.
func (cs *Cases) Open(ctx context.Context, reportID string, at time.Time) (Case, error) {
	rec, err := ReadReport(ctx, cs.log, reportID)
	if err != nil {
		return Case{}, err
	}
	return cs.OpenRecord(ctx, rec, at)
}

// OpenRecord is Open for a caller that has the record at hand, from [screening.Screener.ScreenRecord] or [ReadReport],
// so that it is not read again. It must be in the log: a case rests on what is recorded.
func (cs *Cases) OpenRecord(ctx context.Context, rec screening.Record, at time.Time) (Case, error) {
	c, err := cs.stream.Load(ctx, rec.OrderID)
	if err == nil && c.Screening.Report != rec.ID { // else the case was opened as the report was recorded, or was told before
		c, err = cs.take(ctx, rec, at)
	}
	if err != nil || cs.p.Procedure.asks(&c) || c.Status != UnderReview && c.Status != ApprovedCase {
		return c, err
	}
	released, err := cs.Do(ctx, Event{Case: c.ID, Kind: Released, At: at, By: System})
	var refused *MoveError
	if errors.As(err, &refused) {
		return c, nil // something is still to be done by people
	}
	return released, err
}

// take takes a recorded report into its order's case.
func (cs *Cases) take(ctx context.Context, rec screening.Record, at time.Time) (Case, error) {
	s, err := NewScreening(rec)
	if err != nil {
		return Case{}, err
	}
	return cs.move(ctx, s.Order, func(c *Case) (Event, error) { return cs.screened(ctx, c, s, at) })
}

// openWith records a report and, in the same commit, the event that opens its order's case. With an error, as where
// there is a case or needs to be none, it recorded neither, unless the error wraps [record.ErrUncertain].
func (cs *Cases) openWith(ctx context.Context, report record.Entry, rec screening.Record) error {
	if !cs.p.Procedure.needsDecision(rec.Outcome) {
		return ErrNotHeld // most are, and need not be read
	}
	s, err := NewScreening(rec)
	if err != nil {
		return err
	}
	return cs.stream.AddWith(ctx, report, s.Order, cs.next(ctx, func(c *Case) (Event, error) {
		if c.Seq > 0 {
			return Event{}, stream.ErrNothing // Open takes the report into it
		}
		return cs.screened(ctx, c, s, rec.At)
	}))
}

// screened is the event that takes a report into a case.
func (cs *Cases) screened(ctx context.Context, c *Case, s Screening, at time.Time) (Event, error) {
	e := Event{Case: s.Order, Kind: Rescreened, At: at, By: System, Screening: &s}
	switch r := c.release(); {
	case c.Seq == 0 && !cs.p.Procedure.needsDecision(s.Outcome):
		return e, fmt.Errorf("order %q: %w", s.Order, ErrNotHeld)
	case c.Seq == 0:
		e.Kind = Opened
	case c.Screening.Report == s.Report:
		return e, stream.ErrNothing
	case s.At.Before(c.Screening.At):
		return e, fmt.Errorf("order %q: %w", s.Order, ErrOlderReport)
	case r != nil:
		if e.Changed = r.voidedBy(s, dated.DateOf(at)); len(e.Changed) > 0 {
			e.Kind = Voided
		}
	}
	if c.Seq == 0 || c.Screening.Stage != s.Stage || c.Screening.Facts.Order != s.Facts.Order {
		var err error
		if s.Passed, err = cs.passed(ctx, &s); err != nil {
			return e, err
		}
	}
	return e, nil
}

// passed are the earlier stages at which the same order was screened and, by its latest report, nobody had to be asked.
func (cs *Cases) passed(ctx context.Context, s *Screening) (passed []screening.Stage, err error) {
	before := stages[:max(slices.Index(stages, s.Stage), 0)]
	if len(before) == 0 {
		return nil, nil
	}
	recs, err := cs.log.Subject(ctx, orderSubject(s.Order))
	if err != nil {
		return nil, err
	}
	free := make(map[screening.Stage]bool)
	for _, rec := range recs {
		if rec.Kind != record.Report || len(rec.Body) == 0 || rec.ID == ReportRecord(s.Report) {
			continue
		}
		r, err := DecodeReport(rec)
		if err != nil {
			return nil, err
		}
		earlier, err := NewScreening(r)
		if err != nil {
			return nil, err
		}
		free[earlier.Stage] = earlier.Facts.Order == s.Facts.Order && !cs.p.Procedure.needsDecision(earlier.Outcome)
	}
	for _, stage := range before {
		if free[stage] {
			passed = append(passed, stage)
		}
	}
	return passed, nil
}

// Do moves a case by one event and returns the case as it then is; the event is recorded before Do returns.
// Of the event it reads what a caller fills in and sets the rest. Opened and Rescreened come from [Cases.Open]
// only. With an error nothing was recorded, unless it wraps [record.ErrUncertain]: a [*MoveError] says
// why the programme does not allow the move.
func (cs *Cases) Do(ctx context.Context, e Event) (Case, error) {
	if e.Kind == Opened || e.Kind == Rescreened {
		return Case{}, &MoveError{Case: e.Case, Kind: e.Kind, Reasons: []Reason{{Malformed, "kind"}}}
	}
	e.Screening, e.Changed = nil, nil
	return cs.move(ctx, e.Case, func(c *Case) (Event, error) {
		if c.Seq == 0 {
			return e, fmt.Errorf("order %q: %w", e.Case, ErrNoCase)
		}
		return e, nil
	})
}

// move records the event that is made of the case as it is.
func (cs *Cases) move(ctx context.Context, id string, event func(*Case) (Event, error)) (Case, error) {
	c, err := cs.stream.Add(ctx, id, cs.next(ctx, event))
	if errors.Is(err, stream.ErrBusy) {
		err = fmt.Errorf("order %q: %w", id, ErrBusy)
	}
	return c, err
}

// next makes events complete, and of those that the programme does not allow errors.
func (cs *Cases) next(ctx context.Context, event func(*Case) (Event, error)) func(*Case) (Event, error) {
	return func(c *Case) (Event, error) {
		e, err := event(c)
		if err == nil {
			err = cs.complete(ctx, c, &e)
		}
		if err == nil {
			err = cs.p.Check(*c, e)
		}
		return e, err
	}
}

// Get is the case of an order, or an error that wraps [ErrNoCase].
func (cs *Cases) Get(ctx context.Context, order string) (Case, error) {
	c, err := cs.stream.Load(ctx, order)
	if err == nil && c.Seq == 0 {
		err = fmt.Errorf("order %q: %w", order, ErrNoCase)
	}
	return c, err
}

// Exists reports whether an order has a case. It asks the log only where cases have moved since it last did, see
// [record.Log.Grown]: after a report was recorded it knows of every case that was opened before, by whichever process.
func (cs *Cases) Exists(ctx context.Context, order string) (bool, error) {
	return cs.stream.Has(ctx, order)
}

// Events are the events of an order's case, in order, as the log has them.
func (cs *Cases) Events(ctx context.Context, order string) ([]Event, error) {
	return cs.stream.Events(ctx, order)
}

const casePrefix = "case/"

// DecodeEvent reads the body of a record of a case event. The error wraps [record.ErrErased] where it was
// erased after retention.
func DecodeEvent(rec record.Record) (Event, error) {
	return stream.Decode[Event](rec, record.CaseEvent)
}

// Escalate records that the cases whose time is over go up a level, and returns them. A case of the last
// level stays there; [Cases.List] shows that it is late.
func (cs *Cases) Escalate(ctx context.Context, at time.Time) (escalated []Case, err error) {
	late, err := cs.List(ctx, Filter{Statuses: []Status{UnderReview}, DueBefore: at})
	if err != nil {
		return nil, err
	}
	for _, c := range late {
		c, err := cs.Do(ctx, Event{Case: c.ID, Kind: Escalated, At: at, By: System})
		var refused *MoveError
		switch {
		case errors.As(err, &refused): // it is at its last level, or somebody has just moved it
		case err != nil:
			return escalated, err
		default:
			escalated = append(escalated, c)
		}
	}
	return escalated, nil
}

// orderSubject is the subject of all records of an order, reports and events alike: retention counts from
// the latest of them.
func orderSubject(order string) string { return "order/" + order }

// caseEntry is an event as the log keeps it.
func caseEntry(c *Case, e *Event, t record.Retention) (record.Entry, error) {
	body, err := encode(e)
	if err != nil {
		return record.Entry{}, fmt.Errorf("case %q: %w", e.Case, err)
	}
	s := &c.Screening
	if e.Screening != nil {
		s = e.Screening
	}
	keys := record.Keys{Parties: s.Parties, Countries: s.Countries, Documents: []string{e.Case}, Outcome: string(e.Kind)}
	if e.Document != nil && e.Document.Number != "" {
		keys.Documents = append(keys.Documents, e.Document.Number)
	}
	return record.Entry{
		Time: e.At, Subject: orderSubject(e.Case), EventDay: e.Day, Keys: keys, Regimes: retainedUnder(t, s.Regimes), Body: body,
	}, nil
}
