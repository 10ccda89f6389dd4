//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/webhook"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

// TestRestart: an ERP sends orders and sends again what was not answered, while the gateway is ended and killed and
// started anew. Every order has one report and one case, and the receiver of webhooks has heard of every case.
func TestRestart(t *testing.T) {
	t.Parallel()
	dir, addr := t.TempDir(), freeAddress(t)
	tokens, holder := holders(t)
	heard := new(hearing)
	args := []string{"-dir", dir, "-addr", addr, "-tokens", tokens, "-webhooks", heard.start(t)}
	p := begin(t, args...)
	url := p.url // the same after every start

	const orders, senders = 120, 6
	var next, answered atomic.Int64
	ids := make([]string, orders)
	failed := make(chan error, senders)
	var erp sync.WaitGroup
	for range senders {
		erp.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= orders {
					return
				}
				id, err := until(url, holder["erp"], n)
				if err != nil {
					failed <- err
					return
				}
				ids[n] = id
				answered.Add(1)
				time.Sleep(40 * time.Millisecond) // so that the load lasts over the restarts
			}
		})
	}
	wait := func(n int64) {
		require.Eventually(t, func() bool { return answered.Load() >= n || len(failed) > 0 }, time.Minute, time.Millisecond)
	}
	wait(orders / 4)
	require.Zero(t, p.end(t, syscall.SIGTERM), "%s", &p.stderr)
	p = begin(t, args...)
	wait(orders / 2)
	p.end(t, syscall.SIGKILL)
	p = begin(t, args...)
	erp.Wait()
	select {
	case err := <-failed:
		t.Fatal(err)
	default:
	}
	require.Eventually(t, func() bool { return heard.cases() == orders/2 }, time.Minute, 10*time.Millisecond, "every held order's case is told of")
	require.Zero(t, p.end(t, syscall.SIGTERM))
	require.NotContains(t, p.stderr.String(), "Example Studio")
	checkLog(t, dir, ids)
}

// until sends the n-th order until it is answered. Every second order is held.
func until(url, token string, n int) (id string, err error) {
	key := fmt.Sprintf("key-%d", n)
	for range 400 {
		status, a, err := send("POST", url+"/v1/screenings", token, key, madeUp(fmt.Sprintf("RS-%d", n), n%2 == 1))
		switch {
		case err != nil:
			return "", err
		case status == http.StatusCreated || status == http.StatusOK:
			return a.ID, nil
		case status != 0 && status != http.StatusServiceUnavailable:
			return "", fmt.Errorf("order %d: answered %d", n, status)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "", fmt.Errorf("order %d: never answered", n)
}

// checkLog checks the log of a gateway's folder.
func checkLog(t *testing.T, dir string, ids []string) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "log.db"), sqlite.Options{})
	require.NoError(t, err)
	checkRecords(t, store, dir, ids, len(ids)/2)
}

// checkRecords requires a log that verifies by the folder's key, with one report of every id and so many events of cases.
func checkRecords(t *testing.T, store record.Store, dir string, ids []string, events int) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(dir, "log.pub"))
	require.NoError(t, err)
	log, err := record.Open(t.Context(), record.Config{Store: store, Verifier: strings.TrimSpace(string(key))})
	require.NoError(t, err)
	defer func() { require.NoError(t, log.Close()) }()
	_, err = log.Verify(t.Context())
	require.NoError(t, err)
	reports, err := log.OfKind(t.Context(), record.Report)
	require.NoError(t, err)
	var recorded []string
	for _, r := range reports {
		recorded = append(recorded, strings.TrimPrefix(r.ID, "report/"))
	}
	require.ElementsMatch(t, ids, recorded)
	moves, err := log.OfKind(t.Context(), record.CaseEvent)
	require.NoError(t, err)
	require.Len(t, moves, events)
}

// hearing is a receiver of webhooks that answers the first delivery of every message with an error.
type hearing struct {
	receiver webhook.Receiver

	mu      sync.Mutex
	refused map[string]bool
	heard   map[string]bool
	wrong   error
}

// start serves until the test ends and gives the path of an endpoints file.
func (h *hearing) start(t *testing.T) string {
	t.Helper()
	h.receiver.Secret = []byte("0123456789abcdef01234567")
	h.refused, h.heard = map[string]bool{}, map[string]bool{}
	srv := httptest.NewServer(h)
	t.Cleanup(func() {
		srv.Close()
		require.NoError(t, h.wrong)
	})
	path := filepath.Join(t.TempDir(), "webhooks.json")
	file := fmt.Sprintf(`{"endpoints": [{"name": "erp", "url": %q, "secret": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"}]}`, srv.URL)
	require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
	return path
}

func (h *hearing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	id := r.Header.Get(webhook.HeaderID)
	if err == nil && len(h.refused) < 3 && !h.refused[id] {
		h.refused[id] = true
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	if err == nil {
		err = h.receiver.Check(r.Header, body, time.Now())
	}
	var m caseChanged
	switch {
	case errors.Is(err, webhook.ErrReplayed): // answered, so that it is not sent again
		return
	case err == nil:
		err = json.Unmarshal(body, &m)
	}
	if err == nil && (m.Type != "case.changed" || m.Block == "" || id != fmt.Sprintf("case/%s/%d", m.Order, m.Seq)) {
		err = fmt.Errorf("message %s: %s", id, body)
	}
	h.wrong = errors.Join(h.wrong, err)
	h.heard[m.Order] = true
}

func (h *hearing) cases() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.heard)
}
