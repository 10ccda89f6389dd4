package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// shiftName is a name as a list has it, and whether it is the same in the other list.
type shiftName struct {
	text string
	kind Kind
	id   int // the same in both lists for the same name
}

// shiftWords are common words, some far commoner than others, and words a slip or two apart.
var (
	shiftCommon = strings.Fields("ltd trading co international group ltd company moscow trading ltd bank oil steel ltd trading shanghai 2 sheikh bin al ltd")
	shiftRare   = strings.Fields("bacorde bacorda bacordel gracorde holjina holjino hol jina mernorpel mernorpal quinros quinrosten starulven ali ahmed ahmad mohammed نور الدين 王 王伟 东方 精密 机床")
)

func drawShiftName(t *rapid.T, id int) shiftName {
	var words []string
	for range rapid.IntRange(0, 2).Draw(t, "rare") {
		w := rapid.SampledFrom(shiftRare).Draw(t, "word")
		if rapid.IntRange(0, 3).Draw(t, "own") == 0 {
			w += rapid.StringMatching(`[a-z]{1,2}`).Draw(t, "ending")
		}
		words = append(words, w)
	}
	for range rapid.IntRange(max(0, 1-len(words)), 3).Draw(t, "common") {
		words = append(words, rapid.SampledFrom(shiftCommon).Draw(t, "word"))
	}
	return shiftName{strings.Join(words, " "), rapid.SampledFrom([]Kind{Organization, Organization, Organization, Person, Unknown}).Draw(t, "kind"), id}
}

// corpusOfShift indexes names.
func corpusOfShift(names []shiftName) *Corpus {
	c := NewCorpus(len(names))
	for _, n := range names {
		c.Add(n.text, n.kind)
	}
	c.Close()
	return c
}

// A query that is not told of finds the same in both corpora: the names that are the same, with the same scores. The definition
// of what finds the same is two searches.
func TestShiftDismissesNobodyInVain(t *testing.T) {
	told, asked, other := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		was := make([]shiftName, rapid.IntRange(150, 400).Draw(t, "names"))
		for i := range was {
			was[i] = drawShiftName(t, i)
		}
		now := slices.Clone(was)
		for k := range rapid.IntRange(1, 4).Draw(t, "changes") {
			at := rapid.IntRange(0, len(now)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0:
				now = slices.Delete(now, at, at+1)
			case 1:
				now = slices.Insert(now, at, drawShiftName(t, 1000+k))
			case 2:
				now[at] = drawShiftName(t, 1000+k)
			case 3: // only how common words are changes
				now = append(now, shiftName{rapid.SampledFrom(shiftRare).Draw(t, "commoner") + fmt.Sprint(" unlike", k), Vessel, 1000 + k})
			}
		}
		before, after := corpusOfShift(was), corpusOfShift(now)
		place := map[int]int{}
		for i, n := range was {
			place[n.id] = i
		}
		twins := make([]int, len(now))
		for i, n := range now {
			twins[i] = -1
			if at, ok := place[n.id]; ok {
				twins[i] = at
			}
		}
		s := ShiftOf(before, after, twins)
		for range 30 {
			q := drawShiftName(t, 0)
			if rapid.Bool().Draw(t, "listed") {
				q.text = rapid.SampledFrom(was).Draw(t, "of").text
			}
			then, since := before.Search(nil, before.Query(q.text, q.kind), DefaultThreshold), after.Search(nil, after.Query(q.text, q.kind), DefaultThreshold)
			if found, finds, ok := s.Search(after.Query(q.text, q.kind), DefaultThreshold); ok {
				require.True(t, slices.Equal(then, found) && slices.Equal(since, finds), "%q %q: %v, now %v, not %v, now %v", q.text, q.kind, then, since, found, finds)
			}
			for i := range since {
				since[i].ID = twins[since[i].ID]
			}
			same := slices.Equal(then, since)
			touched := s.Touches(after.Query(q.text, q.kind), DefaultThreshold)
			require.True(t, touched || same, "%q %q: %v, now %v", q.text, q.kind, then, since)
			if !s.much {
				asked++
				if touched {
					told++
				}
				if !same {
					other++
				}
			}
		}
	})
	t.Logf("of %d queries, but for changes of too many names, %d were told of, %d found otherwise", asked, told, other)
	require.Positive(t, other)
}
