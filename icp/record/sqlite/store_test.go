package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// fresh makes a database for a test.
func fresh(t *testing.T) func() record.Store {
	path := filepath.Join(t.TempDir(), "records.db")
	return func() record.Store { return openFile(t, path, Options{}) }
}

func openFile(t testing.TB, path string, opt Options) *Store {
	s, err := Open(context.Background(), path, opt)
	require.NoError(t, err)
	return s
}

func TestConformance(t *testing.T) { storetest.Run(t, fresh) }

func TestQueue(t *testing.T) {
	s := fresh(t)()
	defer s.Close()
	storetest.RunQueue(t, s.(*Store))
}
