package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// fixture is not the -update of golden files: v1.db is written once, by the version that it is of.
var fixture = flag.Bool("fixture", false, "write testdata/v1.db and its keys anew")

// TestVersion1 opens a file that version 1 of the schema wrote, and appends to a copy. The file is kept:
// later versions must open it too.
func TestVersion1(t *testing.T) {
	ctx := context.Background()
	file, keyFile := filepath.Join("testdata", "v1.db"), filepath.Join("testdata", "v1.keys")
	if *fixture {
		signer, verifier := storetest.Keys(t)
		require.NoError(t, errors.Join(os.RemoveAll(file), os.MkdirAll("testdata", 0o755)))
		l := storetest.Open(t, openFile(t, file, Options{}), signer, verifier)
		storetest.Fill(t, l, 0, 260)
		_, err := l.Delete(ctx, record.DeletionOrder{ID: "deletion/1", Time: storetest.Start.AddDate(7, 0, 0),
			By: "records officer", Reason: "term passed", Subjects: []string{"SO-00001"}})
		require.NoError(t, err)
		require.NoError(t, l.Close())
		require.NoError(t, os.WriteFile(keyFile, []byte(signer+"\n"+verifier+"\n"), 0o600))
	}
	keys, err := os.ReadFile(keyFile) // of this file only
	require.NoError(t, err)
	signer, verifier, _ := strings.Cut(strings.TrimSpace(string(keys)), "\n")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "records.db")
	require.NoError(t, os.WriteFile(path, data, 0o600))

	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(261), v.Records)
	require.Equal(t, int64(8), v.Erased)
	e := storetest.Entry(0)
	e.ID, e.Time = "next", storetest.Start.AddDate(8, 0, 0)
	_, err = l.Append(ctx, e)
	require.NoError(t, err)
	_, err = l.Verify(ctx)
	require.NoError(t, err)
}

// TestMigrate takes a file one step further, as the next version will.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	storetest.Fill(t, l, 0, 3)
	require.NoError(t, l.Close())

	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	defer db.Close()
	broken := append(append([]string(nil), migrations...), "CREATE TABLE more (a TEXT) STRICT; CREATE TABLE more (a TEXT)")
	require.ErrorIs(t, migrate(ctx, db, broken), record.ErrSchema)
	require.NoError(t, checkSchema(ctx, db), "a step that fails leaves the file as it was")
	next := append(append([]string(nil), migrations...), "CREATE TABLE more (a TEXT) STRICT")
	require.NoError(t, migrate(ctx, db, next))
	require.NoError(t, migrate(ctx, db, next), "and is taken once")
	var n int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM records").Scan(&n))
	require.Equal(t, 3, n)

	_, err = Open(ctx, path, Options{})
	require.ErrorIs(t, err, record.ErrSchema, "this version does not open a newer file")
	_, err = Open(ctx, path, Options{ReadOnly: true})
	require.ErrorIs(t, err, record.ErrSchema)
}

func TestNotALog(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE orders (id TEXT)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	_, err = Open(ctx, path, Options{})
	require.ErrorIs(t, err, record.ErrSchema)

	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600))
	_, err = Open(ctx, path, Options{})
	require.ErrorIs(t, err, record.ErrTampered)
}
