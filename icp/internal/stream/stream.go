// Package stream keeps things in a record log as what happened to them: a thing is never stored, it is the replay of
// its events, which are records numbered from 1 within it. Of two machines that move one thing at the same time one
// finds the number taken, looks again and tries anew.
package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/ordergate/ordergate/icp/record"
)

// Conditions.
var (
	// ErrNothing is what the function given to [Stream.Add] returns where there is nothing to record.
	ErrNothing = errors.New("nothing to record")
	// ErrBusy: others were quicker again and again. Nothing was recorded.
	ErrBusy = errors.New("others are moving it")
)

// Config says what the states S and events E of a stream are.
type Config[S, E any] struct {
	// Prefix begins the ids of the records: Prefix, the thing's id, "/" and the event's number.
	Prefix string
	// Kind is that of the records.
	Kind record.Kind
	// Place is the id of an event's thing and its number, Seq the number of a state's last event, 0 for none.
	Place func(*E) (id string, seq int)
	Seq   func(*S) int
	// Apply moves a state by an event, Clone copies a state so that Apply on the copy does not reach it.
	Apply func(*S, *E) error
	Clone func(*S) S
	// Entry is an event as the log keeps it, given the state before; its id and kind are set by the stream.
	Entry func(*S, *E) (record.Entry, error)
}

// Stream is safe for concurrent use, and several processes may work on one log.
type Stream[S, E any] struct {
	log *record.Log
	cfg Config[S, E]

	mu    sync.Mutex // guards what follows
	known map[string]*S
	next  int64 // index of the log up to which All has read
}

// New joins a log and what is kept in it.
func New[S, E any](log *record.Log, cfg Config[S, E]) *Stream[S, E] {
	return &Stream[S, E]{log: log, cfg: cfg, known: make(map[string]*S)}
}

// RecordID is the id of the record of event seq of a thing, in a stream of a prefix.
func RecordID(prefix, id string, seq int) string { return prefix + id + "/" + strconv.Itoa(seq) }

func (s *Stream[S, E]) recordID(id string, seq int) string { return RecordID(s.cfg.Prefix, id, seq) }

// Decode reads the event that a record of a kind holds as JSON. The error wraps [record.ErrErased] where it was erased
// after retention.
func Decode[E any](rec record.Record, kind record.Kind) (e E, err error) {
	switch {
	case rec.Kind != kind:
		return e, fmt.Errorf("record %s is a %s, not a %s", rec.ID, rec.Kind, kind)
	case len(rec.Body) == 0:
		return e, fmt.Errorf("record %s: %w", rec.ID, record.ErrErased)
	}
	if err := json.Unmarshal(rec.Body, &e); err != nil {
		return e, fmt.Errorf("record %s: %w", rec.ID, err)
	}
	return e, nil
}

func (s *Stream[S, E]) event(ctx context.Context, id string, seq int) (E, error) {
	rec, err := s.log.Get(ctx, s.recordID(id, seq))
	if err != nil {
		var none E
		return none, err
	}
	return Decode[E](rec, s.cfg.Kind)
}

// Events are the events of a thing, in order.
func (s *Stream[S, E]) Events(ctx context.Context, id string) (events []E, err error) {
	for {
		e, err := s.event(ctx, id, len(events)+1)
		if errors.Is(err, record.ErrNotFound) {
			return events, nil
		}
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
}

// Load is a thing as the log has it, the zero state where there is none.
func (s *Stream[S, E]) Load(ctx context.Context, id string) (S, error) {
	var c, none S
	s.mu.Lock()
	if k := s.known[id]; k != nil {
		c = s.cfg.Clone(k)
	}
	s.mu.Unlock()
	for {
		e, err := s.event(ctx, id, s.cfg.Seq(&c)+1)
		if errors.Is(err, record.ErrNotFound) {
			break
		}
		if err != nil {
			return none, err
		}
		if err := s.cfg.Apply(&c, &e); err != nil {
			return none, err
		}
	}
	if s.cfg.Seq(&c) > 0 {
		s.mu.Lock()
		if k := s.known[id]; k == nil || s.cfg.Seq(k) < s.cfg.Seq(&c) {
			kept := s.cfg.Clone(&c)
			s.known[id] = &kept
		}
		s.mu.Unlock()
	}
	return c, nil
}

// attempts is how often a move is tried anew when others move the thing at the same time.
const attempts = 8

// Add records the event that next makes of a thing as it is, and returns the thing as it then is. Where next fails
// nothing is recorded, and its error is returned, unless it is [ErrNothing].
func (s *Stream[S, E]) Add(ctx context.Context, id string, next func(*S) (E, error)) (S, error) {
	var none S
	for range attempts {
		c, err := s.Load(ctx, id)
		if err != nil {
			return none, err
		}
		e, err := next(&c)
		if errors.Is(err, ErrNothing) {
			return c, nil
		}
		if err != nil {
			return none, err
		}
		entry, err := s.cfg.Entry(&c, &e)
		if err != nil {
			return none, err
		}
		entry.ID, entry.Kind = s.recordID(s.cfg.Place(&e)), s.cfg.Kind
		if _, err = s.log.Append(ctx, entry); err == nil {
			return s.Load(ctx, id)
		}
		if !errors.Is(err, record.ErrConflict) {
			return none, err
		}
	}
	return none, fmt.Errorf("%s%s: %w", s.cfg.Prefix, id, ErrBusy)
}

// All gives the things that pick chooses, in no order. The first call reads all events of the log, later
// ones what was added since.
func (s *Stream[S, E]) All(ctx context.Context, pick func(*S) bool) ([]S, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.catchUp(ctx); err != nil {
		return nil, err
	}
	var picked []S
	for _, c := range s.known {
		if pick(c) {
			picked = append(picked, s.cfg.Clone(c))
		}
	}
	return picked, nil
}

// catchUp takes in the events that were added to the log; s.mu is held.
func (s *Stream[S, E]) catchUp(ctx context.Context) error {
	if s.next == 0 {
		recs, err := s.log.OfKind(ctx, s.cfg.Kind)
		if err != nil {
			return err
		}
		for _, rec := range recs {
			if err := s.take(rec); err != nil {
				return err
			}
		}
	}
	for rec, err := range s.log.Iterate(ctx, s.next) {
		if err != nil {
			return err
		}
		if err := s.take(rec); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stream[S, E]) take(rec record.Record) error {
	if s.next = rec.Index + 1; rec.Kind != s.cfg.Kind {
		return nil
	}
	e, err := Decode[E](rec, s.cfg.Kind)
	if errors.Is(err, record.ErrErased) {
		return nil
	}
	if err != nil {
		return err
	}
	id, seq := s.cfg.Place(&e)
	c := s.known[id]
	if c == nil {
		c = new(S)
	}
	if last := s.cfg.Seq(c); seq <= last || last == 0 && seq > 1 {
		return nil // known already, or what is left of a thing whose beginning was erased
	}
	if err := s.cfg.Apply(c, &e); err != nil {
		return err
	}
	s.known[id] = c
	return nil
}
