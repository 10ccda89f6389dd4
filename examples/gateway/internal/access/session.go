package access

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"
)

// sessionTime is how long a session lasts.
const sessionTime = 8 * time.Hour

// Sessions are the visits of people to the workbench. Nothing is kept of them: the cookie says by the hash of the
// token whose visit it is and when it began, under a code that only holders of the secret can make. Every process
// with the same secret and tokens takes the others' sessions for its own, and a restart ends none.
//
// What a process cannot know is that somebody has signed out at another one, or before it was started. There the
// cookie, which the browser has dropped, holds until its time is over or its token leaves the tokens file.
type Sessions struct {
	control *Control
	key     []byte

	mu sync.Mutex
	// out says when the holder of a token has last signed out.
	out map[[sha256.Size]byte]time.Time
}

// NewSessions makes the sessions of the holders of tokens, under a key derived from the secret.
func NewSessions(c *Control, secret []byte) (*Sessions, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "ordergate workbench sessions", sha256.Size)
	return &Sessions{control: c, key: key, out: make(map[[sha256.Size]byte]time.Time)}, err
}

// Session is a person's visit to the workbench.
type Session struct {
	Token *Token
	// CSRF must come back with every form.
	CSRF string
}

// said is what a cookie says: the token's hash, the moment in nanoseconds since 1970, and a code over both.
const (
	saidToken = sha256.Size
	saidTime  = saidToken + 8
	saidAll   = saidTime + sha256.Size
)

// Begin begins a session and gives the value of its cookie.
func (s *Sessions) Begin(t *Token) (cookie string) {
	said := binary.BigEndian.AppendUint64(t.sum[:], uint64(s.control.now().UnixNano()))
	return base64.RawURLEncoding.EncodeToString(append(said, s.code("cookie", said)...))
}

// code is the code over what was said, for one use of it.
func (s *Sessions) code(use string, said []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(use))
	h.Write(said)
	return h.Sum(nil)
}

// Of is the session of a cookie, or ErrToken.
func (s *Sessions) Of(cookie string) (*Session, error) {
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(b) != saidAll || !hmac.Equal(b[saidTime:], s.code("cookie", b[:saidTime])) {
		return nil, ErrToken
	}
	sum, began := [sha256.Size]byte(b), time.Unix(0, int64(binary.BigEndian.Uint64(b[saidToken:])))
	t, err := s.control.of(sum)
	if err != nil {
		return nil, err
	}
	if !s.control.now().Before(began.Add(sessionTime)) || !began.After(s.signedOut(sum)) {
		return nil, ErrToken
	}
	return &Session{t, base64.RawURLEncoding.EncodeToString(s.code("form", b[:saidTime]))}, nil
}

func (s *Sessions) signedOut(sum [sha256.Size]byte) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out[sum]
}

// End ends all sessions of a token's holder that have begun, for this process.
func (s *Sessions) End(t *Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out[t.sum] = s.control.now()
}

// Checks reports whether a form brought the session's own token.
func (s *Session) Checks(form string) bool { return hmac.Equal([]byte(form), []byte(s.CSRF)) }
