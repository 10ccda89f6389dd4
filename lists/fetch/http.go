package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// StatusError is an answer that is no success. It wraps [ErrStatus].
type StatusError struct {
	Code int
	// After is how long the server asks to wait, 0 where it does not say.
	After time.Duration
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s: %d %s", ErrStatus, e.Code, http.StatusText(e.Code))
}

func (e *StatusError) Unwrap() error { return ErrStatus }

// maxRedirects and maxWait bound what a server may ask for.
const (
	maxRedirects = 5
	maxWait      = 5 * time.Minute
)

// file gets one file into the folder fresh: from the server, or from the version before where that still holds.
func (f *Fetcher) file(ctx context.Context, list string, want File, oldFolder string, old FileState, fresh string) (FileState, error) {
	pause := or(f.Backoff, defaultBackoff)
	for try := 1; ; try++ {
		got, err := f.try(ctx, list, want, oldFolder, old, fresh)
		if err == nil || try >= or(f.Tries, defaultTries) || !mayPass(err) || ctx.Err() != nil {
			return got, err
		}
		wait := pause
		var status *StatusError
		if errors.As(err, &status) && status.After > 0 {
			wait = min(status.After, maxWait)
		}
		select {
		case <-ctx.Done():
			return FileState{}, errors.Join(err, ctx.Err())
		case <-time.After(wait):
		}
		pause *= 2
	}
}

// mayPass reports whether asking again may help: after trouble on the way or at the server, not after its answer.
func mayPass(err error) bool {
	var status *StatusError
	switch {
	case errors.As(err, &status):
		return status.Code >= 500 || status.Code == http.StatusTooManyRequests || status.Code == http.StatusRequestTimeout
	case errors.Is(err, ErrTooLarge), errors.Is(err, ErrRedirect), errors.Is(err, ErrPage), errors.Is(err, ErrChecksum):
		return false
	}
	return true
}

// try asks once.
func (f *Fetcher) try(ctx context.Context, list string, want File, oldFolder string, old FileState, fresh string) (FileState, error) {
	ctx, cancel := context.WithTimeout(ctx, or(f.Timeout, defaultTimeout))
	defer cancel()
	var stalled atomic.Bool
	watch := time.AfterFunc(or(f.Stall, defaultStall), func() { stalled.Store(true); cancel() })
	defer watch.Stop()

	got, err := f.get(ctx, list, want, oldFolder, old, fresh, func() { watch.Reset(or(f.Stall, defaultStall)) })
	if err != nil && stalled.Load() {
		return FileState{}, fmt.Errorf("%w: %w", ErrStalled, err)
	}
	return got, err
}

func (f *Fetcher) get(ctx context.Context, list string, want File, oldFolder string, old FileState, fresh string, alive func()) (FileState, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, want.URL, nil)
	if err != nil {
		return FileState{}, fmt.Errorf("%w: %w", ErrSource, err)
	}
	req.Header.Set("User-Agent", "ordergate-lists/1")
	if old.ETag != "" {
		req.Header.Set("If-None-Match", old.ETag)
	}
	if old.LastModified != "" {
		req.Header.Set("If-Modified-Since", old.LastModified)
	}
	resp, err := f.client().Do(req)
	if err != nil {
		return FileState{}, err
	}
	defer resp.Body.Close()
	target := filepath.Join(fresh, want.Name)
	switch {
	case resp.StatusCode == http.StatusNotModified && old.SHA256 != "":
		if want.SHA256 != "" && !strings.EqualFold(want.SHA256, old.SHA256) {
			return FileState{}, ErrChecksum
		}
		return old, copyFile(filepath.Join(oldFolder, old.Name), target)
	case resp.StatusCode != http.StatusOK:
		return FileState{}, &StatusError{Code: resp.StatusCode, After: retryAfter(resp)}
	}
	body := &counted{r: resp.Body, max: or(f.MaxBytes, defaultMaxBytes), step: func(n int64) {
		alive()
		if f.Progress != nil {
			f.Progress(list, want.Name, n, resp.ContentLength)
		}
	}}
	n, sum, err := saveFile(target, body)
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("%w: %w", ErrTruncated, err)
		}
		return FileState{}, errors.Join(err, os.Remove(target))
	}
	if want.SHA256 != "" && !strings.EqualFold(want.SHA256, sum) {
		return FileState{}, fmt.Errorf("%w: %s", ErrChecksum, sum)
	}
	if isPage(body.head) {
		return FileState{}, ErrPage
	}
	return FileState{
		Name: want.Name, URL: want.URL, Bytes: n, SHA256: sum, ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
	}, nil
}

func (f *Fetcher) client() *http.Client {
	c := http.Client{}
	if f.Client != nil {
		c = *f.Client
	}
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return fmt.Errorf("%w: over %d", ErrRedirect, maxRedirects)
		}
		if via[0].URL.Scheme == "https" && req.URL.Scheme != "https" {
			return fmt.Errorf("%w: from https to %s", ErrRedirect, req.URL.Scheme)
		}
		return nil
	}
	return &c
}

func retryAfter(resp *http.Response) time.Duration {
	s, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || s < 0 {
		return 0
	}
	return time.Duration(min(s, int(maxWait/time.Second))) * time.Second
}

// isPage reports whether a file begins as a web page does; no list is one.
func isPage(head []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// counted counts and bounds what is read, unpacked, and keeps its beginning.
type counted struct {
	r      io.Reader
	n, max int64
	head   []byte
	step   func(n int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.n += int64(n); c.n > c.max {
		return 0, fmt.Errorf("%w: over %d bytes", ErrTooLarge, c.max)
	}
	if len(c.head) < 512 {
		c.head = append(c.head, p[:min(n, 512-len(c.head))]...)
	}
	if n > 0 {
		c.step(c.n)
	}
	return n, err
}

// saveFile writes a file, synced, and says its length and SHA-256 in hex.
func saveFile(path string, r io.Reader) (n int64, sum string, err error) {
	w, err := os.Create(path)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	n, err = io.Copy(io.MultiWriter(w, h), r)
	if err == nil {
		err = w.Sync()
	}
	return n, hex.EncodeToString(h.Sum(nil)), errors.Join(err, w.Close())
}

func hashFile(path string) (n int64, sum string, err error) {
	r, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer r.Close()
	h := sha256.New()
	n, err = io.Copy(h, r)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	_, _, err = saveFile(to, r)
	return err
}
