package document

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Markdown writes the document as GitHub-flavoured Markdown. The error is the writer's.
func Markdown(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", escape(d.Title))
	markBlock(b, Block{Facts: d.Facts})
	if d.Contents != "" {
		fmt.Fprintf(b, "\n**%s**\n\n", escape(d.Contents))
		for i, s := range d.Sections {
			fmt.Fprintf(b, "%d. [%s](#%s)\n", i+1, escape(s.Title), s.ID)
		}
	}
	for _, s := range d.Sections {
		markSection(b, s, 2)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("document %q: %w", d.Title, err)
	}
	return nil
}

func markSection(b *bufio.Writer, s Section, level int) {
	// Renderers make anchors of headings in ways of their own, so sections bring theirs.
	fmt.Fprintf(b, "\n<a id=\"%s\"></a>\n\n%s %s\n", s.ID, strings.Repeat("#", min(level, 4)), escape(s.Title))
	for _, x := range s.Blocks {
		markBlock(b, x)
	}
	for _, x := range s.Sections {
		markSection(b, x, level+1)
	}
}

func markBlock(b *bufio.Writer, x Block) {
	if x.Text != "" {
		fmt.Fprintf(b, "\n%s\n", escape(x.Text))
	}
	if len(x.Items)+len(x.Facts) > 0 {
		fmt.Fprintln(b)
	}
	for i, item := range x.Items {
		mark := "-"
		if x.Ordered {
			mark = strconv.Itoa(i+1) + "."
		}
		fmt.Fprintf(b, "%s %s\n", mark, escape(item))
	}
	for _, f := range x.Facts {
		fmt.Fprintf(b, "- **%s**: %s\n", escape(f.Label), escape(f.Text))
	}
	if t := x.Table; t != nil {
		if t.Caption != "" {
			fmt.Fprintf(b, "\n%s\n", escape(t.Caption))
		}
		fmt.Fprintln(b)
		markRow(b, t.Head)
		fmt.Fprintf(b, "|%s\n", strings.Repeat(" --- |", len(t.Head)))
		for _, r := range t.Rows {
			markRow(b, r)
		}
	}
}

func markRow(b *bufio.Writer, cells []string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", escape(c))
	}
	fmt.Fprintln(b, "|")
}

var (
	markup = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "&", `\&`, "~", `\~`, "$", `\$`,
	)
	// opening is what makes of a whole line a heading, list, rule or quotation.
	opening = regexp.MustCompile(`^([-+#=:]|\d+[.)](?:\s|$))`)
)

// escape is a text on one line whose characters Markdown takes as they are.
func escape(s string) string {
	s = markup.Replace(plain(s))
	if m := strings.TrimSpace(opening.FindString(s)); m != "" {
		return m[:len(m)-1] + `\` + s[len(m)-1:]
	}
	return s
}
