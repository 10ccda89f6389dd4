package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/ordergate/ordergate/icp/record"
)

// partColumns are the columns of record.Row.Parts, by place.
var partColumns = [record.PartCount]string{"facts", "statement", "body", "personal"}

// reader implements [record.Reader] in one transaction.
type reader struct{ tx pgx.Tx }

func (r reader) Head(ctx context.Context) ([]byte, error) {
	return r.bytes(ctx, "SELECT note FROM head")
}

func (r reader) Tile(ctx context.Context, level int, index int64) ([]byte, error) {
	return r.bytes(ctx, "SELECT data FROM tiles WHERE level = $1 AND n = $2", level, index)
}

// bytes is one value, or nil where there is no row.
func (r reader) bytes(ctx context.Context, query string, args ...any) (data []byte, err error) {
	err = r.tx.QueryRow(ctx, query, args...).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return data, err
}

const selectRows = "SELECT seq, id, kind, subject, leaf, facts, statement, body, personal FROM records WHERE "

func (r reader) Rows(ctx context.Context, from, to int64, fn func(*record.Row) error) error {
	return r.each(ctx, fn, selectRows+"seq >= $1 AND seq < $2 ORDER BY seq", from, to)
}

func (r reader) Pick(ctx context.Context, indexes []int64, fn func(*record.Row) error) error {
	return r.each(ctx, fn, selectRows+"seq = ANY($1) ORDER BY seq", indexes)
}

func (r reader) each(ctx context.Context, fn func(*record.Row) error, query string, args ...any) error {
	rows, err := r.tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row record.Row
		var subject *string
		p := &row.Parts
		if err := rows.Scan(&row.Index, &row.ID, (*string)(&row.Kind), &subject, &row.Leaf, &p[0], &p[1], &p[2], &p[3]); err != nil {
			return err
		}
		if subject != nil {
			row.Subject = *subject
		}
		if err := fn(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r reader) Find(ctx context.Context, ids []string) (map[string]int64, error) {
	rows, err := r.tx.Query(ctx, "SELECT id, seq FROM records WHERE id = ANY($1)", ids)
	if err != nil {
		return nil, err
	}
	found := make(map[string]int64, len(ids))
	var id string
	var seq int64
	_, err = pgx.ForEachRow(rows, []any{&id, &seq}, func() error {
		found[id] = seq
		return nil
	})
	return found, err
}

func (r reader) BySubject(ctx context.Context, subject string) ([]int64, error) {
	return r.indexes(ctx, "SELECT seq FROM records WHERE subject = $1 ORDER BY seq", subject)
}

func (r reader) ByKind(ctx context.Context, kind record.Kind, from int64) ([]int64, error) {
	return r.indexes(ctx, "SELECT seq FROM records WHERE kind = $1 AND seq >= $2 ORDER BY seq", string(kind), from)
}

func (r reader) indexes(ctx context.Context, query string, args ...any) ([]int64, error) {
	rows, err := r.tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

func (r reader) Tiles(ctx context.Context, fn func(*record.Tile) error) error {
	rows, err := r.tx.Query(ctx, "SELECT level, n, data FROM tiles ORDER BY level, n")
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
	columns := append([]string{"seq", "id", "kind", "subject", "leaf"}, partColumns[:]...)
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"records"}, columns, pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		r := rows[i]
		p := r.Parts
		return []any{r.Index, r.ID, string(r.Kind), r.Subject, r.Leaf, p[0], p[1], p[2], p[3]}, nil
	}))
	return err
}

func (w writer) InsertTiles(ctx context.Context, tiles []*record.Tile) error {
	for _, t := range tiles {
		if _, err := w.tx.Exec(ctx, "INSERT INTO tiles (level, n, data) VALUES ($1, $2, $3)", t.Level, t.Index, t.Data); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) SetHead(ctx context.Context, note []byte) error {
	_, err := w.tx.Exec(ctx, "INSERT INTO head (one, note) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET note = excluded.note", note)
	return err
}

func (w writer) Clear(ctx context.Context, index int64, parts []int) error {
	for _, p := range parts {
		set := partColumns[p] + " = NULL"
		if partColumns[p] == "facts" {
			set += ", subject = NULL"
		}
		if _, err := w.tx.Exec(ctx, "UPDATE records SET "+set+" WHERE seq = $1", index); err != nil {
			return err
		}
	}
	return nil
}
