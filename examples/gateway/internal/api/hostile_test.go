package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
	"github.com/ordergate/ordergate/icp/record"
)

// TestHostile: what must be refused is refused with a problem document that conforms, and nothing is recorded.
func TestHostile(t *testing.T) {
	s := start(t, func(a *Server) { a.MaxBody = 200_000 })
	post := func(body string, header ...string) func(*testing.T) (*http.Response, []byte) {
		return func(t *testing.T) (*http.Response, []byte) {
			return s.call(t, "erp", "POST", "/v1/screenings", body, header...)
		}
	}
	get := func(who, path string, header ...string) func(*testing.T) (*http.Response, []byte) {
		return func(t *testing.T) (*http.Response, []byte) { return s.call(t, who, "GET", path, "", header...) }
	}
	order := sample(t, clearOrder)
	bomb := `<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>` +
		`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><ID>&b;</ID></Order>`
	outside := `<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]>` +
		`<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><ID>&a;</ID></Order>`
	for _, c := range []struct {
		name   string
		do     func(*testing.T) (*http.Response, []byte)
		path   string
		status int
		kind   string
	}{
		{"no token", get("", "/v1/lists"), "/v1/lists", 401, "unauthenticated"},
		{"wrong token", get("", "/v1/lists", "Authorization", "Bearer x"), "/v1/lists", 401, "unauthenticated"},
		{"empty token", get("", "/v1/lists", "Authorization", "Bearer "), "/v1/lists", 401, "unauthenticated"},
		{"other scheme", get("", "/v1/lists", "Authorization", "Basic Zm9vOmJhcg=="), "/v1/lists", 401, "unauthenticated"},
		{"expired token", get("old", "/v1/lists"), "/v1/lists", 401, "unauthenticated"},
		{"token of another role", get("prometheus", "/v1/lists"), "/v1/lists", 403, "forbidden"},
		{"reader who screens", func(t *testing.T) (*http.Response, []byte) {
			return s.call(t, "auditor", "POST", "/v1/screenings", order, "Idempotency-Key", "h1")
		}, "/v1/screenings", 403, "forbidden"},
		{"no key", post(order), "/v1/screenings", 400, "key-missing"},
		{"two keys", post(order, "Idempotency-Key", "a", "Idempotency-Key", "b"), "/v1/screenings", 400, "key-missing"},
		{"long key", post(order, "Idempotency-Key", strings.Repeat("k", 201)), "/v1/screenings", 400, "key-missing"},
		{"key beyond ASCII", post(order, "Idempotency-Key", "schlüssel"), "/v1/screenings", 400, "key-missing"},
		{"oversized", post(strings.Repeat(" ", 200_001), "Idempotency-Key", "h2"), "/v1/screenings", 413, "too-large"},
		{"deeply nested", post(strings.Repeat("[", 90_000), "Idempotency-Key", "h3"), "/v1/screenings", 422, "document"},
		{"duplicate key", post(strings.Replace(order, `"id"`, `"id":"X","id"`, 1), "Idempotency-Key", "h4"), "/v1/screenings", 422, "document"},
		{"unknown field", post(strings.Replace(order, `"currency"`, `"curency"`, 1), "Idempotency-Key", "h5"), "/v1/screenings", 422, "document"},
		{"entity bomb", post(bomb, "Idempotency-Key", "h6"), "/v1/screenings", 422, "document"},
		{"entity of a file", post(outside, "Idempotency-Key", "h7"), "/v1/screenings", 422, "document"},
		{"empty", post("", "Idempotency-Key", "h8"), "/v1/screenings", 422, "document"},
		{"bytes", post("\x00\xff\xfe", "Idempotency-Key", "h9"), "/v1/screenings", 422, "document"},
		{"two orders", post("["+order+","+strings.Replace(order, "EX-1001", "EX-9", 1)+"]", "Idempotency-Key", "h10"), "/v1/screenings", 422, "document"},
		{"no parties", post(`{"schema":"ordergate.order/1","id":"X","date":"2026-01-01","parties":[],"lines":[]}`, "Idempotency-Key", "h11"), "/v1/screenings", 422, "order"},
		{"path upwards", get("auditor", "/v1/screenings/../../etc/passwd"), "", 404, "not-found"},
		{"path upwards, encoded", get("auditor", "/v1/screenings/..%2f..%2fetc%2fpasswd"), "/v1/screenings/{id}", 404, "not-found"},
		{"double slash", get("auditor", "//v1/lists"), "", 404, "not-found"},
		{"null in path", get("auditor", "/v1/screenings/a%00b"), "", 404, "not-found"},
		{"new line in path", get("auditor", "/v1/screenings/a%0d%0aSet-Cookie:x"), "/v1/screenings/{id}", 404, "not-found"},
		{"no such report", get("auditor", "/v1/screenings/gw-00"), "/v1/screenings/{id}", 404, "not-found"},
		{"form that is not there", get("auditor", "/v1/screenings/gw-00", "Accept", "image/png"), "/v1/screenings/{id}", 406, "not-acceptable"},
		{"method", func(t *testing.T) (*http.Response, []byte) { return s.call(t, "erp", "DELETE", "/v1/screenings", "") }, "", 405, "method"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, b := c.do(t)
			require.Equal(t, c.status, res.StatusCode, "%s", b)
			require.Equal(t, problem.ContentType, res.Header.Get("Content-Type"))
			var p problem.Problem
			require.NoError(t, json.Unmarshal(b, &p))
			require.Equal(t, "urn:ordergate:problem:"+c.kind, p.Type)
			require.Equal(t, c.status, p.Status)
			require.NotContains(t, string(b), "root:")
			require.Empty(t, res.Header.Get("Set-Cookie"))
			if c.path != "" {
				conforms(t, res, b)
			}
			if c.status == 422 && c.kind != "key-reused" && c.name != "two orders" {
				require.NotEmpty(t, p.Errors, "every defect is named")
			}
		})
	}
	for i := 1; i <= 11; i++ { // nothing of it was recorded
		_, _, err := s.api.Desk.Report(t.Context(), reportOf("erp", fmt.Sprintf("h%d", i)))
		require.Error(t, err)
	}
}

