package reference_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// declarations are the struct types, and the constants of each text type, of a package's source.
type declarations struct {
	structs   map[string]*ast.StructType
	docs      map[string]string
	constants map[string][]constant
}

type constant struct{ value, doc string }

// declared reads the package in a folder.
func declared(t *testing.T, folder string) declarations {
	t.Helper()
	d := declarations{map[string]*ast.StructType{}, map[string]string{}, map[string][]constant{}}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		p, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		require.NoError(t, err)
		ast.Inspect(p, func(n ast.Node) bool {
			g, ok := n.(*ast.GenDecl)
			if !ok {
				return true
			}
			for _, s := range g.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if st, ok := s.Type.(*ast.StructType); ok {
						d.structs[s.Name.Name], d.docs[s.Name.Name] = st, g.Doc.Text()
					}
				case *ast.ValueSpec:
					typ, _ := s.Type.(*ast.Ident)
					if g.Tok != token.CONST || typ == nil || len(s.Values) != 1 {
						continue
					}
					if lit, ok := s.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
						value, err := strconv.Unquote(lit.Value)
						require.NoError(t, err)
						_, doc, _ := strings.Cut(oneLine(s.Doc.Text()), ": ")
						d.constants[typ.Name] = append(d.constants[typ.Name], constant{value, doc})
					}
				}
			}
			return false
		})
	}
	return d
}

func TestReportFields(t *testing.T) {
	d := declared(t, "../../screening")
	var b strings.Builder
	types := []string{"Report"}
	known := map[string]bool{"Report": true, "Order": true}
	for i := 0; i < len(types); i++ {
		name := types[i]
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", name, oneLine(d.docs[name]))
		heading(&b, "field", "holds", "meaning")
		for _, f := range d.structs[name].Fields.List {
			if f.Tag == nil {
				continue
			}
			tag, err := strconv.Unquote(f.Tag.Value)
			require.NoError(t, err)
			field, option, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			words, of := d.holding(f.Type)
			if option != "" {
				words += ", or absent"
			}
			row(&b, code(field), words, oneLine(f.Doc.Text()))
			if d.structs[of] != nil && !known[of] {
				known[of] = true
				types = append(types, of)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("## Kinds of finding\n\n")
	heading(&b, "kind", "means")
	require.NotEmpty(t, d.constants["FindingKind"])
	for _, c := range d.constants["FindingKind"] {
		row(&b, code(c.value), c.doc)
	}
	page(t, "report.md", b.String())
}

// holding says what a field of the Go type holds in JSON, and which struct it leads to.
func (d declarations) holding(e ast.Expr) (words, of string) {
	switch e := e.(type) {
	case *ast.StarExpr:
		return d.holding(e.X)
	case *ast.ArrayType:
		words, of = d.holding(e.Elt)
		return "list of " + words, of
	case *ast.SelectorExpr:
		name := fmt.Sprintf("%s.%s", e.X, e.Sel)
		switch name {
		case "time.Time":
			return "moment, UTC", ""
		case "lists.Status", "lists.NameKind":
			return "text", ""
		case "lists.Timeline":
			return "list of events", ""
		}
		return code(name), ""
	case *ast.Ident:
		if d.structs[e.Name] != nil {
			return fmt.Sprintf("[%s](#%s)", e.Name, strings.ToLower(e.Name)), e.Name
		}
		words, ok := map[string]string{"int": "whole number", "float64": "number", "bool": "true or false", "Date": "day", "Decimal": "exact number"}[e.Name]
		if !ok {
			words = "text"
		}
		return words, e.Name
	}
	return "", ""
}

// oneLine is a comment on one line, without the marks of links.
func oneLine(s string) string {
	return strings.NewReplacer("[*", "", "[", "", "]", "").Replace(strings.Join(strings.Fields(s), " "))
}
