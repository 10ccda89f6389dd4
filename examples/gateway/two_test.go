//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record/postgres"
	"github.com/ordergate/ordergate/internal/pgtest"
)

// database makes a database of a test's own and gives its connection string.
func database(t *testing.T) string {
	t.Helper()
	server, err := pgtest.Start()
	if err != nil {
		pgtest.Skip(t, err)
	}
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	name := fmt.Sprintf("ordergate_gateway_%d", os.Getpid())
	run := func(ctx context.Context, statement string) {
		conn, err := pgx.Connect(ctx, server.Conn)
		require.NoError(t, err)
		_, err = conn.Exec(ctx, statement+pgx.Identifier{name}.Sanitize())
		require.NoError(t, err)
		require.NoError(t, conn.Close(ctx))
	}
	run(t.Context(), "CREATE DATABASE ")
	t.Cleanup(func() { run(context.Background(), "DROP DATABASE ") })
	u, err := url.Parse(server.Conn)
	require.NoError(t, err)
	u.Path = "/" + name
	return u.String()
}

// TestTwoGateways: two processes on one PostgreSQL are one service. An order that goes to both at once has one report;
// a case that was opened by one is decided at the other, and the first knows.
func TestTwoGateways(t *testing.T) {
	t.Parallel()
	conn := database(t)
	tokens, holder := holders(t)
	dirs := [2]string{t.TempDir(), t.TempDir()}
	args := func(dir string) []string {
		return []string{"-dir", dir, "-addr", "127.0.0.1:0", "-tokens", tokens, "-postgres", conn}
	}
	a := begin(t, args(dirs[0])...)
	// The log has one key: the second gateway gets that of the first.
	for _, name := range []string{"log.key", "log.pub"} {
		key, err := os.ReadFile(filepath.Join(dirs[0], name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dirs[1], name), key, 0o600))
	}
	b := begin(t, args(dirs[1])...)

	const orders = 40
	ids := make([]string, orders)
	var erp sync.WaitGroup
	failed := make(chan error, orders)
	for n := range orders {
		erp.Go(func() {
			var err error
			if ids[n], err = toBoth(a.url, b.url, holder["erp"], n); err != nil {
				failed <- err
			}
		})
	}
	erp.Wait()
	select {
	case err := <-failed:
		t.Fatal(err)
	default:
	}

	move := func(p *process, who, body string) {
		t.Helper()
		status, got, err := send("POST", p.url+"/v1/cases/TW-1/events", holder[who], "", body)
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, status, got.Refused)
	}
	move(a, "officer-a", `{"kind":"voted","choice":"approve","reason":"Known customer; the goods are toys."}`)
	move(b, "officer-b", `{"kind":"decided","reason":"Counted."}`)
	move(a, "officer-b", `{"kind":"released"}`)
	for _, p := range []*process{a, b} {
		status, got, err := send("POST", p.url+"/v1/screenings", holder["erp"], "key-1", madeUp("TW-1", true))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, status)
		require.False(t, got.Held)
		require.Equal(t, ids[1], got.ID)
	}
	bench := signIn(t, a.url, holder["auditor"])
	require.Contains(t, queueOf(t, b.url, bench), "TW-3", "who has signed in at one has at the other")
	signOut(t, b.url, bench)
	for _, p := range []*process{a, b} {
		require.Contains(t, queueOf(t, p.url, bench), `name="token"`, "who has signed out at one has at the other")
	}
	require.Zero(t, a.end(t, syscall.SIGTERM))
	require.Zero(t, b.end(t, syscall.SIGTERM))

	store, err := postgres.Open(t.Context(), conn, postgres.Options{})
	require.NoError(t, err)
	checkRecords(t, store, dirs[0], ids, orders/2+3) // three moves released one
}

// signIn gives the cookie of a session of the workbench.
func signIn(t *testing.T, base, token string) *http.Cookie {
	t.Helper()
	c := &http.Client{Timeout: client.Timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(base+"/bench/login", url.Values{"token": {token}})
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Len(t, res.Cookies(), 1)
	return res.Cookies()[0]
}

// queueOf is the workbench's first page for the holder of a session.
func queueOf(t *testing.T, base string, session *http.Cookie) string {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, base+"/bench/", nil)
	require.NoError(t, err)
	req.AddCookie(session)
	res, err := client.Do(req)
	require.NoError(t, err)
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusOK, res.StatusCode)
	return string(b)
}

// signOut sends the form that ends a session.
func signOut(t *testing.T, base string, session *http.Cookie) {
	t.Helper()
	csrf := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(queueOf(t, base, session))
	require.NotNil(t, csrf)
	req, err := http.NewRequest(http.MethodPost, base+"/bench/logout", strings.NewReader(url.Values{"csrf": {csrf[1]}}.Encode()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(session)
	res, err := client.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusOK, res.StatusCode)
}

// toBoth sends the n-th order to both gateways at once under one key, and requires that one of them recorded it.
func toBoth(first, second, token string, n int) (id string, err error) {
	body, key := madeUp(fmt.Sprintf("TW-%d", n), n%2 == 1), fmt.Sprintf("key-%d", n)
	var got [2]answer
	var statuses [2]int
	var errs [2]error
	var both sync.WaitGroup
	for i, u := range []string{first, second} {
		both.Go(func() { statuses[i], got[i], errs[i] = send("POST", u+"/v1/screenings", token, key, body) })
	}
	both.Wait()
	for _, err := range errs {
		if err != nil {
			return "", err
		}
	}
	if statuses[0]+statuses[1] != http.StatusCreated+http.StatusOK || got[0].ID != got[1].ID || got[0].Held != (n%2 == 1) || got[0].Held != got[1].Held {
		return "", fmt.Errorf("order %d: answers %v: %+v", n, statuses, got)
	}
	return got[0].ID, nil
}
