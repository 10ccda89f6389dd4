package record

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// GenerateKey makes an Ed25519 key pair for a log in the text forms of golang.org/x/mod/sumdb/note. The
// name is the log's origin, such as "exports.example.com/records": no spaces, no plus sign. Whoever holds
// the signer can write a false log: keep it in a file that only the service reads.
func GenerateKey(name string) (signer, verifier string, err error) {
	if name == "" || len(name) > MaxID || strings.ContainsAny(name, " +") || checkLine(name) != nil {
		return "", "", fmt.Errorf("%w: %q cannot name a log", ErrKey, name)
	}
	return note.GenerateKey(rand.Reader, name)
}

// Checkpoint is what a signed checkpoint says.
type Checkpoint struct {
	// Origin is the log's name.
	Origin string
	// Size is the number of records, Hash the root of the tree over them.
	Size int64
	Hash tlog.Hash
}

// errCheckpoint is wrapped where a note is not a checkpoint.
var errCheckpoint = errors.New("not a checkpoint")

// text is the body of the note in the form of C2SP tlog-checkpoint.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Hash[:]))
}

// sign is the checkpoint as a signed note.
func (c Checkpoint) sign(s note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: c.text()}, s)
}

// ParseCheckpoint opens a signed note with the log's verifier key. Signatures of others, such as witnesses,
// are let through unread. The error wraps [ErrTampered] where the signature or the form is wrong.
func ParseCheckpoint(signed []byte, verifier string) (Checkpoint, error) {
	v, err := newVerifier(verifier)
	if err != nil {
		return Checkpoint{}, err
	}
	return openCheckpoint(signed, v)
}

func newVerifier(key string) (note.Verifier, error) {
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return v, nil
}

func openCheckpoint(signed []byte, v note.Verifier) (Checkpoint, error) {
	text, err := openNote(signed, v)
	if err != nil {
		return Checkpoint{}, err
	}
	lines := strings.SplitN(text, "\n", 4)
	c := Checkpoint{Origin: lines[0]}
	if len(lines) >= 3 {
		c.Size, err = strconv.ParseInt(lines[1], 10, 64)
		if err == nil {
			c.Hash, err = tlog.ParseHash(lines[2])
		}
	}
	// Extension lines are not written by this package and not read.
	if err != nil || c.Origin != v.Name() || c.Size < 0 || c.text() != text {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrTampered, errCheckpoint)
	}
	return c, nil
}

// openNote is the text of a note that v signed. It refuses a second spelling of the same signature, which
// base64 would let through in the unused bits of its last letter.
func openNote(signed []byte, v note.Verifier) (string, error) {
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrTampered, err)
	}
	for _, s := range n.Sigs {
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return "", fmt.Errorf("%w: signature: %w", ErrTampered, err)
		}
	}
	return n.Text, nil
}

// openHead opens the checkpoint that the store keeps as its head: signed once, by the log alone.
func openHead(signed []byte, v note.Verifier) (Checkpoint, error) {
	c, err := openCheckpoint(signed, v)
	if err == nil && bytes.Count(signed[len(c.text()):], []byte("\n")) != 2 {
		err = fmt.Errorf("%w: head: more than the log's signature", ErrTampered)
	}
	return c, err
}
