package icp

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/ordergate/ordergate/screening"
)

// Row is a case as a queue shows it, and all of a case that is always in memory; [Cases.Get] reads the rest.
type Row struct {
	// ID is the order's id.
	ID        string
	ChangedAt time.Time
	Status    Status
	// Stage, Outcome and Parties are those of the latest report. Parties is shared, and not to be changed.
	Stage      screening.Stage
	Outcome    screening.Outcome
	Parties    []string
	Level      string
	Due        time.Time
	AssignedTo string
}

// Row is what a queue shows of the case.
func (c *Case) Row() Row {
	s := &c.Screening
	return Row{
		ID: c.ID, ChangedAt: c.ChangedAt, Status: c.Status, Stage: s.Stage, Outcome: s.Outcome, Parties: s.Parties,
		Level: c.Level, Due: c.Due, AssignedTo: c.AssignedTo,
	}
}

// Filter picks cases; a zero field picks all.
type Filter struct {
	Statuses   []Status
	Stage      screening.Stage
	Level      string
	AssignedTo string
	// DueBefore picks cases under review whose time is over before then.
	DueBefore time.Time
}

func (f *Filter) picks(r *Row) bool {
	return (len(f.Statuses) == 0 || slices.Contains(f.Statuses, r.Status)) &&
		(f.Stage == "" || r.Stage == f.Stage) && (f.Level == "" || r.Level == f.Level) &&
		(f.AssignedTo == "" || r.AssignedTo == f.AssignedTo) &&
		(f.DueBefore.IsZero() || r.Status == UnderReview && r.Due.Before(f.DueBefore))
}

// List gives the rows of the cases that a filter picks, those due first before others. The first call reads all case
// events of the log, later ones what was added since.
func (cs *Cases) List(ctx context.Context, f Filter) ([]Row, error) {
	picked, err := cs.stream.All(ctx, f.picks)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(picked, func(a, b Row) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	return picked, nil
}
