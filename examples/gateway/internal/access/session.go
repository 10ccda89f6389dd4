package access

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"sort"
	"time"
)

// sessionTime is how long a session lasts.
const sessionTime = 8 * time.Hour

// SignOuts is what every process that takes the same sessions must know: how often each holder of a token has signed out.
// The holder is a name that tells nothing of the token.
type SignOuts interface {
	// SignOut keeps that the holder has signed out for the n-th time, counted from 1. Once more is the same.
	SignOut(ctx context.Context, holder, client string, n int) error
	// SignedOut reports whether the holder has signed out for the n-th time.
	SignedOut(ctx context.Context, holder string, n int) (bool, error)
}

// Sessions are the visits of people to the workbench. Nothing is kept of them: the cookie says by the hash of the
// token whose visit it is, how often its holder had signed out before, and when it began, under a code that only holders of
// the secret can make. Every process with the same secret, tokens and sign-outs takes the others' sessions for its own, and a
// restart ends none. Whoever signs out at one process ends all sessions that were begun with that token, at every process.
type Sessions struct {
	control *Control
	key     []byte
	out     SignOuts
}

// NewSessions makes the sessions of the holders of tokens, under a key derived from the secret.
func NewSessions(c *Control, secret []byte, out SignOuts) (*Sessions, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "ordergate workbench sessions", sha256.Size)
	return &Sessions{control: c, key: key, out: out}, err
}

// Session is a person's visit to the workbench.
type Session struct {
	Token *Token
	// CSRF must come back with every form.
	CSRF string
	// ended is the sign-out that ends it, counted from 1.
	ended int
}

// What a cookie says: the token's hash, the count of sign-outs before it, the moment in nanoseconds since 1970, and a code
// over all three.
const (
	saidToken = sha256.Size
	saidCount = saidToken + 4
	saidTime  = saidCount + 8
	saidAll   = saidTime + sha256.Size
)

// Begin begins a session and gives the value of its cookie. The error is that of the sign-outs.
func (s *Sessions) Begin(ctx context.Context, t *Token) (cookie string, err error) {
	before, err := s.signOuts(ctx, t)
	if err != nil {
		return "", err
	}
	said := binary.BigEndian.AppendUint32(t.sum[:], uint32(before))
	said = binary.BigEndian.AppendUint64(said, uint64(s.control.now().UnixNano()))
	return base64.RawURLEncoding.EncodeToString(append(said, s.code("cookie", said)...)), nil
}

// signOuts is how often the token's holder has signed out.
func (s *Sessions) signOuts(ctx context.Context, t *Token) (n int, err error) {
	has := func(n int) bool {
		var yes bool
		if err == nil {
			yes, err = s.out.SignedOut(ctx, s.holder(t), n)
		}
		return yes
	}
	most := 1
	for has(most) && most < math.MaxInt32/2 {
		most *= 2
	}
	n = sort.Search(most, func(i int) bool { return !has(i + 1) })
	return n, err
}

// holder names a token's holder among the sign-outs.
func (s *Sessions) holder(t *Token) string {
	return hex.EncodeToString(s.code("holder", t.sum[:])[:12])
}

// code is the code over what was said, for one use of it.
func (s *Sessions) code(use string, said []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(use))
	h.Write(said)
	return h.Sum(nil)
}

// Of is the session of a cookie, or ErrToken. Any other error is that of the sign-outs: whether there is a session is not
// known then, and nobody may take it that there is one.
func (s *Sessions) Of(ctx context.Context, cookie string) (*Session, error) {
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(b) != saidAll || !hmac.Equal(b[saidTime:], s.code("cookie", b[:saidTime])) {
		return nil, ErrToken
	}
	t, err := s.control.of([sha256.Size]byte(b))
	if err != nil {
		return nil, err
	}
	began := time.Unix(0, int64(binary.BigEndian.Uint64(b[saidCount:])))
	if !s.control.now().Before(began.Add(sessionTime)) {
		return nil, ErrToken
	}
	x := &Session{t, base64.RawURLEncoding.EncodeToString(s.code("form", b[:saidTime])), 1 + int(binary.BigEndian.Uint32(b[saidToken:]))}
	out, err := s.out.SignedOut(ctx, s.holder(t), x.ended)
	switch {
	case err != nil:
		return nil, fmt.Errorf("session: %w", err)
	case out:
		return nil, ErrToken
	}
	return x, nil
}

// End signs the session's holder out: it ends this session and all that were begun before.
func (s *Sessions) End(ctx context.Context, x *Session) error {
	return s.out.SignOut(ctx, s.holder(x.Token), x.Token.Client, x.ended)
}

// Checks reports whether a form brought the session's own token.
func (s *Session) Checks(form string) bool { return hmac.Equal([]byte(form), []byte(s.CSRF)) }
