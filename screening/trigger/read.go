package trigger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"go.yaml.in/yaml/v3"
)

// loader reads the nodes of rule files and collects what is wrong, with its place.
type loader struct {
	compiler *compiler
	file     string
	// rule is the id of the rule being read, "" outside.
	rule      string
	versions  []string
	rules     []*Rule
	questions []Question
	// asked are the ids of declared questions.
	asked map[string]bool
	errs  []error
}

func (l *loader) fail(n *yaml.Node, err error) {
	l.errs = append(l.errs, &RuleError{File: l.file, Line: n.Line, Column: n.Column, Rule: l.rule, Reason: err.Error(), Err: err})
}

// mapping calls the reader of each key; an unknown or repeated key is an error.
func (l *loader) mapping(n *yaml.Node, what string, read map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		l.fail(n, fmt.Errorf("%s is not a mapping", what))
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f := read[key.Value]
		switch {
		case f == nil:
			l.fail(key, fmt.Errorf("unknown key %q in %s", key.Value, what))
		case seen[key.Value]:
			l.fail(key, fmt.Errorf("second %q in %s", key.Value, what))
		default:
			seen[key.Value] = true
			f(value)
		}
	}
}

func (l *loader) sequence(n *yaml.Node, read func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		l.fail(n, errors.New("not a list"))
		return
	}
	for _, c := range n.Content {
		read(c)
	}
}

func (l *loader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		l.fail(n, errors.New("not a text"))
		return ""
	}
	return n.Value
}

func (l *loader) texts(n *yaml.Node) (out []string) {
	l.sequence(n, func(c *yaml.Node) { out = append(out, l.text(c)) })
	return out
}

// bilingual reads {en: ..., zh: ...}; both are needed.
func (l *loader) bilingual(n *yaml.Node) (t Text) {
	l.mapping(n, "a text in two languages", map[string]func(*yaml.Node){
		"en": func(n *yaml.Node) { t.En = l.text(n) },
		"zh": func(n *yaml.Node) { t.Zh = l.text(n) },
	})
	if t.En == "" || t.Zh == "" {
		l.fail(n, errors.New("both en and zh are needed"))
	}
	return t
}

var idPattern = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

func (l *loader) id(n *yaml.Node) string {
	s := l.text(n)
	if !idPattern.MatchString(s) {
		l.fail(n, fmt.Errorf("id %q is not of small letters, digits, - and _", s))
	}
	return s
}

func (l *loader) question(n *yaml.Node) {
	var q Question
	l.mapping(n, "a question", map[string]func(*yaml.Node){
		"id":   func(n *yaml.Node) { q.ID = l.id(n) },
		"text": func(n *yaml.Node) { q.Text = l.bilingual(n) },
		"why":  func(n *yaml.Node) { q.Why = l.bilingual(n) },
	})
	switch {
	case q.ID == "" || q.Text.En == "" || q.Why.En == "":
		l.fail(n, errors.New("a question needs id, text and why"))
	case l.asked[q.ID]:
		l.fail(n, fmt.Errorf("question %s: %w", q.ID, ErrDuplicate))
	}
	l.asked[q.ID] = true
	l.questions = append(l.questions, q)
}

func (l *loader) readRule(n *yaml.Node) {
	r := &Rule{Scope: ScopeOrder, File: l.file, Line: n.Line, column: n.Column}
	l.rule = ruleName(n, len(l.rules))
	var when *yaml.Node
	l.mapping(n, "a rule", map[string]func(*yaml.Node){
		"id":        func(n *yaml.Node) { r.ID = l.id(n) },
		"title":     func(n *yaml.Node) { r.Title = l.bilingual(n) },
		"message":   func(n *yaml.Node) { r.Message = l.bilingual(n) },
		"resolve":   func(n *yaml.Node) { r.Resolve = l.bilingual(n) },
		"remark":    func(n *yaml.Node) { t := l.bilingual(n); r.Remark = &t },
		"regime":    func(n *yaml.Node) { r.Regime = l.text(n) },
		"citation":  func(n *yaml.Node) { r.Citation = l.text(n) },
		"flag":      func(n *yaml.Node) { r.Flag = l.text(n) },
		"scope":     func(n *yaml.Node) { r.Scope = l.scope(n) },
		"outcome":   func(n *yaml.Node) { r.Outcome = l.outcome(n) },
		"documents": func(n *yaml.Node) { r.Documents = l.texts(n) },
		"optional":  func(n *yaml.Node) { r.Optional = l.optional(n) },
		"timeline":  func(n *yaml.Node) { r.Timeline = l.timeline(n) },
		"replaces":  func(n *yaml.Node) { r.replaces = l.flag(n) },

		"stop_and_report": func(n *yaml.Node) { r.StopAndReport = l.flag(n) },
		"when":            func(n *yaml.Node) { when = n },
		"cases":           func(n *yaml.Node) { l.sequence(n, func(c *yaml.Node) { r.Cases = append(r.Cases, l.readCase(c)) }) },
	})
	for _, f := range []struct{ name, value string }{
		{"id", r.ID}, {"title", r.Title.En}, {"message", r.Message.En}, {"resolve", r.Resolve.En}, {"regime", r.Regime}, {"citation", r.Citation}, {"outcome", string(r.Outcome)},
	} {
		if f.value == "" {
			l.fail(n, fmt.Errorf("the rule gives no %s", f.name))
		}
	}
	if when == nil {
		l.fail(n, errors.New("the rule gives no when"))
	} else {
		r.when = l.condition(when, r)
	}
	if slices.ContainsFunc(l.rules, func(o *Rule) bool { return o.ID == r.ID }) {
		l.fail(n, ErrDuplicate)
	}
	l.rules = append(l.rules, r)
	l.rule = ""
}

