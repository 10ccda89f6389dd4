//go:build unix

package postgres

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	if !server(t).Own() {
		t.Skip("the server of ORDERGATE_TEST_POSTGRES is not this test's to fill")
	}
	grow := server(t).Tablespace(t, "small", "1m")
	schema, s := fresh(t)
	signer, verifier := storetest.Keys(t)
	store, err := Open(ctx, s.Conn+"&default_tablespace=small", Options{Schema: schema})
	require.NoError(t, err)
	l := storetest.Open(t, store, signer, verifier)
	n := 0
	for ; err == nil; n++ {
		e := storetest.Entry(n)
		var noise [50_000]byte // which the server cannot compress
		rand.Read(noise[:])
		e.Body = fmt.Appendf(nil, "\"%x\"", noise)
		_, err = l.Append(ctx, e)
	}
	require.ErrorIs(t, err, record.ErrFull)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(n-1), v.Records)

	require.NoError(t, grow("8m"))
	_, err = l.Append(ctx, storetest.Entry(n))
	require.NoError(t, err, "appending goes on once there is room")
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	schema, s := fresh(t)
	readOnly := s.Conn + "&default_transaction_read_only=on"
	_, err := Open(ctx, readOnly, Options{Schema: schema})
	require.ErrorIs(t, err, record.ErrReadOnly)

	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier)
	storetest.Fill(t, l, 0, 3)
	store, err := Open(ctx, readOnly, Options{Schema: schema})
	require.NoError(t, err)
	l = storetest.Open(t, store, signer, verifier)
	_, err = l.Append(ctx, storetest.Entry(3))
	require.ErrorIs(t, err, record.ErrReadOnly)
	v, err := l.Verify(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(3), v.Records)
}
