package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/sheet"
)

const good = "id,kind,name\n1,organization,Example Works Ltd\n"

// server answers as told, and counts requests.
type server struct {
	*httptest.Server
	answer   http.HandlerFunc
	requests atomic.Int32
}

func newServer(t *testing.T, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{answer: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		s.answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func send(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func newFetcher(t *testing.T) *Fetcher {
	t.Helper()
	return &Fetcher{Dir: t.TempDir(), MaxBytes: 1 << 20, Timeout: time.Minute, Stall: 30 * time.Second, Tries: 3, Backoff: time.Millisecond}
}

func source(s *server) Source {
	return Source{List: "own", Files: []File{{Name: "own.csv", URL: s.URL + "/own.csv"}}}
}

// inForce is the text of the version in force.
func inForce(t *testing.T, f *Fetcher) string {
	t.Helper()
	_, files, err := f.Current("own")
	require.NoError(t, err)
	b, err := fs.ReadFile(files, "own.csv")
	require.NoError(t, err)
	return string(b)
}

func TestUpdateAsksOnlyForWhatIsNew(t *testing.T) {
	s := newServer(t, nil)
	version := "1"
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+version+`"`)
		if r.Header.Get("If-None-Match") == `"`+version+`"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		send(good+version)(w, r)
	}
	f := newFetcher(t)
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	f.Now = func() time.Time { return day }
	_, _, err := f.Current("own")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, stale := f.Stale(source(s))
	assert.True(t, stale, "what was never fetched is stale")

	res, err := f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.True(t, res.Changed)
	assert.Equal(t, good+"1", inForce(t, f))

	day = day.AddDate(0, 0, 7)
	_, stale = f.Stale(source(s))
	assert.False(t, stale)
	day = day.Add(time.Second)
	at, stale := f.Stale(source(s))
	assert.True(t, stale)
	assert.Equal(t, "2026-11-01", at.Format(time.DateOnly))

	res, err = f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.False(t, res.Changed)
	assert.Equal(t, "2026-11-01", res.State.Since.Format(time.DateOnly))
	_, stale = f.Stale(source(s))
	assert.False(t, stale, "an unchanged list is current once the server has said so")

	version = "2"
	res, err = f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.True(t, res.Changed)
	assert.Equal(t, good+"2", inForce(t, f))
	version = "3"
	day = day.AddDate(0, 0, 1)
	_, err = f.Update(context.Background(), source(s))
	require.NoError(t, err)
	entries, err := os.ReadDir(filepath.Join(f.Dir, "own"))
	require.NoError(t, err)
	assert.Len(t, entries, 1+keepVersions, "current.json, the version in force and the one before")
}

func TestFailuresKeepTheLastGood(t *testing.T) {
	var packed bytes.Buffer // 16 MiB in 16 KiB
	z := gzip.NewWriter(&packed)
	_, err := z.Write(make([]byte, 16<<20))
	require.NoError(t, errors.Join(err, z.Close()))
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	}
	broken := errors.New("the importer refuses it")
	for name, c := range map[string]struct {
		answer   http.HandlerFunc
		src      func(*Source)
		want     error
		requests int32
	}{
		"an error":              {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, nil, ErrStatus, 3},
		"too many requests":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, nil, ErrStatus, 3},
		"not there":             {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, nil, ErrStatus, 1},
		"not modified, unasked": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, func(s *Source) { s.Files[0].URL += "?x" }, ErrStatus, 1},
		"a page":                {send("\n<!DOCTYPE html><html>Maintenance</html>"), nil, ErrPage, 1},
		"too large":             {send(strings.Repeat("x", 1<<20+1)), nil, ErrTooLarge, 1},
		"a bomb":                {bomb, nil, ErrTooLarge, 1},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, good)
		}, nil, ErrTruncated, 3},
		"stalled": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, good)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, nil, ErrStalled, 3},
		"silent":           {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, nil, ErrStalled, 3},
		"round in circles": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }, nil, ErrRedirect, 6},
		"another checksum": {send(good + "2"), func(s *Source) { s.Files[0].SHA256 = strings.Repeat("0", 64) }, ErrChecksum, 1},
		"refused":          {send(good + "2"), func(s *Source) { s.Check = func(fs.FS) error { return broken } }, broken, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, send(good))
			f := newFetcher(t)
			_, err := f.Update(context.Background(), source(s))
			require.NoError(t, err)
			before, _, err := f.Current("own")
			require.NoError(t, err)

			s.requests.Store(0)
			s.answer = c.answer
			if c.want == ErrStalled {
				f.Stall = 100 * time.Millisecond
			}
			src := source(s)
			if c.src != nil {
				c.src(&src)
			}
			res, err := f.Update(context.Background(), src)
			require.ErrorIs(t, err, c.want)
			assert.ErrorContains(t, err, "list own")
			assert.Equal(t, c.requests, s.requests.Load())
			assert.False(t, res.Changed)
			assert.Equal(t, before, res.State)
			after, _, err := f.Current("own")
			require.NoError(t, err)
			assert.Equal(t, before, after)
			assert.Equal(t, good, inForce(t, f))
			left, err := os.ReadDir(filepath.Join(f.Dir, "own"))
			require.NoError(t, err)
			assert.Len(t, left, 2, "nothing half done is left")
		})
	}
}

// TestLastModified is for servers that give no tag: they are asked by the day instead.
func TestLastModified(t *testing.T) {
	const day = "Sun, 01 Nov 2026 00:00:00 GMT"
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", day)
		if r.Header.Get("If-Modified-Since") == day {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		send(good)(w, r)
	})
	f := newFetcher(t)
	for _, changed := range []bool{true, false} {
		res, err := f.Update(context.Background(), source(s))
		require.NoError(t, err)
		assert.Equal(t, changed, res.Changed)
		assert.Equal(t, good, inForce(t, f))
	}
}

// TestTooShortALength has a server announce less than it has: what arrives is whole by the rules of HTTP, so only the
// importer, or a checksum, can tell.
func TestTooShortALength(t *testing.T) {
	short := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(good)-len("Example Works Ltd")-2, good)
			_ = conn.Close()
		}
	}
	for name, c := range map[string]struct {
		src  func(*Source)
		want error
	}{
		"the importer": {func(s *Source) {
			s.Check = func(files fs.FS) error {
				b, err := fs.ReadFile(files, "own.csv")
				if err == nil {
					_, err = sheet.Read(bytes.NewReader(b), sheet.Options{})
				}
				return err
			}
		}, lists.ErrFormat},
		"a checksum": {func(s *Source) { s.Files[0].SHA256 = fmt.Sprintf("%x", sha256.Sum256([]byte(good))) }, ErrChecksum},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, send(good))
			f := newFetcher(t)
			src := source(s)
			c.src(&src)
			_, err := f.Update(context.Background(), src)
			require.NoError(t, err)
			s.answer = short
			_, err = f.Update(context.Background(), src)
			require.ErrorIs(t, err, c.want)
			assert.Equal(t, good, inForce(t, f))
		})
	}
}

func TestTroubleThatPasses(t *testing.T) {
	s := newServer(t, nil)
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if s.requests.Load() < 3 {
			w.WriteHeader(503)
			return
		}
		send(good)(w, r)
	}
	f := newFetcher(t)
	var done, total int64
	f.Progress = func(_, _ string, d, n int64) { done, total = d, n }
	res, err := f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.True(t, res.Changed)
	assert.Equal(t, int32(3), s.requests.Load())
	assert.Equal(t, int64(len(good)), done)
	assert.Equal(t, done, total)
}

func TestRedirectIsFollowed(t *testing.T) {
	s := newServer(t, nil)
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own.csv" {
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
			return
		}
		send(good)(w, r)
	}
	f := newFetcher(t)
	_, err := f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.Equal(t, good, inForce(t, f))

	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, s.URL, http.StatusFound) }))
	defer secure.Close()
	f = newFetcher(t)
	f.Client = secure.Client()
	_, err = f.Update(context.Background(), Source{List: "own", Files: []File{{Name: "own.csv", URL: secure.URL}}})
	require.ErrorIs(t, err, ErrRedirect, "never from https to http")
}

func TestFilesOfOneListChangeTogether(t *testing.T) {
	s := newServer(t, nil)
	version, broken := "1", false
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if broken && r.URL.Path == "/b" {
			w.WriteHeader(404)
			return
		}
		tag := `"` + r.URL.Path + version + `"`
		if r.URL.Path == "/c" {
			tag = `"never changes"`
		}
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(304)
			return
		}
		send(r.URL.Path+version)(w, r)
	}
	src := Source{List: "own", Files: []File{{Name: "a", URL: s.URL + "/a"}, {Name: "b", URL: s.URL + "/b"}, {Name: "c", URL: s.URL + "/c"}}}
	text := func(files fs.FS) string {
		var all []byte
		for _, name := range []string{"a", "b", "c"} {
			b, err := fs.ReadFile(files, name)
			require.NoError(t, err)
			all = append(all, b...)
		}
		return string(all)
	}
	f := newFetcher(t)
	src.Check = func(files fs.FS) error {
		if text(files) != "/a"+version+"/b"+version+"/c1" {
			return fmt.Errorf("a mixture: %s", text(files))
		}
		return nil
	}
	_, err := f.Update(context.Background(), src)
	require.NoError(t, err)

	version, broken = "2", true
	_, err = f.Update(context.Background(), src)
	require.ErrorIs(t, err, ErrStatus)
	_, files, err := f.Current("own")
	require.NoError(t, err)
	assert.Equal(t, "/a1/b1/c1", text(files))

	broken = false
	_, err = f.Update(context.Background(), src)
	require.NoError(t, err)
	_, files, err = f.Current("own")
	require.NoError(t, err)
	assert.Equal(t, "/a2/b2/c1", text(files), "the file that did not change is taken over")
}

func TestDamageOnDiskIsFoundAndMended(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(304)
			return
		}
		send(good)(w, r)
	})
	f := newFetcher(t)
	res, err := f.Update(context.Background(), source(s))
	require.NoError(t, err)
	path := filepath.Join(f.Dir, "own", res.State.Version, "own.csv")
	require.NoError(t, os.WriteFile(path, []byte(good[:20]), 0o600))
	_, _, err = f.Current("own")
	require.ErrorIs(t, err, ErrChecksum)
	f.Now = func() time.Time { return time.Now().Add(time.Hour) }
	_, err = f.Update(context.Background(), source(s))
	require.NoError(t, err)
	assert.Equal(t, good, inForce(t, f))

	require.NoError(t, os.WriteFile(filepath.Join(f.Dir, "own", stateFile), []byte(`{"version":"../../other"}`), 0o600))
	_, _, err = f.Current("own")
	require.ErrorIs(t, err, ErrSource)
}

func TestBadSources(t *testing.T) {
	for _, src := range []Source{
		{}, {List: "../x", Files: []File{{Name: "a", URL: "https://example.org"}}}, {List: "x", Files: []File{{Name: "../a", URL: "https://example.org"}}},
		{List: "x", Files: []File{{Name: "a", URL: "file:///etc/passwd"}}}, {List: "x", Files: []File{{Name: "a", URL: "https://example.org", SHA256: "12"}}},
		{List: "x", Files: []File{{Name: "a", URL: "https://example.org"}, {Name: "a", URL: "https://example.org"}}},
	} {
		_, err := newFetcher(t).Update(context.Background(), src)
		assert.ErrorIs(t, err, ErrSource, "%+v", src)
	}
}

func TestCancelling(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	f := newFetcher(t)
	f.Backoff = time.Hour
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := f.Update(ctx, source(s))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorIs(t, err, ErrStatus)
}

func FuzzState(f *testing.F) {
	f.Add([]byte(`{"version":"20261101T000000Z-00","since":"2026-11-01T00:00:00Z","confirmed":"2026-11-01T00:00:00Z","files":[{"name":"a","sha256":""}]}`))
	f.Add([]byte(`{"version":"202611\\00000Z-00"}`)) // a path on another operating system
	f.Add([]byte(`{"version":".."}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, stateFile), b, 0o600))
		s, err := readState(dir)
		if err == nil && (s.Version == "" || strings.HasPrefix(s.Version, ".") || strings.ContainsAny(s.Version, `/\`)) {
			t.Errorf("version %q of %q", s.Version, bytes.TrimSpace(b))
		}
	})
}
