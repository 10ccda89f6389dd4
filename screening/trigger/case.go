package trigger

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening/trigger/policy"
	"go.yaml.in/yaml/v3"
)

// Case is a test case of a rule: a change of the plain order in base.yaml, and what the rule must come
// to. The plain order is civil, complete and harmless; no rule fires on it.
type Case struct {
	Name string
	// Expect is the state, Outcome the outcome where the case states one.
	Expect  State
	Outcome Outcome
	// Missing are paths the result must name.
	Missing []string
	// Set and Unset change the order by JSON path; "tables.NAME" stands for a country table.
	Set   []Setting
	Unset []string
	// Line says where the case stands in its file.
	Line int
}

// Setting puts a value at a JSON path.
type Setting struct {
	Path  string
	Value any
}

// CaseResult is what a case came to.
type CaseResult struct {
	Rule *Rule
	Case *Case
	Got  Result
	// Err is why the case failed, nil where it passed.
	Err error
}

//go:embed base.yaml
var baseOrder []byte

// builtInTables are the country tables of the plain order.
var builtInTables = sync.OnceValues(policy.BuiltIn)

func (l *loader) readCase(n *yaml.Node) Case {
	c := Case{Line: n.Line}
	l.mapping(n, "a case", map[string]func(*yaml.Node){
		"name":    func(n *yaml.Node) { c.Name = l.text(n) },
		"expect":  func(n *yaml.Node) { c.Expect = State(l.text(n)) },
		"outcome": func(n *yaml.Node) { c.Outcome = l.outcome(n) },
		"missing": func(n *yaml.Node) { c.Missing = l.texts(n) },
		"unset":   func(n *yaml.Node) { c.Unset = l.texts(n) },
		"set":     func(n *yaml.Node) { c.Set = l.settings(n) },
	})
	if !slices.Contains([]State{Fired, NotFired, NotCheckable}, c.Expect) {
		l.fail(n, fmt.Errorf("expect %q is not fired, not_fired or incomplete", c.Expect))
	}
	return c
}

func (l *loader) settings(n *yaml.Node) (out []Setting) {
	if n.Kind != yaml.MappingNode {
		l.fail(n, errors.New("set is not a mapping of paths to values"))
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		s := Setting{Path: n.Content[i].Value}
		if err := n.Content[i+1].Decode(&s.Value); err != nil {
			l.fail(n.Content[i+1], err)
		}
		out = append(out, s)
	}
	return out
}

// Check runs the cases of all rules, in order.
func (s *RuleSet) Check() []CaseResult {
	var out []CaseResult
	for i, r := range s.rules {
		for j := range r.Cases {
			c := &r.Cases[j]
			res := CaseResult{Rule: r, Case: c}
			v, err := c.View()
			if err == nil {
				res.Got = s.Eval(v)[i]
				err = c.judge(&res.Got)
			}
			res.Err = err
			out = append(out, res)
		}
	}
	return out
}

// CanLack reports whether the rule reads anything that an order or the tables may leave out, so that it needs a case that
// is incomplete. What a list of conditions asks to be known is read only where it is.
func (r *Rule) CanLack() bool { return r.when.canLack(nil) }

func (c *cond) canLack(known []string) bool {
	if c.op == opAll {
		for _, k := range c.kids {
			if k.op == opKnown {
				known = append(known, k.name.name)
			}
		}
	}
	for _, k := range c.kids {
		if k.canLack(known) {
			return true
		}
	}
	return c.leaf != nil && slices.ContainsFunc(c.leaf.needs, func(a *access) bool {
		return !slices.Contains(known, a.name) && a.canLack()
	})
}

// canLack reports whether the name may have no value. The elements of a scope are there wherever the rule runs, and so
// are the order, the answers and the seller's own limits, but not all that is in them.
func (a *access) canLack() bool {
	if a.question != "" {
		return true
	}
	for i, s := range a.steps {
		inHand := i == 0 && !slices.Contains([]string{"buyer", "consignee", "end_user", "payer"}, s.name)
		if s.at != "" && !inHand {
			return true
		}
	}
	return false
}

