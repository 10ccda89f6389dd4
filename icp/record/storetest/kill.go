package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
)

// Count is a test's number of rounds: the environment variable's where it is set, otherwise usual.
func Count(t testing.TB, variable string, usual int) int {
	s := os.Getenv(variable)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	require.NoError(t, err, variable)
	return n
}

// AppendForever appends from several writers until it fails or the process is killed, and writes a line
// "id index" to w after each acknowledged append. Ids begin with prefix.
func AppendForever(l *record.Log, prefix string, w io.Writer) error {
	var mu sync.Mutex
	errs := make(chan error)
	for writer := range 4 {
		go func() {
			for i := 0; ; i++ {
				e := Entry(i)
				e.ID, e.Time = fmt.Sprintf("%s/%d/%d", prefix, writer, i), Start
				pos, err := l.Append(context.Background(), e)
				if err != nil {
					errs <- err
					return
				}
				mu.Lock()
				_, err = fmt.Fprintf(w, "%s %d\n", e.ID, pos.Index)
				mu.Unlock()
				if err != nil {
					errs <- err
					return
				}
			}
		}()
	}
	return <-errs
}

// KillSoon starts a process that appends by AppendForever, kills it a while after its first append, and gives
// what it had acknowledged.
func KillSoon(cmd *exec.Cmd, after time.Duration) (Acknowledged, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	acked := Acknowledged{}
	err = acked.Read(out, func() { time.AfterFunc(after, func() { cmd.Process.Kill() }) })
	if cmd.Wait() == nil || !cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		err = errors.Join(err, errors.New("the process ended before it was killed"))
	}
	return acked, err
}

// RunProcesses lets several processes append to the log of l at once, and requires that together they wrote one
// tree without gaps. Command gives one that runs AppendForever with the prefix.
func RunProcesses(t *testing.T, l *record.Log, command func(prefix string) *exec.Cmd) {
	const processes = 3
	var acked [processes]Acknowledged
	var errs [processes]error
	var wg sync.WaitGroup
	for i := range processes {
		wg.Go(func() { acked[i], errs[i] = KillSoon(command(fmt.Sprintf("process-%d", i)), time.Second/2) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(errs[:]...))
	all := Acknowledged{}
	for _, a := range acked {
		require.NotEmpty(t, a)
		maps.Copy(all, a)
	}
	all.Check(t, l)
}

// Acknowledged are the positions that a process acknowledged before it was killed, by id.
type Acknowledged map[string]int64

// Read reads the lines of AppendForever to the end; the last may be cut off. After the first it calls
// begun once.
func (a Acknowledged) Read(r io.Reader, begun func()) error {
	buf := bufio.NewReader(r)
	for first := true; ; first = false {
		line, err := buf.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if first {
			begun()
		}
		id, index, _ := strings.Cut(strings.TrimSpace(line), " ")
		if a[id], err = strconv.ParseInt(index, 10, 64); err != nil {
			return err
		}
	}
}

// Check requires that the log verifies and holds every acknowledged record once, at its place.
func (a Acknowledged) Check(t testing.TB, l *record.Log) {
	_, err := l.Verify(context.Background())
	require.NoError(t, err)
	held := make(Acknowledged, len(a))
	for rec, err := range l.Iterate(context.Background(), 0) {
		require.NoError(t, err)
		_, twice := held[rec.ID]
		require.False(t, twice, "%s is recorded twice", rec.ID)
		held[rec.ID] = rec.Index
	}
	for id, index := range a {
		at, ok := held[id]
		require.True(t, ok, "%s was acknowledged and is lost", id)
		require.Equal(t, index, at, id)
	}
}

// Soon is how long a process runs before its kill, spread over a tenth of a second by round.
func Soon(round int) time.Duration { return time.Duration(round*7919%100_000) * time.Microsecond }
