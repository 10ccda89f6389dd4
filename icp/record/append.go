package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Append records an entry and returns when it is durable. An entry whose id is recorded already is the
// same when all but its time is the same and nothing of it was erased since: then the first position is
// returned with Existing set; otherwise the error wraps [ErrConflict]. Other errors are an [*EntryError] or
// wrap one of this package's conditions; with all of them but [ErrUncertain] nothing was recorded.
//
// The log keeps copies of the entry's statement, body and personal data: their memory is the caller's again when
// Append returns.
//
// When ctx ends while the entry still waits its turn it is withdrawn; once its commit has begun Append waits
// for the outcome, bounded by [Config.Timeout].
func (l *Log) Append(ctx context.Context, e Entry) (Position, error) {
	p, err := l.admit(&e)
	if err == nil {
		err = l.submit(ctx, p)
	}
	if err != nil {
		return Position{}, err
	}
	return p.pos, nil
}

// AppendTogether records entries of different ids in one commit, in their order, all of them or none: what [Append]
// would refuse of one is the error of all. The position of each is given in its place.
func (l *Log) AppendTogether(ctx context.Context, entries ...Entry) ([]Position, error) {
	var first, last *pending
	for i := range entries {
		e := &entries[i]
		if slices.ContainsFunc(entries[:i], func(x Entry) bool { return x.ID == e.ID }) {
			return nil, &EntryError{e.ID, errors.New("id: another entry given with it has the same")}
		}
		p, err := l.admit(e)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = p
		} else {
			last.with = p
		}
		last = p
	}
	if first == nil {
		return nil, nil
	}
	if err := l.submit(ctx, first); err != nil {
		return nil, err
	}
	places := make([]Position, 0, len(entries))
	for p := range first.all {
		places = append(places, p.pos)
	}
	return places, nil
}

// admit prepares an entry of a caller's.
func (l *Log) admit(e *Entry) (*pending, error) {
	if l.signer == nil {
		return nil, ErrReadOnly
	}
	if e.Kind == Deletion || e.Kind == LegalHold {
		return nil, &EntryError{e.ID, fmt.Errorf("kind: %s is written by Delete, PlaceHold and LiftHold only", e.Kind)}
	}
	return l.prepare(e)
}

// submit queues an entry, with those that are recorded with it, and waits for the outcome.
func (l *Log) submit(ctx context.Context, first *pending) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := l.queue.do(ctx, first, l.cfg.MaxBatch, l.cfg.Gather, l.commit); err != nil {
		return err // the store may be at work on it still
	}
	for p := range first.all {
		room := p.room
		rooms.Put(&room)
	}
	return nil
}

// rooms are what the parts of entries are salted in: an entry's serves another when its commit has ended.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// pending is an entry on its way into the log.
type pending struct {
	entry *Entry
	row   *Row
	room  []byte   // of the row's parts
	with  *pending // what is recorded after it in the same commit, if it is
	pos   Position
	err   error // of it and what is recorded with it

	wake chan struct{} // closed when the entry is done, or when it must lead the next commit
	done bool          // set before wake is closed
}

// all yields it and what is recorded with it.
func (p *pending) all(yield func(*pending) bool) {
	for ; p != nil && yield(p); p = p.with {
	}
}

// prepare does everything that needs no lock: checks, salts, commitments.
func (l *Log) prepare(e *Entry) (*pending, error) {
	if err := e.check(l.cfg.Retention); err != nil {
		return nil, err
	}
	if e.Subject == "" {
		e.Subject = e.ID
	}
	e.Time = e.Time.Round(0).UTC() // without a monotonic reading: what is recorded is what is compared
	salts := make([]byte, PartCount*saltSize)
	if _, err := io.ReadFull(l.cfg.Rand, salts); err != nil {
		return nil, fmt.Errorf("record %q: salt: %w", e.ID, err)
	}
	row, room, err := newRow(e, salts, *rooms.Get().(*[]byte))
	if err != nil {
		return nil, &EntryError{e.ID, err}
	}
	return &pending{entry: e, row: row, room: room, wake: make(chan struct{})}, nil
}

