// Package ccl reads the Commerce Control List as the eCFR's XML gives it (15 CFR part 774, Supplement
// No. 1) into a [classify.ControlList] for [classify.Config].
//
// Within the supplement, an entry begins at a paragraph that opens with an ECCN in bold type; its
// "Reason for Control:" line gives the reason, "Related Controls:" the codes to see also, and the
// paragraphs after "Items:" ("a.", "a.1.", "a.5.b.") become entries of their own, each with the
// heading and the paragraphs above it in Text. Notes are kept with the paragraph above them. Where the
// file holds the whole title, text outside part 774's first supplement is passed over.
//
// The package keeps the text as it stands and interprets no figures. Licence exceptions are not read.
package ccl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/classify"
)

// maxDepth bounds the nesting of the XML.
const maxDepth = 100

var (
	reECCN  = regexp.MustCompile(`^([0-9][A-E][0-9]{3})\b[\s.:—–-]*(.*)$`)
	reItem  = regexp.MustCompile(`^([a-z](?:\.[0-9a-z]{1,3})*)\.\s+(\S.*)$`)
	reNote  = regexp.MustCompile(`(?i)^(note\b|technical notes?\b|n\.b\.)`)
	reOther = regexp.MustCompile(`[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,3})*`)
)

// Read reads the CCL into a copy of head; head.Scheme is SchemeECCN where it is blank.
func Read(r io.Reader, head classify.ControlList) (classify.ControlList, error) {
	b, err := classify.ReadAll(r, head.ID)
	if err != nil {
		return classify.ControlList{}, err
	}
	l := head
	l.Entries = nil
	if l.Scheme == "" {
		l.Scheme = classify.SchemeECCN
	}
	p := parser{list: &l, at: map[string]int{}}
	if err := p.read(b); err != nil {
		return classify.ControlList{}, err
	}
	if len(l.Entries) == 0 {
		return classify.ControlList{}, &classify.TableError{Table: l.ID, Err: fmt.Errorf("no paragraph begins with an ECCN: %w", classify.ErrTableFormat)}
	}
	return l, l.Validate()
}

type parser struct {
	list *classify.ControlList
	at   map[string]int
	// eccn is the entry being read, last the code of its latest paragraph; items is set after "Items:".
	eccn, last string
	items      bool
}

// read walks the XML and hands every paragraph to paragraph.
func (p *parser) read(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			line, _ := d.InputPos()
			return &classify.TableError{Table: p.list.ID, Line: line, Err: fmt.Errorf("%w: %w", classify.ErrTableFormat, err)}
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return &classify.TableError{Table: p.list.ID, Err: errors.New("nested too deeply")}
			}
			if isParagraph(t.Name.Local) {
				text, bold, err := gather(d)
				depth--
				if err != nil {
					line, _ := d.InputPos()
					return &classify.TableError{Table: p.list.ID, Line: line, Err: fmt.Errorf("%w: %w", classify.ErrTableFormat, err)}
				}
				p.paragraph(text, bold)
			}
		case xml.EndElement:
			depth--
		}
	}
}

func isParagraph(name string) bool {
	switch name {
	case "P", "FP", "FP-1", "FP-2", "HD1", "HD2", "HD3", "HEAD":
		return true
	}
	return false
}

// gather is the text of the element just opened, and whether it begins in bold type.
func gather(d *xml.Decoder) (text string, bold bool, err error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		tok, err := d.Token()
		if err != nil {
			return "", false, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return "", false, errors.New("nested too deeply")
			}
			if (t.Name.Local == "B" || t.Name.Local == "E" || t.Name.Local == "STRONG") && strings.TrimSpace(b.String()) == "" {
				bold = true
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), bold, nil
}

// paragraph takes one paragraph of the supplement.
func (p *parser) paragraph(s string, bold bool) {
	if m := reECCN.FindStringSubmatch(s); m != nil && bold && m[2] != "" {
		p.eccn, p.items = m[1], false
		p.add(m[1], m[2], "")
		return
	}
	if p.eccn == "" || s == "" {
		return
	}
	e := &p.list.Entries[p.at[p.eccn]]
	if rest, ok := cutFold(s, "Reason for Control:"); ok {
		e.Reason = rest
		return
	}
	if rest, ok := cutFold(s, "Related Controls:"); ok {
		for _, c := range reOther.FindAllString(rest, 50) {
			if c != p.eccn && !slices.Contains(e.SeeAlso, c) {
				e.SeeAlso = append(e.SeeAlso, c)
			}
		}
		return
	}
	if _, ok := cutFold(s, "Items:"); ok {
		p.items = true
		return
	}
	if reNote.MatchString(s) {
		if i, ok := p.at[p.last]; ok {
			p.list.Entries[i].Notes = append(p.list.Entries[i].Notes, s)
		}
		return
	}
	if m := reItem.FindStringSubmatch(s); m != nil && p.items {
		code, err := classify.ParseCode(p.list.Scheme, p.eccn+"."+m[1])
		if err != nil {
			return
		}
		above := []string{}
		for c := code.Parent(); c.Base != ""; c = c.Parent() {
			if i, ok := p.at[c.String()]; ok {
				above = append([]string{p.list.Entries[i].Title}, above...)
			}
		}
		p.add(code.String(), m[2], strings.Join(above, "\n"))
	}
}

func (p *parser) add(code, title, above string) {
	p.last = code
	if _, seen := p.at[code]; seen {
		return
	}
	p.at[code] = len(p.list.Entries)
	parent := ""
	if i := strings.LastIndexByte(code, '.'); i > 0 {
		parent = code[:i]
	}
	p.list.Entries = append(p.list.Entries, classify.Entry{Code: code, Parent: parent, Title: title, Text: above})
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return strings.TrimSpace(s[len(prefix):]), true
	}
	return s, false
}
