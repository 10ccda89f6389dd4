package sqlite

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("needs a file system of its own, and so the right to mount one: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
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
