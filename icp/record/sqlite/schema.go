package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/ordergate/ordergate/icp/record"
)

// applicationID marks the file as a record log: the letters "ordr".
const applicationID = 0x6f726472

// migrations lead from each schema version to the next; the version is how many were applied. One that was
// released is never changed.
var migrations = []string{
	`CREATE TABLE records (
		seq       INTEGER PRIMARY KEY,
		id        TEXT NOT NULL UNIQUE,
		kind      TEXT NOT NULL,
		subject   TEXT,
		leaf      BLOB NOT NULL,
		facts     BLOB,
		statement BLOB,
		body      BLOB,
		personal  BLOB
	) STRICT;
	CREATE INDEX records_subject ON records (subject, seq) WHERE subject IS NOT NULL;
	CREATE INDEX records_kind ON records (kind, seq);
	CREATE TABLE tiles (
		level INTEGER NOT NULL,
		n     INTEGER NOT NULL,
		data  BLOB NOT NULL,
		PRIMARY KEY (level, n)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), note BLOB NOT NULL) STRICT;
	CREATE TABLE tasks (
		id         TEXT PRIMARY KEY,
		kind       TEXT NOT NULL,
		payload    BLOB NOT NULL,
		not_before INTEGER NOT NULL,
		lease      INTEGER NOT NULL,
		worker     TEXT NOT NULL,
		attempts   INTEGER NOT NULL
	) STRICT;
	CREATE INDEX tasks_due ON tasks (kind, not_before, id);`,
}

// migrate brings a file up to the last of the steps, in one transaction.
func migrate(ctx context.Context, db *sql.DB, steps []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit it does nothing
	app, version, err := schemaVersion(ctx, tx)
	if err != nil {
		return err
	}
	if app != applicationID {
		var tables int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
			return err
		}
		if app != 0 || version != 0 || tables != 0 {
			return fmt.Errorf("%w: not a record log", record.ErrSchema)
		}
	}
	if version > len(steps) {
		return fmt.Errorf("%w: version %d, this program reads up to %d", record.ErrSchema, version, len(steps))
	}
	if app == applicationID && version == len(steps) {
		return nil
	}
	for _, step := range steps[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("%w: %w", record.ErrSchema, err)
		}
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(steps))
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return err
	}
	return tx.Commit()
}

// checkSchema accepts a file of exactly this version.
func checkSchema(ctx context.Context, db *sql.DB) error {
	app, version, err := schemaVersion(ctx, db)
	if err != nil {
		return err
	}
	if app != applicationID || version != len(migrations) {
		return fmt.Errorf("%w: application %#x, version %d", record.ErrSchema, app, version)
	}
	return nil
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func schemaVersion(ctx context.Context, q querier) (app, version int, err error) {
	if err := q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, 0, err
	}
	err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return app, version, err
}
