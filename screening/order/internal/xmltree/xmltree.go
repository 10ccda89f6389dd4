// Package xmltree reads XML into a bounded tree that knows where each element stands.
//
// Nothing outside the document is ever read: a DOCTYPE is refused whole, so there are no entities to
// expand but the five of XML itself, and a declared encoding other than UTF-8 is refused.
package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
)

// MaxDepth, MaxElements and MaxChildren (of one element) bound one document.
const (
	MaxDepth    = 64
	MaxElements = 300_000
	MaxChildren = screening.MaxLines + 500
)

// Node is one element.
type Node struct {
	Name     xml.Name
	Attrs    []xml.Attr
	Children []*Node
	// Line and Column count from 1 and are where the start tag ends.
	Line, Column int

	text     strings.Builder
	parent   *Node
	problems *fault.List
}

// Parse reads a document's root element. Problems are added to the list; where the document is not
// well-formed or not acceptable the root is nil.
func Parse(data []byte, problems *fault.List) *Node {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	root, err := parse(dec, problems)
	if err == nil {
		return root
	}
	var syntax *xml.SyntaxError
	line, column := dec.InputPos()
	p := fault.Problem{Code: fault.Syntax, Line: line, Column: column, Text: "not XML that is read here: " + err.Error()}
	if errors.As(err, &syntax) {
		p.Text = "not XML that is read here: " + syntax.Msg
	}
	var limit limitError
	if errors.As(err, &limit) {
		p.Code, p.Text = fault.Limit, limit.Error()
	}
	problems.Add(p)
	return nil
}

type limitError string

func (e limitError) Error() string { return string(e) }

var (
	errCharset = errors.New("only UTF-8 is read")
	errDoctype = errors.New("a DOCTYPE is refused")
	errNone    = errors.New("there is no element")
	errTwo     = errors.New("there is more than one root element")
)

func parse(dec *xml.Decoder, problems *fault.List) (*Node, error) {
	var root, open *Node
	depth, elements := 0, 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if root == nil {
				return nil, errNone
			}
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, errDoctype
		case xml.StartElement:
			depth, elements = depth+1, elements+1
			switch {
			case depth > MaxDepth:
				return nil, limitError(fmt.Sprintf("elements nested more than %d deep", MaxDepth))
			case elements > MaxElements:
				return nil, limitError(fmt.Sprintf("more than %d elements", MaxElements))
			case open == nil && root != nil:
				return nil, errTwo
			}
			n := &Node{Name: t.Name, Attrs: t.Copy().Attr, parent: open, problems: problems}
			n.Line, n.Column = dec.InputPos()
			if open == nil {
				root = n
			} else {
				if len(open.Children) == MaxChildren {
					return nil, limitError(fmt.Sprintf("more than %d elements in one", MaxChildren))
				}
				open.Children = append(open.Children, n)
			}
			open = n
		case xml.EndElement:
			depth, open = depth-1, open.parent
		case xml.CharData:
			if open != nil {
				open.text.Write(t)
			}
		}
	}
}

// Text is the element's own text, white space trimmed; "" of a nil node.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.text.String())
}

// Attr is the value of an attribute without namespace, "" where there is none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// All are the children of a name, whatever their namespace; none of a nil node.
func (n *Node) All(name string) []*Node {
	if n == nil {
		return nil
	}
	var all []*Node
	for _, c := range n.Children {
		if c.Name.Local == name {
			all = append(all, c)
		}
	}
	return all
}

// One follows a path of names, of each of which there may be one. A second is noted as a problem, since
// of two values only one would be screened. It is nil where the path ends early.
func (n *Node) One(path ...string) *Node {
	for _, name := range path {
		all := n.All(name)
		if len(all) == 0 {
			return nil
		}
		if len(all) > 1 {
			all[1].Problem(fault.Duplicate, "given twice")
		}
		n = all[0]
	}
	return n
}

// Path is where the element stands: /Order/OrderLine[2]/LineItem, the number where its name is repeated.
func (n *Node) Path() string {
	if n.parent == nil {
		return "/" + n.Name.Local
	}
	name, siblings := n.Name.Local, n.parent.All(n.Name.Local)
	if len(siblings) > 1 {
		for i, s := range siblings {
			if s == n {
				name += "[" + strconv.Itoa(i+1) + "]"
			}
		}
	}
	return n.parent.Path() + "/" + name
}

// Problem notes a problem with the element.
func (n *Node) Problem(code fault.Code, text string) {
	n.problems.AddFunc(func() fault.Problem {
		return fault.Problem{Code: code, Path: n.Path(), Line: n.Line, Column: n.Column, Text: text}
	})
}
