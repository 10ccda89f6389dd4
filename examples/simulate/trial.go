package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/examples/internal/listfile"
	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/schollz/progressbar/v3"
)

// trial is one simulation under way.
type trial struct {
	opt     options
	now     time.Time
	shared  shared
	current []screening.ListCurrent
	// past grows from order to order; nil without -history.
	past    history
	results *results
	summary *summary
}

func newTrial(o options, now time.Time) (t *trial, err error) {
	t = &trial{opt: o, now: now.UTC().Truncate(time.Second)}
	if o.history {
		t.past = history{}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	present, err := o.present.config()
	if err != nil {
		return t, fmt.Errorf("present: %w", err)
	}
	proposed, err := o.proposed.config()
	if err != nil {
		return t, fmt.Errorf("proposed: %w", err)
	}
	all, current, err := listfile.Load(o.lists)
	if err != nil {
		return t, err
	}
	t.current = current
	snap, err := lists.NewSnapshot(all...)
	if err != nil {
		return t, err
	}
	if t.shared.index, err = lists.NewIndex(snap); err != nil {
		return t, err
	}
	if t.shared.classifier, err = classify.New(classify.Config{}); err != nil {
		return t, err
	}
	if t.results, err = openResults(o.out); err != nil {
		return t, err
	}
	t.shared.anyAge, t.shared.recorder = o.anyAge, t.results
	was, err := newSide(present, t.shared)
	if err != nil {
		return t, fmt.Errorf("present: %w", err)
	}
	is, err := newSide(proposed, t.shared)
	if err != nil {
		return t, fmt.Errorf("proposed: %w", err)
	}
	t.summary = newSummary(o, t.now, snap.Digest(), was, is)
	return t, nil
}

// chunk is how many orders are read before both sides screen them.
const chunk = 256

// screen runs every order through both sides. An order that cannot be read or screened is noted and the others go on.
func (t *trial) screen(ctx context.Context, in *orderfile.Input, stderr io.Writer) error {
	total, err := in.Size()
	if err != nil {
		return err
	}
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(stderr), progressbar.OptionSetVisibility(!t.opt.quiet), progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	var waiting []orderfile.Entry
	for e := range in.Entries(func(n int) { _ = bar.Add(n) }) {
		if e.Err != nil {
			t.summary.fail(e.Where, "", e.Err)
			continue
		}
		if waiting = append(waiting, e); len(waiting) == chunk {
			if err := t.compare(ctx, waiting); err != nil {
				return err
			}
			waiting = waiting[:0]
			bar.Describe(fmt.Sprintf("%d orders", t.summary.Orders))
		}
	}
	if err := t.compare(ctx, waiting); err != nil {
		return err
	}
	return bar.Finish()
}

// compare screens some orders on both sides and counts what differs.
func (t *trial) compare(ctx context.Context, entries []orderfile.Entry) error {
	// An order is told from others of its chunk by number and revision.
	earlier := map[orderKey][]trigger.PastOrder{}
	if t.past != nil {
		for i := range entries {
			o := &entries[i].Order
			earlier[orderKey{o.ID, o.Revision}] = t.past.before(o)
		}
	}
	before, err := t.screenSide(ctx, t.summary.Present, "present", entries, earlier)
	if err != nil {
		return err
	}
	after, err := t.screenSide(ctx, t.summary.Proposed, "proposed", entries, earlier)
	if err != nil {
		return err
	}
	for i := range entries {
		if err := errors.Join(before[i].Err, after[i].Err); err != nil {
			t.summary.fail(entries[i].Where, entries[i].Order.ID, err)
			continue
		}
		t.summary.add(before[i].Report, after[i].Report)
	}
	return nil
}

type orderKey struct {
	id       string
	revision int
}

// screenSide gives the results of one side in the order of the orders.
func (t *trial) screenSide(ctx context.Context, s *side, name string, entries []orderfile.Entry, earlier map[orderKey][]trigger.PastOrder) ([]screening.Result, error) {
	orders := func(yield func(screening.Order) bool) {
		for i := range entries {
			if !yield(entries[i].Order) {
				return
			}
		}
	}
	request := func(o *screening.Order) screening.Request {
		r := t.request(o, name)
		r.History = earlier[orderKey{o.ID, o.Revision}]
		return r
	}
	results := slices.Collect(s.screener.ScreenAll(ctx, orders, t.opt.workers, request))
	if ctx.Err() != nil {
		return nil, fmt.Errorf("broken off: %w", context.Cause(ctx))
	}
	return results, t.results.err
}

func (t *trial) request(o *screening.Order, side string) screening.Request {
	r := screening.Request{Simulation: t.opt.name + ": " + side, At: t.now, AsOf: dated.Date(t.opt.asOf), Current: t.current}
	if t.opt.asOf == ownDate {
		r.AsOf = o.Date
	}
	return r
}

// finish writes what is written at the end.
func (t *trial) finish() error {
	if err := t.results.writeChanges(t.summary); err != nil {
		return err
	}
	if err := t.results.writeChart(t.summary, t.opt.lang); err != nil {
		return err
	}
	return t.results.writeSummary(t.summary)
}

// Close releases lists, classifier and files.
func (t *trial) Close() error {
	var errs []error
	if t.results != nil {
		errs = append(errs, t.results.Close())
	}
	if t.shared.classifier != nil {
		errs = append(errs, t.shared.classifier.Close())
	}
	if t.shared.index != nil {
		errs = append(errs, t.shared.index.Close())
	}
	return errors.Join(errs...)
}