// queue groups entries into commits. The first to arrive leads: it commits what waits, while others
// queue up behind it for the next commit, which the first of them leads. No goroutine stays behind.
type queue struct {
	mu      sync.Mutex
	waiting []*pending
	leading bool // somebody leads, or was woken to
	closed  bool
	idle    *sync.Cond // leading became false; made by close
}

func (q *queue) do(ctx context.Context, p *pending, most int, gather time.Duration, commit func([]*pending)) error {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return ErrClosed
	}
	q.waiting = append(q.waiting, p)
	lead := !q.leading
	q.leading = true
	q.mu.Unlock()
	if !lead {
		select {
		case <-p.wake:
		case <-ctx.Done():
			if q.withdraw(p) {
				return ctx.Err()
			}
			<-p.wake
		}
	}
	if p.done { // read without the lock, for which all of a batch would queue up
		return p.err
	}
	// Those whose commit just ended are about to append again: let them into this one.
	if gather > 0 {
		time.Sleep(gather)
	} else {
		runtime.Gosched()
	}
	q.mu.Lock()
	n := min(most, len(q.waiting))
	batch := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	q.mu.Unlock()

	commit(batch)

	q.mu.Lock()
	defer q.mu.Unlock()
	q.finish(batch, p)
	q.next()
	return p.err
}

// finish tells all of a batch but their leader.
func (q *queue) finish(batch []*pending, leader *pending) {
	for _, x := range batch {
		x.done = true
		if x != leader {
			close(x.wake)
		}
	}
}

// next wakes the first that waits to lead the next commit.
func (q *queue) next() {
	if q.closed {
		for _, x := range q.waiting {
			x.err = ErrClosed
		}
		q.finish(q.waiting, nil)
		q.waiting = nil
	}
	if len(q.waiting) > 0 {
		close(q.waiting[0].wake)
		return
	}
	q.leading = false
	if q.idle != nil {
		q.idle.Broadcast()
	}
}

// withdraw takes p out of the queue where its commit has not begun and it was not woken to lead.
func (q *queue) withdraw(p *pending) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-p.wake:
		return false
	default:
	}
	i := slices.Index(q.waiting, p)
	if i < 0 {
		return false
	}
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return true
}

// close keeps new entries out and waits for the leader; it reports whether the queue was open.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.closed = true
	q.idle = sync.NewCond(&q.mu)
	for q.leading {
		q.idle.Wait()
	}
	return true
}

// commit records a batch in one transaction and gives each of it its position or its error.
func (l *Log) commit(batch []*pending) {
	// One caller's cancellation must not fail the others.
	ctx, cancel := context.WithTimeout(context.Background(), l.cfg.Timeout)
	defer cancel()
	err := l.update(ctx, func(w Writer, s *session) error {
		for _, p := range batch {
			p.err = nil
		}
		return s.add(ctx, w, batch)
	})
	if err != nil {
		for _, p := range batch {
			if p.err == nil {
				p.err = fmt.Errorf("record %q: %w", p.entry.ID, err)
			}
		}
	}
}

// session is one transaction's work on the log.
type session struct {
	log    *Log
	tree   *tree
	latest time.Time
	rows   []*Row
	tiles  []*Tile
	signed []byte // the new head; nil where no row was added
}

// update runs fn in a transaction, writes what it added with a new signed head, and commits.
func (l *Log) update(ctx context.Context, fn func(Writer, *session) error) error {
	var s *session
	err := l.cfg.Store.Update(ctx, func(w Writer) error {
		known, err := l.catchUp(ctx, w)
		if err != nil {
			return err
		}
		l.mu.Lock()
		behind := known.size < l.tree.size
		s = &session{log: l, tree: known.clone(), latest: l.latest}
		l.mu.Unlock()
		if behind {
			return fmt.Errorf("%w: the store went back to %d records", ErrTampered, known.size)
		}
		if err := fn(w, s); err != nil {
			return err
		}
		return s.write(ctx, w)
	})
	if err == nil {
		var seen sight
		for _, row := range s.rows {
			seen.note(row.Kind, row.Index)
		}
		l.advance(s.tree, s.signed, s.latest, seen)
	}
	return err
}

