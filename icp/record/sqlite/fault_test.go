package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// appendUntil appends until an append fails, and gives how many were acknowledged.
func appendUntil(l *record.Log) (n int, err error) {
	for ; n < 100_000; n++ {
		e := storetest.Entry(n)
		e.Time = storetest.Start
		if _, err := l.Append(context.Background(), e); err != nil {
			return n, err
		}
	}
	return n, nil
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	store := openFile(t, path, Options{})
	_, err := store.write.Exec("PRAGMA max_page_count = 100") // SQLite reports it as it does a full disk
	require.NoError(t, err)
	l := storetest.Open(t, store, signer, verifier)
	n, err := appendUntil(l)
	require.ErrorIs(t, err, record.ErrFull)
	require.Positive(t, n)
	v, err := l.Verify(context.Background())
	require.NoError(t, err)
	require.Equal(t, int64(n), v.Records)

	_, err = store.write.Exec("PRAGMA max_page_count = 1000000")
	require.NoError(t, err)
	e := storetest.Entry(n)
	_, err = l.Append(context.Background(), e)
	require.NoError(t, err, "appending goes on once there is room")
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{LockWait: 50 * time.Millisecond}), signer, verifier)
	_, err := l.Append(context.Background(), storetest.Entry(0))
	require.NoError(t, err)

	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	require.NoError(t, err)
	defer other.Close()
	tx, err := other.Begin()
	require.NoError(t, err)
	_, err = l.Append(context.Background(), storetest.Entry(1))
	require.ErrorIs(t, err, record.ErrLocked)
	_, err = l.Get(context.Background(), storetest.Entry(0).ID)
	require.NoError(t, err, "reading goes on")
	require.NoError(t, tx.Rollback())
	_, err = l.Append(context.Background(), storetest.Entry(1))
	require.NoError(t, err)
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "records.db")
	_, err := Open(ctx, path, Options{ReadOnly: true})
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(ctx, filepath.Join(dir, "no such directory", "records.db"), Options{})
	require.ErrorIs(t, err, record.ErrReadOnly)

	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	storetest.Fill(t, l, 0, 3)
	require.NoError(t, l.Close())
	l = storetest.Open(t, openFile(t, path, Options{ReadOnly: true}), signer, verifier)
	_, err = l.Verify(ctx)
	require.NoError(t, err)
	_, err = l.Append(ctx, storetest.Entry(3))
	require.ErrorIs(t, err, record.ErrReadOnly)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "reading leaves nothing behind")
}
