package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ordergate/ordergate/testdata/madeup"
)

// load is one run.
type load struct {
	o      options
	stdout io.Writer
	client *http.Client

	mu       sync.Mutex
	took     []time.Duration
	answers  map[string]int // by status, or what went wrong
	began    time.Time
	elapsed  time.Duration
	memories []uint64
}

func newLoad(o options, stdout io.Writer) *load {
	return &load{
		o: o, stdout: stdout, answers: map[string]int{},
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: o.connections}},
	}
}

// due is an order to send and when.
type due struct {
	n  int
	at time.Time
}

// send sends orders until the time is over, and waits for their answers.
func (l *load) send(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, l.o.warmup+l.o.duration)
	defer cancel()
	l.began = time.Now()
	queue := make(chan due)
	var senders, watcher sync.WaitGroup
	for range l.o.connections {
		senders.Go(func() {
			for d := range queue {
				if d.at.IsZero() {
					d.at = time.Now()
				}
				answer := l.post(d.n)
				l.note(answer, d.at, time.Now())
			}
		})
	}
	if l.o.monitor != "" {
		watcher.Go(func() { l.watch(ctx) })
	}
	l.schedule(ctx, queue)
	close(queue)
	senders.Wait()
	l.elapsed = time.Since(l.began) - l.o.warmup
	watcher.Wait()
}

func (l *load) schedule(ctx context.Context, queue chan<- due) {
	for n := 0; ; n++ {
		d := due{n: n}
		if l.o.rate > 0 {
			d.at = l.began.Add(time.Duration(float64(n) / l.o.rate * float64(time.Second)))
			select {
			case <-time.After(time.Until(d.at)):
			case <-ctx.Done():
				return
			}
		}
		select {
		case queue <- d:
		case <-ctx.Done():
			return
		}
	}
}

// post sends the n-th order; the answer is the status, or what went wrong.
func (l *load) post(n int) string {
	o := madeup.Order(l.o.run, n, n%100 < l.o.held)
	body, err := json.Marshal(&o)
	if err != nil {
		return err.Error()
	}
	req, err := http.NewRequest(http.MethodPost, l.o.url+"/v1/screenings", bytes.NewReader(body))
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", "Bearer "+l.o.token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", o.ID)
	res, err := l.client.Do(req)
	if err != nil {
		return err.Error()
	}
	_, err = io.Copy(io.Discard, res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return err.Error()
	}
	return strconv.Itoa(res.StatusCode)
}

func (l *load) note(answer string, due, answered time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answers[answer]++
	if due.Sub(l.began) >= l.o.warmup {
		l.took = append(l.took, answered.Sub(due))
	}
}

// watch shows the gateway's memory thirty times in a run, but not more often than once a second.
func (l *load) watch(ctx context.Context) {
	tick := time.NewTicker(max(time.Second, l.o.duration/30))
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		n, err := l.memory(ctx)
		if err != nil {
			fmt.Fprintf(l.stdout, "%7s  memory not known: %v\n", time.Since(l.began).Round(time.Second), err)
			continue
		}
		l.mu.Lock()
		l.memories = append(l.memories, n)
		sent := 0
		for _, n := range l.answers {
			sent += n
		}
		l.mu.Unlock()
		fmt.Fprintf(l.stdout, "%7s  orders %8d  memory %5d MiB\n", time.Since(l.began).Round(time.Second), sent, n>>20)
	}
}

// memory is what the gateway's metrics say of the memory it has from the system.
func (l *load) memory(ctx context.Context) (uint64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.o.url+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+l.o.monitor)
	res, err := l.client.Do(req)
	if err != nil {
		return 0, err
	}
	b, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if value, ok := strings.CutPrefix(line, "ordergate_memory_bytes "); ok {
			return strconv.ParseUint(strings.TrimSpace(value), 10, 64)
		}
	}
	return 0, fmt.Errorf("/metrics answered %d without it", res.StatusCode)
}

// report prints what was measured. The error says that an order was not answered with its report.
func (l *load) report(w io.Writer) error {
	if len(l.took) == 0 {
		return errors.New("no order was sent")
	}
	slices.Sort(l.took)
	quantile := func(q float64) float64 {
		return float64(l.took[int(q*float64(len(l.took)-1))].Microseconds()) / 1000
	}
	fmt.Fprintf(w, "orders %d in %.1f s, %.0f a second\n", len(l.took), l.elapsed.Seconds(), float64(len(l.took))/l.elapsed.Seconds())
	fmt.Fprintf(w, "answered in ms: p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, most %.1f\n",
		quantile(.5), quantile(.9), quantile(.99), quantile(.999), quantile(1))
	if n := len(l.memories); n > 0 {
		fmt.Fprintf(w, "memory in MiB: first %d, last %d, most %d\n", l.memories[0]>>20, l.memories[n-1]>>20, slices.Max(l.memories)>>20)
	}
	bad := 0
	for _, a := range slices.Sorted(maps.Keys(l.answers)) {
		fmt.Fprintf(w, "answer %s: %d\n", a, l.answers[a])
		if a != "200" && a != "201" {
			bad += l.answers[a]
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d orders were not answered with a report", bad)
	}
	return nil
}
