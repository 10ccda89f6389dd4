package trigger

import (
	"reflect"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// plain is an expression of one of the few forms that nearly all conditions have, read ahead so that it needs no
// program: it compares one name, or the elements of one list, with words, or a name with true and false. Its truth is
// that of the program.
type plain struct {
	op plainOp
	// words are those of the comparison; none for plainBool.
	words []string
	// not turns the answer round.
	not bool
}

type plainOp uint8

const (
	// plainText is name == "word", name in ["word", ...] and their negations.
	plainText plainOp = iota
	// plainList is "word" in name, where the name is a list, any(name, {# == "word"}), any(name, {# in ["word", ...]}) and
	// the same with none.
	plainList
	// plainBool is name, name == true and the like.
	plainBool
)

// plainOf reads an expression that compares the one name it needs; nil where it has another form.
func plainOf(src string, name *access) *plain {
	tree, err := parser.Parse(src)
	if err != nil {
		return nil
	}
	n, not := tree.Node, false
	for {
		u, ok := n.(*ast.UnaryNode)
		if !ok || u.Operator != "not" && u.Operator != "!" {
			break
		}
		n, not = u.Node, !not
	}
	p := name.plain(n)
	if p != nil && not {
		p.not = !p.not
	}
	return p
}

// plain is an expression without a leading not.
func (a *access) plain(n ast.Node) *plain {
	if f, ok := n.(*ast.BuiltinNode); ok {
		return a.plainLoop(f)
	}
	b, ok := n.(*ast.BinaryNode)
	switch {
	case !ok && a.names(n) && a.holds(reflect.Bool):
		return &plain{op: plainBool}
	case !ok:
		return nil
	case b.Operator == "in" && a.names(b.Left) && a.holds(reflect.String):
		if words := wordsOf(b.Right); words != nil {
			return &plain{op: plainText, words: words}
		}
	case b.Operator == "in" && a.names(b.Right) && a.typ == reflect.TypeFor[[]string]():
		if word, ok := b.Left.(*ast.StringNode); ok {
			return &plain{op: plainList, words: []string{word.Value}}
		}
	case (b.Operator == "==" || b.Operator == "!=") && a.names(b.Left):
		unequal := b.Operator == "!="
		switch x := b.Right.(type) {
		case *ast.BoolNode:
			if a.holds(reflect.Bool) {
				return &plain{op: plainBool, not: unequal == x.Value}
			}
		case *ast.StringNode:
			if a.holds(reflect.String) {
				return &plain{op: plainText, words: []string{x.Value}, not: unequal}
			}
		}
	}
	return nil
}

// plainLoop is any or none over a list.
func (a *access) plainLoop(f *ast.BuiltinNode) *plain {
	if f.Name != "any" && f.Name != "none" || len(f.Arguments) != 2 || !a.names(f.Arguments[0]) || a.typ != reflect.TypeFor[[]string]() {
		return nil
	}
	p, ok := f.Arguments[1].(*ast.PredicateNode)
	if !ok {
		return nil
	}
	b, ok := p.Node.(*ast.BinaryNode)
	if !ok {
		return nil
	}
	if element, ok := b.Left.(*ast.PointerNode); !ok || element.Name != "" {
		return nil
	}
	var words []string
	switch x := b.Right.(type) {
	case *ast.ArrayNode:
		if b.Operator == "in" {
			words = wordsOf(x)
		}
	case *ast.StringNode:
		if b.Operator == "==" {
			words = []string{x.Value}
		}
	}
	if words == nil {
		return nil
	}
	return &plain{op: plainList, words: words, not: f.Name == "none"}
}

// names reports whether a node of an expression is the name.
func (a *access) names(n ast.Node) bool {
	m, ok := n.(*ast.MemberNode)
	if !ok {
		return false
	}
	d, ok := dotted(m)
	return ok && d == a.name
}

// holds reports whether the name's value is of a kind, or may be missing and otherwise is.
func (a *access) holds(k reflect.Kind) bool {
	t := a.typ
	if t == nil {
		return false
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == k
}

// wordsOf are the words of a list of words; nil where it is none.
func wordsOf(n ast.Node) []string {
	list, ok := n.(*ast.ArrayNode)
	if !ok {
		return nil
	}
	words := []string{}
	for _, e := range list.Nodes {
		w, ok := e.(*ast.StringNode)
		if !ok {
			return nil
		}
		words = append(words, w.Value)
	}
	return words
}

// truth is the answer for a value of the name.
func (p *plain) truth(v reflect.Value) truth {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	holds := false
	switch p.op {
	case plainText:
		holds = slices.Contains(p.words, v.String())
	case plainList:
		for i := 0; i < v.Len() && !holds; i++ {
			holds = slices.Contains(p.words, v.Index(i).String())
		}
	case plainBool:
		holds = v.Bool()
	}
	if holds != p.not {
		return yes
	}
	return no
}
