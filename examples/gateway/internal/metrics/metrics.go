// Package metrics counts what the gateway does and writes it in Prometheus' text form. Labels come from
// fixed sets only (routes, statuses, outcomes), so that nothing of an order gets into them.
package metrics

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"runtime/metrics"
	"slices"
	"strconv"
	"sync"
	"time"
)

// buckets are the upper bounds of durations, in seconds.
var buckets = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}

// Set is the gateway's metrics. The zero value is ready; it is safe for concurrent use.
type Set struct {
	mu        sync.Mutex
	requests  map[request]*series
	outcomes  map[string]uint64
	events    map[string]uint64
	delivered map[string]uint64
	inFlight  int
}

type request struct {
	route  string
	status int
}

type series struct {
	counts []uint64 // by bucket, the last beyond all
	n      uint64
	sum    float64
}

// Begin counts a request in; the function it gives counts it out, under its route and status.
func (s *Set) Begin() func(route string, status int, took time.Duration) {
	s.mu.Lock()
	s.inFlight++
	s.mu.Unlock()
	return func(route string, status int, took time.Duration) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.inFlight--
		if s.requests == nil {
			s.requests = make(map[request]*series)
		}
		k := request{route, status}
		q := s.requests[k]
		if q == nil {
			q = &series{counts: make([]uint64, len(buckets)+1)}
			s.requests[k] = q
		}
		i, _ := slices.BinarySearch(buckets, took.Seconds())
		q.counts[i]++
		q.n++
		q.sum += took.Seconds()
	}
}

// Screened counts a report of an outcome.
func (s *Set) Screened(outcome string) { s.count(&s.outcomes, outcome) }

// Moved counts an event of a case.
func (s *Set) Moved(event string) { s.count(&s.events, event) }

// Delivered counts an attempt to deliver a webhook: "delivered", "retried" or "given_up".
func (s *Set) Delivered(result string) { s.count(&s.delivered, result) }

func (s *Set) count(m *map[string]uint64, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if *m == nil {
		*m = make(map[string]uint64)
	}
	(*m)[label]++
}

// Gauge is a value read when the metrics are.
type Gauge struct {
	Name, Help, Label string
	Values            map[string]float64
}

// Write writes everything, and the gauges, in a fixed order.
func (s *Set) Write(w io.Writer, gauges ...Gauge) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &printer{w: w}
	p.head("ordergate_requests_in_flight", "gauge", "Requests being answered.")
	p.line("ordergate_requests_in_flight %d\n", s.inFlight)
	p.head("ordergate_request_seconds", "histogram", "Time from the request's head to the end of the answer.")
	keys := slices.SortedFunc(maps.Keys(s.requests), func(a, b request) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	for _, k := range keys {
		q, sum := s.requests[k], uint64(0)
		label := fmt.Sprintf("route=%q,status=\"%d\"", k.route, k.status)
		for i, le := range buckets {
			sum += q.counts[i]
			p.line("ordergate_request_seconds_bucket{%s,le=%q} %d\n", label, strconv.FormatFloat(le, 'g', -1, 64), sum)
		}
		p.line("ordergate_request_seconds_bucket{%s,le=\"+Inf\"} %d\n", label, q.n)
		p.line("ordergate_request_seconds_sum{%s} %g\n", label, q.sum)
		p.line("ordergate_request_seconds_count{%s} %d\n", label, q.n)
	}
	p.head("ordergate_memory_bytes", "gauge", "Memory that the process has from the system.")
	p.line("ordergate_memory_bytes %d\n", memory())
	p.counter("ordergate_screenings_total", "Reports recorded, by outcome.", "outcome", s.outcomes)
	p.counter("ordergate_case_events_total", "Events of cases recorded, by kind.", "event", s.events)
	p.counter("ordergate_webhook_attempts_total", "Attempts to deliver a webhook, by result.", "result", s.delivered)
	for _, g := range gauges {
		p.head(g.Name, "gauge", g.Help)
		for _, k := range slices.Sorted(maps.Keys(g.Values)) {
			p.line("%s{%s=%q} %g\n", g.Name, g.Label, k, g.Values[k])
		}
	}
	return p.err
}

// memory is what the runtime has taken from the system and not given back.
func memory() uint64 {
	of := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(of)
	return of[0].Value.Uint64() - of[1].Value.Uint64()
}

// printer keeps the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) head(name, kind, help string) {
	p.line("# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (p *printer) counter(name, help, label string, m map[string]uint64) {
	p.head(name, "counter", help)
	for _, k := range slices.Sorted(maps.Keys(m)) {
		p.line("%s{%s=%q} %d\n", name, label, k, m[k])
	}
}
