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
		n, err := p.value("", 0)
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
}

// limitError stops the parser at a bound.
type limitError struct {
	path, text string
	at         int
}

func (e *limitError) Error() string { return e.path + ": " + e.text }

// next is the next token and the offset at which it begins.
func (p *parser) next() (json.Token, int, error) {
	at := p.skip(int(p.dec.InputOffset()))
	t, err := p.dec.Token()
	return t, at, err
}

// skip is the offset of the first byte from at on that is neither white space nor a separator.
func (p *parser) skip(at int) int {
	for at < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) value(path string, depth int) (*Node, error) {
	t, at, err := p.next()
	if err != nil {
		return nil, err
	}
	p.values++
	switch {
	case p.values > MaxValues:
		return nil, &limitError{path, fmt.Sprintf("more than %d values", MaxValues), at}
	case depth > MaxDepth:
		return nil, &limitError{path, fmt.Sprintf("nested more than %d deep", MaxDepth), at}
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
		p.checkText(path, t, at)
	case json.Delim:
		if t == '[' {
			n.Kind = Array
			return n, p.elements(n, path, depth)
		}
		n.Kind = Object
		return n, p.members(n, path, depth)
	}
	return n, nil
}

func (p *parser) elements(n *Node, path string, depth int) error {
	for p.dec.More() {
		e, err := p.value(path+"["+strconv.Itoa(len(n.Elems))+"]", depth+1)
		if err != nil {
			return inside(err)
		}
		n.Elems = append(n.Elems, e)
	}
	_, err := p.dec.Token()
	return inside(err)
}

func (p *parser) members(n *Node, path string, depth int) error {
	seen := map[string]bool{}
	for p.dec.More() {
		t, at, err := p.next()
		if err != nil {
			return inside(err)
		}
		name, _ := t.(string)
		v, err := p.value(Join(path, name), depth+1)
		if err != nil {
			return inside(err)
		}
		if seen[name] {
			p.add(fault.Duplicate, Join(path, name), at, "given twice")
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

func (p *parser) checkText(path, s string, at int) {
	for _, r := range s {
		switch {
		case r == '\uFFFD':
			p.add(fault.Value, path, at, "holds U+FFFD or a lone surrogate, the mark of text damaged by a wrong encoding")
			return
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			p.add(fault.Value, path, at, fmt.Sprintf("holds the control character U+%04X", r))
			return
		}
	}
}

func (p *parser) add(code fault.Code, path string, at int, text string) {
	line, column := fault.Position(p.data, at)
	p.problems.Add(fault.Problem{Code: code, Path: path, Line: line, Column: column, Text: text})
}

func (p *parser) stop(err error) {
	var limit *limitError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &limit):
		p.add(fault.Limit, limit.path, limit.at, limit.text)
	case errors.As(err, &syntax):
		p.add(fault.Syntax, "", p.skip(int(syntax.Offset)-1), "not JSON: "+syntax.Error())
	default:
		p.add(fault.Syntax, "", len(p.data), "not JSON: the document ends too early")
	}
}

// Join is the path of a member as package screening writes paths: lines[0].hs, and ["na me"] where the
// name is not a plain word.
func Join(path, name string) string {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return path + "[" + fault.Quote(name) + "]"
		}
	}
	switch {
	case name == "":
		return path + `[""]`
	case path == "":
		return name
	}
	return path + "." + name
}