// ruleName is the id a rule node gives, read ahead so that every error can name it.
func ruleName(n *yaml.Node, place int) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "id" && n.Content[i+1].Value != "" {
				return n.Content[i+1].Value
			}
		}
	}
	return "#" + strconv.Itoa(place+1)
}

func (l *loader) scope(n *yaml.Node) Scope {
	s := Scope(l.text(n))
	for _, k := range scopes {
		if k.scope == s {
			return s
		}
	}
	l.fail(n, fmt.Errorf("unknown scope %q", s))
	return ScopeOrder
}

func (l *loader) outcome(n *yaml.Node) Outcome {
	o := Outcome(l.text(n))
	if o == None || !slices.Contains(outcomes, o) {
		l.fail(n, fmt.Errorf("unknown outcome %q (advise, incomplete, review, require, stop)", o))
	}
	return o
}

func (l *loader) flag(n *yaml.Node) bool {
	var b bool
	if err := n.Decode(&b); err != nil {
		l.fail(n, errors.New("neither true nor false"))
	}
	return b
}

// optional reads names of the rule language and tables.
func (l *loader) optional(n *yaml.Node) (out []string) {
	l.sequence(n, func(c *yaml.Node) {
		s := l.text(c)
		if !strings.HasPrefix(s, "tables.") {
			if _, err := newAccess(s); err != nil {
				l.fail(c, err)
			}
		}
		out = append(out, s)
	})
	return out
}

func (l *loader) timeline(n *yaml.Node) (t dated.Timeline) {
	l.sequence(n, func(c *yaml.Node) {
		var e dated.Event
		l.mapping(c, "an event", map[string]func(*yaml.Node){
			"status": func(n *yaml.Node) { e.Status = dated.Status(l.text(n)) },
			"from":   func(n *yaml.Node) { e.From = Date(l.text(n)) },
			"until":  func(n *yaml.Node) { e.Until = Date(l.text(n)) },
			"by":     func(n *yaml.Node) { e.By = l.text(n) },
		})
		t = append(t, e)
	})
	if err := t.Validate(); err != nil {
		l.fail(n, err)
	}
	return t
}

// maxDepth bounds the nesting of any and all.
const maxDepth = 8

// condition reads a `when`: an expression, a list of conditions, or {any|all|known|missing: ...}.
func (l *loader) condition(n *yaml.Node, r *Rule) *cond {
	return l.conditionAt(n, r, 0)
}

func (l *loader) conditionAt(n *yaml.Node, r *Rule, depth int) *cond {
	c := &cond{op: opAll}
	switch {
	case depth > maxDepth:
		l.fail(n, fmt.Errorf("conditions nested deeper than %d", maxDepth))
	case n.Kind == yaml.ScalarNode:
		l.expression(n, r, c)
	case n.Kind == yaml.SequenceNode:
		if len(n.Content) == 0 {
			l.fail(n, errors.New("an empty list of conditions"))
		}
		for _, k := range n.Content {
			c.kids = append(c.kids, l.conditionAt(k, r, depth+1))
		}
	default:
		nested := func(op condOp) func(*yaml.Node) {
			return func(n *yaml.Node) { c.kids = l.conditionAt(n, r, depth+1).kids; c.op = op }
		}
		presence := func(op condOp) func(*yaml.Node) {
			return func(n *yaml.Node) { l.presence(n, r, c, op) }
		}
		l.mapping(n, "a condition", map[string]func(*yaml.Node){
			"any": nested(opAny), "all": nested(opAll), "known": presence(opKnown), "missing": presence(opMissing),
		})
		if len(n.Content) != 2 {
			l.fail(n, errors.New("a condition has one of any, all, known, missing"))
		}
	}
	return c
}

func (l *loader) expression(n *yaml.Node, r *Rule, c *cond) {
	leaf, err := l.compiler.expression(n.Value, r.Scope)
	if err != nil {
		at := *n
		var pe *exprError
		if errors.As(err, &pe) {
			at.Line += pe.line
			at.Column += pe.column
		}
		l.fail(&at, err)
		return
	}
	c.op, c.leaf = opExpr, leaf
	for _, a := range leaf.needs {
		if a.question != "" && !slices.Contains(r.Questions, a.question) {
			r.Questions = append(r.Questions, a.question)
		}
	}
}

// presence reads {known: name} or {missing: name}.
func (l *loader) presence(n *yaml.Node, r *Rule, c *cond, op condOp) {
	a, err := newAccess(l.text(n))
	if err == nil {
		c.scoped, err = scopedTo(a.name, r.Scope)
	}
	if err != nil {
		l.fail(n, err)
		return
	}
	c.op, c.name = op, a
}

// check is what can be said only when all files are read: every answer a rule reads has a question.
func (l *loader) check() {
	for _, r := range l.rules {
		for _, q := range r.Questions {
			if !l.asked[q] {
				l.errs = append(l.errs, &RuleError{File: r.File, Line: r.Line, Column: r.column, Rule: r.ID, Reason: fmt.Sprintf("no question %q is declared", q)})
			}
		}
	}
}
