package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/ordergate/ordergate/examples/internal/orderfile"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/schollz/progressbar/v3"
)

// batch is one run.
type batch struct {
	opt     options
	now     time.Time
	results *results
	setup   *setup

	// rows are those of the input in its order; waiting are the places of orders under way.
	rows     []row
	waiting  []int
	counts   map[screening.Outcome]int
	failures int
	skipped  int
	elapsed  time.Duration
}

func newBatch(o options, now time.Time) (*batch, error) {
	res, err := openResults(o.out, o.lang, o.resume)
	if err != nil {
		return nil, err
	}
	set, err := newSetup(o, res)
	if err != nil {
		return nil, closing(err, res)
	}
	return &batch{opt: o, now: now.UTC().Truncate(time.Second), results: res, setup: set, counts: map[screening.Outcome]int{}}, nil
}

// screen screens everything that has no result yet. An order that cannot be read or screened is noted
// and the others go on; an error of the results folder ends the run.
func (b *batch) screen(ctx context.Context, in *orderfile.Input, stderr io.Writer) error {
	total, err := in.Size()
	if err != nil {
		return err
	}
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(stderr), progressbar.OptionSetVisibility(!b.opt.quiet), progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	begin := time.Now()
	orders := b.pending(in, bar)
	for r := range b.setup.screener.ScreenAll(ctx, orders, b.opt.workers, b.request) {
		if ctx.Err() != nil {
			return fmt.Errorf("broken off; go on with -resume: %w", context.Cause(ctx))
		}
		if err := b.take(r.Order.ID, r.Report, r.Err); err != nil {
			return err
		}
		bar.Describe(fmt.Sprintf("%d orders", b.screened()+b.skipped))
	}
	b.elapsed = time.Since(begin)
	return bar.Finish()
}

// pending are the orders that have no result of the same inputs yet.
func (b *batch) pending(in *orderfile.Input, bar *progressbar.ProgressBar) iter.Seq[screening.Order] {
	return func(yield func(screening.Order) bool) {
		for e := range in.Entries(func(n int) { _ = bar.Add(n) }) {
			if e.Err != nil {
				b.fail(e.Where, "", e.Err)
				continue
			}
			if done, ok := b.results.done(key(&e.Order), b.opt.asOf, b.setup.inputs); ok {
				b.skipped++
				b.rows = append(b.rows, done)
				b.counts[done.outcome]++
				continue
			}
			b.waiting = append(b.waiting, len(b.rows))
			b.rows = append(b.rows, row{})
			if !yield(e.Order) {
				return
			}
		}
	}
}

func (b *batch) request(*screening.Order) screening.Request {
	return screening.Request{At: b.now, AsOf: dated.Date(b.opt.asOf), Current: b.setup.current}
}

// take notes the result of the order that has waited longest: results come in the order of the orders.
func (b *batch) take(id string, rep *screening.Report, err error) error {
	place := b.waiting[0]
	b.waiting = b.waiting[1:]
	if err != nil {
		b.fail("", id, err)
		return b.results.err
	}
	b.rows[place] = rowOf(rep, b.opt.lang)
	b.counts[rep.Outcome]++
	return nil
}

func (b *batch) fail(where, id string, err error) {
	b.failures++
	b.results.fail(where, id, err)
}

// screened is how many orders were screened in this run.
func (b *batch) screened() (n int) {
	for _, k := range b.counts {
		n += k
	}
	return n - b.skipped
}

func (b *batch) held() (n int) {
	for o, k := range b.counts {
		if o.Holds() {
			n += k
		}
	}
	return n
}

// finish writes results.csv and results.xlsx and closes everything.
func (b *batch) finish() error {
	rows := slices.DeleteFunc(b.rows, func(r row) bool { return r.outcome == "" })
	err := errors.Join(b.results.writeCSV(rows), b.writeBook(rows))
	return closing(err, b.results, b.setup)
}

func (b *batch) errorsPath() string { return b.results.path(errorsFile) }

// key identifies an order by everything in it: a changed order is another.
func key(o *screening.Order) string {
	n, err := o.Normalise()
	if err != nil {
		return "" // it will fail to be screened, and says why
	}
	j, err := n.JSON()
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(j)
	return hex.EncodeToString(sum[:])
}
