package lists_test

import (
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/internal/listtest"
	"github.com/ordergate/ordergate/lists/ofac"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
)

// official are the United Nations', OFAC's and the US list as shared for tests.
func official(t testing.TB) []lists.Source {
	open := func(name ...string) io.Reader {
		return listtest.Shared(t, append([]string{"data", "lists"}, name...)...)
	}
	one := func(name string, read func(io.Reader) (lists.List, error)) lists.Source {
		return lists.Source{Name: name, Read: func(watch func(io.Reader) io.Reader) (lists.List, error) { return read(watch(open(name))) }}
	}
	open("un_consolidated.xml") // skip here rather than in a goroutine
	return []lists.Source{
		one("us_csl_2026-07-31.csv", uscsl.Read), one("un_consolidated.xml", un.Read),
		{Name: "ofac", Read: func(watch func(io.Reader) io.Reader) (lists.List, error) {
			file := func(name string) io.Reader { return watch(open("ofac", name)) }
			return ofac.Read(ofac.SDN, ofac.Files{Parties: file("sdn.csv"), Aliases: file("alt.csv"), Addresses: file("add.csv"), Comments: file("sdn_comments.csv")})
		}},
	}
}

func TestOfficialListsTogether(t *testing.T) {
	s, err := lists.Load(context.Background(), official(t), nil)
	require.NoError(t, err)
	assert.Equal(t, 1003+8976+25921, s.Len())
	builtIn, err := cn.BuiltIn()
	require.NoError(t, err)
	all, err := s.With(builtIn...)
	require.NoError(t, err)
	assert.Len(t, all.Lists(), 6)

	archive := lists.NewArchive(lists.DirStore(t.TempDir()))
	require.NoError(t, archive.Keep(all))
	again, err := archive.Open(all.Digest())
	require.NoError(t, err)
	assert.Equal(t, all.Digest(), again.Digest())
	assert.Empty(t, lists.Diff(all, again))
}

// BenchmarkLoadOfficial reads the three lists side by side and makes a snapshot of them, without an index.
func BenchmarkLoadOfficial(b *testing.B) {
	for b.Loop() {
		if _, err := lists.Load(context.Background(), official(b), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadAndIndexOfficial does so with the index.
func BenchmarkLoadAndIndexOfficial(b *testing.B) {
	for b.Loop() {
		s, err := lists.Load(context.Background(), official(b), nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := lists.NewIndex(s); err != nil {
			b.Fatal(err)
		}
	}
}
