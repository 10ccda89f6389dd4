// Package api is the gateway's HTTP interface for other programs. Every route stands in one table, which a
// test compares with openapi.yaml; every refusal is a problem document.
//
// A request passes, in this order: count, log and recover; the limit of requests at a time; the route; the
// token and its role; the token's rate; the size and time of its body. Nothing of an order is logged.
package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
	"github.com/ordergate/ordergate/examples/gateway/internal/desk"
	"github.com/ordergate/ordergate/examples/gateway/internal/metrics"
	"github.com/ordergate/ordergate/examples/gateway/internal/problem"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
)

// Server answers requests.
type Server struct {
	Desk    *desk.Desk
	Access  *access.Control
	Metrics *metrics.Set
	Log     *slog.Logger
	Now     func() time.Time
	// Orders says what the order systems call things.
	Orders order.Options
	// MaxBody is the largest body in bytes, Timeout the time for one answer, MaxInFlight how many requests
	// are answered at a time.
	MaxBody     int64
	Timeout     time.Duration
	MaxInFlight int
	// Ready says why the service should get no requests, nil where it should.
	Ready func(context.Context) error
	// Workbench answers everything under /bench/; nil is nothing there.
	Workbench http.Handler
}

// handler answers a request whose token has passed; the problem is written where one is returned.
type handler func(s *Server, w http.ResponseWriter, r *http.Request, t *access.Token) error

// route is one operation. Without roles no token is asked for.
type route struct {
	method, path string
	roles        []access.Role
	handle       handler
}

var routes = []route{
	{http.MethodPost, "/v1/screenings", []access.Role{access.Screen}, postScreening},
	{http.MethodGet, "/v1/screenings/{id}", []access.Role{access.Screen, access.Read}, getScreening},
	{http.MethodGet, "/v1/lists", []access.Role{access.Screen, access.Read}, getLists},
	{http.MethodGet, "/v1/cases", []access.Role{access.Screen, access.Read}, getCases},
	{http.MethodGet, "/v1/cases/{id}", []access.Role{access.Screen, access.Read}, getCase},
	{http.MethodPost, "/v1/cases/{id}/events", []access.Role{access.Review}, postEvent},
	{http.MethodGet, "/healthz", nil, getHealth},
	{http.MethodGet, "/readyz", nil, getReady},
	{http.MethodGet, "/metrics", []access.Role{access.Monitor}, getMetrics},
	{http.MethodGet, "/openapi.json", nil, getSpec},
}

// Handler is the whole service.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	allowed := make(map[string][]string)
	for _, rt := range routes {
		mux.Handle(rt.method+" "+rt.path, s.serve(rt))
		allowed[rt.path] = append(allowed[rt.path], rt.method)
	}
	for p, methods := range allowed {
		allow := strings.Join(methods, ", ")
		mux.HandleFunc(p, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Allow", allow)
			s.refuse(w, r, problem.New("method", "allowed: "+allow))
		})
	}
	if s.Workbench != nil {
		mux.Handle("/bench/", s.Workbench)
		mux.Handle("GET /{$}", http.RedirectHandler("/bench/", http.StatusSeeOther))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, problem.New("not-found", "")) })
	return s.outer(mux)
}

// outer counts, logs, recovers, and bounds how much goes on at a time.
func (s *Server) outer(next http.Handler) http.Handler {
	slots := make(chan struct{}, s.MaxInFlight)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, end := time.Now(), s.Metrics.Begin()
		id := access.NewRequestID()
		rw := &recorder{ResponseWriter: w, id: id}
		h := rw.Header()
		h.Set("X-Request-Id", id)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		defer func() {
			if v := recover(); v != nil {
				s.Log.Error("panic", "request", id, "value", fmt.Sprint(v))
				if rw.status == 0 {
					s.refuse(rw, r, problem.New("internal", ""))
				}
			}
			took := time.Since(began)
			name := routeName(r.Pattern)
			end(name, rw.status, took)
			s.Log.Info("request", "request", id, "method", method(r.Method), "route", name, "status", rw.status, "client", rw.client,
				"ms", took.Milliseconds(), "bytes", rw.bytes)
		}()
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		default:
			p := problem.New("unavailable", "too many requests at a time")
			p.RetryAfter = 1
			s.refuse(rw, r, p)
			return
		}
		// A path that is not in its plain form is nobody's: it is not redirected, and not guessed at.
		if p := r.URL.Path; p != "/" && path.Clean(p) != strings.TrimSuffix(p, "/") || strings.ContainsAny(p, "\\\x00") {
			s.refuse(rw, r, problem.New("not-found", ""))
			return
		}
		next.ServeHTTP(rw, r)
	})
}

// routeName is a pattern's path, the same few for whatever is requested.
func routeName(pattern string) string {
	if i := strings.IndexByte(pattern, '/'); i >= 0 && pattern != "/" {
		return pattern[i:]
	}
	return "none"
}

// method keeps what a caller invents out of the log.
func method(m string) string {
	if slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, m) {
		return m
	}
	return "other"
}

// serve asks for the token and hands the request on.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var t *access.Token
		if rt.roles != nil {
			bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			t, _ = s.Access.Token(bearer) // nil with every error
			if !ok || t == nil {
				s.refuse(w, r, problem.New("unauthenticated", ""))
				return
			}
			if rw, ok := w.(*recorder); ok {
				rw.client = t.Client
			}
			if wait, ok := s.Access.Allow(t); !ok {
				p := problem.New("rate", "the token's allowance is used up")
				p.RetryAfter = int(math.Ceil(wait.Seconds()))
				s.refuse(w, r, p)
				return
			}
			if !t.May(rt.roles...) {
				s.refuse(w, r, problem.New("forbidden", ""))
				return
			}
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, s.MaxBody)
		if err := rt.handle(s, w, r, t); err != nil {
			s.refuse(w, r, s.problem(w, err))
		}
	})
}

// refuse writes a problem.
func (s *Server) refuse(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
	p.Request = w.Header().Get("X-Request-Id")
	p.Write(w)
}

// problem is what the caller is told of an error. What the caller cannot mend is logged and not told.
func (s *Server) problem(w http.ResponseWriter, err error) *problem.Problem {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p
	}
	if p := known(err); p != nil {
		return p
	}
	s.Log.Error("failed", "request", w.Header().Get("X-Request-Id"), "error", redact(err))
	if errors.Is(err, screening.ErrNotRecorded) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		p := problem.New("unavailable", "nothing was decided; send the request again")
		p.RetryAfter = 1
		return p
	}
	return problem.New("internal", "")
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	id, client string
	status     int
	bytes      int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.MaxBytesReader and http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// body reads a request's body within its limits into b.
func body(r *http.Request, b *bytes.Buffer) error {
	if n := r.ContentLength; n > 0 { // what a client says of its length is believed up to what an order usually has
		b.Grow(int(min(n, 1<<16)) + bytes.MinRead)
	}
	_, err := b.ReadFrom(r.Body)
	var tooLarge *http.MaxBytesError
	var slow interface{ Timeout() bool }
	switch {
	case errors.As(err, &tooLarge):
		return problem.New("too-large", fmt.Sprintf("at most %d bytes", tooLarge.Limit))
	case errors.As(err, &slow) && slow.Timeout():
		return problem.New("timeout", "")
	case err != nil:
		return problem.New("bad-request", "the body ended early")
	}
	return nil
}
