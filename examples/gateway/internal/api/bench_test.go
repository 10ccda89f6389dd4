package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ordergate/ordergate/testdata/madeup"
	"github.com/stretchr/testify/require"
)

// BenchmarkScreening takes orders of a usual day as they come from 64 connections, with the built-in lists and the log
// on disk, without the network.
func BenchmarkScreening(b *testing.B) {
	s := start(b, nil)
	bodies := make([]string, b.N)
	for i := range bodies {
		doc, err := json.Marshal(madeup.Order("bench", b.N+i, i%20 == 0))
		require.NoError(b, err)
		bodies[i] = string(doc)
	}
	handler := s.api.Handler()
	var next atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := next.Add(1) - 1
			r := httptest.NewRequest(http.MethodPost, "/v1/screenings", strings.NewReader(bodies[i]))
			r.Header.Set("Authorization", "Bearer "+s.tokens["busy"])
			r.Header.Set("Idempotency-Key", fmt.Sprintf("%s-%d-%d", b.Name(), b.N, i))
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusCreated {
				b.Errorf("%d: %s", w.Code, w.Body)
			}
		}
	})
}
