package sqlite

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// cell is one stored value.
type cell struct{ table, column, where string }

// flipCells are the columns that hold a log's bytes, by table; seq, level and n are changed as numbers.
var flipCells = map[string][]string{
	"records": {"seq", "id", "kind", "subject", "leaf", "facts", "statement", "body", "personal"},
	"tiles":   {"level", "n", "data"},
	"head":    {"note"},
}

func filled(t *testing.T) (path, signer, verifier string) {
	path = filepath.Join(t.TempDir(), "records.db")
	signer, verifier = storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	storetest.Fill(t, l, 0, 270)
	_, err := l.Delete(context.Background(), record.DeletionOrder{ID: "deletion/1", Time: storetest.Start.AddDate(7, 0, 0),
		By: "records officer", Reason: "term passed", Subjects: []string{"SO-00001"}})
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return path, signer, verifier
}

// TestFlippedValue changes one byte of one stored value, ORDERGATE_FLIPS times, 150 by default, and
// requires that Verify finds it.
func TestFlippedValue(t *testing.T) {
	ctx := context.Background()
	path, _, verifier := filled(t)
	store := openFile(t, path, Options{})
	l := storetest.Open(t, store, "", verifier)
	_, err := store.write.Exec("PRAGMA synchronous = OFF") // nothing here need survive a crash
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	flips := storetest.Count(t, "ORDERGATE_FLIPS", 150)
	for found := 0; found < flips; {
		table := [...]string{"records", "records", "records", "records", "tiles", "head"}[random.IntN(6)]
		column := flipCells[table][random.IntN(len(flipCells[table]))]
		var rowid string
		key := map[string]string{"records": "seq", "tiles": "level * 1000000 + n", "head": "one"}[table]
		require.NoError(t, store.write.QueryRow("SELECT "+key+" FROM "+table+" ORDER BY random() LIMIT 1").Scan(&rowid))
		where := fmt.Sprintf("%s = %s", key, rowid)
		undo, changed := flip(t, store, random, cell{table, column, where})
		if !changed {
			continue
		}
		_, err := l.Verify(ctx)
		require.ErrorIs(t, err, record.ErrTampered, "%s.%s where %s", table, column, where)
		undo()
		found++
	}
	_, err = l.Verify(ctx)
	require.NoError(t, err, "all changes were undone")
}

// flip changes one byte of a cell, or its number by one bit, and gives what changes it back.
func flip(t *testing.T, s *Store, random *rand.Rand, c cell) (undo func(), changed bool) {
	update := func(v any, where string) error {
		_, err := s.write.Exec("UPDATE "+c.table+" SET "+c.column+" = ? WHERE "+where, v)
		return err
	}
	set := func(v any, where string) { require.NoError(t, update(v, where)) }
	switch c.column {
	case "seq", "level", "n":
		var old int64
		require.NoError(t, s.write.QueryRow("SELECT "+c.column+" FROM "+c.table+" WHERE "+c.where).Scan(&old))
		now := old ^ 1<<(20+random.IntN(20)) // an index in use cannot be given twice
		set(now, c.where)
		return func() { set(old, fmt.Sprintf("%s = %d", c.column, now)) }, true
	}
	var old []byte
	require.NoError(t, s.write.QueryRow("SELECT "+c.column+" FROM "+c.table+" WHERE "+c.where).Scan(&old))
	if len(old) == 0 {
		return nil, false // erased, or there never was one
	}
	b := append([]byte(nil), old...)
	b[random.IntN(len(b))] ^= byte(1 + random.IntN(255))
	value := func(b []byte) any {
		if c.column == "id" || c.column == "kind" || c.column == "subject" {
			return string(b)
		}
		return b
	}
	if update(value(b), c.where) != nil {
		return nil, false // another record has the id that this made
	}
	return func() { set(value(old), c.where) }, true
}

// TestFlippedFile changes one byte anywhere in the file, ORDERGATE_FILE_FLIPS times, 40 by default. SQLite's pages have room that holds nothing, so
// the requirement is: it is found, or what can be read is the same to the last byte.
func TestFlippedFile(t *testing.T) {
	ctx := context.Background()
	path, _, verifier := filled(t)
	original, err := os.ReadFile(path)
	require.NoError(t, err)
	want := digest(t, path)
	random := rand.New(rand.NewPCG(3, 4))
	copyPath := filepath.Join(t.TempDir(), "copy.db")
	found, flips := 0, storetest.Count(t, "ORDERGATE_FILE_FLIPS", 40)
	for range flips {
		b := append([]byte(nil), original...)
		at := random.IntN(len(b))
		b[at] ^= byte(1 + random.IntN(255))
		require.NoError(t, os.WriteFile(copyPath, b, 0o600))
		if verifyFile(ctx, copyPath, verifier) != nil {
			found++
			continue
		}
		require.Equal(t, want, digest(t, copyPath), "byte %d was changed unseen", at)
	}
	t.Logf("%d of %d changed bytes found, the others hold nothing", found, flips)
}

func verifyFile(ctx context.Context, path, verifier string) error {
	s, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := record.Open(ctx, record.Config{Store: s, Verifier: verifier})
	if err != nil {
		return err
	}
	_, err = l.Verify(ctx)
	return err
}

// digest is over every value that the log keeps in the file.
func digest(t *testing.T, path string) [sha256.Size]byte {
	s := openFile(t, path, Options{ReadOnly: true})
	defer s.Close()
	var all strings.Builder
	require.NoError(t, s.View(context.Background(), func(r record.Reader) error {
		head, err := r.Head(context.Background())
		require.NoError(t, err)
		fmt.Fprintf(&all, "%q\n", head)
		require.NoError(t, r.Rows(context.Background(), 0, 1<<40, func(row *record.Row) error {
			fmt.Fprintf(&all, "%d %q %q %q %q %q\n", row.Index, row.ID, row.Kind, row.Subject, row.Leaf, row.Parts)
			return nil
		}))
		return r.Tiles(context.Background(), func(tile *record.Tile) error {
			fmt.Fprintf(&all, "%d %d %x\n", tile.Level, tile.Index, tile.Data)
			return nil
		})
	}))
	return sha256.Sum256([]byte(all.String()))
}
