package sqlite

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

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

func command(path, signer, verifier, prefix string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFile+"="+path, childSigner+"="+signer, childVerifier+"="+verifier, childRun+"="+prefix)
	return cmd
}

// TestKilled kills a process that appends, again and again: ORDERGATE_KILLS times, 8 by default.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	all := storetest.Acknowledged{}
	check := func() {
		all.Check(t, storetest.Open(t, openFile(t, path, Options{}), signer, verifier))
	}
	kills := storetest.Count(t, "ORDERGATE_KILLS", 8)
	for round := range kills {
		acked, err := storetest.KillSoon(command(path, signer, verifier, fmt.Sprintf("run-%d", round)), storetest.Soon(round))
		require.NoError(t, err)
		maps.Copy(all, acked)
		if round%50 == 0 {
			check()
		}
	}
	check()
	t.Logf("%d kills, %d appends acknowledged", kills, len(all))
}

func TestProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	signer, verifier := storetest.Keys(t)
	l := storetest.Open(t, openFile(t, path, Options{}), signer, verifier)
	storetest.RunProcesses(t, l, func(prefix string) *exec.Cmd { return command(path, signer, verifier, prefix) })
}
