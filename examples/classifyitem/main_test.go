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
	require.Contains(t, out.String(), "= 定位精度 0.004mm (< 6 µm，分项 b)")
	require.Contains(t, out.String(), "线索强")
	require.Contains(t, out.String(), "现行有效")
	require.Contains(t, out.String(), "中国两用物项出口管制清单")
	require.NotContains(t, out.String(), "in force")
	out.Reset()
	require.NoError(t, run([]string{"microwave", "amplifier"}, &out, io.Discard))
	require.Contains(t, out.String(), "? frequency > 2.7 GHz\n")
	require.Contains(t, out.String(), "? not given")
	out.Reset()
	require.NoError(t, run([]string{"-json", "-code", "EU-DU=3A001.b", "-p", "frequency=9 GHz", "MMIC"}, &out, io.Discard))
	require.True(t, strings.HasPrefix(out.String(), "{"))
	require.Contains(t, out.String(), `"code": "3A001"`)
	out.Reset()
	require.NoError(t, run([]string{"parts"}, &out, io.Discard))
	require.Contains(t, out.String(), "too vague")
	require.Error(t, run([]string{"-asof", "yesterday", "pump"}, &out, io.Discard))
	require.Error(t, run([]string{"-lang", "fr", "pump"}, &out, io.Discard))
	require.Error(t, run([]string{"-n", "0", "pump"}, &out, io.Discard))
	require.Error(t, run([]string{"-p", "novalue", "pump"}, &out, io.Discard))
}
