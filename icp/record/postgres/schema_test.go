//go:build unix

package postgres

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// fixture is not the -update of golden files: v1.sql is written once, by the version that it is of.
var fixture = flag.Bool("fixture", false, "write testdata/v1.sql and its keys anew")

// writeFixture writes a log of 261 records, all but the first four of them bare, as SQL.
func writeFixture(t *testing.T, file, keyFile string) {
	ctx := context.Background()
	schema, s := fresh(t)
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier)
	storetest.Fill(t, l, 0, 4)
	storetest.FillWith(t, l, 4, 260, func(i int) record.Entry {
		return record.Entry{ID: storetest.Entry(i).ID, Kind: record.Report}
	})
	_, err := l.Delete(ctx, record.DeletionOrder{ID: "deletion/1", Time: storetest.Start.AddDate(7, 0, 0),
		By: "records officer", Reason: "term passed", Subjects: []string{"SO-00001"}})
	require.NoError(t, err)
	sql, err := s.Dump(schema)
	require.NoError(t, err)
	sql = regexp.MustCompile(`(?m)^(--.*|\\.*|)\n`).ReplaceAll(sql, nil) // comments, and commands of psql
	sql = bytes.ReplaceAll(sql, []byte(schema), []byte(fixtureSchema))
	require.NoError(t, errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, sql, 0o644),
		os.WriteFile(keyFile, []byte(signer+"\n"+verifier+"\n"), 0o600)))
}

// fixtureSchema stands in v1.sql for the schema's name.
const fixtureSchema = "ordergate_fixture"

// TestVersion1 opens what version 1 of the schema wrote, and appends to it. Later versions must do so too.
func TestVersion1(t *testing.T) {
	ctx := context.Background()
	file, keyFile := filepath.Join("testdata", "v1.sql"), filepath.Join("testdata", "v1.keys")
	schema, s := fresh(t)
	if *fixture {
		writeFixture(t, file, keyFile)
	}
	keys, err := os.ReadFile(keyFile) // of this log only
	require.NoError(t, err)
	signer, verifier, _ := strings.Cut(strings.TrimSpace(string(keys)), "\n")
	sql, err := os.ReadFile(file)
	require.NoError(t, err)
	conn, err := pgx.Connect(ctx, s.Conn)
	require.NoError(t, err)
	_, err = conn.Exec(ctx, strings.ReplaceAll(string(sql), fixtureSchema, schema))
	require.NoError(t, errors.Join(err, conn.Close(ctx)))

	l := storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier)
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
