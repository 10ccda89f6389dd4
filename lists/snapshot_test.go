package lists

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ordergate/ordergate/internal/dated"
)

// sampleList is a valid list of n entities.
func sampleList(id string, n int) List {
	l := List{ID: id, Title: "Sample " + id, Regime: "OWN", Published: "2026-01-01"}
	for i := range n {
		l.Entities = append(l.Entities, Entity{
			ID: fmt.Sprintf("%s-%d", id, i), Kind: Organization,
			Names:     []Name{{Text: fmt.Sprintf("Example Works %d <&> Ltd", i), Kind: PrimaryName}, {Text: "示例", Kind: OriginalName, Lang: "zh"}},
			Addresses: []Address{{Text: "1 Example Road", Country: "FR"}},
			Measures:  []Measure{{Programme: "own", Timeline: dated.Since("2025-01-01")}},
		})
	}
	return l
}

func mustSnapshot(t require.TestingT, lists ...List) *Snapshot {
	s, err := NewSnapshot(lists...)
	require.NoError(t, err)
	return s
}

func TestSnapshot(t *testing.T) {
	a, b := sampleList("a", 3), sampleList("b", 2)
	s := mustSnapshot(t, b, a)
	assert.Equal(t, 5, s.Len())
	assert.Equal(t, "a", s.Lists()[0].ID)
	l, ok := s.List("b")
	require.True(t, ok)
	assert.Equal(t, b, *l)
	e, ok := s.Entity("a", "a-1")
	require.True(t, ok)
	assert.Equal(t, a.Entities[1], *e)
	_, ok = s.Entity("b", "a-1")
	assert.False(t, ok)
	_, ok = s.Entity("c", "a-1")
	assert.False(t, ok)
	_, ok = s.List("c")
	assert.False(t, ok)
	assert.Empty(t, s.ListDigest("c"))
	var seen []string
	for l, e := range s.Entities() {
		seen = append(seen, l.ID+" "+e.ID)
	}
	assert.Equal(t, []string{"a a-0", "a a-1", "a a-2", "b b-0", "b b-1"}, seen)
}

func TestDigestIsOfTheDataAlone(t *testing.T) {
	a, b := sampleList("a", 1500), sampleList("b", 2)
	one, two := mustSnapshot(t, a, b), mustSnapshot(t, b, a)
	assert.Equal(t, one.Digest(), two.Digest())
	assert.Len(t, one.Digest(), 64)

	changed := sampleList("b", 2)
	changed.Entities[1].Addresses[0].City = "Lyon"
	three := mustSnapshot(t, a, changed)
	assert.NotEqual(t, one.Digest(), three.Digest())
	assert.Equal(t, one.ListDigest("a"), three.ListDigest("a"))
	assert.NotEqual(t, one.ListDigest("b"), three.ListDigest("b"))
	assert.Equal(t, "e12af773", mustSnapshot(t, sampleList("a", 2)).Digest()[:8], "the canonical form must never change unnoticed: archived digests depend on it")
}

func TestWithReplacesAndShares(t *testing.T) {
	a, b, c := sampleList("a", 3), sampleList("b", 2), sampleList("c", 1)
	old := mustSnapshot(t, a, b)
	before := old.Digest()
	next, err := old.With(sampleList("b", 4), c)
	require.NoError(t, err)
	assert.Equal(t, mustSnapshot(t, a, sampleList("b", 4), c), next)
	assert.Equal(t, before, old.Digest())
	assert.Equal(t, 5, old.Len())
	same, err := next.With()
	require.NoError(t, err)
	assert.Equal(t, next, same)
	_, err = old.With(List{ID: "d"})
	require.ErrorIs(t, err, ErrEmpty)
}

func TestNewSnapshotNamesEveryDefect(t *testing.T) {
	bad := sampleList("b", 2)
	bad.Entities[1].ID = "b-0"
	bad.Entities[0].Names = nil
	s, err := NewSnapshot(sampleList("a", 1), sampleList("a", 1), bad, List{ID: "c", Regime: "OWN"})
	require.Nil(t, s)
	require.ErrorIs(t, err, ErrDuplicate)
	require.ErrorIs(t, err, ErrEmpty)
	assert.ErrorContains(t, err, "list a: two lists have this id")
	assert.ErrorContains(t, err, `list b, record "b-0", field id`)
	assert.ErrorContains(t, err, `list b, record "b-0", field names`)
}

func TestDiff(t *testing.T) {
	was := sampleList("a", 4)
	is := sampleList("a", 5)
	is.Entities = append(is.Entities[:1], is.Entities[2:]...) // a-1 is removed, a-4 added
	is.Entities[1].Names = append(is.Entities[1].Names, Name{Text: "EW & Co", Kind: Alias})
	is.Entities[1].BirthDates = []BirthDate{} // as good as none
	is.Entities[2].Gender = "male"
	changes := Diff(mustSnapshot(t, was, sampleList("gone", 1), sampleList("same", 2)), mustSnapshot(t, is, sampleList("new", 1), sampleList("same", 2)))
	var got []string
	for _, c := range changes {
		switch {
		case c.Old == nil:
			got = append(got, "+"+c.ID)
		case c.New == nil:
			got = append(got, "-"+c.ID)
		default:
			for _, f := range c.Fields {
				got = append(got, c.ID+" "+f.Field)
			}
		}
	}
	assert.Equal(t, []string{"a-2 names", "a-3 gender", "+a-4", "-a-1", "-gone-0", "+new-0"}, got)
	assert.Equal(t, FieldChange{Field: "gender", New: `"male"`}, changes[1].Fields[0])
	assert.Contains(t, changes[0].Fields[0].New, `"EW & Co"`)
}

