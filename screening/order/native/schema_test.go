package native_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/native"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

var samples = filepath.Join("..", "..", "..", "testdata", "orders")

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(native.Schema()))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("order.json", doc))
	s, err := c.Compile("order.json")
	require.NoError(t, err)
	return s
}

func sampleOrders(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(samples, "*.json"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 16)
	docs := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		docs[filepath.Base(f)] = b
	}
	return docs
}

func TestSamplesFollowSchemaAndReader(t *testing.T) {
	s := compileSchema(t)
	for name, b := range sampleOrders(t) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		require.NoError(t, err, name)
		require.NoError(t, s.Validate(doc), name)

		orders, err := native.Read(bytes.NewReader(b))
		require.NoError(t, err, name)
		require.Len(t, orders, 1, name)
		_, err = orders[0].Normalise()
		require.NoError(t, err, name)
	}
}

// What the reader returns, written as JSON, is again a document of the schema and reads back the same.
func TestSamplesRoundTrip(t *testing.T) {
	s := compileSchema(t)
	for name, b := range sampleOrders(t) {
		first, err := native.Read(bytes.NewReader(b))
		require.NoError(t, err, name)
		out, err := json.Marshal(first[0])
		require.NoError(t, err, name)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		require.NoError(t, err, name)
		require.NoError(t, s.Validate(doc), name)
		second, err := native.Read(bytes.NewReader(out))
		require.NoError(t, err, name)
		again, err := json.Marshal(second[0])
		require.NoError(t, err, name)
		require.Equal(t, string(out), string(again), name)
	}
}

// node is the part of a schema the tests below compare with the Go types.
type node struct {
	Ref        string          `json:"$ref"`
	Type       string          `json:"type"`
	Items      *node           `json:"items"`
	Enum       []string        `json:"enum"`
	Additional *bool           `json:"additionalProperties"`
	Properties map[string]node `json:"properties"`
	Defs       map[string]node `json:"$defs"`
}

// TestSchemaFollowsTypes walks the order types and the schema together: same fields, same shapes, and
// every object closed.
func TestSchemaFollowsTypes(t *testing.T) {
	var root node
	require.NoError(t, json.Unmarshal(native.Schema(), &root))
	seen := map[reflect.Type]bool{}
	var walk func(rt reflect.Type, n node, path string)
	walk = func(rt reflect.Type, n node, path string) {
		for rt.Kind() == reflect.Pointer {
			rt = rt.Elem()
		}
		if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
			if rt.Kind() == reflect.Struct {
				require.Equal(t, rt.Name(), name, path)
			}
			def, ok := root.Defs[name]
			require.True(t, ok, "%s: $defs/%s", path, name)
			n = def
		}
		switch {
		case rt == reflect.TypeFor[screening.Decimal]():
		case rt.Kind() == reflect.Slice:
			require.Equal(t, "array", n.Type, path)
			require.NotNil(t, n.Items, path)
			walk(rt.Elem(), *n.Items, path+"[]")
		case rt.Kind() == reflect.Struct:
			require.Equal(t, "object", n.Type, path)
			require.NotNil(t, n.Additional, "%s: additionalProperties", path)
			require.False(t, *n.Additional, path)
			if seen[rt] {
				return
			}
			seen[rt] = true
			var fields []string
			for i := range rt.NumField() {
				name, _, _ := strings.Cut(rt.Field(i).Tag.Get("json"), ",")
				fields = append(fields, name)
				p, ok := n.Properties[name]
				require.True(t, ok, "%s.%s is not in the schema", path, name)
				walk(rt.Field(i).Type, p, path+"."+name)
			}
			for name := range n.Properties {
				require.Contains(t, fields, name, "%s: the type has no such field", path)
			}
		case rt.Kind() == reflect.Bool:
			require.Equal(t, "boolean", n.Type, path)
		case rt.Kind() == reflect.Int:
			require.Equal(t, "integer", n.Type, path)
		default:
			require.Equal(t, reflect.String, rt.Kind(), path)
			if path != "order.schema" {
				require.Equal(t, "string", n.Type, path)
			}
		}
	}
	walk(reflect.TypeFor[screening.Order](), root, "order")
}

// TestSchemaEnumsFollowConstants compares the closed sets of the schema with the constants of the types
// of the same name.
func TestSchemaEnumsFollowConstants(t *testing.T) {
	var root node
	require.NoError(t, json.Unmarshal(native.Schema(), &root))
	constants := typedConstants(t, filepath.Join("..", "..", "order.go"))
	for _, name := range []string{"Stage", "Role", "Business", "LineKind", "DocumentType"} {
		want := constants[name]
		require.NotEmpty(t, want, name)
		got := slices.DeleteFunc(slices.Clone(root.Defs[name].Enum), func(s string) bool { return s == "" })
		require.ElementsMatch(t, want, got, name)
	}
}

// typedConstants are the string constants of a source file by the name of their type.
func typedConstants(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	require.NoError(t, err)
	found := map[string][]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		typ, ok := spec.Type.(*ast.Ident)
		lit, isLit := spec.Values[0].(*ast.BasicLit)
		if ok && isLit && lit.Kind == token.STRING {
			v, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			found[typ.Name] = append(found[typ.Name], v)
		}
		return true
	})
	return found
}

// TestSchemaRefusesWhatReaderRefuses holds the schema to the reader's strictness.
func TestSchemaRefusesWhatReaderRefuses(t *testing.T) {
	s := compileSchema(t)
	const rest = `,"id":"1","parties":[{"roles":["buyer"],"name":"Example Works Ltd"}],"lines":[{"id":"1"`
	for _, doc := range []string{
		`{"date":"2026-10-12","partys":[]` + rest + `}]}`,
		`{"date":"2026-10-12T00:00:00Z"` + rest + `}]}`,
		`{"date":"2026-10-12","note":null` + rest + `}]}`,
		`{"date":"2026-10-12","revision":"2"` + rest + `}]}`,
		`{"date":"2026-10-12","schema":"ordergate.order/2"` + rest + `}]}`,
		`{"date":"2026-10-12"` + rest + `,"value":"1,000"}]}`,
		`{"date":"2026-10-12"` + rest + `,"value":1e30}]}`,
		`{"date":"2026-10-12"` + rest + `,"value":[1]}]}`,
		`{"date":"2026-10-12"` + rest + `,"uncontrolled":"yes"}]}`,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
		require.NoError(t, err, doc)
		require.Error(t, s.Validate(v), doc)
		_, err = native.Read(strings.NewReader(doc))
		require.Error(t, err, doc)
	}
}
