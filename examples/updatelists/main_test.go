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
	assert.Equal(t, "own      not asked (none in force)\nother    not asked (none in force)\n", out)

	code, out = updatelists("-quiet", "-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Equal(t, "own      updated, 2 entities (confirmed TIME UTC)\n", out)

	code, out = updatelists("-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Contains(t, out, "own      unchanged (confirmed TIME UTC)\n")

	text = "id,kind,name\n1,robot,Example Works Ltd\n2,robot,\n"
	code, out = updatelists("-quiet", "-only", "own")
	assert.Equal(t, exitStale, code)
	assert.Contains(t, out, `own      FAILED: list own: the new version is not used: list own, line 2, record "1", field kind: "robot" is not a kind`)
	assert.Contains(t, out, "(and 2 more) (confirmed TIME UTC)")

	code, out = updatelists("-status", "-only", "own")
	assert.Equal(t, exitCurrent, code)
	assert.Equal(t, "own      not asked (confirmed TIME UTC)\n", out)

	code, out = updatelists("-quiet")
	assert.Equal(t, exitStale, code)
	assert.Contains(t, out, `there is no importer for the format "abacus" (none in force)`)

	code, out = updatelists("-only", "nothing")
	assert.Equal(t, exitError, code)
	assert.Equal(t, "updatelists: there is no list \"nothing\"\n", out)
}

// errorLine keeps what is said on standard error, but for progress bars.
func errorLine(s string) string {
	if i := bytes.Index([]byte(s), []byte("updatelists:")); i >= 0 {
		return s[i:]
	}
	return ""
}
