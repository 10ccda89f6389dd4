package edit

import (
	"slices"
	"testing"

	"github.com/antzucaro/matchr"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0},
		{"example", "exmaple", 1}, {"ab", "ba", 1}, {"works", "work", 1},
		{"ca", "abc", 3}, // no part is edited twice
		{"示例公司", "示列公司", 1}, {"пример", "премер", 1},
	} {
		assert.Equal(t, c.want, Distance(c.a, c.b), "%s %s", c.a, c.b)
		assert.Equal(t, c.want, Distance(c.b, c.a), "%s %s", c.b, c.a)
	}
}

var word = rapid.StringMatching(`[abc]{0,12}|[a-e]{60,70}|[абв]{0,8}`)

// matchr misjudges exchanges: its OSA overlooks one of the first two characters ("ab", "ba" is 2
// there), and goes wrong behind it. So OSA is compared only with the plain distance as the bounds:
// never above Levenshtein, never below half of it, and never above matchr's answer.
func TestDistanceAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		got, plain := Distance(a, b), matchr.Levenshtein(a, b)
		assert.LessOrEqual(t, got, plain)
		assert.GreaterOrEqual(t, 2*got, plain)
		assert.LessOrEqual(t, got, matchr.OSA(a, b))
		assert.Equal(t, got, Distance(b, a))
		assert.Equal(t, got, table(a, b, 100), "both ways of measuring agree")
		for limit := range 5 {
			assert.Equal(t, min(got, limit+1), Within(a, b, limit))
		}
		// Behind a common first character the defect cannot show.
		assert.Equal(t, Distance("x"+a, "x"+b), got)
	})
}

// Where no exchange pays, matchr's OSA, its Levenshtein and ours are one figure.
func TestDistanceWithoutExchange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[a-m]{0,20}`).Draw(t, "a")
		b := rapid.StringMatching(`[n-z]{0,20}`).Draw(t, "b")
		assert.Equal(t, matchr.OSA(a, b), Distance(a, b))
	})
}

func TestDictionaryFindsAllWithinOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[ab]{1,6}|[абв]{2,4}|示?[例公司]{1,3}`), 1, 30, rapid.ID).Draw(t, "words")
		query := rapid.StringMatching(`[ab]{0,6}|[абв]{2,4}|示?[例公司]{1,3}`).Draw(t, "query")
		got := NewDictionary(words).Words(nil, query, 1)
		slices.Sort(got)
		var want []uint32
		for i, w := range words {
			if Distance(w, query) <= 1 {
				want = append(want, uint32(i))
			}
		}
		assert.Equal(t, want, got)
	})
}

func TestDictionaryWithinTwo(t *testing.T) {
	words := []string{"technology", "technologies", "terminology", "workshop"}
	d := NewDictionary(words)
	assert.ElementsMatch(t, []uint32{0}, d.Words(nil, "tecnologyy", 2))
	assert.ElementsMatch(t, []uint32{0}, d.Words(nil, "htechnolgy", 2))
	assert.ElementsMatch(t, []uint32{3}, d.Words(nil, "workxhoq", 2))
	assert.Empty(t, d.Words(nil, "wrk", 2))
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.StringMatching(`[a-f]{8,14}`).Draw(t, "word")
		damaged := []rune(w)
		for range 2 {
			damaged[rapid.IntRange(0, len(damaged)-1).Draw(t, "at")] = 'x'
		}
		assert.Equal(t, []uint32{0}, NewDictionary([]string{w}).Words(nil, string(damaged), 2))
	})
}

// A sketch never keeps two words apart that are within the limit.
func TestSketch(t *testing.T) {
	letters := rapid.StringMatching(`[a-z]{0,12}|[aeinor@{]{0,12}|[а-яaà]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		w := letters.Draw(t, "word")
		changed := []rune(w)
		limit := rapid.IntRange(0, 2).Draw(t, "slips")
		for range limit {
			at := rapid.IntRange(0, len(changed)).Draw(t, "at")
			switch r := rapid.RuneFrom([]rune("aeorzа@")).Draw(t, "new"); {
			case at == len(changed) || rapid.Bool().Draw(t, "insert"):
				changed = slices.Insert(changed, at, r)
			case rapid.Bool().Draw(t, "delete"):
				changed = slices.Delete(changed, at, at+1)
			default:
				changed[at] = r
			}
		}
		assert.True(t, sketchOf(w).mayBeWithin(sketchOf(string(changed)), limit))
	})
	assert.False(t, sketchOf("example").mayBeWithin(sketchOf("workshop"), 2))
}

func FuzzWithin(f *testing.F) {
	f.Add("example", "exmaple", 2)
	f.Add("示例", "\xff\xfe", 1)
	f.Fuzz(func(t *testing.T, a, b string, limit int) {
		if len(a) > 300 || len(b) > 300 || limit > 600 {
			return
		}
		d := Distance(a, b)
		if got, want := Within(a, b, limit), min(d, max(limit, 0)+1); got != want {
			t.Fatalf("Within(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
		}
	})
}

func BenchmarkWithin(b *testing.B) {
	for b.Loop() {
		Within("konstruktorskoe", "kontruktosrkoe", 2)
	}
}
