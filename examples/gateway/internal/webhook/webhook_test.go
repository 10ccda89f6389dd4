package webhook

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

var secret = []byte("0123456789abcdef01234567")

// TestVector: the signature is the one that standardwebhooks.com computes for its own example.
func TestVector(t *testing.T) {
	h := http.Header{}
	h.Set(HeaderID, "msg_p5jXN8AQM9LWM0D4loKWxJek")
	h.Set(HeaderTimestamp, "1614265330")
	h.Set(HeaderSignature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	// The example's secret is whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw.
	key := []byte{0x31, 0xf2, 0x90, 0xf6, 0xbf, 0x06, 0x29, 0x8a, 0xab, 0x4f, 0x08, 0xd4, 0x3c, 0x3f, 0x08, 0x2c, 0xf6, 0x48, 0xa3, 0x62, 0xda, 0x2d, 0xa4, 0xb0}
	r := &Receiver{Secret: key}
	require.NoError(t, r.Check(h, []byte(`{"test": 2432232314}`), time.Unix(1614265330, 0)))
}

// hook is a receiver of messages: it answers with the statuses given first, and then lets through what is right.
type hook struct {
	*httptest.Server
	Receiver

	mu       sync.Mutex
	statuses []int
	got      []string // ids and what became of them
	last     *http.Request
	body     []byte
}

func listen(t *testing.T, statuses ...int) *hook {
	h := &hook{Receiver: Receiver{Secret: secret}, statuses: statuses}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		h.mu.Lock()
		defer h.mu.Unlock()
		if err != nil {
			h.got = append(h.got, err.Error())
			return
		}
		id := r.Header.Get(HeaderID)
		if len(h.statuses) > 0 {
			h.got = append(h.got, id+" "+strconv.Itoa(h.statuses[0]))
			w.Header().Set("Location", h.URL+"/elsewhere")
			w.WriteHeader(h.statuses[0])
			h.statuses = h.statuses[1:]
			return
		}
		h.last, h.body = r, body
		if err := h.Check(r.Header, body, time.Now()); err != nil {
			h.got = append(h.got, id+" "+err.Error())
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		h.got = append(h.got, id)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) received() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.got...)
}

func queue(t *testing.T) record.Queue {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "queue.db"), sqlite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// results counts attempts by their result.
type results struct {
	mu sync.Mutex
	n  map[string]int
}

func (r *results) add(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n == nil {
		r.n = map[string]int{}
	}
	r.n[s]++
}

func (r *results) of(s string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n[s]
}

func config(q record.Queue, r *results, endpoints ...Endpoint) Config {
	return Config{
		Queue: q, Endpoints: endpoints, Worker: "w", Log: slog.New(slog.DiscardHandler), Result: r.add, Now: time.Now,
		Poll: 5 * time.Millisecond, Backoff: time.Millisecond, Attempts: 4,
	}
}

type event struct {
	Order string `json:"order"`
}

func TestDeliver(t *testing.T) {
	for name, c := range map[string]struct {
		statuses []int
		want     []string
		result   string
	}{
		"at once":              {nil, []string{"e/1"}, "delivered"},
		"after failures":       {[]int{500, 503}, []string{"e/1 500", "e/1 503", "e/1"}, "delivered"},
		"not where it is sent": {[]int{307}, []string{"e/1 307", "e/1"}, "delivered"},
		"never":                {[]int{400, 400, 400, 400}, []string{"e/1 400", "e/1 400", "e/1 400", "e/1 400"}, "given_up"},
	} {
		t.Run(name, func(t *testing.T) {
			h, r := listen(t, c.statuses...), new(results)
			s := NewSender(config(queue(t), r, Endpoint{"erp", h.URL, secret}))
			defer s.Close()
			require.NoError(t, s.Send(t.Context(), "e/1", event{"SO-1"}))
			require.Eventually(t, func() bool { return r.of(c.result) == 1 }, 20*time.Second, time.Millisecond)
			require.Equal(t, c.want, h.received())
			if c.result == "delivered" {
				require.JSONEq(t, `{"order":"SO-1"}`, string(h.body))
				require.Equal(t, "application/json", h.last.Header.Get("Content-Type"))
			}
		})
	}
}

// TestOutlives: what a sender did not deliver before it was closed, another one does; and two on one queue deliver
// a message once.
func TestOutlives(t *testing.T) {
	q, h, r := queue(t), listen(t, 500), new(results)
	down := config(q, r, Endpoint{"erp", h.URL, secret})
	down.Backoff = 50 * time.Millisecond
	s := NewSender(down)
	require.NoError(t, s.Send(t.Context(), "e/1", event{"SO-1"}))
	require.NoError(t, s.Send(t.Context(), "e/1", event{"SO-1"}), "it is there already")
	require.Eventually(t, func() bool { return r.of("retried") == 1 }, 20*time.Second, time.Millisecond)
	s.Close()

	for _, worker := range []string{"a", "b"} {
		cfg := config(q, r, Endpoint{"erp", h.URL, secret})
		cfg.Worker = worker
		other := NewSender(cfg)
		defer other.Close()
	}
	require.Eventually(t, func() bool { return r.of("delivered") == 1 }, 20*time.Second, time.Millisecond)
	require.Equal(t, []string{"e/1 500", "e/1"}, h.received())
}

func TestCheck(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	body := []byte(`{"order":"SO-1"}`)
	message := func(id string, at time.Time, key []byte) http.Header {
		h := http.Header{}
		h.Set(HeaderID, id)
		h.Set(HeaderTimestamp, strconv.FormatInt(at.Unix(), 10))
		h.Set(HeaderSignature, signature(key, id, at.Unix(), body))
		return h
	}
	r := &Receiver{Secret: secret}
	require.NoError(t, r.Check(message("e/1", now, secret), body, now))
	require.ErrorIs(t, r.Check(message("e/1", now, secret), body, now), ErrReplayed)
	require.ErrorIs(t, r.Check(message("e/1", now.Add(time.Minute), secret), body, now), ErrReplayed, "sent again later")
	require.ErrorIs(t, r.Check(message("e/2", now.Add(-6*time.Minute), secret), body, now), ErrOld)
	require.ErrorIs(t, r.Check(message("e/3", now.Add(6*time.Minute), secret), body, now), ErrOld)
	require.ErrorIs(t, r.Check(message("e/4", now, []byte("another secret of any length")), body, now), ErrSignature)
	require.ErrorIs(t, r.Check(message("e/5", now, secret), bytes.ToUpper(body), now), ErrSignature)
	for name, change := range map[string]func(http.Header){
		"no signature":   func(h http.Header) { h.Del(HeaderSignature) },
		"no timestamp":   func(h http.Header) { h.Del(HeaderTimestamp) },
		"other id":       func(h http.Header) { h.Set(HeaderID, "e/7") },
		"other time":     func(h http.Header) { h.Set(HeaderTimestamp, "1800000001") },
		"other scheme":   func(h http.Header) { h.Set(HeaderSignature, "v2"+h.Get(HeaderSignature)[2:]) },
		"not in base 64": func(h http.Header) { h.Set(HeaderSignature, "v1,%%%") },
	} {
		h := message("e/6", now, secret)
		change(h)
		require.ErrorIs(t, r.Check(h, body, now), ErrSignature, name)
	}
	require.NoError(t, r.Check(message("e/6", now, secret), body, now), "what was refused is not taken for received")
}
