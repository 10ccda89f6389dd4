//go:build unix

package postgres

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

// TestServerKilled kills the server under two logs that append, ORDERGATE_SERVER_KILLS times, once by default.
// The writers append the same entry again until it is acknowledged, as a service would.
func TestServerKilled(t *testing.T) {
	if !server(t).Own() {
		t.Skip("the server of ORDERGATE_TEST_POSTGRES is not this test's to kill")
	}
	schema, s := fresh(t) // on the server of all tests, which run one after another
	signer, verifier := storetest.Keys(t)
	logs := []*record.Log{
		storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier),
		storetest.Open(t, open(t, s, Options{Schema: schema}), signer, verifier),
	}
	stop := make(chan struct{})
	var mu sync.Mutex
	acked := storetest.Acknowledged{}
	retried := 0
	var writers sync.WaitGroup
	for w := range 6 {
		writers.Go(func() {
			for i := 0; ; i++ {
				e := storetest.Entry(i)
				e.ID, e.Time = fmt.Sprintf("%d/%d", w, i), storetest.Start
				pos, err := logs[w%len(logs)].Append(context.Background(), e)
				for err != nil {
					time.Sleep(5 * time.Millisecond)
					mu.Lock()
					retried++
					mu.Unlock()
					pos, err = logs[w%len(logs)].Append(context.Background(), e)
				}
				mu.Lock()
				acked[e.ID] = pos.Index
				mu.Unlock()
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	kills := storetest.Count(t, "ORDERGATE_SERVER_KILLS", 1)
	for round := range kills {
		require.Eventually(t, func() bool { // appending has begun again
			mu.Lock()
			defer mu.Unlock()
			return len(acked) >= 20*(round+1)
		}, time.Minute, time.Millisecond)
		time.Sleep(storetest.Soon(round))
		require.NoError(t, s.Kill())
		require.NoError(t, s.Restart())
	}
	close(stop)
	writers.Wait()
	acked.Check(t, logs[0])
	t.Logf("%d kills, %d appends acknowledged, %d retries", kills, len(acked), retried)
}
