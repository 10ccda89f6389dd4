package sqlite

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// mount gives a directory on a file system of its own.
func mount(t *testing.T, size string) (dir string) {
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("needs a file system of its own, and so the right to mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	dir := mount(t, "1m")
	signer, verifier := storetest.Keys(t)
	path := filepath.Join(dir, "records.db")
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	n, err := appendUntil(l)
	require.ErrorIs(t, err, record.ErrFull)
	require.Positive(t, n)
	v, err := l.Verify(context.Background())
	require.NoError(t, err)
	require.Equal(t, int64(n), v.Records)
	require.NoError(t, l.Close())
}

// TestFileLimit lets a write fail as a broken disk does: with an error that is not that of a full disk.
func TestFileLimit(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	var usual syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &usual))
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 400_000, Max: usual.Max}))
	n, err := appendUntil(l)
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &usual))
	require.ErrorIs(t, err, record.ErrUncertain)
	require.ErrorContains(t, err, "disk I/O error")
	require.Positive(t, n)

	e := storetest.Entry(n)
	e.Time = storetest.Start
	_, err = l.Append(context.Background(), e)
	require.NoError(t, err, "appending again settles it")
	require.NoError(t, l.Close())
	l = storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	v, err := l.Verify(context.Background())
	require.NoError(t, err)
	require.Equal(t, int64(n+1), v.Records)
}

func TestReadOnlyDirectory(t *testing.T) {
	ctx := context.Background()
	root := os.Getuid() == 0 // who writes whatever the mode
	dir := t.TempDir()
	if root {
		dir = mount(t, "4m")
	}
	path := filepath.Join(dir, "records.db")
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	storetest.Fill(t, l, 0, 3)
	require.NoError(t, l.Close())
	if root {
		require.NoError(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	} else {
		require.NoError(t, os.Chmod(dir, 0o500))
		defer os.Chmod(dir, 0o700)
	}

	for _, name := range []string{"records.db", "new.db"} {
		_, err := Open(ctx, filepath.Join(dir, name), Options{})
		require.ErrorIs(t, err, record.ErrReadOnly, name)
	}
	l = storetest.Open(t, openFile(t, path, Options{ReadOnly: true}), "", verifier)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(3), v.Records)
}
