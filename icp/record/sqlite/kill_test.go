package sqlite

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// Variables by which TestKilled runs this test binary as the process to be killed.
const (
	childFile, childSigner  = "ORDERGATE_TEST_CHILD_FILE", "ORDERGATE_TEST_CHILD_SIGNER"
	childVerifier, childRun = "ORDERGATE_TEST_CHILD_VERIFIER", "ORDERGATE_TEST_CHILD_RUN"
)

func TestMain(m *testing.M) {
	if os.Getenv(childFile) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1) // a child ends by being killed
}

func child() error {
	store, err := Open(context.Background(), os.Getenv(childFile), Options{})
	if err != nil {
		return err
	}
	l, err := record.Open(context.Background(), record.Config{Store: store, Signer: os.Getenv(childSigner), Verifier: os.Getenv(childVerifier)})
	if err != nil {
		return err
	}
	return storetest.AppendForever(l, os.Getenv(childRun), os.Stdout)
}

// TestKilled kills a process that appends, again and again: ORDERGATE_KILLS times, 25 by default.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	acked := storetest.Acknowledged{}
	check := func() {
		acked.Check(t, storetest.Open(t, openFile(t, path, Options{}), signer, verifier))
	}
	kills := storetest.Count(t, "ORDERGATE_KILLS", 25)
	for round := range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childFile+"="+path, childSigner+"="+signer, childVerifier+"="+verifier,
			fmt.Sprintf("%s=run-%d", childRun, round))
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		require.NoError(t, acked.Read(out, func() {
			time.AfterFunc(storetest.Soon(round), func() { cmd.Process.Kill() })
		}))
		require.Error(t, cmd.Wait(), "the process was to be killed")
		if round%50 == 0 {
			check()
		}
	}
	check()
	t.Logf("%d kills, %d appends acknowledged", kills, len(acked))
}
