package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
)

// Times of tasks are microseconds of the Unix epoch; a lease of 0 is held by nobody.

// Put implements [record.Queue].
func (s *Store) Put(ctx context.Context, tasks ...record.Task) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		for _, t := range tasks {
			_, err := tx.ExecContext(ctx, `INSERT INTO tasks (id, kind, payload, not_before, lease, worker, attempts)
				VALUES (?, ?, ?, ?, 0, '', 0) ON CONFLICT (id) DO NOTHING`, t.ID, t.Kind, nonNil(t.Payload), t.NotBefore.UnixMicro())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Claim implements [record.Queue]. The writer's lock keeps other workers out.
func (s *Store) Claim(ctx context.Context, kind, worker string, now time.Time, lease time.Duration, most int) (tasks []record.Task, err error) {
	err = s.change(ctx, func(tx *sql.Tx) error {
		at := now.UnixMicro()
		rows, err := tx.QueryContext(ctx, `UPDATE tasks SET lease = ?, worker = ?, attempts = attempts + 1 WHERE id IN (
				SELECT id FROM tasks WHERE kind = ? AND not_before <= ? AND lease <= ? ORDER BY not_before, id LIMIT ?)
			RETURNING id, kind, payload, not_before, attempts`, now.Add(lease).UnixMicro(), worker, kind, at, at, most)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var t record.Task
			var notBefore int64
			if err := rows.Scan(&t.ID, &t.Kind, (*[]byte)(&t.Payload), &notBefore, &t.Attempts); err != nil {
				return err
			}
			t.NotBefore = time.UnixMicro(notBefore).UTC()
			tasks = append(tasks, t)
		}
		return rows.Err()
	})
	slices.SortFunc(tasks, func(a, b record.Task) int {
		return cmp.Or(a.NotBefore.Compare(b.NotBefore), strings.Compare(a.ID, b.ID))
	})
	return tasks, err
}

// Finish implements [record.Queue].
func (s *Store) Finish(ctx context.Context, id, worker string) error {
	return s.held(ctx, id, "DELETE FROM tasks WHERE id = ? AND worker = ?", id, worker)
}

// Return implements [record.Queue].
func (s *Store) Return(ctx context.Context, id, worker string, notBefore time.Time) error {
	return s.held(ctx, id, "UPDATE tasks SET lease = 0, worker = '', not_before = ? WHERE id = ? AND worker = ?",
		notBefore.UnixMicro(), id, worker)
}

// held runs a statement that must change one task.
func (s *Store) held(ctx context.Context, id, query string, args ...any) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("task %q: %w", id, record.ErrNotFound)
		}
		return nil
	})
}

// change runs fn in a transaction of the writer.
func (s *Store) change(ctx context.Context, fn func(*sql.Tx) error) error {
	return s.Update(ctx, func(w record.Writer) error { return fn(w.(writer).tx) })
}

func nonNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
