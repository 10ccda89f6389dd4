// Package sqlite keeps a record log in one SQLite file (modernc.org/sqlite, no cgo).
//
// The file is in WAL mode with synchronous FULL: a commit is one fsync of the WAL, and what is committed
// survives a crash of the process and of the machine, as far as the disk keeps its word. Several processes
// of one machine may share the file; a network file system must not hold it. Cleared bytes are overwritten
// (secure_delete). The store is the log's only writer: tables are not to be changed by hand, and
// [record.Log.Verify] finds where they were.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/ordergate/ordergate/icp/record"
)

// Options are how a file is opened. The zero value is for a service that appends.
type Options struct {
	// ReadOnly opens an existing file and writes nothing, not even beside it.
	ReadOnly bool
	// LockWait is how long a commit waits for another process that holds the lock. Zero means 5 seconds.
	LockWait time.Duration
}

// Store is an open file. It implements [record.Store] and [record.Queue].
type Store struct {
	path  string
	write *sql.DB // one connection; nil where read-only
	read  *sql.DB
	// writing and reading are the queries prepared for each.
	writing, reading statements
}

// readers is how many reading transactions there are at a time. Their connections stay open.
const readers = 8

var (
	_ record.Store = (*Store)(nil)
	_ record.Queue = (*Store)(nil)
)

// Open opens the file at path, or makes it, and brings an older schema up to this version's. Errors wrap
// record.ErrLocked, ErrReadOnly, ErrFull, ErrSchema or ErrTampered, or fs.ErrNotExist for a file to be read only.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	if opt.LockWait == 0 {
		opt.LockWait = 5 * time.Second
	}
	s := &Store{path: path}
	if err := s.open(ctx, opt); err != nil {
		s.Close()
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), explain(err))
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, opt Options) (err error) {
	if opt.ReadOnly {
		if _, err := os.Stat(s.path); err != nil {
			return err
		}
		query := "mode=ro"
		if _, err := os.Stat(s.path + "-wal"); errors.Is(err, fs.ErrNotExist) {
			// Nobody has the file open: it can be read where no file may be made beside it.
			query = "immutable=1"
		}
		if s.read, err = sql.Open("sqlite", s.dsn(opt, query)); err != nil {
			return err
		}
		if err := checkSchema(ctx, s.read); err != nil {
			return err
		}
		s.reading, err = prepare(ctx, s.read, readQueries)
		return err
	}
	s.write, err = sql.Open("sqlite", s.dsn(opt, "_txlock=immediate", "_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)", "_pragma=secure_delete(1)", "_pragma=cache_size(-16384)"))
	if err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := migrate(ctx, s.write, migrations); err != nil {
		return err
	}
	if s.writing, err = prepare(ctx, s.write, writeQueries); err != nil {
		return err
	}
	if s.read, err = sql.Open("sqlite", s.dsn(opt, "mode=ro")); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	s.reading, err = prepare(ctx, s.read, readQueries)
	return err
}

// dsn is the data source name with the lock wait first: the other pragmas need it already.
func (s *Store) dsn(opt Options, params ...string) string {
	wait := fmt.Sprintf("_pragma=busy_timeout(%d)", opt.LockWait.Milliseconds())
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: s.path}).EscapedPath(), RawQuery: strings.Join(append([]string{wait}, params...), "&")}
	return u.String()
}

// Close closes the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} { // the writer last: it empties the WAL
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// View implements [record.Store].
func (s *Store) View(ctx context.Context, fn func(record.Reader) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback() // nothing was written
	return explain(fn(reader{tx, s.reading}))
}

// Update implements [record.Store].
func (s *Store) Update(ctx context.Context, fn func(record.Writer) error) error {
	if s.write == nil {
		return record.ErrReadOnly
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := fn(writer{reader{tx, s.writing}}); err != nil {
		return explain(errors.Join(err, tx.Rollback()))
	}
	err = tx.Commit()
	if e := (*sqlite.Error)(nil); errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_IOERR {
		// The last frame may have reached the WAL before its fsync failed; whoever opens the file next finds it.
		return fmt.Errorf("%w: %w", record.ErrUncertain, err)
	}
	return explain(err)
}

// Check implements [record.Store] by SQLite's integrity check.
func (s *Store) Check(ctx context.Context) error {
	if err := checkSchema(ctx, s.read); err != nil {
		return explain(err)
	}
	rows, err := s.read.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	var errs []error
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return explain(err)
		}
		if text != "ok" {
			errs = append(errs, fmt.Errorf("%w: %s", record.ErrTampered, text))
		}
	}
	return errors.Join(append(errs, explain(rows.Err()))...)
}

// Purge implements [record.Store]: it moves the WAL into the file and cuts it to nothing.
func (s *Store) Purge(ctx context.Context) error {
	if s.write == nil {
		return record.ErrReadOnly
	}
	var busy, pages, moved int
	err := s.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = fmt.Errorf("%w: a reader keeps the old pages", record.ErrLocked)
	}
	return explain(err)
}

// explain wraps what SQLite reports in the condition that it means.
func explain(err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	for _, known := range []error{record.ErrLocked, record.ErrFull, record.ErrReadOnly, record.ErrSchema, record.ErrTampered} {
		if errors.Is(err, known) {
			return err
		}
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("%w: %w", record.ErrLocked, err)
	case lib.SQLITE_FULL:
		return fmt.Errorf("%w: %w", record.ErrFull, err)
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return fmt.Errorf("%w: %w", record.ErrReadOnly, err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w", record.ErrTampered, err)
	}
	return err
}
