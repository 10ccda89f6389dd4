package annex

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/classify"
)

var head = classify.ControlList{ID: "eu-annex-i", Title: "EU Annex I", Regime: "EU"}

// Both ways of writing, and HTML, lead to the same list. The text is made up.
const (
	full = "PART I\n9Z heading\n3A777 Sample widgets, as follows:\n3A777 N.B. SEE ALSO 3A778.\n3A777.a Widgets of type one:\n3A777.a.1 Rated above 5 GHz; or\n" +
		"3A777.a.2 Rated above 9 GHz;\n3A777.a.2 Note: 3A777.a.2. does not control toys.\n3A777.b Widgets of type two.\n3A778 Other widgets.\n"
	printed = "PART I\n3A777 Sample widgets,\nas follows:\nN.B. SEE ALSO 3A778.\na. Widgets of type one:\n1. Rated above 5 GHz; or\n2. Rated above 9 GHz;\n" +
		"Note: 3A777.a.2. does not control toys.\nb. Widgets of type two.\n3A778 Other widgets.\n"
)

func page(s string) string {
	return "<html><head><title>x</title><style>p{}</style></head><body><p>" + strings.ReplaceAll(s, "\n", "</p>\n<p>") + "</p></body></html>"
}

func TestRead(t *testing.T) {
	want, err := Read(strings.NewReader(full), head)
	require.NoError(t, err)
	require.Equal(t, []string{"3A777", "3A777.a", "3A777.a.1", "3A777.a.2", "3A777.b", "3A778"}, codesOf(want))
	e := want.Entries[3]
	require.Equal(t, "3A777.a", e.Parent)
	require.Equal(t, "Sample widgets, as follows:\nWidgets of type one:", e.Text)
	require.Equal(t, []string{"Note: 3A777.a.2. does not control toys."}, e.Notes)
	require.Equal(t, []string{"3A778"}, want.Entries[0].SeeAlso)
	for _, in := range []string{printed, page(printed), page(full)} {
		got, err := Read(strings.NewReader(in), head)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func codesOf(l classify.ControlList) []string {
	var out []string
	for _, e := range l.Entries {
		out = append(out, e.Code)
	}
	return out
}

func TestErrors(t *testing.T) {
	for in, want := range map[string]error{"": classify.ErrTableEmpty, "no codes here": classify.ErrTableFormat, "3A777 \xff": classify.ErrTableEncoding} {
		_, err := Read(strings.NewReader(in), head)
		require.ErrorIs(t, err, want, "%q", in)
	}
	_, err := Read(strings.NewReader("3A777 "+strings.Repeat("x", maxLine)), head)
	require.ErrorIs(t, err, classify.ErrTableTooLarge)
}

// TestReal reads the whole annex, finds its 384 entries, and classifies with it in the place of the outline.
func TestReal(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "control", "eu_annex_i_2025-11-15.json"))
	if err != nil {
		t.Skipf("the annex is not here: %v", err)
	}
	var in struct {
		Entries []struct {
			Text string `json:"verbatim_text"`
		}
	}
	require.NoError(t, json.Unmarshal(b, &in))
	var text strings.Builder
	for _, e := range in.Entries {
		text.WriteString(e.Text + "\n")
	}
	l, err := Read(strings.NewReader(text.String()), head)
	require.NoError(t, err)
	entries := 0
	for _, e := range l.Entries {
		if e.Parent == "" {
			entries++
		}
	}
	require.Equal(t, 384, entries)
	require.Greater(t, len(l.Entries), 2500)
	c, err := classify.New(classify.Config{ControlLists: []classify.ControlList{l}})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	r := c.Classify(classify.Item{Description: "spray cooling thermal management system, dielectric fluid sprayed onto electronic components in a sealed enclosure"}, "2026-11-20")
	require.True(t, slices.ContainsFunc(r.Candidates, func(x classify.Candidate) bool { return x.List == "eu-annex-i" && x.Code == "3A003" }))
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{full, printed, page(printed), "3A001 x\naa. y\n10. z\n1. w", "<p>3A001 x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := Read(strings.NewReader(s), head)
		if err != nil {
			return
		}
		for _, e := range l.Entries {
			if e.Parent != "" && !strings.HasPrefix(e.Code, e.Parent+".") {
				t.Fatalf("%s under %s", e.Code, e.Parent)
			}
		}
	})
}
