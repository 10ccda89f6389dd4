package access

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// clock is a process's own.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// controls are a tokens file as two processes read it, and the tokens of its two holders.
func controls(t *testing.T, c *clock) (a, b *Control, bearers [2]string) {
	t.Helper()
	var file struct {
		Tokens []Token `json:"tokens"`
	}
	for i, client := range []string{"officer-a", "officer-b"} {
		token, sum := NewToken()
		bearers[i] = token
		file.Tokens = append(file.Tokens, Token{Client: client, SHA256: sum, Roles: []Role{Read}, Expires: c.at.Add(time.Duration(1+24*i) * time.Hour)})
	}
	text, err := json.Marshal(file)
	require.NoError(t, err)
	load := func() *Control {
		control, err := Load(strings.NewReader(string(text)), Limits{1, 1}, c.now)
		require.NoError(t, err)
		return control
	}
	return load(), load(), bearers
}

// signOuts are what processes share, kept in memory; err is what the store fails with.
type signOuts struct {
	has map[string]bool
	err error
}

func (s *signOuts) SignOut(_ context.Context, holder, client string, n int) error {
	if s.err == nil {
		s.has[fmt.Sprint(holder, " ", n)] = true
	}
	return s.err
}

func (s *signOuts) SignedOut(_ context.Context, holder string, n int) (bool, error) {
	return s.has[fmt.Sprint(holder, " ", n)], s.err
}

func TestSessions(t *testing.T) {
	c := &clock{time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)}
	control, elsewhere, bearers := controls(t, c)
	shared := &signOuts{has: map[string]bool{}}
	sessions := func(c *Control, secret string) *Sessions {
		s, err := NewSessions(c, []byte(secret), shared)
		require.NoError(t, err)
		return s
	}
	here, there := sessions(control, "one"), sessions(elsewhere, "one")
	begin := func(i int) string {
		tok, err := control.Token(bearers[i])
		require.NoError(t, err)
		cookie, err := here.Begin(t.Context(), tok)
		require.NoError(t, err)
		return cookie
	}
	of := func(s *Sessions, cookie string) *Session {
		t.Helper()
		x, err := s.Of(t.Context(), cookie)
		require.NoError(t, err)
		return x
	}
	refused := func(s *Sessions, cookie string) {
		t.Helper()
		_, err := s.Of(t.Context(), cookie)
		require.ErrorIs(t, err, ErrToken)
	}

	cookie := begin(0)
	require.NotContains(t, cookie, bearers[0])
	first := of(here, cookie)
	require.Equal(t, "officer-a", first.Token.Client)
	second := of(there, cookie)
	require.Equal(t, first.CSRF, second.CSRF, "a form of one is good at the other")
	require.True(t, second.Checks(first.CSRF))
	require.False(t, first.Checks(""))

	refused(sessions(control, "another"), cookie)
	none, err := Load(strings.NewReader(`{"tokens":[]}`), Limits{1, 1}, c.now)
	require.NoError(t, err)
	refused(sessions(none, "one"), cookie) // its token was taken out
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	require.NoError(t, err)
	for i := range b {
		b[i] ^= 1
		refused(here, base64.RawURLEncoding.EncodeToString(b))
		b[i] ^= 1
	}
	for _, s := range []string{"", "x", cookie[1:], cookie + "AA", first.CSRF} {
		refused(here, s)
	}

	later := begin(1)
	require.False(t, of(here, later).Checks(first.CSRF))

	// Who signs out, by clocks that do not agree and however often, is out everywhere and may come again.
	for range 9 {
		another := begin(0)
		require.NoError(t, there.End(t.Context(), of(there, cookie)))
		for _, s := range []*Sessions{here, there, sessions(elsewhere, "one")} { // the last was started just now
			refused(s, cookie)
			refused(s, another) // on another device
			of(s, later)        // another person's goes on
		}
		cookie = begin(0)
		of(there, cookie)
	}
	for holder := range shared.has {
		require.NotContains(t, holder, hex.EncodeToString(first.Token.sum[:4]), "a holder's name tells nothing of the token")
	}

	shared.err = errors.New("the log cannot be read")
	_, err = here.Of(t.Context(), cookie)
	require.ErrorIs(t, err, shared.err, "not known is no session")
	require.NotErrorIs(t, err, ErrToken)
	_, err = here.Begin(t.Context(), first.Token)
	require.ErrorIs(t, err, shared.err)
	require.ErrorIs(t, here.End(t.Context(), first), shared.err)
	shared.err = nil

	c.at = c.at.Add(time.Hour)
	refused(there, cookie) // the token has expired
	c.at = c.at.Add(sessionTime)
	refused(here, later) // the session has
}
