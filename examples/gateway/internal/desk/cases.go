package desk

import (
	"context"
	"errors"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/screening"
)

// Moved is told of every event that has been recorded, with the case as it then is.
type Moved func(ctx context.Context, c icp.Case)

// follow takes a recorded report into the order's case. It gives nil where the order has none and needs none. Of a
// replayed report only what still has to be done moves the case.
func (d *Desk) follow(ctx context.Context, rec screening.Record, replayed bool) (*icp.Case, error) {
	rep := rec.Result
	exists, err := d.cases.Exists(ctx, rep.Order.ID)
	if err != nil || !exists && !rep.Outcome.Holds() && d.cfg.Programme.Procedure.Committee != icp.EveryOrder {
		return nil, err
	}
	var before icp.Case
	if exists {
		if before, err = d.cases.Get(ctx, rep.Order.ID); err != nil {
			return nil, err
		}
	}
	c, err := d.cases.OpenRecord(ctx, rec, d.cfg.Now())
	switch {
	case errors.Is(err, icp.ErrNotHeld):
		return nil, nil
	case errors.Is(err, icp.ErrOlderReport): // an old order was sent again; the case has gone on
		return &before, nil
	case err != nil:
		return nil, err
	}
	if !replayed || c.Seq > before.Seq { // a report that is new has moved the case, perhaps as it was recorded
		d.tell(ctx, c)
	}
	return &c, nil
}

func (d *Desk) tell(ctx context.Context, c icp.Case) {
	if d.cfg.Moved != nil {
		d.cfg.Moved(ctx, c)
	}
}

// Case is the case of an order. The error wraps icp.ErrNoCase where there is none.
func (d *Desk) Case(ctx context.Context, order string) (icp.Case, error) {
	return d.cases.Get(ctx, order)
}

// Cases are the rows of those that a filter picks, those due first before others.
func (d *Desk) Cases(ctx context.Context, f icp.Filter) ([]icp.Row, error) {
	return d.cases.List(ctx, f)
}

// Events are the events of an order's case.
func (d *Desk) Events(ctx context.Context, order string) ([]icp.Event, error) {
	return d.cases.Events(ctx, order)
}

// Move records an event of a person, now. The error is that of [icp.Cases.Do].
func (d *Desk) Move(ctx context.Context, person string, e icp.Event) (icp.Case, error) {
	e.By, e.At = person, d.cfg.Now()
	c, err := d.cases.Do(ctx, e)
	if err == nil {
		d.tell(ctx, c)
	}
	return c, err
}

// Try reports what Move would answer, and records nothing.
func (d *Desk) Try(ctx context.Context, person string, e icp.Event) error {
	e.By, e.At = person, d.cfg.Now()
	return d.cases.Try(ctx, e)
}

// Answer screens the order of a case again with a person's answers to the questionnaire, and takes the
// report into the case. Earlier answers to the same questions are replaced.
func (d *Desk) Answer(ctx context.Context, person, order string, answers []screening.Answer) (*icp.Case, error) {
	c, err := d.cases.Get(ctx, order)
	if err != nil {
		return nil, err
	}
	_, o, err := d.Report(ctx, c.Screening.Report)
	if err != nil {
		return nil, err
	}
	now := d.cfg.Now()
	for _, a := range answers {
		a.By, a.On = person, screening.Date(now.UTC().Format(time.DateOnly))
		replaced := false
		for i := range o.Answers {
			if o.Answers[i].Question == a.Question {
				o.Answers[i], replaced = a, true
			}
		}
		if !replaced {
			o.Answers = append(o.Answers, a)
		}
	}
	// The key is a new one: answers are given to this report, by this person, at this moment.
	done, err := d.Screen(ctx, "workbench", c.Screening.Report+" "+person+" "+now.Format(time.RFC3339Nano), *o)
	return done.Case, err
}

// Escalate sends the cases whose time is over up a level.
func (d *Desk) Escalate(ctx context.Context) error {
	up, err := d.cases.Escalate(ctx, d.cfg.Now())
	for _, c := range up {
		d.tell(ctx, c)
	}
	return err
}

// Programme is the programme in force.
func (d *Desk) Programme() *icp.Programme { return d.cfg.Programme }

// Train records attendances that the log does not have yet.
func (d *Desk) Train(ctx context.Context, attended []icp.Attendance) error {
	for _, a := range attended {
		if err := icp.RecordTraining(ctx, d.log, d.cfg.Programme, a, d.cfg.Now()); err != nil {
			return err
		}
	}
	return nil
}
