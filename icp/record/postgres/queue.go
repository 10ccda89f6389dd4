package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ordergate/ordergate/icp/record"
)

// Times of tasks are microseconds of the Unix epoch; a lease of 0 is held by nobody.

// Put implements [record.Queue].
func (s *Store) Put(ctx context.Context, tasks ...record.Task) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		for _, t := range tasks {
			_, err := tx.Exec(ctx, `INSERT INTO tasks (id, kind, payload, not_before, lease, worker, attempts)
				VALUES ($1, $2, $3, $4, 0, '', 0) ON CONFLICT (id) DO NOTHING`, t.ID, t.Kind, append([]byte{}, t.Payload...), t.NotBefore.UnixMicro())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Claim implements [record.Queue]. Workers that claim at the same time pass over each other's tasks.
func (s *Store) Claim(ctx context.Context, kind, worker string, now time.Time, lease time.Duration, most int) (tasks []record.Task, err error) {
	err = s.change(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `UPDATE tasks SET lease = $1, worker = $2, attempts = attempts + 1 WHERE id IN (
				SELECT id FROM tasks WHERE kind = $3 AND not_before <= $4 AND lease <= $4 ORDER BY not_before, id LIMIT $5
				FOR UPDATE SKIP LOCKED)
			RETURNING id, kind, payload, not_before, attempts`, now.Add(lease).UnixMicro(), worker, kind, now.UnixMicro(), most)
		if err != nil {
			return err
		}
		tasks, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t record.Task, err error) {
			var notBefore int64
			err = row.Scan(&t.ID, &t.Kind, (*[]byte)(&t.Payload), &notBefore, &t.Attempts)
			t.NotBefore = time.UnixMicro(notBefore).UTC()
			return t, err
		})
		return err
	})
	slices.SortFunc(tasks, func(a, b record.Task) int {
		return cmp.Or(a.NotBefore.Compare(b.NotBefore), strings.Compare(a.ID, b.ID))
	})
	return tasks, err
}

// Finish implements [record.Queue].
func (s *Store) Finish(ctx context.Context, id, worker string) error {
	return s.held(ctx, id, "DELETE FROM tasks WHERE id = $1 AND worker = $2", id, worker)
}

// Return implements [record.Queue].
func (s *Store) Return(ctx context.Context, id, worker string, notBefore time.Time) error {
	return s.held(ctx, id, "UPDATE tasks SET lease = 0, worker = '', not_before = $3 WHERE id = $1 AND worker = $2",
		id, worker, notBefore.UnixMicro())
}

// held runs a statement that must change one task.
func (s *Store) held(ctx context.Context, id, query string, args ...any) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, query, args...)
		if err == nil && tag.RowsAffected() == 0 {
			err = fmt.Errorf("task %q: %w", id, record.ErrNotFound)
		}
		return err
	})
}
