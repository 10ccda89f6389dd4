package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/ordergate/ordergate/icp/record"
)

// partColumns are the columns of record.Row.Parts, by place.
var partColumns = [record.PartCount]string{"facts", "statement", "body", "personal"}

// The queries of a log, each prepared once a connection: to read SQL costs more than most of them.
const (
	selectHead   = "SELECT note FROM head"
	selectRows   = "SELECT seq, id, kind, subject, leaf, facts, statement, body, personal FROM records WHERE "
	selectRange  = selectRows + "seq >= ? AND seq < ? ORDER BY seq"
	selectRow    = selectRows + "seq = ?"
	findIDs      = "SELECT id, seq FROM records WHERE id IN (SELECT value FROM json_each(?))"
	findSubject  = "SELECT seq FROM records WHERE subject = ? ORDER BY seq"
	findKind     = "SELECT seq FROM records WHERE kind = ? AND seq >= ? ORDER BY seq"
	selectTile   = "SELECT data FROM tiles WHERE level = ? AND n = ?"
	selectTiles  = "SELECT level, n, data FROM tiles ORDER BY level, n"
	insertRecord = "INSERT INTO records (seq, id, kind, subject, leaf, facts, statement, body, personal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	insertTile   = "INSERT INTO tiles (level, n, data) VALUES (?, ?, ?)"
	setHead      = "INSERT INTO head (one, note) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET note = excluded.note"
)

var (
	readQueries  = []string{selectHead, selectRange, selectRow, findIDs, findSubject, findKind, selectTile, selectTiles}
	writeQueries = append([]string{insertRecord, insertTile, setHead}, readQueries...)
)

// statements are the prepared queries of a database.
type statements map[string]*sql.Stmt

// prepare prepares queries. It takes a connection: inside a transaction of the only one it would wait for ever.
func prepare(ctx context.Context, db *sql.DB, queries []string) (statements, error) {
	s := make(statements, len(queries))
	for _, q := range queries {
		stmt, err := db.PrepareContext(ctx, q)
		if err != nil {
			return nil, err
		}
		s[q] = stmt
	}
	return s, nil
}

// reader implements [record.Reader] in one transaction.
type reader struct {
	tx   *sql.Tx
	kept statements
}

// stmt is a prepared query in the transaction.
func (r reader) stmt(ctx context.Context, query string) *sql.Stmt {
	return r.tx.StmtContext(ctx, r.kept[query])
}

// brief is the context of a statement that touches a few pages. To be able to stop it in between the driver would start
// a goroutine for each; it is not begun when ctx is over.
func brief(ctx context.Context) (context.Context, error) {
	return context.WithoutCancel(ctx), ctx.Err()
}

func (r reader) Head(ctx context.Context) (note []byte, err error) {
	if ctx, err = brief(ctx); err != nil {
		return nil, err
	}
	err = r.stmt(ctx, selectHead).QueryRowContext(ctx).Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return note, err
}

func (r reader) Rows(ctx context.Context, from, to int64, fn func(*record.Row) error) error {
	rows, err := r.stmt(ctx, selectRange).QueryContext(ctx, from, to)
	if err != nil {
		return err
	}
	return eachRow(rows, fn)
}

func (r reader) Pick(ctx context.Context, indexes []int64, fn func(*record.Row) error) error {
	pick := r.stmt(ctx, selectRow)
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
	ctx, err := brief(ctx)
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := r.stmt(ctx, findIDs).QueryContext(ctx, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[string]int64)
	for rows.Next() {
		var id string
		var seq int64
		if err := rows.Scan(&id, &seq); err != nil {
			return nil, err
		}
		found[id] = seq
	}
	return found, rows.Err()
}

func (r reader) BySubject(ctx context.Context, subject string) ([]int64, error) {
	return r.indexes(ctx, findSubject, subject)
}

func (r reader) ByKind(ctx context.Context, kind record.Kind, from int64) ([]int64, error) {
	return r.indexes(ctx, findKind, string(kind), from)
}

func (r reader) indexes(ctx context.Context, query string, args ...any) (seqs []int64, err error) {
	rows, err := r.stmt(ctx, query).QueryContext(ctx, args...)
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
	err = r.stmt(ctx, selectTile).QueryRowContext(ctx, level, index).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, err
}

func (r reader) Tiles(ctx context.Context, fn func(*record.Tile) error) error {
	rows, err := r.stmt(ctx, selectTiles).QueryContext(ctx)
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
	ctx, err := brief(ctx)
	if err != nil {
		return err
	}
	insert := w.stmt(ctx, insertRecord)
	for _, r := range rows {
		p := r.Parts
		if _, err := insert.ExecContext(ctx, r.Index, r.ID, string(r.Kind), r.Subject, r.Leaf, p[0], p[1], p[2], p[3]); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) InsertTiles(ctx context.Context, tiles []*record.Tile) error {
	insert := w.stmt(ctx, insertTile)
	for _, t := range tiles {
		if _, err := insert.ExecContext(ctx, t.Level, t.Index, t.Data); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) SetHead(ctx context.Context, note []byte) error {
	ctx, err := brief(ctx)
	if err != nil {
		return err
	}
	_, err = w.stmt(ctx, setHead).ExecContext(ctx, note)
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
