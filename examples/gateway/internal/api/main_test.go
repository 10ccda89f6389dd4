package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk/desktest"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/testdata/orders"
)

func TestMain(m *testing.M) { os.Exit(desktest.Main(m)) }

// service is a running gateway on the tests' one desk.
type service struct {
	*httptest.Server
	api    *Server
	tokens map[string]string
	log    *lockedBuffer
}

// lockedBuffer is a log that requests write while a test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start serves with one token a role; "slow" may do one request in a long time, "old" has expired.
func start(t testing.TB, change func(*Server)) *service {
	t.Helper()
	s := &service{tokens: map[string]string{}, log: new(lockedBuffer)}
	var file struct {
		Tokens []access.Token `json:"tokens"`
	}
	add := func(name string, tok access.Token) {
		token, sum := access.NewToken()
		s.tokens[name] = token
		tok.Client, tok.SHA256 = name, sum
		if tok.Expires.IsZero() {
			tok.Expires = time.Now().Add(time.Hour)
		}
		file.Tokens = append(file.Tokens, tok)
	}
	add("erp", access.Token{Roles: []access.Role{access.Screen}})
	add("auditor", access.Token{Roles: []access.Role{access.Read}})
	add("officer", access.Token{Roles: []access.Role{access.Review}, Person: "officer-a"})
	add("second", access.Token{Roles: []access.Role{access.Review}, Person: "officer-b"})
	add("prometheus", access.Token{Roles: []access.Role{access.Monitor}})
	add("slow", access.Token{Roles: []access.Role{access.Read}, PerSecond: 0.001, Burst: 1})
	add("busy", access.Token{Roles: []access.Role{access.Screen}, PerSecond: 1e6, Burst: 1_000_000})
	add("old", access.Token{Roles: []access.Role{access.Read}, Expires: time.Now().Add(-time.Hour)})
	b, err := json.Marshal(file)
	require.NoError(t, err)
	control, err := access.Load(bytes.NewReader(b), access.Limits{PerSecond: 1000, Burst: 1000}, time.Now)
	require.NoError(t, err)
	s.api = &Server{
		Desk: desktest.Desk(t), Access: control, Metrics: new(metrics.Set), Log: slog.New(slog.NewJSONHandler(s.log, nil)), Now: time.Now,
		MaxBody: 1 << 20, Timeout: 20 * time.Second, MaxInFlight: 64, Ready: func(context.Context) error { return nil },
	}
	if change != nil {
		change(s.api)
	}
	s.Server = httptest.NewUnstartedServer(s.api.Handler())
	s.Config.ReadTimeout = time.Second
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// call makes a request with a token and gives the answer and its body.
func (s *service) call(t *testing.T, who, method, path, body string, header ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if who != "" {
		req.Header.Set("Authorization", "Bearer "+s.tokens[who])
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, b
}

// sample is a bundled order, as it is or under another number.
func sample(t *testing.T, name string) string {
	t.Helper()
	b, err := orders.FS.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

const (
	clearOrder = "01-clear-office-chairs.json"
	heldOrder  = "10-un-listed-end-user-exact.json"
)

func reportOf(client, key string) string { return desk.ReportID(client, key) }
