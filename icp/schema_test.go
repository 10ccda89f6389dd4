package icp

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "rewrite what is generated")

// schemaWriter makes the JSON Schema of the programme file from its types: keys from the tags, descriptions
// from the doc comments, words from the vocabulary.
type schemaWriter struct {
	docs  map[string]string // of "Type" and "Type.Field"
	words map[reflect.Type][]string
	defs  map[string]any
}

func (w *schemaWriter) of(t reflect.Type) map[string]any {
	switch {
	case t.Kind() == reflect.Pointer:
		return w.of(t.Elem())
	case t == dateType:
		return map[string]any{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`}
	case t == decimalType:
		return map[string]any{"type": []string{"string", "number"}, "pattern": amountPattern.String()}
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": w.of(t.Elem())}
	case t.Kind() == reflect.Struct:
		if _, done := w.defs[t.Name()]; !done {
			w.defs[t.Name()] = nil
			w.defs[t.Name()] = w.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case w.words[t] != nil:
		return map[string]any{"enum": w.words[t]}
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() == reflect.String:
		return map[string]any{"type": "string", "pattern": `\S`}
	}
	return map[string]any{"type": "integer", "minimum": 0, "maximum": 1<<31 - 1}
}

func (w *schemaWriter) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, optional := tag(f)
		if name == "" {
			continue
		}
		s := w.of(f.Type)
		if d := w.docs[t.Name()+"."+f.Name]; d != "" {
			s["description"] = d
		}
		properties[name] = s
		if !optional || t == textType {
			required = append(required, name)
		}
	}
	o := map[string]any{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
	if d := w.docs[t.Name()]; d != "" {
		o["description"] = d
	}
	return o
}

// docComments are the comments of the types of this package.
func docComments(t *testing.T) map[string]string {
	docs := make(map[string]string)
	fset := token.NewFileSet()
	for _, name := range []string{"programme.go", "organisation.go", "procedure.go"} {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, s := range g.Specs {
				spec := s.(*ast.TypeSpec)
				oneLine := func(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
				docs[spec.Name.Name] = oneLine(g.Doc)
				if st, ok := spec.Type.(*ast.StructType); ok {
					for _, f := range st.Fields.List {
						for _, n := range f.Names {
							docs[spec.Name.Name+"."+n.Name] = oneLine(f.Doc)
						}
					}
				}
			}
		}
	}
	return docs
}

func TestSchemaIsOfTheTypes(t *testing.T) {
	w := &schemaWriter{docs: docComments(t), words: vocabulary(), defs: map[string]any{}}
	root := w.object(reflect.TypeFor[Programme]())
	root["$schema"], root["title"], root["$defs"] = "https://json-schema.org/draft/2020-12/schema", "ordergate compliance programme", w.defs
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(root))
	if *update {
		require.NoError(t, os.WriteFile("programme.schema.json", b.Bytes(), 0o644))
		return
	}
	require.Equal(t, b.String(), string(Schema()), "run go test -update")
}

func TestSchemaAcceptsWhatLoads(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("programme.schema.json", doc))
	schema, err := c.Compile("programme.schema.json")
	require.NoError(t, err)

	raw, err := os.ReadFile("../testdata/programme/example.yaml")
	require.NoError(t, err)
	instance := func(raw []byte) any {
		var n yaml.Node
		require.NoError(t, yaml.Unmarshal(raw, &n))
		return plain(n.Content[0])
	}
	require.NoError(t, schema.Validate(instance(raw)))
	for _, change := range [][2]string{
		{"adopted_on: 2026-01-05", "adopted_on: January"},
		{"committee: held_orders", "committee: some_orders"},
		{"kind: decision", "kinds: decision"},
		{"four_eyes: true", "four_eyes: maybe"},
		{"quorum: 3", "quorum: -3"},
		{`value: "500000"`, `value: 5e5`},
		{"  contact: officer-a\n", ""},
	} {
		bad := bytes.Replace(raw, []byte(change[0]), []byte(change[1]), 1)
		_, err := LoadProgramme(bytes.NewReader(bad))
		require.Error(t, err, change[1])
		require.Error(t, schema.Validate(instance(bad)), change[1])
	}
}

// plain is a node as JSON has it: dates and amounts stay the text they are.
func plain(n *yaml.Node) any {
	switch {
	case n.Kind == yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	case n.Kind == yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			l = append(l, plain(c))
		}
		return l
	case n.Tag == "!!bool":
		return n.Value == "true"
	case n.Tag == "!!int":
		return json.Number(n.Value)
	}
	return n.Value
}
