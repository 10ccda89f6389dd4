package record

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// Get is the record with the id, or an error that wraps [ErrNotFound].
func (l *Log) Get(ctx context.Context, id string) (rec Record, err error) {
	err = l.cfg.Store.View(ctx, func(r Reader) error {
		at, err := r.Find(ctx, []string{id})
		if err != nil {
			return err
		}
		index, ok := at[id]
		if !ok {
			return fmt.Errorf("%q: %w", id, ErrNotFound)
		}
		row, err := readRow(ctx, r, index)
		if err != nil {
			return err
		}
		if _, err := checkRow(row); err != nil {
			return err
		}
		rec, err = row.record()
		return err
	})
	return rec, err
}

// At gives the records at the indexes, in ascending order, or an error that wraps [ErrNotFound] where one is
// not there.
func (l *Log) At(ctx context.Context, indexes ...int64) (recs []Record, err error) {
	return l.list(ctx, func(Reader) ([]int64, error) { return slices.Compact(slices.Sorted(slices.Values(indexes))), nil })
}

func readRow(ctx context.Context, r Reader, index int64) (row *Row, err error) {
	err = r.Pick(ctx, []int64{index}, func(x *Row) error {
		row = x
		return nil
	})
	if err == nil && row == nil {
		err = fmt.Errorf("index %d: %w", index, ErrNotFound)
	}
	return row, err
}

// iteratePage is how many records Iterate reads in one view, so that a slow reader holds no transaction open.
const iteratePage = 256

// Iterate gives the records from an index on, in order, up to the log's end as it finds it. After an
// error it ends.
func (l *Log) Iterate(ctx context.Context, from int64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			page := make([]Record, 0, iteratePage)
			err := l.cfg.Store.View(ctx, func(r Reader) error {
				return r.Rows(ctx, from, from+iteratePage, func(row *Row) error {
					rec, err := row.record()
					page = append(page, rec)
					return err
				})
			})
			if err != nil {
				yield(Record{}, err)
				return
			}
			for _, rec := range page {
				if !yield(rec, nil) {
					return
				}
			}
			if len(page) == 0 {
				return
			}
			from = page[len(page)-1].Index + 1
		}
	}
}

// Subject gives the records of one order, case or licence, in order, except those whose facts were erased.
func (l *Log) Subject(ctx context.Context, subject string) ([]Record, error) {
	return l.list(ctx, func(r Reader) ([]int64, error) { return r.BySubject(ctx, subject) })
}

// OfKind gives the records of one kind, in order.
func (l *Log) OfKind(ctx context.Context, kind Kind) ([]Record, error) {
	return l.list(ctx, func(r Reader) ([]int64, error) { return r.ByKind(ctx, kind, 0) })
}

// IterateKind gives the records of one kind from an index on, in order, up to the log's end as it finds it. After an
// error it ends.
func (l *Log) IterateKind(ctx context.Context, kind Kind, from int64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		var at []int64
		err := l.cfg.Store.View(ctx, func(r Reader) (err error) {
			at, err = r.ByKind(ctx, kind, from)
			return err
		})
		for page := range slices.Chunk(at, iteratePage) {
			var recs []Record
			if err == nil {
				recs, err = l.At(ctx, page...)
			}
			for _, rec := range recs {
				if !yield(rec, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(Record{}, err)
		}
	}
}

func (l *Log) list(ctx context.Context, find func(Reader) ([]int64, error)) (recs []Record, err error) {
	err = l.cfg.Store.View(ctx, func(r Reader) error {
		recs, err = listRecords(ctx, r, find)
		return err
	})
	return recs, err
}

func listRecords(ctx context.Context, r Reader, find func(Reader) ([]int64, error)) ([]Record, error) {
	rows, err := listRows(ctx, r, find)
	if err != nil {
		return nil, err
	}
	recs := make([]Record, len(rows))
	for i, row := range rows {
		if recs[i], err = row.record(); err != nil {
			return nil, err
		}
	}
	return recs, nil
}

// listRows reads and checks the rows that find names.
func listRows(ctx context.Context, r Reader, find func(Reader) ([]int64, error)) ([]*Row, error) {
	at, err := find(r)
	if err != nil {
		return nil, err
	}
	rows := make([]*Row, 0, len(at))
	err = r.Pick(ctx, at, func(row *Row) error {
		if row.Index != at[len(rows)] {
			return fmt.Errorf("index %d: %w", at[len(rows)], ErrNotFound)
		}
		rows = append(rows, row)
		_, err := checkRow(row)
		return err
	})
	if err == nil && len(rows) < len(at) {
		err = fmt.Errorf("index %d: %w", at[len(rows)], ErrNotFound)
	}
	return rows, err
}

// Checkpoint is the signed head: publish it, or leave it with somebody else, and no older copy of the log
// can be put in its place unseen. It is nil while the log is empty.
func (l *Log) Checkpoint(ctx context.Context) (signed []byte, err error) {
	err = l.cfg.Store.View(ctx, func(r Reader) error {
		signed, err = r.Head(ctx)
		return err
	})
	return signed, err
}
