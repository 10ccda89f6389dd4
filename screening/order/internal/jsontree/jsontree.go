// Package jsontree reads JSON into a tree that keeps what encoding/json forgets: where each value
// stands, the order of members, that a name was given twice, and numbers as they were written.
//
// The three JSON readers of package order bind such trees to orders. A tree is bounded in depth and in
// the number of values, so that a hostile document costs no more than its size. Text that was damaged
// on the way (a lone surrogate, U+FFFD, a control character) is refused: a name that is screened must
// be the name that was meant.
package jsontree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening/order/internal/fault"
)

// MaxDepth and MaxValues bound one document.
const (
	MaxDepth  = 64
	MaxValues = 500_000
)

// Kind is the type of a value.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String is the kind as an error names it.
func (k Kind) String() string {
	return [...]string{"null", "true or false", "a number", "a string", "an array", "an object"}[k]
}

// Node is one value.
type Node struct {
	Kind Kind
	// Offset is the byte at which the value begins.
	Offset int
	// Text is a string's content, a number as written, "true" or "false".
	Text string
	// Elems are an array's elements.
	Elems []*Node
	// Members are an object's members as they stand; of two with one name only the first is kept.
	Members []Member
}

// Member is one member of an object.
type Member struct {
	Name   string
	Offset int
	Value  *Node
}

// Get is the value of a member, or nil where n has no such member, is no object or is nil itself.
func (n *Node) Get(name string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Name == name {
			return n.Members[i].Value
		}
	}
	return nil
}

// Parse reads the values of a document: one, or several one after another as in JSON lines. Problems
// are added to the list; ok is false where the document could not be read to its end.
func Parse(data []byte, problems *fault.List) (values []*Node, ok bool) {
	p := parser{data: data, dec: json.NewDecoder(bytes.NewReader(data)), problems: problems}
	p.dec.UseNumber()
	for {
		n, err := p.value()
		if errors.Is(err, io.EOF) {
			return values, true
		}
		if err != nil {
			p.stop(err)
			return nil, false
		}
		values = append(values, n)
	}
}

type parser struct {
	data     []byte
	dec      *json.Decoder
	problems *fault.List
	values   int
	// at is the way to the value being read. Paths are made of it only where there is a problem: made
	// for every value they would cost the square of a document with one long name.
	at []step
}

// step is an element's index, or a member's name with the index -1.
type step struct {
	name  string
	index int
}

func (p *parser) path() string {
	path := ""
	for _, s := range p.at {
		if s.index >= 0 {
			path += "[" + strconv.Itoa(s.index) + "]"
		} else {
			path = Join(path, s.name)
		}
	}
	return path
}

// limitError stops the parser at a bound.
type limitError struct {
	text   string
	offset int
}

func (e *limitError) Error() string { return e.text }

// next is the next token and the offset at which it begins.
func (p *parser) next() (json.Token, int, error) {
	at := p.skip(int(p.dec.InputOffset()))
	t, err := p.dec.Token()
	return t, at, err
}

// skip is the offset of the first byte from at on that is neither white space nor a separator.
func (p *parser) skip(at int) int {
	at = max(at, 0)
	for at < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) value() (*Node, error) {
	t, at, err := p.next()
	if err != nil {
		return nil, err
	}
	p.values++
	switch {
	case p.values > MaxValues:
		return nil, &limitError{fmt.Sprintf("more than %d values", MaxValues), at}
	case len(p.at) > MaxDepth:
		return nil, &limitError{fmt.Sprintf("nested more than %d deep", MaxDepth), at}
	}
	n := &Node{Offset: at}
	switch t := t.(type) {
	case nil:
		n.Kind = Null
	case bool:
		n.Kind, n.Text = Bool, strconv.FormatBool(t)
	case json.Number:
		n.Kind, n.Text = Number, t.String()
	case string:
		n.Kind, n.Text = String, t
		p.checkText(t, at)
	case json.Delim:
		if t == '[' {
			n.Kind = Array
			return n, p.elements(n)
		}
		n.Kind = Object
		return n, p.members(n)
	}
	return n, nil
}

// inner reads the value one step further in. On an error the steps stay as they are, for its path.
func (p *parser) inner(s step) (*Node, error) {
	p.at = append(p.at, s)
	n, err := p.value()
	if err != nil {
		return nil, inside(err)
	}
	p.at = p.at[:len(p.at)-1]
	return n, nil
}

func (p *parser) elements(n *Node) error {
	for p.dec.More() {
		e, err := p.inner(step{index: len(n.Elems)})
		if err != nil {
			return err
		}
		n.Elems = append(n.Elems, e)
	}
	_, err := p.dec.Token()
	return inside(err)
}

func (p *parser) members(n *Node) error {
	seen := map[string]bool{}
	for p.dec.More() {
		t, at, err := p.next()
		if err != nil {
			return inside(err)
		}
		name, _ := t.(string)
		v, err := p.inner(step{name: name, index: -1})
		if err != nil {
			return err
		}
		if seen[name] {
			p.at = append(p.at, step{name: name, index: -1})
			p.add(fault.Duplicate, at, "given twice")
			p.at = p.at[:len(p.at)-1]
			continue
		}
		seen[name] = true
		n.Members = append(n.Members, Member{Name: name, Offset: at, Value: v})
	}
	_, err := p.dec.Token()
	return inside(err)
}

// inside turns the end of the document into an error where a value is still open.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (p *parser) checkText(s string, at int) {
	for _, r := range s {
		switch {
		case r == '\uFFFD':
			p.add(fault.Value, at, "holds U+FFFD or a lone surrogate, the mark of text damaged by a wrong encoding")
			return
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			p.add(fault.Value, at, fmt.Sprintf("holds the control character U+%04X", r))
			return
		}
	}
}

// add notes a problem with the value being read.
func (p *parser) add(code fault.Code, offset int, text string) {
	p.problems.AddFunc(func() fault.Problem {
		line, column := fault.Position(p.data, offset)
		return fault.Problem{Code: code, Path: p.path(), Line: line, Column: column, Text: text}
	})
}

// stop notes the error that ended the reading.
func (p *parser) stop(err error) {
	var limit *limitError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &limit):
		p.add(fault.Limit, limit.offset, limit.text)
	case errors.As(err, &syntax):
		p.add(fault.Syntax, p.skip(int(syntax.Offset)-1), "not JSON: "+syntax.Error())
	default:
		p.add(fault.Syntax, len(p.data), "not JSON: the document ends too early")
	}
}

var plain = regexp.MustCompile(`^[A-Za-z0-9_]{1,60}$`)

// Join is the path of a member as package screening writes paths: lines[0].hs, and ["na me"] where the
// name is not a plain and short word.
func Join(path, name string) string {
	switch {
	case !plain.MatchString(name):
		return path + "[" + fault.Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}
