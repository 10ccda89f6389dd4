package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ordergate/ordergate/icp/record"
)

// migrations lead from each schema version to the next; the version is how many were applied. One that was
// released is never changed.
var migrations = []string{
	`CREATE TABLE records (
		seq       bigint PRIMARY KEY,
		id        text COLLATE "C" NOT NULL UNIQUE,
		kind      text COLLATE "C" NOT NULL,
		subject   text COLLATE "C",
		leaf      bytea NOT NULL,
		facts     bytea,
		statement bytea,
		body      bytea,
		personal  bytea
	);
	CREATE INDEX records_subject ON records (subject, seq) WHERE subject IS NOT NULL;
	CREATE INDEX records_kind ON records (kind, seq);
	CREATE TABLE tiles (
		level integer NOT NULL,
		n     bigint NOT NULL,
		data  bytea NOT NULL,
		PRIMARY KEY (level, n)
	);
	CREATE TABLE head (one integer PRIMARY KEY CHECK (one = 1), note bytea NOT NULL);
	CREATE TABLE tasks (
		id         text COLLATE "C" PRIMARY KEY,
		kind       text COLLATE "C" NOT NULL,
		payload    bytea NOT NULL,
		not_before bigint NOT NULL,
		lease      bigint NOT NULL,
		worker     text NOT NULL,
		attempts   integer NOT NULL
	);
	CREATE INDEX tasks_due ON tasks (kind, not_before, id);`,
}

// migrationLock is the advisory lock under which a schema is made or changed.
const migrationLock = 0x6f726472

// migrate brings a schema up to the last of the steps, in one transaction.
func migrate(ctx context.Context, pool *pgxpool.Pool, schema string, steps []string) error {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // after a commit it does nothing
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", migrationLock); err != nil {
		return err
	}
	var there bool
	if err := tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", schema+".meta").Scan(&there); err != nil {
		return err
	}
	version := 0
	if there {
		if version, err = schemaVersion(ctx, tx); err != nil {
			return err
		}
	} else if _, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema+
		"; CREATE TABLE meta (one integer PRIMARY KEY CHECK (one = 1), version integer NOT NULL); INSERT INTO meta VALUES (1, 0)"); err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w: version %d, this program reads up to %d", record.ErrSchema, version, len(steps))
	}
	if version == len(steps) {
		return nil
	}
	for _, step := range steps[version:] {
		if _, err := tx.Exec(ctx, step); err != nil {
			return fmt.Errorf("%w: %w", record.ErrSchema, err)
		}
	}
	if _, err := tx.Exec(ctx, "UPDATE meta SET version = $1", len(steps)); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// checkSchema accepts a schema of exactly this version.
func checkSchema(ctx context.Context, tx pgx.Tx) error {
	version, err := schemaVersion(ctx, tx)
	if err == nil && version != len(migrations) {
		err = fmt.Errorf("%w: version %d", record.ErrSchema, version)
	}
	return err
}

func schemaVersion(ctx context.Context, tx pgx.Tx) (version int, err error) {
	err = tx.QueryRow(ctx, "SELECT version FROM meta").Scan(&version)
	return version, err
}
