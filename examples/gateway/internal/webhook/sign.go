// Package webhook tells other systems what became of an order: signed messages, kept in the programme's
// queue until they are delivered, so that neither a restart nor a receiver that is down loses one.
//
// A message is a POST with the headers of standardwebhooks.com:
//
//	webhook-id: case/SO-1001/7
//	webhook-timestamp: 1767225600
//	webhook-signature: v1,<base64 of HMAC-SHA256 over "id.timestamp.body">
//
// The id is that of the event and stays the same when it is sent again; the timestamp is that of the
// attempt. A receiver uses [Receiver], or does as it does: it refuses a wrong signature and a timestamp
// more than five minutes away, and does nothing twice for one id.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The headers of a message.
const (
	HeaderID        = "webhook-id"
	HeaderTimestamp = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// Tolerance is how far a message's timestamp may be from the receiver's clock.
const Tolerance = 5 * time.Minute

// scheme begins a signature.
const scheme = "v1,"

func sign(secret []byte, id string, at int64, body []byte) []byte {
	m := hmac.New(sha256.New, secret)
	fmt.Fprintf(m, "%s.%d.", id, at)
	m.Write(body)
	return m.Sum(nil)
}

// signature is the value of the header.
func signature(secret []byte, id string, at int64, body []byte) string {
	return scheme + base64.StdEncoding.EncodeToString(sign(secret, id, at, body))
}

// Why a receiver refuses a message.
var (
	ErrSignature = errors.New("webhook: the signature is not right")
	ErrOld       = errors.New("webhook: the timestamp is too far from now")
	ErrReplayed  = errors.New("webhook: this message was received before")
)

// Receiver checks messages. It remembers the ids of those it let through for twice the tolerance, in
// memory; a receiver that must not act twice over a longer time keeps the ids itself.
type Receiver struct {
	Secret []byte

	mu   sync.Mutex
	seen map[string]time.Time
}

// Check lets a message through once. Errors are ErrSignature, ErrOld and ErrReplayed.
func (r *Receiver) Check(h http.Header, body []byte, now time.Time) error {
	id, stamp := h.Get(HeaderID), h.Get(HeaderTimestamp)
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return ErrSignature
	}
	given, ok := strings.CutPrefix(h.Get(HeaderSignature), scheme)
	mac, err := base64.StdEncoding.DecodeString(given)
	if !ok || err != nil || !hmac.Equal(mac, sign(r.Secret, id, at, body)) {
		return ErrSignature
	}
	if d := now.Sub(time.Unix(at, 0)); d > Tolerance || d < -Tolerance {
		return ErrOld
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = make(map[string]time.Time)
	}
	for k, t := range r.seen {
		if now.Sub(t) > 2*Tolerance {
			delete(r.seen, k)
		}
	}
	if _, ok := r.seen[id]; ok {
		return ErrReplayed
	}
	r.seen[id] = now
	return nil
}
