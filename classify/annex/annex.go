// Package annex reads the EU's dual-use list (Annex I of Regulation (EU) 2021/821) into a
// [classify.ControlList] for [classify.Config].
//
// Input is the text of the annex, or the HTML page of it as EUR-Lex serves it, whose tags are dropped
// first. Two ways of writing are understood, also mixed:
//
//	3A001.b.2 Microwave amplifiers ...     each line with its whole code
//	3A001 Electronic items as follows:     the printed form: an entry, then its
//	b. Microwave devices as follows:       paragraphs by their own marks, a to z,
//	2. "Monolithic Microwave ...           1 to 99, a to z, 1 to 99, in turn
//
// Lines that begin with Note, N.B. or Technical Note belong to the paragraph above them. Every paragraph
// becomes an entry of its own with the text of those above it in Text, since a line such as "exceeding
// 2 W" says nothing alone. Text before the first entry (headings, definitions) is passed over.
//
// The package interprets no figures and keeps the text as it stands: it is the user's copy of the law.
package annex

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/classify"
	"golang.org/x/net/html"
)

// maxLine bounds one paragraph, maxEntries the list: the annex has under ten thousand paragraphs.
const (
	maxLine    = 64 << 10
	maxEntries = 50_000
)

var (
	reFull   = regexp.MustCompile(`^([0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,3})*)\.?\s+(.*)$`)
	reMark   = regexp.MustCompile(`^\(?([a-z]{1,2}|[0-9]{1,3})[.)]\s+(.*)$`)
	reNote   = regexp.MustCompile(`(?i)^(note\b|n\.\s?b\.|technical notes?\b|technical note:)`)
	reSeeWhy = regexp.MustCompile(`[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,3})*`)
)

// Read reads the annex into a copy of head; head.Scheme is SchemeEU where it is blank.
func Read(r io.Reader, head classify.ControlList) (classify.ControlList, error) {
	b, err := classify.ReadAll(r, head.ID)
	if err != nil {
		return classify.ControlList{}, err
	}
	if !utf8.Valid(b) {
		return classify.ControlList{}, &classify.TableError{Table: head.ID, Err: classify.ErrTableEncoding}
	}
	if t := bytes.TrimSpace(b); len(t) > 0 && t[0] == '<' {
		b = text(b)
	}
	l := head
	l.Entries = nil
	if l.Scheme == "" {
		l.Scheme = classify.SchemeEU
	}
	p := parser{list: &l, at: map[string]int{}}
	n := 0
	for line := range bytes.Lines(b) {
		n++
		s := strings.TrimSpace(string(line))
		if len(s) > maxLine || len(l.Entries) > maxEntries {
			return classify.ControlList{}, &classify.TableError{Table: l.ID, Line: n, Err: classify.ErrTableTooLarge}
		}
		if err := p.line(s); err != nil {
			return classify.ControlList{}, &classify.TableError{Table: l.ID, Line: n, Err: err}
		}
	}
	if len(l.Entries) == 0 {
		return classify.ControlList{}, &classify.TableError{Table: l.ID, Err: fmt.Errorf("no line begins with an entry code: %w", classify.ErrTableFormat)}
	}
	p.finish()
	return l, l.Validate()
}

// parser holds the paragraph that lines without a code belong to.
type parser struct {
	list *classify.ControlList
	at   map[string]int // code -> entry
	base string
	path []string
}

func (p *parser) line(s string) error {
	if s == "" {
		return nil
	}
	if m := reFull.FindStringSubmatch(s); m != nil {
		code, err := classify.ParseCode(p.list.Scheme, m[1])
		if err != nil {
			return err
		}
		if reNote.MatchString(m[2]) {
			p.note(code.String(), m[2])
			return nil
		}
		// An entry code inside running text ("3A001 does not control") is no new entry.
		if i, seen := p.at[code.String()]; seen {
			p.list.Entries[i].Notes = append(p.list.Entries[i].Notes, m[2])
			return nil
		}
		p.base, p.path = code.Base, code.Paragraphs
		p.add(code.String(), m[2])
		return nil
	}
	if p.base == "" {
		return nil
	}
	if reNote.MatchString(s) {
		p.note(p.code(), s)
		return nil
	}
	if m := reMark.FindStringSubmatch(s); m != nil && p.step(m[1]) {
		p.add(p.code(), m[2])
		return nil
	}
	// A continuation of the paragraph above.
	i := p.at[p.code()]
	p.list.Entries[i].Title += " " + s
	return nil
}

func (p *parser) code() string { return strings.Join(append([]string{p.base}, p.path...), ".") }

// step moves to the paragraph that a mark opens: the next of its kind at some level, or the first of
// the next level. It reports false for a mark that fits nowhere.
func (p *parser) step(mark string) bool {
	letter := mark[0] >= 'a'
	for depth := len(p.path); depth >= 0; depth-- {
		// Letters and figures take turns: level 0 letters, level 1 figures, level 2 letters.
		if letter != (depth%2 == 0) {
			continue
		}
		if depth == len(p.path) {
			if mark == "a" || mark == "1" {
				p.path = append(slices.Clone(p.path), mark)
				return true
			}
			continue
		}
		if follows(p.path[depth], mark) {
			p.path = append(slices.Clone(p.path[:depth]), mark)
			return true
		}
	}
	return false
}

// follows reports whether mark b comes after a: "b" after "a", "10" after "9"; a gap is allowed, since
// repealed paragraphs leave one.
func follows(a, b string) bool {
	if len(a) != len(b) {
		return len(b) == len(a)+1
	}
	return b > a
}

func (p *parser) add(code, title string) {
	if _, seen := p.at[code]; seen {
		return
	}
	p.at[code] = len(p.list.Entries)
	p.list.Entries = append(p.list.Entries, classify.Entry{Code: code, Title: title})
}

func (p *parser) note(code, s string) {
	if i, ok := p.at[code]; ok {
		p.list.Entries[i].Notes = append(p.list.Entries[i].Notes, s)
	}
}

// finish gives every paragraph its parent, the text above it and the entries it refers to.
func (p *parser) finish() {
	for i := range p.list.Entries {
		e := &p.list.Entries[i]
		c, err := classify.ParseCode(p.list.Scheme, e.Code)
		if err != nil {
			continue // Validate names it
		}
		var above []string
		for c = c.Parent(); c.Base != ""; c = c.Parent() {
			if j, ok := p.at[c.String()]; ok {
				if e.Parent == "" {
					e.Parent = c.String()
				}
				above = append([]string{p.list.Entries[j].Title}, above...)
			}
		}
		e.Text = strings.Join(above, "\n")
		for _, n := range e.Notes {
			for _, see := range reSeeWhy.FindAllString(n, 20) {
				if see != e.Code && !slices.Contains(e.SeeAlso, see) {
					e.SeeAlso = append(e.SeeAlso, see)
				}
			}
		}
	}
}

// text is an HTML page without its tags: block elements and table rows end a line.
func text(page []byte) []byte {
	var out bytes.Buffer
	skip := 0
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.Bytes()
		case html.TextToken:
			if skip == 0 {
				out.WriteString(strings.Join(strings.Fields(string(z.Text())), " "))
				out.WriteByte(' ')
			}
		case html.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "script", "style", "head":
				skip++
			case "p", "div", "tr", "li", "br", "h1", "h2", "h3", "h4":
				out.WriteByte('\n')
			}
		case html.EndTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "script", "style", "head":
				skip = max(0, skip-1)
			case "p", "div", "tr", "table", "li":
				out.WriteByte('\n')
			}
		}
	}
}
