package trigger

import (
	"fmt"
	"reflect"
	"strings"
)

// Name is one name of the rule language.
type Name struct {
	// Path is what a rule writes: "party.registered_on".
	Path string
	// Type is text, number, bool, list or group.
	Type string
	// Missing is the field of the order or the table that is missing where the name has no value; "" for
	// a name that always has one.
	Missing string
	Doc     string
}

// Vocabulary lists every name a condition may use, root by root, groups followed by their members.
func Vocabulary() []Name {
	var out []Name
	var walk func(t reflect.Type, prefix string, depth int)
	walk = func(t reflect.Type, prefix string, depth int) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Tag.Get("expr") == "" {
				continue
			}
			n := Name{Path: prefix + f.Tag.Get("expr"), Type: typeName(f.Type), Missing: f.Tag.Get("at"), Doc: f.Tag.Get("doc")}
			out = append(out, n)
			if n.Type == "group" && f.Type.Kind() == reflect.Pointer && depth == 0 {
				walk(f.Type.Elem(), n.Path+".", depth+1)
			}
		}
	}
	walk(reflect.TypeFor[env](), "", 0)
	return out
}

func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "bool"
	case reflect.Slice:
		return "list"
	case reflect.Struct, reflect.Map:
		return "group"
	}
	return "number"
}

// access reads one name of the rule language from an env, and knows when it is missing.
type access struct {
	// name is what the rule writes.
	name  string
	steps []step
	// typ is the type of the value; nil for answer.X.
	typ reflect.Type
	// question is set for answer.X.
	question string
}

type step struct {
	field int
	// at is the step's `at` tag; "" is always known.
	at string
	// name is the step's `expr` tag.
	name string
}

var roots = func() map[string]reflect.StructField {
	m := make(map[string]reflect.StructField)
	t := reflect.TypeFor[env]()
	for i := range t.NumField() {
		m[t.Field(i).Tag.Get("expr")] = t.Field(i)
	}
	return m
}()

// newAccess resolves a dotted name.
func newAccess(name string) (*access, error) {
	parts := strings.Split(name, ".")
	a := &access{name: name}
	if parts[0] == "answer" {
		if len(parts) != 2 {
			return nil, fmt.Errorf("write answer.QUESTION, not %q", name)
		}
		a.question = parts[1]
		return a, nil
	}
	t := reflect.TypeFor[env]()
	for i, p := range parts {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return nil, fmt.Errorf("%s has no members", strings.Join(parts[:i], "."))
		}
		f, ok := fieldNamed(t, p)
		if !ok {
			return nil, fmt.Errorf("unknown name %s", strings.Join(parts[:i+1], "."))
		}
		a.steps = append(a.steps, step{field: f.Index[0], at: f.Tag.Get("at"), name: p})
		t = f.Type
	}
	a.typ = t
	return a, nil
}

func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("expr") == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// get is the name's value; ok is false where it is missing.
func (a *access) get(e *env) (v reflect.Value, ok bool) {
	if a.question != "" {
		_, ok = e.Answer[a.question]
		return v, ok
	}
	v = reflect.ValueOf(e).Elem()
	for _, s := range a.steps {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v = v.Field(s.field); absent(v, s.at) {
			return v, false
		}
	}
	return v, true
}

// known reports whether the name has a value.
func (a *access) known(e *env) bool {
	_, ok := a.get(e)
	return ok
}

// same reports whether two values of one name are plainly the same. A false answer says nothing.
func same(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return false
	}
	switch a.Kind() {
	case reflect.String:
		return a.String() == b.String()
	case reflect.Bool:
		return a.Bool() == b.Bool()
	case reflect.Slice:
		return a.Len() == b.Len() && (a.Len() == 0 || a.UnsafePointer() == b.UnsafePointer())
	case reflect.Pointer:
		return a.UnsafePointer() == b.UnsafePointer() || !a.IsNil() && !b.IsNil() && a.Type().Elem().Kind() != reflect.Struct && a.Elem().Equal(b.Elem())
	}
	return false
}

// absent reports whether a value counts as not given.
func absent(v reflect.Value, at string) bool {
	if at == "" {
		return false
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	}
	return false
}

// where is the JSON path of the name's value or, where it is missing, of the first thing that is; short
// is the part of the name up to there.
func (a *access) where(e *env) (path, short string) {
	if a.question != "" {
		return "answers[question=" + a.question + "]", a.name
	}
	v := reflect.ValueOf(e).Elem()
	base := ""
	for i, s := range a.steps {
		lacking := ""
		if v.Kind() == reflect.Pointer {
			if f, ok := v.Interface().(*partyFacts); ok {
				lacking = f.lacking(s.name)
			}
			// A country's facts are shared by all places that name it: its path is that of the place at hand.
			if p, ok := v.Interface().(placed); ok && (i == 1 || !isCountry(p)) {
				base = p.at()
			}
			v = v.Elem()
		}
		v = v.Field(s.field)
		switch {
		case absent(v, s.at) && lacking != "":
			return lacking, a.name
		case absent(v, s.at):
			return join(base, s.at, s.name), firstParts(a.name, i+1)
		case strings.HasPrefix(s.at, "/tables."):
			base = join(base, "", s.name)
		case s.name != "code":
			base = join(base, s.at, s.name)
		}
	}
	return base, a.name
}

func isCountry(p placed) bool {
	_, ok := p.(*countryFacts)
	return ok
}

// join is the JSON path of a field below a base path: where its `at` tag says, or by its own name.
func join(base, at, name string) string {
	if p, ok := strings.CutPrefix(at, "/"); ok {
		return p
	}
	if at == "" {
		at = name
	}
	if base == "" {
		return at
	}
	return base + "." + at
}

// value is the name's value in words, for traces.
func (a *access) value(e *env) string {
	if a.question != "" {
		return e.Answer[a.question]
	}
	v := reflect.ValueOf(e).Elem()
	for _, s := range a.steps {
		if v.Kind() == reflect.Pointer {
			if f, ok := v.Interface().(worded); ok {
				if words, ok := f.factOf(s.name); ok {
					return words
				}
			}
			v = v.Elem()
		}
		v = v.Field(s.field)
	}
	return show(v)
}

// firstParts is the first n parts of a dotted name.
func firstParts(name string, n int) string {
	for i := range len(name) {
		if name[i] != '.' {
			continue
		}
		if n--; n == 0 {
			return name[:i]
		}
	}
	return name
}

// maxFact bounds one value of a trace, in characters.
const maxFact = 300

func show(v reflect.Value) string {
	var s string
	if v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = showOne(v.Index(i))
		}
		s = strings.Join(parts, ", ")
	} else {
		s = showOne(v)
	}
	if r := []rune(s); len(r) > maxFact {
		s = string(r[:maxFact]) + "…"
	}
	return s
}

// showOne writes one value. A party, line or country that a rule reads as a whole stands by its name: what
// lies behind its pointers would be written differently at every run.
func showOne(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return fmt.Sprint(v.Interface())
	}
	for _, name := range []string{"Name", "Code", "ID"} {
		if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			return f.String()
		}
	}
	return "(given)"
}
