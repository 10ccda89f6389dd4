package lists

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
)

// A list's canonical bytes are lines of JSON: the list without its entities, then one entity a line, each in
// the field order of its Go type, nothing escaped that JSON lets stand. They are written and read as a stream.

// encodeBatch is how many entities one goroutine encodes at a time.
const encodeBatch = 512

// encode writes the list's canonical bytes.
func (l *List) encode(w io.Writer) error {
	head := *l
	head.Entities = nil
	if err := encodeLines(w, head); err != nil {
		return fmt.Errorf("list %s: %w", l.ID, err)
	}
	// Encoding costs far more than writing, so batches are encoded side by side and written in order.
	type batch struct {
		buf bytes.Buffer
		err error
	}
	workers := runtime.GOMAXPROCS(0)
	batches := make([]batch, workers)
	for from := 0; from < len(l.Entities); from += workers * encodeBatch {
		var wg sync.WaitGroup
		for i := range batches {
			lo := min(from+i*encodeBatch, len(l.Entities))
			hi := min(lo+encodeBatch, len(l.Entities))
			b := &batches[i]
			b.buf.Reset()
			wg.Go(func() { b.err = encodeLines(&b.buf, l.Entities[lo:hi]...) })
		}
		wg.Wait()
		for i := range batches {
			if batches[i].err != nil {
				return fmt.Errorf("list %s: %w", l.ID, batches[i].err)
			}
			if _, err := w.Write(batches[i].buf.Bytes()); err != nil {
				return fmt.Errorf("list %s: %w", l.ID, err)
			}
		}
	}
	return nil
}

func encodeLines[T any](w io.Writer, values ...T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range values {
		if err := enc.Encode(&values[i]); err != nil {
			return err
		}
	}
	return nil
}

// digest is the SHA-256, in hex, of the list's canonical bytes.
func (l *List) digest() (string, error) {
	h := sha256.New()
	if err := l.encode(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// decodeList reads canonical bytes to the end.
func decodeList(r io.Reader) (List, error) {
	var l List
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	if err := dec.Decode(&l); err != nil {
		return List{}, fmt.Errorf("list header: %w", err)
	}
	for {
		var e Entity
		switch err := dec.Decode(&e); {
		case errors.Is(err, io.EOF):
			return l, nil
		case err != nil:
			return List{}, fmt.Errorf("list %s, entity %d: %w", l.ID, len(l.Entities)+1, err)
		}
		l.Entities = append(l.Entities, e)
	}
}
