package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run([]string{"-hs", "845710", "-lang", "zh", "-asof", "2026-11-20", "五轴联动加工中心", "定位精度0.004mm"}, &out, io.Discard))
	require.Contains(t, out.String(), "CN-DUCL 2B201")
	require.Contains(t, out.String(), "= 定位精度 0.004mm")
	out.Reset()
	require.NoError(t, run([]string{"-json", "-code", "EU-DU=3A001.b", "-p", "frequency=9 GHz", "MMIC"}, &out, io.Discard))
	require.True(t, strings.HasPrefix(out.String(), "{"))
	require.Contains(t, out.String(), `"code": "3A001"`)
	out.Reset()
	require.NoError(t, run([]string{"parts"}, &out, io.Discard))
	require.Contains(t, out.String(), "too vague")
	require.Error(t, run([]string{"-asof", "yesterday", "pump"}, &out, io.Discard))
	require.Error(t, run([]string{"-p", "novalue", "pump"}, &out, io.Discard))
}
