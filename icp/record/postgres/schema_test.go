//go:build unix

package postgres

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// TestMigrate takes a schema one step further, as the next version will.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	schema, s := fresh(t)
	signer, verifier := storetest.Keys(t)
	st := open(t, s, Options{Schema: schema})
	l := storetest.Open(t, st, signer, verifier)
	storetest.Fill(t, l, 0, 3)

	broken := append(append([]string(nil), migrations...), "CREATE TABLE more (a text); CREATE TABLE more (a text)")
	require.ErrorIs(t, migrate(ctx, st.pool, schema, broken), record.ErrSchema)
	_, err := l.Verify(ctx)
	require.NoError(t, err, "a step that fails leaves the schema as it was")
	next := append(append([]string(nil), migrations...), "CREATE TABLE more (a text)")
	require.NoError(t, migrate(ctx, st.pool, schema, next))
	require.NoError(t, migrate(ctx, st.pool, schema, next), "and is taken once")
	_, err = l.Get(ctx, storetest.Entry(2).ID)
	require.NoError(t, err)

	_, err = Open(ctx, s.Conn, Options{Schema: schema})
	require.ErrorIs(t, err, record.ErrSchema, "this version does not open a newer schema")
	_, err = l.Verify(ctx)
	require.ErrorIs(t, err, record.ErrSchema)
}

func TestLocked(t *testing.T) {
	ctx := context.Background()
	schema, s := fresh(t)
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, open(t, s, Options{Schema: schema, LockWait: 50 * time.Millisecond}), signer, verifier)
	_, err := l.Append(ctx, storetest.Entry(0))
	require.NoError(t, err)
	conn, err := pgx.Connect(ctx, s.Conn)
	require.NoError(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "BEGIN; SELECT version FROM "+schema+".meta FOR UPDATE")
	require.NoError(t, err)
	_, err = l.Append(ctx, storetest.Entry(1))
	require.ErrorIs(t, err, record.ErrLocked)
	_, err = conn.Exec(ctx, "ROLLBACK")
	require.NoError(t, err)
	_, err = l.Append(ctx, storetest.Entry(1))
	require.NoError(t, err)
}
