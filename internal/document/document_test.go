package document_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/internal/document"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

const hostile = "<script>alert(1)</script>| *x* [a](b) `c` \x1b[2J\u202eevil\n# no heading"

func sample(text string) *document.Document {
	return &document.Document{
		Lang: document.English, Title: text, Contents: text, Facts: []document.Fact{{Label: text, Text: text}},
		Sections: []document.Section{{
			ID: "one", Title: text,
			Blocks: []document.Block{
				document.Paragraph(text), document.List(text, text), document.Steps(text),
				{Table: &document.Table{Caption: text, Head: []string{text, "h"}, Rows: [][]string{{text, "c"}}}},
			},
			Sections: []document.Section{{ID: "two", Title: text}},
		}},
	}
}

// TestTextsAreNoMarkup parses the page: every text is a text, and nothing stands in it that the template lacks.
func TestTextsAreNoMarkup(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, document.HTML(&b, sample(hostile)))
	root, err := html.Parse(&b)
	require.NoError(t, err)
	tags, texts := map[string]int{}, 0
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			tags[n.Data]++
		}
		if n.Type == html.TextNode && strings.Contains(n.Data, "<script>alert(1)</script>") {
			texts++
			require.NotContains(t, n.Data, "\x1b")
			require.NotContains(t, n.Data, "\u202e")
		}
	}
	require.Zero(t, tags["script"])
	require.Equal(t, 1, tags["h1"])
	require.Equal(t, 2, tags["h2"], "the section's and that of the contents")
	require.Equal(t, 1, tags["h3"])
	require.Equal(t, 1, tags["table"])
	require.Equal(t, 15, texts)
}

func TestMarkdown(t *testing.T) {
	for _, c := range [][2]string{
		{"plain words, 2026-01-05 (a)", "plain words, 2026-01-05 (a)"},
		{"# no heading", `\# no heading`},
		{"- no item", `\- no item`},
		{"12. no item", `12\. no item`},
		{"12.", `12\.`},
		{"12.5 mm", "12.5 mm"},
		{"a | b <b> & *c* _d_", `a \| b \<b\> \& \*c\* \_d\_`},
		{"two\nlines", "two lines"},
		{"[link](x) `code`", "\\[link\\](x) \\`code\\`"},
		{"\x1b[2J", "\uFFFD\\[2J"},
	} {
		var b bytes.Buffer
		require.NoError(t, document.Markdown(&b, &document.Document{Sections: []document.Section{{ID: "s", Blocks: []document.Block{document.Paragraph(c[0])}}}}))
		require.True(t, strings.HasSuffix(b.String(), "\n"+c[1]+"\n"), "%q gives %q", c[0], b.String())
	}
	var b bytes.Buffer
	require.NoError(t, document.Markdown(&b, sample("a|b")))
	require.Equal(t, strings.Join([]string{
		`# a\|b`, "", `- **a\|b**: a\|b`, "", `**a\|b**`, "", `1. [a\|b](#one)`, "", `<a id="one"></a>`, "", `## a\|b`, "", `a\|b`, "", `- a\|b`, `- a\|b`, "",
		`1. a\|b`, "", `a\|b`, "", `| a\|b | h |`, "| --- | --- |", `| a\|b | c |`, "", `<a id="two"></a>`, "", `### a\|b`, "",
	}, "\n"), b.String())
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersErrorIsGiven(t *testing.T) {
	require.ErrorIs(t, document.HTML(broken{}, sample("x")), errBroken)
	require.ErrorIs(t, document.Markdown(broken{}, sample("x")), errBroken)
}
