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
	"github.com/ordergate/ordergate/internal/memo"
)

// Conditions.
var (
	// ErrNothing is what the function given to [Stream.Add] returns where there is nothing to record.
	ErrNothing = errors.New("nothing to record")
	// ErrBusy: others were quicker again and again. Nothing was recorded.
	ErrBusy = errors.New("others are moving it")
)

// Config says what the states S and events E of a stream are, and what row R of each thing is kept in memory.
type Config[S, E, R any] struct {
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
	// Row is what [Stream.All] needs of a state, which is not changed afterwards.
	Row func(*S) R
	// Recent is how many states are kept whole in memory at least, those last moved or read. Others are read from the
	// log again.
	Recent int
	// Entry is an event as the log keeps it, given the state before; its id and kind are set by the stream.
	Entry func(*S, *E) (record.Entry, error)
}

// Stream is safe for concurrent use, and several processes may work on one log.
type Stream[S, E, R any] struct {
	log    *record.Log
	cfg    Config[S, E, R]
	recent *memo.Memo[string, *S] // states that nobody changes

	reading sync.Mutex // held by who takes in what was added to the log

	mu   sync.Mutex // guards what follows
	rows map[string]row[R]
	next int64 // index of the log up to which its events are taken in
}

// row is what is kept of a thing as it was after its event seq.
type row[R any] struct {
	seq int
	row R
}

// New joins a log and what is kept in it.
func New[S, E, R any](log *record.Log, cfg Config[S, E, R]) *Stream[S, E, R] {
	return &Stream[S, E, R]{log: log, cfg: cfg, recent: memo.New[string, *S](cfg.Recent), rows: make(map[string]row[R])}
}

// RecordID is the id of the record of event seq of a thing, in a stream of a prefix.
func RecordID(prefix, id string, seq int) string { return prefix + id + "/" + strconv.Itoa(seq) }

func (s *Stream[S, E, R]) recordID(id string, seq int) string { return RecordID(s.cfg.Prefix, id, seq) }

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

func (s *Stream[S, E, R]) event(ctx context.Context, id string, seq int) (E, error) {
	rec, err := s.log.Get(ctx, s.recordID(id, seq))
	if err != nil {
		var none E
		return none, err
	}
	return Decode[E](rec, s.cfg.Kind)
}