// TestReplay: one key is one order, however often and by whomever it is sent.
func TestReplay(t *testing.T) {
	s := start(t, nil)
	res, first := s.call(t, "erp", "POST", "/v1/screenings", sample(t, clearOrder), "Idempotency-Key", "replay")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	res, again := s.call(t, "erp", "POST", "/v1/screenings", sample(t, clearOrder), "Idempotency-Key", "replay")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, string(first), string(again))
	res, b := s.call(t, "erp", "POST", "/v1/screenings", sample(t, heldOrder), "Idempotency-Key", "replay")
	require.Equal(t, http.StatusUnprocessableEntity, res.StatusCode)
	conforms(t, res, b)
	require.Contains(t, string(b), "key-reused")
	require.NotContains(t, string(b), "EX-1001", "nothing of the other order is told")
}

// TestScriptInNames: what an order says is shown as text.
func TestScriptInNames(t *testing.T) {
	s := start(t, nil)
	order := strings.Replace(sample(t, clearOrder), "Beispiel Versicherungsdienst GmbH", `<script>alert(1)</script> GmbH`, 1)
	res, b := s.call(t, "erp", "POST", "/v1/screenings", order, "Idempotency-Key", "script")
	require.Equal(t, http.StatusCreated, res.StatusCode, "%s", b)
	res, b = s.call(t, "auditor", "GET", res.Header.Get("Location"), "", "Accept", "text/html")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.NotContains(t, string(b), "<script")
	require.Contains(t, string(b), "&lt;script&gt;")
	require.NotContains(t, res.Header.Get("Content-Security-Policy"), "script-src")
}

// TestLimits: a token's rate, and the number of requests at a time.
func TestLimits(t *testing.T) {
	s := start(t, nil)
	res, _ := s.call(t, "slow", "GET", "/v1/lists", "")
	require.Equal(t, http.StatusOK, res.StatusCode)
	res, b := s.call(t, "slow", "GET", "/v1/lists", "")
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.NotEmpty(t, res.Header.Get("Retry-After"))
	conforms(t, res, b)

	s = start(t, func(a *Server) { a.MaxInFlight = 0 })
	res, b = s.call(t, "auditor", "GET", "/v1/lists", "")
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	conforms(t, res, b)
}

