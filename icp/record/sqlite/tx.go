package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/ordergate/ordergate/icp/record"
)

// partColumns are the columns of record.Row.Parts, by place.
var partColumns = [record.PartCount]string{"facts", "statement", "body", "personal"}

// reader implements [record.Reader] in one transaction.
type reader struct{ tx *sql.Tx }

func (r reader) Head(ctx context.Context) (note []byte, err error) {
	err = r.tx.QueryRowContext(ctx, "SELECT note FROM head").Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return note, err
}

const selectRows = "SELECT seq, id, kind, subject, leaf, facts, statement, body, personal FROM records WHERE "

func (r reader) Rows(ctx context.Context, from, to int64, fn func(*record.Row) error) error {
	rows, err := r.tx.QueryContext(ctx, selectRows+"seq >= ? AND seq < ? ORDER BY seq", from, to)
	if err != nil {
		return err
	}
	return eachRow(rows, fn)
}

func (r reader) Pick(ctx context.Context, indexes []int64, fn func(*record.Row) error) error {
	pick, err := r.tx.PrepareContext(ctx, selectRows+"seq = ?")
	if err != nil {
		return err
	}
	defer pick.Close()
	for _, index := range indexes {
		rows, err := pick.QueryContext(ctx, index)
		if err == nil {
			err = eachRow(rows, fn)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func eachRow(rows *sql.Rows, fn func(*record.Row) error) error {
	defer rows.Close()
	for rows.Next() {
		var row record.Row
		var kind string
		var subject sql.NullString
		p := &row.Parts
		if err := rows.Scan(&row.Index, &row.ID, &kind, &subject, &row.Leaf, &p[0], &p[1], &p[2], &p[3]); err != nil {
			return err
		}
		row.Kind, row.Subject = record.Kind(kind), subject.String
		if err := fn(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r reader) Find(ctx context.Context, ids []string) (map[string]int64, error) {
	find, err := r.tx.PrepareContext(ctx, "SELECT seq FROM records WHERE id = ?")
	if err != nil {
		return nil, err
	}
	defer find.Close()
	found := make(map[string]int64, len(ids))
	for _, id := range ids {
		var seq int64
		err := find.QueryRowContext(ctx, id).Scan(&seq)
		if err == nil {
			found[id] = seq
		} else if !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return found, nil
}

func (r reader) BySubject(ctx context.Context, subject string) ([]int64, error) {
	return r.indexes(ctx, "SELECT seq FROM records WHERE subject = ? ORDER BY seq", subject)
}

func (r reader) ByKind(ctx context.Context, kind record.Kind) ([]int64, error) {
	return r.indexes(ctx, "SELECT seq FROM records WHERE kind = ? ORDER BY seq", string(kind))
}

func (r reader) indexes(ctx context.Context, query, arg string) (seqs []int64, err error) {
	rows, err := r.tx.QueryContext(ctx, query, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		seqs = append(seqs, seq)
	}
	return seqs, rows.Err()
}

func (r reader) Tile(ctx context.Context, level int, index int64) (data []byte, err error) {
	err = r.tx.QueryRowContext(ctx, "SELECT data FROM tiles WHERE level = ? AND n = ?", level, index).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, err
}

func (r reader) Tiles(ctx context.Context, fn func(*record.Tile) error) error {
	rows, err := r.tx.QueryContext(ctx, "SELECT level, n, data FROM tiles ORDER BY level, n")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var t record.Tile
		if err := rows.Scan(&t.Level, &t.Index, &t.Data); err != nil {
			return err
		}
		if err := fn(&t); err != nil {
			return err
		}
	}
	return rows.Err()
}

// writer implements [record.Writer].
type writer struct{ reader }

func (w writer) Insert(ctx context.Context, rows []*record.Row) error {
	insert, err := w.tx.PrepareContext(ctx, `INSERT INTO records
		(seq, id, kind, subject, leaf, facts, statement, body, personal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range rows {
		p := r.Parts
		if _, err := insert.ExecContext(ctx, r.Index, r.ID, string(r.Kind), r.Subject, r.Leaf, p[0], p[1], p[2], p[3]); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) InsertTiles(ctx context.Context, tiles []*record.Tile) error {
	for _, t := range tiles {
		if _, err := w.tx.ExecContext(ctx, "INSERT INTO tiles (level, n, data) VALUES (?, ?, ?)", t.Level, t.Index, t.Data); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) SetHead(ctx context.Context, note []byte) error {
	_, err := w.tx.ExecContext(ctx,
		"INSERT INTO head (one, note) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET note = excluded.note", note)
	return err
}

func (w writer) Clear(ctx context.Context, index int64, parts []int) error {
	for _, p := range parts {
		set := partColumns[p] + " = NULL"
		if partColumns[p] == "facts" {
			set += ", subject = NULL"
		}
		if _, err := w.tx.ExecContext(ctx, "UPDATE records SET "+set+" WHERE seq = ?", index); err != nil {
			return err
		}
	}
	return nil
}
