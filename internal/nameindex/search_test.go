package nameindex

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// indexOf indexes names of words parted by spaces; keys are those a word is reached by.
func indexOf(names []string, keys map[string][]uint32) *Index {
	var b Builder
	ids := map[string]uint32{}
	for _, n := range names {
		all := strings.Fields(n)
		var words []uint32
		for _, w := range all {
			id, ok := ids[w]
			if !ok {
				id = b.Word(w, keys[w])
				ids[w] = id
			}
			words = append(words, id)
		}
		b.Name(words, all)
	}
	return b.Build()
}

func find(ix *Index, query string, keys ...uint32) []Candidate {
	all := strings.Fields(query)
	var probes []Probe
	for _, w := range all {
		probes = append(probes, Probe{Text: w, Slips: 2, Keys: keys})
	}
	return ix.Search(nil, probes, all, 10, 0.1)
}

func TestWaysToReachAName(t *testing.T) {
	names := []string{"golden star trading", "vorzelmann works", "other trading", "fu yuan yu"}
	for i := range 40 {
		names = append(names, fmt.Sprintf("trading name%c%c", 'a'+i%7, 'a'+i%11))
	}
	ix := indexOf(names, map[string][]uint32{"vorzelmann": {Key('s', "sound")}})
	for query, want := range map[string]uint32{
		"golden star trading":   0,
		"star golden":           0, // in another order, and less
		"goldn star trading":    0, // a slip
		"goldenstar trading":    0, // two words written together
		"goldentstar trading":   0, // and a slip where they meet
		"vorzel mann works":     1, // one written apart
		"vorzelmamm works":      1, // two slips
		"vorzelmannworksprague": 1, // several together, of which not all are listed
	} {
		found := find(ix, query)
		require.NotEmpty(t, found, query)
		require.Equal(t, want, found[0].Name, query)
	}
	require.Equal(t, uint32(1), find(ix, "qqq", Key('s', "sound"))[0].Name, "by a key")
	require.Empty(t, find(ix, "qqq"))
}

// Every name is among those it finds itself, the best share first, none twice, and no more than asked for; the
// scratch that searches share leaves no trace.
func TestSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d]{2,9}`)
		names := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(word, 1, 4), func(w []string) string { return strings.Join(w, " ") }), 1, 30).Draw(t, "names")
		ix := indexOf(names, nil)
		require.Equal(t, len(names), ix.Len())
		query := rapid.SampledFrom(names).Draw(t, "query")
		found := find(ix, query)
		require.LessOrEqual(t, len(found), 10)
		seen := map[uint32]bool{}
		self := false
		for i, c := range found {
			require.False(t, seen[c.Name])
			seen[c.Name] = true
			require.True(t, i == 0 || !c.Before(found[i-1]))
			self = self || names[c.Name] == query
		}
		require.True(t, self || len(found) == 10 && found[9].Share >= 0.5, "%q finds %v of %q", query, found, names)
		require.Equal(t, found, find(ix, query))
	})
}

// Among some of the names, those are found that the index chooses from, with the shares it gives them, whatever the
// others are.
func TestAmong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-c]{2,9}`)
		names := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(word, 1, 4), func(w []string) string { return strings.Join(w, " ") }), 1, 40).Draw(t, "names")
		ix := indexOf(names, nil)
		some := map[uint32]bool{}
		var ids []uint32
		for id := range names {
			if rapid.Bool().Draw(t, "some") {
				some[uint32(id)] = true
				ids = append(ids, uint32(id))
			}
		}
		among := ix.Among(ids, func(name uint32) []string { return strings.Fields(names[name]) })
		all := strings.Fields(rapid.OneOf(rapid.SampledFrom(names), rapid.StringMatching(`[a-c]{2,9} [a-c]{2,9}( [a-c]{2,4})?`)).Draw(t, "query"))
		var probes []Probe
		var reached []*Reached
		var listed []bool
		for _, w := range all {
			p := Probe{Text: w, Slips: 2}
			r := among.Reach(&p)
			probes, reached, listed = append(probes, p), append(reached, &r), append(listed, among.Listed(w))
		}
		least := rapid.SampledFrom([]float32{0, 0.125, 0.25, 0.5}).Draw(t, "least")
		limit := rapid.IntRange(1, 10).Draw(t, "limit")
		require.Equal(t, ix.Search(nil, probes, all, limit, least), among.SearchAll(nil, reached, all, listed, limit, least))
		foremost := among.Foremost(nil, reached, all, listed, limit, least)
		SortLikeliest(foremost)
		require.True(t, slices.Equal(foremost[:min(limit, len(foremost))], ix.Search(nil, probes, all, limit, least)), "the foremost")
		read, ok := Read(reached, least)
		require.True(t, ok)
		every := ix.Search(nil, probes, all, len(names), least)
		require.True(t, slices.Equal(every[:min(limit, len(every))], ix.Search(nil, probes, all, limit, least)), "the first of all")
		var want []Candidate
		for _, c := range every {
			if some[c.Name] {
				want = append(want, c)
			}
		}
		require.Equal(t, want, among.Search(nil, reached, all, listed, read, least))
	})
}
