package main

import (
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

// TestDocumentedFlags: the commands that the documentation shows without running them are understood.
func TestDocumentedFlags(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "how-to", "workbench.md"))
	require.NoError(t, err)
	shown := regexp.MustCompile("```text\ngateway (.*)\n```").FindAllStringSubmatch(string(page), -1)
	require.Len(t, shown, 1)
	for _, command := range shown {
		_, err := parse(strings.Fields(command[1]), io.Discard)
		require.NoError(t, err, command[0])
	}
}

// TestDocumentedFiles loads the files that the documentation shows, with what it leaves out put in.
func TestDocumentedFiles(t *testing.T) {
	block := regexp.MustCompile("(?s)```json\n(.*?)```")
	documented := map[string]int{"gateway.md": 2, "workbench.md": 1}
	for name, want := range documented {
		page, err := os.ReadFile(filepath.Join("..", "..", "docs", "how-to", name))
		require.NoError(t, err)
		blocks := block.FindAllStringSubmatch(string(page), -1)
		require.Len(t, blocks, want, name)
		for _, b := range blocks {
			if strings.Contains(b[1], "endpoints") {
				secret := "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, minSecret))
				path := filepath.Join(t.TempDir(), "webhooks.json")
				require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(b[1], "whsec_…", secret)), 0o600))
				endpoints, err := readEndpoints(path)
				require.NoError(t, err, name)
				require.Len(t, endpoints, 1)
				continue
			}
			text := regexp.MustCompile(`"sha256": *"(…|HASH)"`).ReplaceAllStringFunc(b[1], func(string) string {
				_, sum := access.NewToken()
				return `"sha256": "` + sum + `"`
			})
			before := func() time.Time { return time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC) }
			_, err := access.Load(strings.NewReader(text), access.Limits{PerSecond: 1, Burst: 1}, before)
			require.NoError(t, err, name)
		}
	}
}
