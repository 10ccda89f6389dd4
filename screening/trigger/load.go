package trigger

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds a rule file, in bytes.
const maxFile = 4 << 20

// Conditions wrapped by a [RuleError].
var (
	// ErrTooLarge is a rule file beyond 4 MiB.
	ErrTooLarge = errors.New("larger than 4 MiB")
	// ErrDuplicate is a second rule or question of one id.
	ErrDuplicate = errors.New("a second one of this id")
)

// RuleError is one defect of a rule file.
type RuleError struct {
	File string
	// Line and Column count from 1; 0 is the file as a whole.
	Line, Column int
	// Rule is the id of the rule, or its place "#3" where it has none; "" outside of rules.
	Rule   string
	Reason string
	Err    error
}

// Error says the place, then the reason.
func (e *RuleError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	if e.Rule != "" {
		fmt.Fprintf(&b, ": rule %s", e.Rule)
	}
	return b.String() + ": " + e.Reason
}

// Unwrap is the cause.
func (e *RuleError) Unwrap() error { return e.Err }

// Load reads a rule set from one YAML file of the given name. The error joins a [*RuleError] for every
// defect found; with an error there is no set.
func Load(name string, r io.Reader) (*RuleSet, error) {
	data, err := readFile(name, r)
	if err != nil {
		return nil, err
	}
	return load([]source{{name, data}})
}

// LoadFS reads all files of a directory that end in .yaml, in the order of their names, as one set.
func LoadFS(fsys fs.FS, dir string) (*RuleSet, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	var sources []source
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		f, err := fsys.Open(strings.TrimPrefix(dir+"/"+e.Name(), "./"))
		if err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		data, err := readFile(e.Name(), f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		sources = append(sources, source{e.Name(), data})
	}
	return load(sources)
}

func readFile(name string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = ErrTooLarge
	}
	if err != nil {
		return nil, &RuleError{File: name, Reason: err.Error(), Err: err}
	}
	return data, nil
}

type source struct {
	name string
	data []byte
}

// load parses and compiles files as one set.
func load(files []source) (*RuleSet, error) {
	l := &loader{compiler: newCompiler(), asked: make(map[string]bool)}
	var kept []archivedFile
	for _, f := range files {
		kept = append(kept, archivedFile{f.name, string(f.data)})
		l.file = f.name
		l.document(f.data)
	}
	l.check()
	if len(l.errs) > 0 {
		return nil, errors.Join(l.errs...)
	}
	s := &RuleSet{version: strings.Join(l.versions, "+"), rules: l.rules, questions: l.questions, leaves: l.compiler.leaves}
	if err := s.keep([][]archivedFile{kept}); err != nil {
		return nil, err
	}
	return s, nil
}

// Merge is one set of all the rules of several, in order. A later rule marked `replaces: true` takes the
// place of an earlier one of its id; otherwise an id may not appear twice.
func Merge(sets ...*RuleSet) (*RuleSet, error) {
	m := &merger{compiler: newCompiler(), rules: make(map[string]int), questions: make(map[string]bool)}
	var versions []string
	var files [][]archivedFile
	for _, s := range sets {
		files = append(files, s.files...)
		versions = appendNew(versions, s.version)
		m.add(s)
	}
	if len(m.errs) > 0 {
		return nil, errors.Join(m.errs...)
	}
	if err := m.out.keep(files); err != nil {
		return nil, err
	}
	m.out.version, m.out.leaves = strings.Join(versions, "+"), m.compiler.leaves
	return &m.out, nil
}

type merger struct {
	compiler  *compiler
	out       RuleSet
	rules     map[string]int
	questions map[string]bool
	errs      []error
}

func (m *merger) add(s *RuleSet) {
	for _, r := range s.rules {
		c := *r
		c.when = m.adopt(r.when, r.Scope)
		i, seen := m.rules[r.ID]
		switch {
		case !seen:
			m.rules[r.ID] = len(m.out.rules)
			m.out.rules = append(m.out.rules, &c)
		case r.replaces:
			m.out.rules[i] = &c
		default:
			m.errs = append(m.errs, &RuleError{File: r.File, Line: r.Line, Column: r.column, Rule: r.ID, Reason: ErrDuplicate.Error(), Err: ErrDuplicate})
		}
	}
	for _, q := range s.questions {
		if !m.questions[q.ID] {
			m.questions[q.ID] = true
			m.out.questions = append(m.out.questions, q)
		}
	}
}

// adopt copies a condition into the merged set, its leaves shared with equal ones there.
func (m *merger) adopt(c *cond, scope Scope) *cond {
	n := *c
	n.kids = nil
	for _, k := range c.kids {
		n.kids = append(n.kids, m.adopt(k, scope))
	}
	if c.leaf != nil {
		key := string(c.leaf.scope) + "\x00" + c.leaf.src
		l := m.compiler.byKey[key]
		if l == nil {
			cp := *c.leaf
			l = &cp
			m.compiler.place(key, l)
		}
		n.leaf = l
	}
	return &n
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// document reads one file.
func (l *loader) document(data []byte) {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&doc); err != nil {
		e := &RuleError{File: l.file, Reason: strings.TrimPrefix(err.Error(), "yaml: "), Err: err}
		fmt.Sscanf(err.Error(), "yaml: line %d:", &e.Line)
		if e.Line > 0 {
			e.Column = 1
		}
		l.errs = append(l.errs, e)
		return
	}
	var version string
	l.mapping(doc.Content[0], "the file", map[string]func(*yaml.Node){
		"version":   func(n *yaml.Node) { version = l.text(n) },
		"questions": func(n *yaml.Node) { l.sequence(n, l.question) },
		"rules":     func(n *yaml.Node) { l.sequence(n, l.readRule) },
	})
	if version == "" {
		l.fail(doc.Content[0], errors.New("the file gives no version"))
	}
	l.versions = appendNew(l.versions, version)
}
