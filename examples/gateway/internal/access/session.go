package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"time"
)

// sessionTime is how long a session lasts, maxSessions how many there may be of one service.
const (
	sessionTime = 8 * time.Hour
	maxSessions = 10_000
)

// Session is a person's visit to the workbench. It is held in memory: a restart ends it.
type Session struct {
	Token *Token
	// CSRF must come back with every form.
	CSRF    string
	expires time.Time
}

// Login begins a session and gives the value of its cookie.
func (c *Control) Login(t *Token) (cookie string, s *Session) {
	b, form := random(), random()
	cookie = base64.RawURLEncoding.EncodeToString(b[:])
	s = &Session{Token: t, CSRF: base64.RawURLEncoding.EncodeToString(form[:]), expires: c.now().Add(sessionTime)}
	if t.Expires.Before(s.expires) {
		s.expires = t.Expires
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.sessions) >= maxSessions {
		c.sweep()
	}
	c.sessions[sha256.Sum256([]byte(cookie))] = s
	return cookie, s
}

// sweep drops what has ended, and everything where nothing has.
func (c *Control) sweep() {
	for k, s := range c.sessions {
		if !c.now().Before(s.expires) {
			delete(c.sessions, k)
		}
	}
	if len(c.sessions) >= maxSessions {
		clear(c.sessions)
	}
}

// Session is that of a cookie, or ErrToken. Sessions are kept by the hash of their cookie, so that looking
// one up tells nothing by its time.
func (c *Control) Session(cookie string) (*Session, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.sessions[sha256.Sum256([]byte(cookie))]
	if s == nil || !c.now().Before(s.expires) {
		return nil, ErrToken
	}
	return s, nil
}

// Logout ends the session of a cookie.
func (c *Control) Logout(cookie string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, sha256.Sum256([]byte(cookie)))
}

// Checks reports whether a form brought the session's own token.
func (s *Session) Checks(form string) bool {
	return subtle.ConstantTimeCompare([]byte(form), []byte(s.CSRF)) == 1
}