// TestSlow: whoever sends a request byte by byte is not waited for, however steadily the bytes come, and nothing is recorded.
func TestSlow(t *testing.T) {
	s := start(t, nil)
	head := "POST /v1/screenings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + s.tokens["erp"] + "\r\nIdempotency-Key: slow\r\n"
	order := sample(t, clearOrder)
	for _, c := range []struct {
		name, at, drip string
		// refused says that there was a whole head, and so somebody to answer.
		refused bool
	}{
		{"head", head + "X: ", strings.Repeat("x", 10_000), false},
		{"head line by line", head, strings.Repeat("X: x\r\n", 2_000), false},
		{"body", head + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(order)), order, true},
		{"chunks", head + "Transfer-Encoding: chunked\r\n\r\n", strings.Repeat("1\r\n{\r\n", 2_000), true},
		{"silence", head + "Content-Length: 100\r\n\r\n", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
			require.NoError(t, err)
			require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
			_, err = io.WriteString(conn, c.at)
			require.NoError(t, err)
			ended, dripped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(dripped)
				for i := range len(c.drip) {
					select {
					case <-ended:
						return
					case <-time.After(20 * time.Millisecond):
					}
					if _, err := io.WriteString(conn, c.drip[i:i+1]); err != nil {
						return
					}
				}
			}()
			answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if c.refused {
				require.NoError(t, err)
				require.Equal(t, http.StatusRequestTimeout, answer.StatusCode)
				require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
				b, err := io.ReadAll(answer.Body)
				require.NoError(t, err)
				require.Contains(t, string(b), "urn:ordergate:problem:timeout")
				require.True(t, answer.Close, "the connection is not used again")
			} else if err == nil { // cut off within a line
				require.Equal(t, http.StatusBadRequest, answer.StatusCode)
				require.True(t, answer.Close)
			} else { // closed without a word
				require.NotErrorIs(t, err, os.ErrDeadlineExceeded)
			}
			close(ended)
			require.NoError(t, conn.Close())
			<-dripped
			_, _, err = s.api.Desk.Report(context.Background(), reportOf("erp", "slow"))
			require.ErrorIs(t, err, record.ErrNotFound)
		})
	}
}

// TestRawHeaders: what the standard library's client would not send.
func TestRawHeaders(t *testing.T) {
	s := start(t, nil)
	for _, head := range []string{
		"GET /v1/lists HTTP/1.1\r\nHost: x\r\nX: a\r\n b: c\r\n\r\n",
		"GET /v1/lists HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"GET /v1/lists HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
		"GET /v1/lists HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 2<<20) + "\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
		require.NoError(t, err)
		require.NoError(t, c.SetDeadline(time.Now().Add(10*time.Second)))
		_, _ = io.WriteString(c, head) // the service may close while it is written
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil {
			require.GreaterOrEqual(t, res.StatusCode, 400)
			require.Less(t, res.StatusCode, 500)
		}
		require.NoError(t, c.Close())
	}
}

// TestLogHoldsNoOrder: of a request the log has its route and outcome, nothing of what was sent.
func TestLogHoldsNoOrder(t *testing.T) {
	s := start(t, nil)
	res, _ := s.call(t, "erp", "POST", "/v1/screenings", sample(t, heldOrder), "Idempotency-Key", "secret-key-1")
	require.Equal(t, http.StatusCreated, res.StatusCode)
	s.call(t, "erp", "POST", "/v1/screenings", "secret-body", "Idempotency-Key", "secret-key-2")
	s.call(t, "auditor", "GET", "/secret-path?secret-query=1", "")
	log := s.log.String()
	require.Contains(t, log, `"route":"/v1/screenings"`)
	for _, secret := range []string{"EX-1010", "secret", s.tokens["erp"], "Export Co"} {
		require.NotContains(t, log, secret)
	}
}
