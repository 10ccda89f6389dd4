package classify

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// labelled is one line of testdata/items/items.csv.
type labelled struct {
	id, lang, half, hs, description string
	properties                      []Property
	expected                        []string
}

func readLabelled(t testing.TB) []labelled {
	f, err := os.Open(filepath.Join("..", "testdata", "items", "items.csv"))
	require.NoError(t, err)
	defer f.Close()
	recs, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var out []labelled
	for _, r := range recs[1:] {
		l := labelled{id: r[0], lang: r[1], half: r[2], hs: r[3], description: r[4], expected: split(r[6])}
		for p := range strings.SplitSeq(r[5], ";") {
			if name, value, ok := strings.Cut(p, "="); ok {
				l.properties = append(l.properties, Property{Name: name, Value: value})
			}
		}
		out = append(out, l)
	}
	return out
}

func (l labelled) item() Item {
	return Item{HS: l.hs, HSEdition: "2022", Description: l.description, Properties: l.properties}
}

// uniqueCodes are the codes of the candidates at or above a score, each once, best first.
func uniqueCodes(r Result, min float64) []string {
	var out []string
	for _, c := range r.Candidates {
		if c.Score >= min && !slices.Contains(out, c.Code) {
			out = append(out, c.Code)
		}
	}
	return out
}

// recall counts the labelled lines of a half whose expected entry is first, or among the first five.
func recall(c *Classifier, ls []labelled, half string, logf func(string, ...any)) (n, top1, top5, none int) {
	for _, l := range ls {
		if l.half != half || len(l.expected) == 0 {
			continue
		}
		n++
		codes := uniqueCodes(c.Classify(l.item(), "2026-11-20"), 0)
		i := slices.IndexFunc(codes, func(s string) bool { return slices.Contains(l.expected, s) })
		if i == 0 {
			top1++
		}
		if i >= 0 && i < 5 {
			top5++
		} else {
			logf("%s %s want %v got %v", l.id, l.description, l.expected, codes[:min(len(codes), 8)])
		}
		if len(codes) == 0 {
			none++
		}
	}
	return
}

func TestLabelledItems(t *testing.T) {
	c, err := New(Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	ls := readLabelled(t)
	for _, half := range []string{"dev", "test", "last", "fresh", "blind"} {
		n, top1, top5, none := recall(c, ls, half, t.Logf)
		t.Logf("%s: %d controlled lines, top-1 %d, top-5 %d, without a candidate %d", half, n, top1, top5, none)
		require.GreaterOrEqual(t, float64(top5), 0.9*float64(n), "top-5 recall, "+half)
		require.Zero(t, none, "controlled lines without a candidate, "+half)
	}
	falseStrong, falseLikely, free := 0, 0, 0
	for _, l := range ls {
		if len(l.expected) > 0 {
			continue
		}
		free++
		if r := c.Classify(l.item(), "2026-11-20"); len(r.Candidates) > 0 {
			switch r.Candidates[0].Confidence {
			case Strong:
				falseStrong++
				t.Logf("strong: %s %s -> %s %.2f %s", l.id, l.description, r.Candidates[0].Code, r.Candidates[0].Score, r.Candidates[0].Basis[0].Detail.En)
			case Likely:
				falseLikely++
				t.Logf("likely: %s %s -> %s %.2f %s", l.id, l.description, r.Candidates[0].Code, r.Candidates[0].Score, r.Candidates[0].Basis[0].Detail.En)
			}
		}
	}
	t.Logf("%d lines not controlled: %d with a strong candidate, %d with a likely one", free, falseStrong, falseLikely)
	require.Zero(t, falseStrong, "strong candidates for goods that are not controlled")
}