func (c *Case) judge(got *Result) error {
	switch {
	case got.State != c.Expect:
		return fmt.Errorf("expected %s, got %s (missing %v, facts %v)", c.Expect, got.State, got.Missing, got.Facts)
	case c.Outcome != None && got.Outcome != c.Outcome:
		return fmt.Errorf("expected outcome %s, got %q", c.Outcome, got.Outcome)
	}
	for _, m := range c.Missing {
		if !slices.Contains(got.Missing, m) {
			return fmt.Errorf("expected %s to be missing, got %v", m, got.Missing)
		}
	}
	return nil
}

// View is the plain order as the case changes it, with the built-in country tables.
func (c *Case) View() (*View, error) {
	var doc any
	if err := yaml.Unmarshal(baseOrder, &doc); err != nil {
		return nil, fmt.Errorf("base.yaml: %w", err)
	}
	tables, err := builtInTables()
	if err != nil {
		return nil, err
	}
	for _, p := range c.Unset {
		if name, ok := strings.CutPrefix(p, "tables."); ok {
			tables = tables.Without(name)
		} else if doc, err = edit(doc, p, func(any) (any, bool) { return nil, false }); err != nil {
			return nil, err
		}
	}
	for _, s := range c.Set {
		if name, ok := strings.CutPrefix(s.Path, "tables."); ok {
			if tables, err = setTable(tables, name, s.Value); err != nil {
				return nil, err
			}
		} else if doc, err = edit(doc, s.Path, func(any) (any, bool) { return s.Value, true }); err != nil {
			return nil, err
		}
	}
	data, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	v := &View{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return nil, fmt.Errorf("the changed order: %w", err)
	}
	v.Policy = tables
	return v, nil
}

// setTable gives countries of a table other marks: {XX: mark}.
func setTable(t *policy.Tables, name string, value any) (*policy.Tables, error) {
	marks, ok := value.(map[string]any)
	old := t.Get(name)
	if !ok || old == nil {
		return nil, fmt.Errorf("tables.%s: not a table, or its value is not {COUNTRY: mark}", name)
	}
	n := *old
	n.Rows = slices.Clone(old.Rows)
	countries := make([]string, 0, len(marks))
	for c := range marks {
		countries = append(countries, c)
	}
	slices.Sort(countries)
	for _, c := range countries {
		m := fmt.Sprint(marks[c])
		row := policy.Row{Country: c}
		if row.Mark, ok = strings.CutSuffix(m, "?"); ok {
			row.Timeline = dated.Timeline{{Status: dated.Verify, From: "2020-01-01"}}
		}
		n.Rows = append([]policy.Row{row}, n.Rows...)
	}
	return t.With(&n), nil
}

// edit changes the value at a path such as "parties[1].country" and returns the changed document. An index
// one past the end of a list adds to it.
func edit(doc any, path string, change func(any) (any, bool)) (any, error) {
	if path == "" {
		v, _ := change(doc)
		return v, nil
	}
	if strings.HasPrefix(path, "[") {
		return editList(doc, path, change)
	}
	end := strings.IndexAny(path, ".[")
	key, rest := path, ""
	if end >= 0 {
		key, rest = path[:end], strings.TrimPrefix(path[end:], ".")
	}
	m, ok := doc.(map[string]any)
	if !ok {
		if doc != nil {
			return nil, fmt.Errorf("path %q: not a group", path)
		}
		m = make(map[string]any)
	}
	if rest == "" {
		if v, keep := change(m[key]); keep {
			m[key] = v
		} else {
			delete(m, key)
		}
		return m, nil
	}
	v, err := edit(m[key], rest, change)
	if err != nil {
		return nil, err
	}
	m[key] = v
	return m, nil
}

func editList(doc any, path string, change func(any) (any, bool)) (any, error) {
	index, rest, ok := strings.Cut(path[1:], "]")
	i, err := strconv.Atoi(index)
	list, isList := doc.([]any)
	if !ok || err != nil || i < 0 || i > len(list) || !isList && doc != nil {
		return nil, fmt.Errorf("path %q: no such element", path)
	}
	if i == len(list) {
		list = append(list, nil)
	}
	rest = strings.TrimPrefix(rest, ".")
	if rest == "" {
		v, keep := change(list[i])
		if !keep {
			return slices.Delete(list, i, i+1), nil
		}
		list[i] = v
		return list, nil
	}
	if list[i], err = edit(list[i], rest, change); err != nil {
		return nil, err
	}
	return list, nil
}
