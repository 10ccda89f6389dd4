package fetch

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOfficialSourcesAreUsable(t *testing.T) {
	all, err := Official()
	require.NoError(t, err)
	assert.Len(t, all, 9)
	for _, s := range all {
		if assert.Equal(t, s.Page == "", len(s.Files) > 0, s.List); s.Page != "" {
			_, err := newFetcher(t).Update(t.Context(), s)
			require.ErrorIs(t, err, ErrByHand)
			require.ErrorContains(t, err, s.Page)
		}
		assert.NotEmpty(t, s.Format, s.List)
		assert.NotEmpty(t, s.Note, s.List)
		for _, f := range s.Files {
			assert.True(t, strings.HasPrefix(f.URL, "https://"), f.URL)
		}
	}
}

func TestReadSourcesRefuses(t *testing.T) {
	for _, text := range []string{
		"", "{}", `[{"list":"un","files":[],"urls":[]}]`, `[{"list":"un"}]`, `[{"list":"un","page":"file:///etc/passwd"}]`,
		`[{"list":"un","files":[{"name":"a","url":"https://example.org"}]},{"list":"un","files":[{"name":"a","url":"https://example.org"}]}]`,
	} {
		_, err := ReadSources(strings.NewReader(text))
		assert.ErrorIs(t, err, ErrSource, text)
	}
}

func FuzzReadSources(f *testing.F) {
	f.Add(official)
	f.Fuzz(func(t *testing.T, text string) {
		all, err := ReadSources(strings.NewReader(text))
		for _, s := range all {
			if err != nil || s.validate() != nil {
				t.Errorf("%v: %+v", err, s)
			}
		}
	})
}
