package record

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Config is what a log is opened with. Store and Verifier must be given.
type Config struct {
	// Store holds the log. Closing the log closes it.
	Store Store
	// Verifier is the log's public key in note form; its name is the log's origin.
	Verifier string
	// Signer is the private key in note form. Without it the log can be read and verified, not appended to.
	Signer string
	// Skew is how much earlier than the log's latest an entry's time may be: callers and machines do not
	// agree to the microsecond. Zero means one minute. After a clock that ran ahead was put right, a larger
	// skew lets appending go on.
	Skew time.Duration
	// Timeout bounds one commit. Zero means 30 seconds.
	Timeout time.Duration
	// MaxBatch is the largest number of entries that share a commit. Zero means 1024.
	MaxBatch int
	// Gather is how long a commit waits for other entries to share it. Zero takes those that wait already; a busy
	// service spares work with a few milliseconds, which each append then takes longer.
	Gather time.Duration
	// Retention are the rules by which records may be deleted. Nil means [BuiltinRetention].
	Retention Retention
	// Rand gives the salts. Nil means crypto/rand, and only a test should give another.
	Rand io.Reader
}

// Log is an open log. It is safe for concurrent use, by several processes too.
type Log struct {
	cfg      Config
	verifier note.Verifier
	signer   note.Signer // nil in a log that is only read

	queue queue // of entries that wait for a commit

	mu     sync.Mutex // guards what follows
	tree   *tree      // as of the last commit that this log made or saw; never changed in place
	signed []byte     // the head of that commit, already checked against the tree
	latest time.Time  // the latest time among the records seen
	seen   sight
}

// Position is where an entry stands.
type Position struct {
	// Index is the record's place in the tree, from 0.
	Index int64 `json:"index"`
	// LeafHash is the hash of its leaf (RFC 6962).
	LeafHash tlog.Hash `json:"leaf_hash"`
	// Existing says that the same entry had been recorded before, at this place.
	Existing bool `json:"existing,omitempty"`
}

// Open opens the log that the store holds, or begins one. It checks that the head is signed by this key and
// that the tree's right edge gives the head's hash; [Log.Verify] checks the rest. Errors wrap [ErrKey],
// [ErrTampered] or the store's own.
func Open(ctx context.Context, cfg Config) (*Log, error) {
	v, err := newVerifier(cfg.Verifier)
	if err != nil {
		return nil, err
	}
	l := &Log{verifier: v, tree: &tree{}}
	if cfg.Signer != "" {
		if l.signer, err = note.NewSigner(cfg.Signer); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrKey, err)
		}
		if l.signer.Name() != v.Name() || l.signer.KeyHash() != v.KeyHash() {
			return nil, fmt.Errorf("%w: signer and verifier are not a pair", ErrKey)
		}
	}
	if cfg.Store == nil {
		return nil, errors.New("record: no store given")
	}
	if cfg.Skew == 0 {
		cfg.Skew = time.Minute
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.MaxBatch <= 0 {
		cfg.MaxBatch = 1024
	}
	if cfg.Retention == nil {
		cfg.Retention = BuiltinRetention()
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Reader
	}
	l.cfg = cfg
	if err := l.view(ctx, func(Reader, *tree) error { return nil }); err != nil {
		return nil, err
	}
	return l, nil
}

// Close waits for the commit under way, fails the entries that still wait with [ErrClosed] and closes the store.
func (l *Log) Close() error {
	if !l.queue.close() {
		return ErrClosed
	}
	return l.cfg.Store.Close()
}

// Origin is the log's name.
func (l *Log) Origin() string { return l.verifier.Name() }

// view runs fn on one state of the store with the tree of that state.
func (l *Log) view(ctx context.Context, fn func(Reader, *tree) error) error {
	return l.cfg.Store.View(ctx, func(r Reader) error {
		t, err := l.catchUp(ctx, r)
		if err != nil {
			return err
		}
		return fn(r, t)
	})
}

// growByLeaf is up to how many records of other processes are read leaf by leaf; beyond it the tiles are quicker.
const growByLeaf = 2048

// catchUp is the tree as of the store's head, which another process may have moved on. It refuses a head that
// is not the signed root of the leaves stored. A head older than what this log has seen is let through, since
// a view may have begun before this log's last commit; update and Verify know that theirs did not.
func (l *Log) catchUp(ctx context.Context, r Reader) (*tree, error) {
	signed, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	known, checked, latest := l.tree, l.signed, l.latest
	l.mu.Unlock()
	if signed == nil {
		return &tree{}, nil
	}
	if bytes.Equal(signed, checked) {
		return known, nil
	}
	head, err := openHead(signed, l.verifier)
	if err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	if head.Size <= known.size {
		return l.olderTree(ctx, r, known, head)
	}
	var seen sight
	t, from := known.clone(), known.size
	if head.Size-from > growByLeaf {
		from = max(from, head.Size-tileWidth)
		seen.from = from
		if t, err = loadTree(ctx, r, head.Size); err != nil {
			return nil, err
		}
	}
	err = r.Rows(ctx, from, head.Size, func(row *Row) error {
		leaf, err := parseLeaf(row.Leaf)
		if err != nil {
			return fmt.Errorf("record %d: %w: %w", row.Index, ErrTampered, err)
		}
		if leaf.time.After(latest) {
			latest = leaf.time
		}
		seen.note(leaf.kind, row.Index)
		if row.Index == t.size {
			t.push(tlog.RecordHash(row.Leaf))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if t.size != head.Size || t.root() != head.Hash {
		return nil, fmt.Errorf("%w: the records are not those of the signed head of size %d", ErrTampered, head.Size)
	}
	l.advance(t, signed, latest, seen)
	return t, nil
}

// olderTree is the tree of a head that is not ahead of the known tree.
func (l *Log) olderTree(ctx context.Context, r Reader, known *tree, head Checkpoint) (*tree, error) {
	t := known
	if head.Size < known.size {
		var err error
		if t, err = loadTree(ctx, r, head.Size); err != nil {
			return nil, err
		}
	}
	if t.root() != head.Hash {
		return nil, fmt.Errorf("%w: two signed heads of size %d differ", ErrTampered, head.Size)
	}
	return t, nil
}

// advance remembers a tree that is larger than the one known, its head, and what was seen on the way there.
func (l *Log) advance(t *tree, signed []byte, latest time.Time, seen sight) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.size > l.tree.size {
		l.tree, l.signed = t, bytes.Clone(signed)
	}
	if latest.After(l.latest) {
		l.latest = latest
	}
	l.seen.add(seen)
}
