package screening

import (
	"context"
	"iter"
	"runtime"
)

// Result is what became of one order of [Screener.ScreenAll].
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
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(Result) bool) {
		// Each order under way has a channel; the queue of channels keeps their order.
		queue := make([]chan Result, 0, workers)
		defer func() {
			for _, c := range queue {
				<-c
			}
		}()
		emit := func() bool {
			r := <-queue[0]
			queue = queue[1:]
			return yield(r)
		}
		for o := range orders {
			if len(queue) == workers && !emit() {
				return
			}
			c := make(chan Result, 1)
			queue = append(queue, c)
			go func() {
				r := Result{Order: o}
				if r.Err = ctx.Err(); r.Err == nil {
					r.Report, r.Err = s.Screen(ctx, o, request(&o))
				}
				c <- r
			}()
		}
		for len(queue) > 0 {
			if !emit() {
				return
			}
		}
	}
}