// Events are the events of a thing, in order.
func (s *Stream[S, E, R]) Events(ctx context.Context, id string) (events []E, err error) {
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
func (s *Stream[S, E, R]) Load(ctx context.Context, id string) (S, error) {
	var c, none S
	if k, ok := s.recent.Get(id); ok {
		c = s.cfg.Clone(k)
	}
	was := s.cfg.Seq(&c)
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
	if s.cfg.Seq(&c) > was {
		s.keep(id, &c)
	}
	return c, nil
}

// keep remembers a state, of which the caller goes on to make what it likes.
func (s *Stream[S, E, R]) keep(id string, c *S) {
	kept := s.cfg.Clone(c)
	seq := s.cfg.Seq(&kept)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch known := s.rows[id].seq; {
	case seq < known:
		return
	case seq > known:
		s.rows[id] = row[R]{seq, s.cfg.Row(&kept)}
	}
	s.recent.Put(id, &kept)
}

// attempts is how often a move is tried anew when others move the thing at the same time.
const attempts = 8

// Add records the event that next makes of a thing as it is, and returns the thing as it then is. Where next fails
// nothing is recorded, and its error is returned, unless it is [ErrNothing].
func (s *Stream[S, E, R]) Add(ctx context.Context, id string, next func(*S) (E, error)) (S, error) {
	var none S
	for range attempts {
		c, entry, err := s.prepare(ctx, id, next)
		if errors.Is(err, ErrNothing) {
			return c, nil
		}
		if err != nil {
			return none, err
		}
		if _, err = s.log.Append(ctx, entry); err == nil {
			return s.moved(id, c, record.Record{Entry: entry})
		}
		if !errors.Is(err, record.ErrConflict) {
			return none, err
		}
	}
	return none, fmt.Errorf("%s%s: %w", s.cfg.Prefix, id, ErrBusy)
}

// AddWith records the event after another entry, both in one commit or, with an error, neither. It tries once.
func (s *Stream[S, E, R]) AddWith(ctx context.Context, other record.Entry, id string, next func(*S) (E, error)) error {
	c, entry, err := s.prepare(ctx, id, next)
	if err != nil {
		return err
	}
	if _, err := s.log.AppendTogether(ctx, other, entry); err != nil {
		return err
	}
	_, err = s.moved(id, c, record.Record{Entry: entry})
	return err
}

// prepare is a thing as it is, and the entry of the event that next makes of it. With ErrNothing there is no event.
func (s *Stream[S, E, R]) prepare(ctx context.Context, id string, next func(*S) (E, error)) (c S, entry record.Entry, err error) {
	if c, err = s.Load(ctx, id); err != nil {
		return c, entry, err
	}
	e, err := next(&c)
	if err != nil {
		return c, entry, err
	}
	if entry, err = s.cfg.Entry(&c, &e); err != nil {
		return c, entry, err
	}
	entry.ID, entry.Kind = s.recordID(s.cfg.Place(&e)), s.cfg.Kind
	return c, entry, nil
}

// moved is a state after the event of a record, as anybody reads it from there.
func (s *Stream[S, E, R]) moved(id string, c S, rec record.Record) (S, error) {
	e, err := Decode[E](rec, s.cfg.Kind)
	if err == nil {
		err = s.cfg.Apply(&c, &e)
	}
	if err != nil {
		var none S
		return none, err
	}
	s.keep(id, &c)
	return c, nil
}

// All gives the rows of the things that pick chooses, in no order. The first call reads all events of the log, later
// ones what was added since.
func (s *Stream[S, E, R]) All(ctx context.Context, pick func(*R) bool) ([]R, error) {
	s.reading.Lock()
	err := s.catchUp(ctx)
	s.reading.Unlock()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var picked []R
	for _, r := range s.rows {
		if pick(&r.row) {
			picked = append(picked, r.row)
		}
	}
	return picked, nil
}

// Has reports whether there is a thing of the id, by all that the log has appended or come across, see
// [record.Log.Grown]; only where that is more than was taken in it reads the log.
func (s *Stream[S, E, R]) Has(ctx context.Context, id string) (bool, error) {
	ok, current := s.knows(id)
	switch {
	case ok || current:
		return ok, nil
	case s.reading.TryLock():
		defer s.reading.Unlock()
		err := s.catchUp(ctx)
		ok, _ = s.knows(id)
		return ok, err
	}
	// Somebody reads what was added. A queue of those who wait for it would hold up more than a look for one record.
	_, err := s.event(ctx, id, 1)
	if errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrErased) {
		return false, nil
	}
	return err == nil, err
}

// knows reports whether a thing is known, and whether all that the log has come across is.
func (s *Stream[S, E, R]) knows(id string) (ok, current bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok = s.rows[id]
	return ok, !s.log.Grown(s.cfg.Kind, s.next)
}

// catchUp takes in the events that were added to the log; s.reading is held.
func (s *Stream[S, E, R]) catchUp(ctx context.Context) error {
	for rec, err := range s.log.IterateKind(ctx, s.cfg.Kind, s.next) {
		if err != nil {
			return err
		}
		if err := s.take(ctx, rec); err != nil {
			return err
		}
		s.mu.Lock()
		s.next = rec.Index + 1
		s.mu.Unlock()
	}
	return nil
}

// take takes in the event of a record, unless it is known.
func (s *Stream[S, E, R]) take(ctx context.Context, rec record.Record) error {
	e, err := Decode[E](rec, s.cfg.Kind)
	if errors.Is(err, record.ErrErased) {
		return nil
	}
	if err != nil {
		return err
	}
	id, seq := s.cfg.Place(&e)
	s.mu.Lock()
	known := s.rows[id].seq
	s.mu.Unlock()
	if seq <= known || known == 0 && seq > 1 {
		return nil // what is left of a thing whose beginning was erased
	}
	var c S
	if k, ok := s.recent.Get(id); ok {
		c = s.cfg.Clone(k)
	}
	if s.cfg.Seq(&c) != seq-1 {
		if _, err = s.Load(ctx, id); errors.Is(err, record.ErrErased) {
			return nil
		}
		return err
	}
	if err := s.cfg.Apply(&c, &e); err != nil {
		return err
	}
	s.keep(id, &c)
	return nil
}
