// Package postgres keeps a record log in a PostgreSQL database (pgx), for programmes in which several
// machines append to one log.
//
// One row, locked by each commit, makes the appending processes take turns, so that together they write one
// tree without gaps. Commits are synchronous; a server that runs with fsync off is refused. Cleared bytes
// are given up to VACUUM: they stay in free room of pages and in archived WAL until those are overwritten
// or removed, which is for the server's keeper to see to.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ordergate/ordergate/icp/record"
)

// Options are how a database is opened. The zero value is for a service that appends.
type Options struct {
	// Schema holds the log's tables. "" means "ordergate". One schema holds one log.
	Schema string
	// LockWait is how long a commit waits for other processes. Zero means 5 seconds.
	LockWait time.Duration
}

// Store is an open database. It implements [record.Store] and [record.Queue].
type Store struct {
	pool *pgxpool.Pool
}

var (
	_ record.Store = (*Store)(nil)
	_ record.Queue = (*Store)(nil)
)

// Open connects by a connection string of the libpq form or URL, makes the schema where it lacks, and brings
// an older one up to this version's. Errors wrap record.ErrSchema, ErrLocked, ErrFull or ErrReadOnly.
func Open(ctx context.Context, conn string, opt Options) (*Store, error) {
	if opt.Schema == "" {
		opt.Schema = "ordergate"
	}
	if opt.LockWait == 0 {
		opt.LockWait = 5 * time.Second
	}
	cfg, err := pgxpool.ParseConfig(conn)
	if err != nil {
		return nil, err // pgx keeps passwords out of its errors
	}
	schema := pgx.Identifier{opt.Schema}.Sanitize()
	params := cfg.ConnConfig.RuntimeParams
	params["search_path"] = schema
	params["timezone"] = "UTC"
	params["synchronous_commit"] = "on"
	params["lock_timeout"] = fmt.Sprint(opt.LockWait.Milliseconds())
	if params["application_name"] == "" {
		params["application_name"] = "ordergate"
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, explain(err)
	}
	s := &Store{pool: pool}
	if err := s.begin(ctx, schema); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open schema %s: %w", schema, explain(err))
	}
	return s, nil
}

func (s *Store) begin(ctx context.Context, schema string) error {
	var fsync string
	if err := s.pool.QueryRow(ctx, "SHOW fsync").Scan(&fsync); err != nil {
		return err
	}
	if fsync != "on" {
		return errors.New("the server runs with fsync off: it would lose acknowledged records")
	}
	return migrate(ctx, s.pool, schema, migrations)
}

// Close closes all connections.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// View implements [record.Store].
func (s *Store) View(ctx context.Context, fn func(record.Reader) error) error {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // nothing was written
	return explain(fn(reader{tx}))
}

// Update implements [record.Store].
func (s *Store) Update(ctx context.Context, fn func(record.Writer) error) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		// At this level each statement sees what was committed before it: all of it, once the lock is held.
		if _, err := tx.Exec(ctx, "SELECT version FROM meta FOR UPDATE"); err != nil {
			return err
		}
		return fn(writer{reader{tx}})
	})
}

// change runs fn in a transaction and tells a commit that failed from one whose outcome nobody heard.
func (s *Store) change(ctx context.Context, fn func(pgx.Tx) error) error {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // after a commit it does nothing
	if err := fn(tx); err != nil {
		return explain(err)
	}
	err = tx.Commit(ctx)
	var answered *pgconn.PgError
	if err != nil && !errors.As(err, &answered) && !errors.Is(err, pgx.ErrTxCommitRollback) {
		return fmt.Errorf("%w: %w", record.ErrUncertain, err)
	}
	return explain(err)
}

// Check implements [record.Store]: the schema's version, and by amcheck, where the database has it, that
// every row is in every index.
func (s *Store) Check(ctx context.Context) error {
	return s.View(ctx, func(r record.Reader) error {
		tx := r.(reader).tx
		if err := checkSchema(ctx, tx); err != nil {
			return err
		}
		var installed bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'amcheck')").Scan(&installed); err != nil || !installed {
			return err
		}
		_, err := tx.Exec(ctx, `SELECT bt_index_check(indexrelid, true) FROM pg_index
			WHERE indrelid IN ('records'::regclass, 'tiles'::regclass)`)
		return err
	})
}

// Purge implements [record.Store] by VACUUM.
func (s *Store) Purge(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, "VACUUM records")
	return explain(err)
}

// explain wraps what the server reports in the condition that it means; by SQLSTATE.
func explain(err error) error {
	var e *pgconn.PgError
	if err == nil || !errors.As(err, &e) {
		return err
	}
	wrap := func(condition error) error {
		if errors.Is(err, condition) {
			return err
		}
		return fmt.Errorf("%w: %w", condition, err)
	}
	switch e.Code {
	case "55P03", "40P01": // lock_not_available, deadlock_detected
		return wrap(record.ErrLocked)
	case "53100": // disk_full
		return wrap(record.ErrFull)
	case "25006", "42501": // read_only_sql_transaction, insufficient_privilege
		return wrap(record.ErrReadOnly)
	case "XX001", "XX002": // data_corrupted, index_corrupted
		return wrap(record.ErrTampered)
	}
	return err
}
