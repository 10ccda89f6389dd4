//go:build unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
	"github.com/ordergate/ordergate/internal/pgtest"
)

// started is the server once a test asked for it.
var started *pgtest.Server

func server(t testing.TB) *pgtest.Server {
	if started == nil {
		s, err := pgtest.Start()
		if err != nil {
			pgtest.Skip(t, err)
		}
		started = s
	}
	return started
}

// Variables by which TestProcesses runs this test binary as one of the processes.
const (
	childConn, childSchema = "ORDERGATE_TEST_CHILD_CONN", "ORDERGATE_TEST_CHILD_SCHEMA"
	childSigner, childRun  = "ORDERGATE_TEST_CHILD_SIGNER", "ORDERGATE_TEST_CHILD_RUN"
	childVerifier          = "ORDERGATE_TEST_CHILD_VERIFIER"
)

func child() error {
	store, err := Open(context.Background(), os.Getenv(childConn), Options{Schema: os.Getenv(childSchema)})
	if err != nil {
		return err
	}
	l, err := record.Open(context.Background(), record.Config{Store: store, Signer: os.Getenv(childSigner), Verifier: os.Getenv(childVerifier)})
	if err != nil {
		return err
	}
	return storetest.AppendForever(l, os.Getenv(childRun), os.Stdout)
}

func TestMain(m *testing.M) {
	if os.Getenv(childConn) != "" {
		fmt.Fprintln(os.Stderr, child())
		os.Exit(1) // a child ends by being killed
	}
	code := m.Run()
	if started != nil {
		if err := started.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// schemas numbers the tests' schemas.
var schemas int

// fresh makes a schema for a test and drops it afterwards.
func fresh(t testing.TB) (schema string, s *pgtest.Server) {
	s = server(t)
	schemas++
	schema = fmt.Sprintf("ordergate_test_%d_%d", os.Getpid(), schemas)
	t.Cleanup(func() {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, s.Conn)
		require.NoError(t, err)
		_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+schema+" CASCADE")
		require.NoError(t, errors.Join(err, conn.Close(ctx)))
	})
	return schema, s
}

func open(t testing.TB, s *pgtest.Server, opt Options) *Store {
	st, err := Open(context.Background(), s.Conn, opt)
	require.NoError(t, err)
	return st
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() record.Store {
		schema, s := fresh(t)
		return func() record.Store { return open(t, s, Options{Schema: schema}) }
	})
}

func TestQueue(t *testing.T) {
	schema, s := fresh(t)
	st := open(t, s, Options{Schema: schema})
	defer st.Close()
	storetest.RunQueue(t, st)
}

func TestProcesses(t *testing.T) {
	schema, s := fresh(t)
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier)
	storetest.RunProcesses(t, l, func(prefix string) *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childConn+"="+s.Conn, childSchema+"="+schema, childSigner+"="+signer,
			childVerifier+"="+verifier, childRun+"="+prefix)
		return cmd
	})
}
