package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadEndpoints(t *testing.T) {
	const good = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
	for name, c := range map[string]struct {
		file string
		want []string // what the error says; none is no error
	}{
		"none": {file: `{"endpoints": []}`},
		"good": {file: `{"endpoints": [{"name": "erp", "url": "https://erp.example/hooks", "secret": "` + good + `"},
			{"name": "local", "url": "http://127.0.0.1:9000/", "secret": "` + good + `"}]}`},
		"unknown field": {`{"endpoints": [{"nam": "erp"}]}`, []string{`unknown field "nam"`}},
		"everything wrong": {`{"endpoints": [{"name": "a/b", "url": "http://erp.example/", "secret": "whsec_c2hvcnQ="},
			{"name": "c", "url": "https://user:word@erp.example/", "secret": "plain"}, {"name": "c", "url": "ftp://erp.example", "secret": "` + good + `"}]}`,
			[]string{"endpoints[0].name", "endpoints[0].url", "endpoints[0].secret", "endpoints[1].url", "endpoints[1].secret", "endpoints[2].name", "endpoints[2].url"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "webhooks.json")
			require.NoError(t, os.WriteFile(path, []byte(c.file), 0o600))
			got, err := readEndpoints(path)
			if c.want == nil {
				require.NoError(t, err)
				for _, e := range got {
					require.Equal(t, []byte("0123456789abcdef01234567"), e.Secret)
				}
				return
			}
			for _, part := range c.want {
				require.ErrorContains(t, err, part)
			}
		})
	}
}
