package icp_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/stretchr/testify/require"
)

func sampleYAML(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../testdata/programme/example.yaml")
	require.NoError(t, err)
	return b
}

func sample(t testing.TB) *icp.Programme {
	t.Helper()
	p, err := icp.LoadProgramme(bytes.NewReader(sampleYAML(t)))
	require.NoError(t, err)
	return p
}

func TestSampleLoads(t *testing.T) {
	p := sample(t)
	require.Len(t, p.Procedure.Stages, 4)
	require.Equal(t, sampleYAML(t), p.Bytes())
	require.Len(t, p.Digest(), 64)
}
