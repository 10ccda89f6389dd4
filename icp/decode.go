package icp

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/screening"
	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v3"
)

// decoder reads YAML nodes into structs by their json tags, and collects what is wrong with path and line.
// A field without omitempty is required. Aliases are refused: a programme file needs none, and they let a
// small file stand for a huge one.
type decoder struct {
	words map[reflect.Type][]string
	lines map[string]int // of every path read
	errs  []error
}

func (d *decoder) fail(path string, line int, format string, a ...any) {
	d.errs = append(d.errs, &ProgrammeError{Path: path, Line: line, Err: fmt.Errorf(format, a...)})
}

// at is the line of a path, or of the nearest part of the file around it.
func (d *decoder) at(path string) int {
	for {
		if line, ok := d.lines[path]; ok || path == "" {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

var (
	errRequired = errors.New("is required")
	errKind     = errors.New("is not of the right kind")
	dateType    = reflect.TypeFor[dated.Date]()
	decimalType = reflect.TypeFor[decimal.Decimal]()
	textType    = reflect.TypeFor[screening.Text]()

	// amountPattern keeps out exponents: 1e999999999 would be a number of a billion digits.
	amountPattern = regexp.MustCompile(`^[0-9]{1,20}(\.[0-9]{1,8})?$`)
)

// value reads a node into v.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	d.lines[path] = n.Line
	t := v.Type()
	switch {
	case n.Kind == yaml.AliasNode:
		d.fail(path, n.Line, "aliases are not read")
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		d.value(n, v.Elem(), path)
	case t == decimalType || t.Kind() != reflect.Struct && t.Kind() != reflect.Slice:
		d.scalar(n, v, path)
	case t.Kind() == reflect.Struct:
		d.mapping(n, v, path)
	case n.Kind != yaml.SequenceNode:
		d.fail(path, n.Line, "%w: a list is expected", errKind)
	default:
		v.Set(reflect.MakeSlice(t, len(n.Content), len(n.Content)))
		for i, c := range n.Content {
			d.value(c, v.Index(i), path+"["+strconv.Itoa(i)+"]")
		}
	}
}

// mapping reads a struct; unknown, repeated and lacking keys are errors.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fail(path, n.Line, "%w: a mapping is expected", errKind)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, child := n.Content[i], n.Content[i+1]
		at := join(path, key.Value)
		f, ok := field(v.Type(), key.Value)
		switch {
		case !ok:
			d.fail(at, key.Line, "unknown key")
		case seen[key.Value]:
			d.fail(at, key.Line, "second key of this name")
		default:
			seen[key.Value] = true
			d.value(child, v.FieldByIndex(f.Index), at)
		}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, optional := tag(f)
		if name == "" || seen[name] || optional && v.Type() != textType {
			continue
		}
		d.fail(join(path, name), n.Line, "%w", errRequired)
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.ScalarNode {
		d.fail(path, n.Line, "%w: a single value is expected", errKind)
		return
	}
	switch t := v.Type(); {
	case t == dateType:
		day, err := dated.ParseDate(n.Value)
		if err != nil {
			d.fail(path, n.Line, "%w", err)
		}
		v.SetString(string(day))
	case t == decimalType:
		if !amountPattern.MatchString(n.Value) {
			d.fail(path, n.Line, "%q is not an amount such as 1500000.00", n.Value)
			return
		}
		v.Set(reflect.ValueOf(decimal.RequireFromString(n.Value)))
	case t.Kind() == reflect.String:
		if n.Tag == "!!null" || strings.TrimSpace(n.Value) == "" {
			d.fail(path, n.Line, "must not be empty")
		}
		if words := d.words[t]; words != nil && !slices.Contains(words, n.Value) {
			d.fail(path, n.Line, "%q is none of %s", n.Value, strings.Join(words, ", "))
		}
		v.SetString(strings.TrimSpace(n.Value))
	case t.Kind() == reflect.Bool:
		if n.Value != "true" && n.Value != "false" {
			d.fail(path, n.Line, "%q is neither true nor false", n.Value)
		}
		v.SetBool(n.Value == "true")
	default:
		x, err := strconv.ParseInt(n.Value, 10, 32)
		if err != nil || x < 0 {
			d.fail(path, n.Line, "%q is not a whole number of 0 or more", n.Value)
			return
		}
		v.SetInt(x)
	}
}

// field is the field of a key.
func field(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if name, _ := tag(t.Field(i)); name != "" && name == key {
			return t.Field(i), true
		}
	}
	return reflect.StructField{}, false
}

// tag is the key of a field and whether it may lack; "" for a field that no file holds.
func tag(f reflect.StructField) (name string, optional bool) {
	name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, strings.HasPrefix(rest, "omit")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
