package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var clock = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)

func TestUpdate(t *testing.T) {
	text := "id,kind,name\n1,organization,Example Works Ltd\n2,person,Tester Sample\n"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }))
	defer s.Close()
	dir := t.TempDir()
	sources := filepath.Join(dir, "sources.json")
	require.NoError(t, os.WriteFile(sources, fmt.Appendf(nil, `[
		{"list": "own", "format": "sheet", "files": [{"name": "own.csv", "url": %q}]},
		{"list": "other", "format": "abacus", "files": [{"name": "own.csv", "url": %q}]}]`, s.URL, s.URL), 0o600))
	updatelists := func(args ...string) (code int, out string) {
		var stdout, stderr bytes.Buffer
		code = run(context.Background(), append([]string{"-dir", filepath.Join(dir, "data"), "-sources", sources}, args...), &stdout, &stderr)
		return code, clock.ReplaceAllString(stdout.String(), "TIME") + errorLine(stderr.String())
	}

	code, out := updatelists("-status")
	assert.Equal(t, exitStale, code)
	assert.Equal(t, "own        not asked (none in force)\nother      not asked (none in force)\n", out)

	code, out = updatelists("-quiet", "-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Equal(t, "own        updated, 2 entities (confirmed TIME UTC)\n", out)

	code, out = updatelists("-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Contains(t, out, "own        unchanged (confirmed TIME UTC)\n")

	text = "id,kind,name\n1,robot,Example Works Ltd\n2,robot,\n"
	code, out = updatelists("-quiet", "-only", "own")
	assert.Equal(t, exitStale, code)
	assert.Contains(t, out, `own        FAILED: list own: the new version is not used: list own, line 2, record "1", field kind: "robot" is not a kind`)
	assert.Contains(t, out, "(and 2 more) (confirmed TIME UTC)")

	code, out = updatelists("-status", "-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Equal(t, "own        not asked (confirmed TIME UTC)\n", out)

	code, out = updatelists("-quiet")
	assert.Equal(t, exitStale, code)
	assert.Contains(t, out, `there is no importer for the format "abacus" (none in force)`)

	code, out = updatelists("-only", "nothing")
	assert.Equal(t, exitError, code)
	assert.Equal(t, "updatelists: there is no list \"nothing\"\n", out)
}

// TestServersThatFail has one list on a good server and one on a bad one: the good one is updated all the same, the bad
// one keeps what it has, and each has its one line.
func TestServersThatFail(t *testing.T) {
	const text = "id,kind,name\n1,organization,Example Works Ltd\n"
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"a page":       {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>Maintenance</html>") }, "the server sent a web page"},
		"not found":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "404 Not Found"},
		"cut in a row": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text[:len(text)-24]) }, "the row has 2 cells, the header 3"},
		"in circles":   {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "the redirection is not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := false
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if bad && r.URL.Path == "/bad.csv" {
					c.answer(w, r)
					return
				}
				_, _ = io.WriteString(w, text)
			}))
			defer s.Close()
			dir := t.TempDir()
			sources := filepath.Join(dir, "sources.json")
			require.NoError(t, os.WriteFile(sources, fmt.Appendf(nil, `[
				{"list": "bad", "format": "sheet", "files": [{"name": "bad.csv", "url": "%s/bad.csv"}]},
				{"list": "good", "format": "sheet", "files": [{"name": "good.csv", "url": "%s/good.csv"}]}]`, s.URL, s.URL), 0o600))
			var stdout, stderr bytes.Buffer
			args := []string{"-dir", filepath.Join(dir, "data"), "-sources", sources}
			require.Equal(t, exitCurrent, run(context.Background(), args, &stdout, &stderr))
			assert.Contains(t, stderr.String(), "bad bad.csv", "the progress bar")
			assert.Contains(t, stderr.String(), "good good.csv")

			bad = true
			stdout.Reset()
			require.Equal(t, exitStale, run(context.Background(), append(args, "-quiet"), &stdout, &stderr))
			lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
			require.Len(t, lines, 2)
			assert.Regexp(t, "^bad +FAILED: .*"+regexp.QuoteMeta(c.says)+`.* \(confirmed .* UTC\)$`, lines[0])
			assert.Regexp(t, `^good +unchanged \(confirmed .* UTC\)$`, lines[1])
			kept, err := filepath.Glob(filepath.Join(dir, "data", "bad", "*", "bad.csv"))
			require.NoError(t, err)
			require.Len(t, kept, 1)
			b, err := os.ReadFile(kept[0])
			require.NoError(t, err)
			assert.Equal(t, text, string(b))
		})
	}
}

// TestByHand tells where to find the lists that have no lasting address, and asks nobody for them.
func TestByHand(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitCurrent, run(context.Background(), []string{"-dir", t.TempDir(), "-only", "jp-eul,cn-control"}, &stdout, &stderr), stderr.String())
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	require.Len(t, lines, 2)
	assert.Regexp(t, `^jp-eul     by hand: .* -list jp=FILE\. https://www\.meti\.go\.jp/policy/anpo/law05\.html$`, lines[0])
	assert.Regexp(t, `^cn-control by hand: .* https://exportcontrol\.mofcom\.gov\.cn/$`, lines[1])
}

func TestExitStatus(t *testing.T) {
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"-h"}, exitCurrent}, {[]string{"-nothing"}, exitError}, {[]string{"-sources", "not-there.json"}, exitError},
		{[]string{"-dir", t.TempDir(), "-status"}, exitStale},
	} {
		assert.Equal(t, c.want, run(context.Background(), c.args, io.Discard, io.Discard), c.args)
	}
}

// errorLine keeps what is said on standard error, but for progress bars.
func errorLine(s string) string {
	if i := bytes.Index([]byte(s), []byte("updatelists:")); i >= 0 {
		return s[i:]
	}
	return ""
}
