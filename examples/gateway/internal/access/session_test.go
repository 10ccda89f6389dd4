package access

import (
	"encoding/base64"
	"encoding/json"
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

func TestSessions(t *testing.T) {
	c := &clock{time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)}
	control, elsewhere, bearers := controls(t, c)
	sessions := func(c *Control, secret string) *Sessions {
		s, err := NewSessions(c, []byte(secret))
		require.NoError(t, err)
		return s
	}
	here, there := sessions(control, "one"), sessions(elsewhere, "one")
	token := func(i int) *Token {
		tok, err := control.Token(bearers[i])
		require.NoError(t, err)
		return tok
	}
	refused := func(s *Sessions, cookie string) {
		t.Helper()
		_, err := s.Of(cookie)
		require.ErrorIs(t, err, ErrToken)
	}

	cookie := here.Begin(token(0))
	require.NotContains(t, cookie, bearers[0])
	first, err := here.Of(cookie)
	require.NoError(t, err)
	require.Equal(t, "officer-a", first.Token.Client)
	second, err := there.Of(cookie)
	require.NoError(t, err)
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

	later := here.Begin(token(1))
	other, err := here.Of(later)
	require.NoError(t, err)
	require.False(t, other.Checks(first.CSRF))

	c.at = c.at.Add(time.Second)
	here.End(token(0))
	refused(here, cookie)
	_, err = here.Of(later)
	require.NoError(t, err, "another person's goes on")
	c.at = c.at.Add(time.Second)
	_, err = here.Of(here.Begin(token(0)))
	require.NoError(t, err, "and one may come again")
	_, err = there.Of(cookie)
	require.NoError(t, err, "what the other process cannot know")

	c.at = c.at.Add(time.Hour)
	refused(there, cookie) // the token has expired
	c.at = c.at.Add(sessionTime)
	refused(here, later) // the session has
}
