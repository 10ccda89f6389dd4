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
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
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
	return new(Tree).Parse(data, problems)
}

// Parse is [Parse] into the memory of t. The values are there until Clear.
func (t *Tree) Parse(data []byte, problems *fault.List) (values []*Node, ok bool) {
	t.dec.Reset(bytes.NewBuffer(data), decoding...)
	p := parser{Tree: t, data: data, problems: problems}
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

// NewDecoder reads the tokens of a document of valid UTF-8 that may hold names given twice and lone surrogates, which
// this package refuses by their place.
func NewDecoder(data []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(data), decoding...)
}

var decoding = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

type parser struct {
	*Tree
	data     []byte
	problems *fault.List
	values   int
}

// Path is the way to a value. It is written out only where there is a problem: for every value that would cost the
// square of a document with one long name.
type Path []Step

// Step is one of a path.
type Step struct {
	// Name is a member's name; Index, from 0, an element's, -1 at a member.
	Name  string
	Index int
}

// String is the path as package screening writes paths.
func (p Path) String() string {
	path := ""
	for _, s := range p {
		if s.Index >= 0 {
			path += "[" + strconv.Itoa(s.Index) + "]"
		} else {
			path = Join(path, s.Name)
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
func (p *parser) next() (jsontext.Token, int, error) {
	at := p.skip(int(p.dec.InputOffset()))
	t, err := p.dec.ReadToken()
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
	n := p.node(at)
	switch t.Kind() {
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind, n.Text = Bool, strconv.FormatBool(t.Bool())
	case '0':
		n.Kind, n.Text = Number, t.String()
	case '"':
		n.Kind, n.Text = String, t.String()
		p.checkText(n.Text, at)
	case '[':
		n.Kind = Array
		return n, p.array(n)
	default:
		n.Kind = Object
		return n, p.object(n)
	}
	return n, nil
}

// inner reads the value one step further in. On an error the steps stay as they are, for its path.
func (p *parser) inner(s Step) (*Node, error) {
	p.at = append(p.at, s)
	n, err := p.value()
	if err != nil {
		return nil, inside(err)
	}
	p.at = p.at[:len(p.at)-1]
	return n, nil
}

func (p *parser) array(n *Node) error {
	first := len(p.open)
	for p.dec.PeekKind() != ']' {
		e, err := p.inner(Step{Index: len(p.open) - first})
		if err != nil {
			return err
		}
		p.open = append(p.open, Member{Value: e})
	}
	from := len(p.elems)
	for _, m := range p.open[first:] {
		p.elems = append(p.elems, m.Value)
	}
	n.Elems, p.open = since(p.elems, from), p.open[:first]
	_, err := p.dec.ReadToken()
	return inside(err)
}

// manyMembers is from where on a set tells names given twice; an order's objects are smaller, and quicker looked through.
const manyMembers = 32

func (p *parser) object(n *Node) error {
	var seen map[string]bool
	first := len(p.open)
	for p.dec.PeekKind() != '}' {
		t, at, err := p.next()
		if err != nil {
			return inside(err)
		}
		name := p.name(t.String())
		v, err := p.inner(Step{Name: name, Index: -1})
		if err != nil {
			return err
		}
		members := p.open[first:]
		if len(members) == manyMembers && seen == nil {
			seen = make(map[string]bool)
			for _, m := range members {
				seen[m.Name] = true
			}
		}
		if seen[name] || seen == nil && slices.ContainsFunc(members, func(m Member) bool { return m.Name == name }) {
			p.at = append(p.at, Step{Name: name, Index: -1})
			p.add(fault.Duplicate, at, "given twice")
			p.at = p.at[:len(p.at)-1]
			continue
		}
		if seen != nil {
			seen[name] = true
		}
		p.open = append(p.open, Member{Name: name, Offset: at, Value: v})
	}
	from := len(p.members)
	p.members = append(p.members, p.open[first:]...)
	n.Members, p.open = since(p.members, from), p.open[:first]
	_, err := p.dec.ReadToken()
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
		return fault.Problem{Code: code, Path: p.at.String(), Line: line, Column: column, Text: text}
	})
}

// stop notes the error that ended the reading.
func (p *parser) stop(err error) {
	var limit *limitError
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &limit):
		p.add(fault.Limit, limit.offset, limit.text)
	case errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF):
		p.add(fault.Syntax, int(syntax.ByteOffset), "not JSON: "+syntax.Err.Error())
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