// add gives positions to a batch; what is wrong with one entry fails only it and what is recorded with it.
func (s *session) add(ctx context.Context, w Writer, batch []*pending) error {
	ids := make([]string, 0, len(batch))
	for _, first := range batch {
		for p := range first.all {
			ids = append(ids, p.entry.ID)
		}
	}
	recorded, err := w.Find(ctx, ids)
	if err != nil {
		return err
	}
	for _, first := range batch {
		if err := s.addTogether(ctx, w, first, recorded); err != nil {
			return err
		}
	}
	return nil
}

// addTogether gives positions to an entry and what is recorded with it, where nothing is wrong with any of them.
// recorded are the positions of ids.
func (s *session) addTogether(ctx context.Context, w Writer, first *pending, recorded map[string]int64) error {
	for p := range first.all {
		err := s.look(ctx, w, p, recorded)
		if errors.Is(err, ErrConflict) || errors.Is(err, ErrClock) {
			first.err = err
			return nil
		}
		if err != nil {
			return err
		}
	}
	for p := range first.all {
		if !p.pos.Existing {
			p.pos = s.push(p)
			recorded[p.entry.ID] = p.pos.Index
		}
	}
	return nil
}

// look gives an entry the position it is recorded at already, if it is. The error wraps ErrConflict or ErrClock where
// it may not be recorded.
func (s *session) look(ctx context.Context, r Reader, p *pending, recorded map[string]int64) error {
	p.pos = Position{}
	index, ok := recorded[p.entry.ID]
	if !ok {
		if earliest := s.latest.Add(-s.log.cfg.Skew); p.entry.Time.Before(earliest) {
			return fmt.Errorf("record %q of %s, the log's latest is of %s: %w", p.entry.ID,
				p.entry.Time.UTC().Format(time.RFC3339), s.latest.Format(time.RFC3339), ErrClock)
		}
		return nil
	}
	first, err := s.row(ctx, r, index)
	if err != nil {
		return err
	}
	if !sameEntry(first, p) {
		return fmt.Errorf("record %q at %d: %w", p.entry.ID, index, ErrConflict)
	}
	p.pos = Position{Index: index, LeafHash: tlog.RecordHash(first.Leaf), Existing: true}
	return nil
}

// push appends a prepared entry to the tree.
func (s *session) push(p *pending) Position {
	hash := tlog.RecordHash(p.row.Leaf)
	p.row.Index = s.tree.size
	s.tiles = append(s.tiles, s.tree.push(hash)...)
	s.rows = append(s.rows, p.row)
	if t := p.entry.Time.UTC(); t.After(s.latest) {
		s.latest = t
	}
	return Position{Index: p.row.Index, LeafHash: hash}
}

// row is a row of the store or one that this session is about to write.
func (s *session) row(ctx context.Context, r Reader, index int64) (*Row, error) {
	if first := s.tree.size - int64(len(s.rows)); index >= first {
		return s.rows[index-first], nil
	}
	return readRow(ctx, r, index)
}

// sameEntry reports whether a recorded row holds what an entry says, its time aside: a retry is later.
func sameEntry(row *Row, p *pending) bool {
	if row.Kind != p.row.Kind {
		return false
	}
	for i := range row.Parts {
		if !bytes.Equal(row.data(i), p.row.data(i)) {
			return false
		}
	}
	return true
}

// write stores the session's rows and tiles and signs the new head.
func (s *session) write(ctx context.Context, w Writer) error {
	if len(s.rows) == 0 {
		return nil
	}
	if err := w.Insert(ctx, s.rows); err != nil {
		return err
	}
	if len(s.tiles) > 0 {
		if err := w.InsertTiles(ctx, s.tiles); err != nil {
			return err
		}
	}
	c := Checkpoint{Origin: s.log.Origin(), Size: s.tree.size, Hash: s.tree.root()}
	var err error
	if s.signed, err = c.sign(s.log.signer); err != nil {
		return err
	}
	return w.SetHead(ctx, s.signed)
}
