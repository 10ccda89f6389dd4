// Package document holds a paper that people read, a handbook or a report, as headings, paragraphs, lists and
// tables, and writes it as one HTML page or as Markdown.
//
// Every text is data: what looks like markup comes out as the characters it is made of, and control characters
// are shown, not obeyed. Who builds a document chooses its language and its words.
package document

import (
	"strings"
	"unicode"
)

// Document is one paper in one language.
type Document struct {
	// Lang is the language of its texts.
	Lang  Lang
	Title string
	// Facts stand under the title: version, day, company.
	Facts []Fact
	// Contents is the heading of the table of contents; "" is a paper without one.
	Contents string
	Sections []Section
}

// Section is a part with a heading.
type Section struct {
	// ID is its anchor in the page: a-z, 0-9 and hyphens, unique in the document.
	ID       string
	Title    string
	Blocks   []Block
	Sections []Section
}

// Block is one of: a paragraph, a list, facts, a table.
type Block struct {
	Text string
	// Items are a list, numbered where Ordered is set.
	Items   []string
	Ordered bool
	Facts   []Fact
	Table   *Table
}

// Fact is a label with what it stands for.
type Fact struct{ Label, Text string }

// Table is a table with a header.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Paragraph is a block of text.
func Paragraph(text string) Block { return Block{Text: text} }

// List is a block of items.
func List(items ...string) Block { return Block{Items: items} }

// Steps is a block of numbered items.
func Steps(items ...string) Block { return Block{Items: items, Ordered: true} }

// plain is a text on one line, with control and format characters made visible.
func plain(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return '\uFFFD'
		}
		return r
	}, s))
}
