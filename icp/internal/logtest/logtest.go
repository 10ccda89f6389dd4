// Package logtest opens record logs for the tests of what is kept in them.
package logtest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/stretchr/testify/require"
)

// New is an empty log that is closed when the test ends.
func New(t testing.TB) *record.Log {
	t.Helper()
	return opener(t)()
}

// Two are two logs on one store, as of two processes.
func Two(t testing.TB) (*record.Log, *record.Log) {
	t.Helper()
	open := opener(t)
	return open(), open()
}

// opener begins a store, and opens logs on it that are closed when the test ends.
func opener(t testing.TB) func() *record.Log {
	t.Helper()
	signer, verifier, err := record.GenerateKey("works.example/records")
	require.NoError(t, err)
	path := filepath.Join(folder(t), "records.db")
	return func() *record.Log {
		t.Helper()
		store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		require.NoError(t, err)
		log, err := record.Open(context.Background(), record.Config{
			Store: store, Signer: signer, Verifier: verifier,
			Skew: 2000 * time.Hour, // many threads of a test go through the same hours
		})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, log.Close()) })
		return log
	}
}

// folder is in memory where the system has such a place: that records outlast a crash is package record's to test,
// and waiting for a disk is most of what these tests would do.
func folder(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "ordergate-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}
