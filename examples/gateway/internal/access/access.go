// Package access says who may do what: bearer tokens with roles, limits of rate, and the sessions of
// people who sign in with a token.
//
// Tokens are 32 random bytes in base64url. The service holds only their SHA-256, in a JSON file; a token of
// that length needs no slow hash. Comparison takes the same time whatever the token.
package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// Role is what a token may be used for.
type Role string

// The roles of tokens. What a person may do to a case is the programme's to say, by the person's roles there.
const (
	// Screen sends orders and reads their reports.
	Screen Role = "screen"
	// Read reads reports, cases, lists and records.
	Read Role = "read"
	// Review reads, and moves cases as the person the token belongs to.
	Review Role = "review"
	// Monitor reads the metrics.
	Monitor Role = "monitor"
)

var roles = []Role{Screen, Read, Review, Monitor}

// Token is one entry of the tokens file.
type Token struct {
	// Client names the holder in logs: a system or a post, never a person's name.
	Client string `json:"client"`
	// SHA256 is the hexadecimal hash of the token.
	SHA256 string `json:"sha256"`
	Roles  []Role `json:"roles"`
	// Person is the id of the programme's person who holds it; required for Review.
	Person string `json:"person,omitempty"`
	// Expires is when it ends; required, no token is for ever.
	Expires time.Time `json:"expires"`
	// PerSecond and Burst limit its requests; 0 is the service's default.
	PerSecond float64 `json:"per_second,omitempty"`
	Burst     int     `json:"burst,omitempty"`

	sum    [sha256.Size]byte
	bucket *bucket
}

// May reports whether the token has one of the roles; Review includes Read.
func (t *Token) May(want ...Role) bool {
	for _, r := range want {
		if slices.Contains(t.Roles, r) || r == Read && slices.Contains(t.Roles, Review) {
			return true
		}
	}
	return false
}

// Control is the tokens in force. It is safe for concurrent use.
type Control struct {
	tokens []*Token
	now    func() time.Time
}

// Limits are the default limits of a token.
type Limits struct {
	PerSecond float64
	Burst     int
}

// ErrToken says that a token is unknown or has expired: callers are not told which.
var ErrToken = errors.New("access: no such token")

// Load reads a tokens file, and names everything that is wrong with it.
func Load(r io.Reader, limits Limits, now func() time.Time) (*Control, error) {
	dec := json.NewDecoder(io.LimitReader(r, 1<<20))
	dec.DisallowUnknownFields()
	var file struct {
		Tokens []*Token `json:"tokens"`
	}
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("tokens file: %w", err)
	}
	var problems []error
	seen := make(map[string]bool)
	for i, t := range file.Tokens {
		bad := func(format string, args ...any) {
			problems = append(problems, fmt.Errorf("tokens[%d]: %s", i, fmt.Sprintf(format, args...)))
		}
		b, err := hex.DecodeString(t.SHA256)
		if err != nil || copy(t.sum[:], b) != sha256.Size {
			bad("sha256 is not a hexadecimal SHA-256")
		}
		if t.Client == "" {
			bad("client is missing")
		}
		if seen[t.SHA256] {
			bad("the same token stands twice")
		}
		seen[t.SHA256] = true
		if t.Expires.IsZero() {
			bad("expires is missing")
		}
		for _, r := range t.Roles {
			if !slices.Contains(roles, r) {
				bad("unknown role %q; want one of %v", r, roles)
			}
		}
		if slices.Contains(t.Roles, Review) && t.Person == "" {
			bad("the role review needs a person")
		}
		if t.PerSecond == 0 {
			t.PerSecond = limits.PerSecond
		}
		if t.Burst == 0 {
			t.Burst = limits.Burst
		}
		t.bucket = &bucket{perSecond: t.PerSecond, burst: float64(t.Burst), left: float64(t.Burst)}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return &Control{tokens: file.Tokens, now: now}, nil
}

// Token is the entry of a bearer token, or ErrToken.
func (c *Control) Token(bearer string) (*Token, error) {
	return c.of(sha256.Sum256([]byte(bearer)))
}

// of is the entry of a token's hash, or ErrToken.
func (c *Control) of(sum [sha256.Size]byte) (*Token, error) {
	var found *Token
	for _, t := range c.tokens { // every one is compared: the time tells nothing
		if subtle.ConstantTimeCompare(sum[:], t.sum[:]) == 1 {
			found = t
		}
	}
	if found == nil || !c.now().Before(found.Expires) {
		return nil, ErrToken
	}
	return found, nil
}

// Allow takes one request from the token's allowance; where there is none left it says how long to wait.
func (c *Control) Allow(t *Token) (wait time.Duration, ok bool) { return t.bucket.take(c.now()) }

// NewToken makes a token and the hash that the tokens file holds.
func NewToken() (token, sum string) {
	b := random()
	token = base64.RawURLEncoding.EncodeToString(b[:])
	h := sha256.Sum256([]byte(token))
	return token, hex.EncodeToString(h[:])
}

func random() (b [32]byte) {
	rand.Read(b[:]) // never fails
	return b
}

// bucket is a token bucket: it fills by perSecond up to burst.
type bucket struct {
	perSecond, burst float64

	mu   sync.Mutex
	left float64
	at   time.Time
}

func (b *bucket) take(now time.Time) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if passed := now.Sub(b.at); !b.at.IsZero() && passed > 0 {
		b.left = min(b.burst, b.left+passed.Seconds()*b.perSecond)
	}
	b.at = now
	if b.left < 1 {
		return time.Duration((1 - b.left) / b.perSecond * float64(time.Second)), false
	}
	b.left--
	return 0, true
}

// NewRequestID names a request in the answer and in the service's log.
func NewRequestID() string {
	b := random()
	return hex.EncodeToString(b[:8])
}
