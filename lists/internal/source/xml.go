package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/ordergate/ordergate/lists"
)

// maxDepth bounds how deep elements nest; no official list comes near it.
const maxDepth = 64

// ReadXML reads a document with the given root element. For every element below it that handle wants (it
// returns true for), handle has read it to its end with d.DecodeElement; into any other the walk descends. Problems
// that handle adds without a place have the line of the element. Elements inside known ones that are not known
// themselves are noted.
// Where the document is cut off, malformed, over max bytes or has another root, a problem is added.
func ReadXML(r io.Reader, max int64, root string, p *Problems, known Elements, handle func(d *xml.Decoder, start xml.StartElement) (taken bool, err error)) {
	from := xml.NewDecoder(Limit(r, max))
	from.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("%w: %q", lists.ErrEncoding, label)
		}
		return &decoded{r: e.NewDecoder().Reader(r), label: label}, nil
	}
	d := xml.NewTokenDecoder(&watch{from: from, known: known, p: p})
	depth, seen := 0, false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !seen {
				p.Add(lists.Problem{Reason: "no element at all", Err: lists.ErrEmpty})
			}
			return
		}
		if err == nil {
			switch tok := tok.(type) {
			case xml.StartElement:
				if !seen && tok.Name.Local != root {
					err = fmt.Errorf("%w: the root element is %s, not %s", lists.ErrFormat, tok.Name.Local, root)
					break
				}
				taken := false
				p.Line, _ = from.InputPos()
				if taken, err = handle(d, tok); !taken {
					depth++
				}
				p.Line = 0
				seen = true
			case xml.EndElement:
				depth--
			}
		}
		if err == nil && depth > maxDepth {
			err = fmt.Errorf("%w: elements nest deeper than %d", lists.ErrTooLarge, maxDepth)
		}
		if err != nil {
			line, _ := from.InputPos()
			p.Add(lists.Problem{Line: line, Offset: from.InputOffset(), Err: xmlError(err)})
			return
		}
	}
}

// decoded is text that was turned from another encoding into UTF-8. A decoder puts U+FFFD for what the encoding does
// not have: a document with it is damaged or not in the encoding it names.
type decoded struct {
	r     io.Reader
	label string
	last  []byte // what may be the beginning of U+FFFD
}

func (x *decoded) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	joined := append(x.last, p[:n]...)
	if bytes.ContainsRune(joined, utf8.RuneError) {
		return 0, fmt.Errorf("%w: not %s throughout", lists.ErrEncoding, x.label)
	}
	x.last = slices.Clone(joined[max(0, len(joined)-utf8.UTFMax+1):])
	return n, err
}

// xmlError gives the errors of encoding/xml a condition.
func xmlError(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, lists.ErrTooLarge), errors.Is(err, lists.ErrEncoding), errors.Is(err, lists.ErrFormat):
		return err
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "UTF-8"):
		return fmt.Errorf("%w: %w", lists.ErrEncoding, err)
	}
	return fmt.Errorf("%w: %w", lists.ErrFormat, err)
}

// Attr is the value of an attribute by local name, "" where it is not there.
func Attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// NoteElement notes that an element was left out because the importer does not know it.
func (p *Problems) NoteElement(name string) {
	p.Note(lists.Problem{Field: name, Reason: "an element the importer does not know was left out"})
}
