package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ordergate/ordergate/testdata/programme"
	"github.com/stretchr/testify/require"
)

var now = time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)

func TestWritesTheSample(t *testing.T) {
	var out, errOut bytes.Buffer
	status, err := run([]string{"-lang", "zh", "-format", "md"}, &out, &errOut, now)
	require.NoError(t, err)
	require.Equal(t, complete, status)
	require.Contains(t, out.String(), "# 示例工业进出口有限公司出口管制合规管理手册")
	require.Empty(t, errOut.String())
}

func TestNamesGaps(t *testing.T) {
	dir := t.TempDir()
	in, to := filepath.Join(dir, "programme.yaml"), filepath.Join(dir, "handbook.html")
	require.NoError(t, os.WriteFile(in, bytes.Replace(programme.Example, []byte("four_eyes: true"), []byte("four_eyes: false"), 1), 0o600))
	var out, errOut bytes.Buffer
	status, err := run([]string{"-programme", in, "-out", to}, &out, &errOut, now)
	require.NoError(t, err)
	require.Equal(t, gaps, status)
	require.Contains(t, errOut.String(), "4 Review procedure: procedure.four_eyes: ")
	require.Empty(t, out.String())
	page, err := os.ReadFile(to)
	require.NoError(t, err)
	require.Contains(t, string(page), "<h1>Example Works Export Co., Ltd.: export control handbook</h1>")

	status, err = run([]string{"-asof", "2028-01-01"}, &out, &errOut, now)
	require.NoError(t, err)
	require.Equal(t, gaps, status, "assessment and audit are overdue by then")
}

func TestErrors(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	require.NoError(t, os.WriteFile(bad, []byte("schema: 1\n"), 0o600))
	for _, args := range [][]string{
		{"-lang", "fr"}, {"-format", "pdf"}, {"-asof", "yesterday"}, {"stray"}, {"-programme", bad + "x"}, {"-programme", bad}, {"-out", t.TempDir()},
	} {
		var out, errOut bytes.Buffer
		status, err := run(args, &out, &errOut, now)
		require.Error(t, err, args)
		require.Equal(t, failed, status, args)
	}
	status, err := run([]string{"-h"}, &bytes.Buffer{}, &bytes.Buffer{}, now)
	require.ErrorIs(t, err, flag.ErrHelp)
	require.Equal(t, complete, status)
}
