package screening

import (
	"context"
	"iter"
	"runtime"
)

// Result is what became of one order of [Screener.ScreenAll] or [Screener.Rescreen].
type Result struct {
	// Order is the order as given. Exactly one of Report and Err is set.
	Order  Order
	Report *Report
	Err    error
}

// ScreenAll screens orders side by side, at most workers at a time (0: one a processor), and gives the
// results in the order of the orders. It reads no more orders ahead than it has workers for. When the
// loop over the results ends early, or the context does, what is under way is finished and recorded, and
// no goroutine is left behind. request is asked for each order's request; it must be safe for concurrent use.
func (s *Screener) ScreenAll(ctx context.Context, orders iter.Seq[Order], workers int, request func(*Order) Request) iter.Seq[Result] {
	return sideBySide(orders, workers, func(o Order) Result { return s.result(ctx, o, request(&o)) })
}

// result is what becomes of an order.
func (s *Screener) result(ctx context.Context, o Order, req Request) Result {
	r := Result{Order: o}
	if r.Err = ctx.Err(); r.Err == nil {
		r.Report, r.Err = s.Screen(ctx, o, req)
	}
	return r
}

// sideBySide does something to each item, workers at a time, and gives the results in the items' order.
func sideBySide[T, R any](items iter.Seq[T], workers int, do func(T) R) iter.Seq[R] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(R) bool) {
		// Each item under way has a channel; the queue of channels keeps their order.
		queue := make([]chan R, 0, workers)
		type task struct {
			item T
			done chan<- R
		}
		tasks := make(chan task, workers) // never full: as many are under way at most
		defer func() {
			close(tasks)
			for _, c := range queue {
				<-c
			}
		}()
		// Workers stay for the next item: a new one would grow its stack anew for each.
		work := func() {
			for t := range tasks {
				t.done <- do(t.item)
			}
		}
		started := 0
		emit := func() bool {
			r := <-queue[0]
			queue = queue[1:]
			return yield(r)
		}
		for item := range items {
			if len(queue) == workers && !emit() {
				return
			}
			c := make(chan R, 1)
			queue = append(queue, c)
			if started < workers {
				started++
				go work()
			}
			tasks <- task{item, c}
		}
		for len(queue) > 0 {
			if !emit() {
				return
			}
		}
	}
}
