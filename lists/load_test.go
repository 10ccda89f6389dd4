package lists

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readSample reads a list of as many entities as the text has lines.
func readSample(id, text string) Source {
	return Source{Name: id + ".txt", Read: func(watch func(io.Reader) io.Reader) (List, error) {
		b, err := io.ReadAll(watch(strings.NewReader(text)))
		return sampleList(id, strings.Count(string(b), "\n")), err
	}}
}

func TestLoadReadsAllAndTellsHowFarItIs(t *testing.T) {
	var sources []Source
	want := map[string]int64{}
	for i := range 9 {
		text := strings.Repeat("x", (i+1)<<18) + strings.Repeat("\n", i+1)
		src := readSample(fmt.Sprintf("l%d", i), text)
		sources = append(sources, src)
		want[src.Name] = int64(len(text))
	}
	got, reports := map[string]int64{}, 0
	s, err := Load(context.Background(), sources, func(p Progress) {
		reports++
		require.GreaterOrEqual(t, p.Bytes, got[p.Source])
		got[p.Source] = p.Bytes
		if p.Done {
			assert.Equal(t, want[p.Source], p.Bytes)
		}
	})
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Greater(t, reports, len(sources), "a large source reports on its way")
	assert.Len(t, s.Lists(), 9)
	assert.Equal(t, 45, s.Len())
}

func TestLoadIsAllOrNothing(t *testing.T) {
	broken := errors.New("broken")
	bad := Source{Name: "bad", Read: func(func(io.Reader) io.Reader) (List, error) { return List{}, broken }}
	s, err := Load(context.Background(), []Source{readSample("a", "\n"), bad, readSample("b", "")}, nil)
	require.ErrorIs(t, err, broken)
	assert.Nil(t, s)
	s, err = Load(context.Background(), []Source{readSample("a", "\n"), readSample("b", "")}, nil)
	require.ErrorIs(t, err, ErrEmpty)
	assert.Nil(t, s)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Load(ctx, []Source{readSample("a", "\n")}, nil)
	require.ErrorIs(t, err, context.Canceled)
}