// TestDiffAccountsForEverything applies a diff to the old snapshot and must get the new one.
func TestDiffAccountsForEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) List {
			l := List{ID: "a", Regime: "OWN"}
			for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(0, 20), 1, 12, rapid.ID).Draw(t, label) {
				l.Entities = append(l.Entities, Entity{
					ID: fmt.Sprint(id), Names: []Name{{Text: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "name")}},
					Remarks: rapid.SampledFrom([]string{"", "x"}).Draw(t, "remarks"),
				})
			}
			return l
		}
		was, is := draw("was"), draw("is")
		old, err := NewSnapshot(was)
		if err != nil {
			t.Fatal(err)
		}
		new, err := NewSnapshot(is)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]Entity{}
		for _, e := range was.Entities {
			got[e.ID] = e
		}
		for _, c := range Diff(old, new) {
			if c.New == nil {
				delete(got, c.ID)
			} else {
				got[c.ID] = *c.New
			}
			if c.Old != nil && c.New != nil && len(c.Fields) == 0 {
				t.Fatalf("%s: a change of no field", c.ID)
			}
		}
		want := map[string]Entity{}
		for _, e := range is.Entities {
			want[e.ID] = e
		}
		assert.Equal(t, want, got)
		if changes := Diff(new, new); len(changes) != 0 {
			t.Fatalf("a snapshot differs from itself: %v", changes)
		}
	})
}

func TestArchive(t *testing.T) {
	dir := t.TempDir()
	a := NewArchive(DirStore(filepath.Join(dir, "archive")))
	s := mustSnapshot(t, sampleList("a", 1500), sampleList("b", 2))
	require.NoError(t, a.Keep(s))
	require.NoError(t, a.Keep(s), "keeping twice is keeping")
	got, err := a.Open(s.Digest())
	require.NoError(t, err)
	assert.Equal(t, s, got)

	next := mustSnapshot(t, sampleList("a", 1500), sampleList("b", 3))
	require.NoError(t, a.Keep(next))
	files := 0
	require.NoError(t, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			files++
		}
		return err
	}))
	assert.Equal(t, 5, files, "two manifests, two states of b, and a once")

	_, err = a.Open(strings.Repeat("0", 64))
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = a.Open("../../etc/passwd")
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestArchiveFindsEveryChange(t *testing.T) {
	store := DirStore(t.TempDir())
	a := NewArchive(store)
	s := mustSnapshot(t, sampleList("a", 3))
	require.NoError(t, a.Keep(s))
	gzipped := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := io.WriteString(z, text)
		require.NoError(t, errors.Join(err, z.Close()))
		return b.Bytes()
	}
	for _, name := range []string{s.Digest(), s.ListDigest("a")} {
		path := filepath.Join(string(store), name[:2], name+".gz")
		good, err := os.ReadFile(path)
		require.NoError(t, err)
		for what, bad := range map[string][]byte{
			"cut": good[:len(good)/2], "nothing": nil, "not gzip": []byte("snapshot"), "other text": gzipped("{}\n"), "another manifest": gzipped(manifestHead),
			"one bit": append(append(bytes.Clone(good[:len(good)/2]), good[len(good)/2]^1), good[len(good)/2+1:]...),
		} {
			require.NoError(t, os.WriteFile(path, bad, 0o600))
			got, err := a.Open(s.Digest())
			assert.ErrorIs(t, err, ErrDigest, what)
			assert.Nil(t, got, what)
		}
		require.NoError(t, os.WriteFile(path, good, 0o600))
	}
	_, err := a.Open(s.Digest())
	require.NoError(t, err)
}

func TestStoreLeavesNothingHalfWritten(t *testing.T) {
	dir := t.TempDir()
	name := strings.Repeat("ab", 32)
	broken := errors.New("broken")
	err := DirStore(dir).Put(name, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	require.ErrorIs(t, err, broken)
	has, err := DirStore(dir).Has(name)
	require.NoError(t, err)
	assert.False(t, has)
	left, err := os.ReadDir(filepath.Join(dir, "ab"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func FuzzDecodeList(f *testing.F) {
	var b bytes.Buffer
	l := sampleList("a", 2)
	require.NoError(f, l.encode(&b))
	f.Add(b.String())
	f.Fuzz(func(t *testing.T, text string) {
		l, err := decodeList(strings.NewReader(text))
		if err != nil {
			return
		}
		var first bytes.Buffer
		require.NoError(t, l.encode(&first))
		again, err := decodeList(bytes.NewReader(first.Bytes()))
		require.NoError(t, err)
		var second bytes.Buffer
		require.NoError(t, again.encode(&second))
		assert.Equal(t, first.String(), second.String())
	})
}

func BenchmarkNewSnapshot(b *testing.B) {
	l := sampleList("a", 25000)
	for b.Loop() {
		if _, err := NewSnapshot(l); err != nil {
			b.Fatal(err)
		}
	}
}
