package trigger

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// cond is a node of a rule's `when`.
type cond struct {
	op   condOp
	kids []*cond
	// leaf is set for opExpr, name for opKnown and opMissing.
	leaf *leaf
	name *access
	// scoped is set where opKnown or opMissing names a root of the rule's scope.
	scoped bool
}

type condOp uint8

const (
	opAll condOp = iota
	opAny
	opExpr
	opKnown
	opMissing
)

// leaf is one compiled expression. Equal expressions of a rule set share one leaf.
type leaf struct {
	// index is the leaf's place in its rule set.
	index int
	src   string
	// scope is ScopeOrder where the expression names no root of a narrower scope.
	scope Scope
	prog  *vm.Program
	// plain is set where the truth can be told without the program.
	plain *plain
	needs []*access
	// firstNeed is the place of its needs among those of all leaves of the set.
	firstNeed int
}

// maxNodes bounds an expression.
const maxNodes = 200

// builtins are the functions of expr that rules may use.
var builtins = []string{"len", "any", "all", "none", "one", "count", "lower", "abs", "min", "max"}

var exprOptions = func() []expr.Option {
	opts := []expr.Option{
		// By value, so that roots are found by place and not by name; evaluation passes a pointer.
		expr.Env(env{}),
		expr.AsBool(),
		expr.MaxNodes(maxNodes),
		expr.DisableAllBuiltins(),
		expr.Function("days", func(args ...any) (any, error) {
			return Date(args[1].(string)).DaysSince(Date(args[0].(string))), nil
		}, new(func(from, to string) int)),
	}
	for _, b := range builtins {
		opts = append(opts, expr.EnableBuiltin(b))
	}
	return opts
}()

// compiler turns expressions into leaves, equal ones into one.
type compiler struct {
	leaves []*leaf
	byKey  map[string]*leaf
}

func newCompiler() *compiler { return &compiler{byKey: make(map[string]*leaf)} }

// expression compiles one expression for a scope. The error is an [*exprError] where the place is known.
func (c *compiler) expression(src string, scope Scope) (*leaf, error) {
	src = strings.TrimSpace(src)
	names, err := namesIn(src)
	if err != nil {
		return nil, err
	}
	l := &leaf{src: src, scope: ScopeOrder}
	for _, n := range names {
		a, err := newAccess(n)
		if err != nil {
			return nil, err
		}
		switch scoped, err := scopedTo(n, scope); {
		case err != nil:
			return nil, err
		case scoped:
			l.scope = scope
		}
		l.needs = append(l.needs, a)
	}
	key := string(l.scope) + "\x00" + src
	if old := c.byKey[key]; old != nil {
		return old, nil
	}
	if l.prog, err = expr.Compile(src, exprOptions...); err != nil {
		return nil, placeOf(err)
	}
	if len(l.needs) == 1 {
		l.plain = plainOf(src, l.needs[0])
	}
	c.place(key, l)
	return l, nil
}

// place puts a leaf at the end of the set.
func (c *compiler) place(key string, l *leaf) {
	l.index, l.firstNeed = len(c.leaves), 0
	if n := len(c.leaves); n > 0 {
		l.firstNeed = c.leaves[n-1].firstNeed + len(c.leaves[n-1].needs)
	}
	c.leaves = append(c.leaves, l)
	c.byKey[key] = l
}

// scopedTo reports whether the name's root belongs to the scope alone; the error says that it belongs to
// another scope.
func scopedTo(name string, scope Scope) (bool, error) {
	root, _, _ := strings.Cut(name, ".")
	other := false
	for _, s := range scopes {
		if slices.Contains(s.roots, root) {
			if s.scope == scope {
				return true, nil
			}
			other = true
		}
	}
	if other {
		return false, fmt.Errorf("%s is not known in scope %s", root, scope)
	}
	return false, nil
}

// exprError is an error at a place within an expression; both count from 0.
type exprError struct {
	line, column int
	reason       string
}

func (e *exprError) Error() string { return e.reason }

func placeOf(err error) error {
	var fe *file.Error
	if errors.As(err, &fe) {
		return &exprError{line: max(fe.Line-1, 0), column: max(fe.Column, 0), reason: fe.Message}
	}
	return err
}

// namesIn are the names an expression reads, in order of appearance, each once.
func namesIn(src string) ([]string, error) {
	tree, err := parser.Parse(src)
	if err != nil {
		return nil, placeOf(err)
	}
	w := &nameWalker{}
	ast.Walk(&tree.Node, w)
	if w.err != nil {
		return nil, w.err
	}
	// Walk goes bottom up, so that "a" is seen before "a.b": a name that another one extends is dropped.
	var names []string
	for _, n := range w.names {
		longer := slices.ContainsFunc(w.names, func(m string) bool { return strings.HasPrefix(m, n+".") })
		if !longer && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names, nil
}

// nameWalker collects the dotted names of an expression.
type nameWalker struct {
	names []string
	// loops counts any, all, none, one and count.
	loops int
	err   error
}

// Visit implements ast.Visitor.
func (w *nameWalker) Visit(n *ast.Node) {
	switch x := (*n).(type) {
	case *ast.IdentifierNode:
		if _, ok := roots[x.Value]; ok {
			w.names = append(w.names, x.Value)
		}
	case *ast.MemberNode:
		if d, ok := dotted(x); ok {
			w.names = append(w.names, d)
		}
	case *ast.BinaryNode:
		if x.Operator == ".." {
			w.fail(x, "ranges are not allowed in rules")
		}
	case *ast.VariableDeclaratorNode:
		w.fail(x, "variables are not allowed in rules")
	case *ast.BuiltinNode:
		w.builtin(x)
	}
}

// builtin refuses functions beyond [builtins], some of which expr cannot switch off, and loops within
// loops: with one loop an expression takes time linear in the order.
func (w *nameWalker) builtin(n *ast.BuiltinNode) {
	if !slices.Contains(builtins, n.Name) {
		w.fail(n, n.Name+" is not a function of rules")
	}
	for _, arg := range n.Arguments {
		if _, ok := arg.(*ast.PredicateNode); ok {
			w.loops++
		}
	}
	if w.loops > 1 {
		w.fail(n, n.Name+" within "+n.Name+" or beside another loop: write two conditions")
	}
}

func (w *nameWalker) fail(n ast.Node, reason string) {
	if w.err == nil {
		w.err = &exprError{column: n.Location().From, reason: reason}
	}
}

// dotted is the name a chain of member accesses spells, if it begins with a root.
func dotted(m *ast.MemberNode) (string, bool) {
	p, ok := m.Property.(*ast.StringNode)
	if !ok {
		return "", false
	}
	switch b := m.Node.(type) {
	case *ast.IdentifierNode:
		if _, ok := roots[b.Value]; ok {
			return b.Value + "." + p.Value, true
		}
	case *ast.MemberNode:
		if d, ok := dotted(b); ok {
			return d + "." + p.Value, true
		}
	}
	return "", false
}
