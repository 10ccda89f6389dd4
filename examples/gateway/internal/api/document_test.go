package api

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSpecDocument: the document is one that a client can be made from. Beside being valid, its parameters are declared,
// and no two operations share a name.
func TestSpecDocument(t *testing.T) {
	b, err := spec()
	require.NoError(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Summary     string
			Parameters  []struct {
				Name, In string
				Required bool
				Schema   map[string]any
			}
			Responses map[string]any
		}
	}
	require.NoError(t, json.Unmarshal(b, &doc))
	seen := map[string]bool{}
	for path, operations := range doc.Paths {
		for method, op := range operations {
			require.NotEmpty(t, op.OperationID, path)
			require.NotEmpty(t, op.Summary, path)
			require.False(t, seen[op.OperationID], op.OperationID)
			seen[op.OperationID] = true
			require.NotEmpty(t, op.Responses, "%s %s", method, path)
			for _, m := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(path, -1) {
				declared := false
				for _, p := range op.Parameters {
					declared = declared || p.Name == m[1] && p.In == "path" && p.Required
				}
				require.True(t, declared, "%s %s: {%s}", method, path, m[1])
			}
			for _, p := range op.Parameters {
				require.NotEmpty(t, p.Schema, "%s %s: %s", method, path, p.Name)
			}
		}
	}
}

// TestSpecMove: the fields of a move are those that the document lists.
func TestSpecMove(t *testing.T) {
	b, err := spec()
	require.NoError(t, err)
	var doc struct {
		Components struct {
			Schemas struct {
				Move struct{ Properties map[string]any }
			}
		}
	}
	require.NoError(t, json.Unmarshal(b, &doc))
	var want, got []string
	for name := range doc.Components.Schemas.Move.Properties {
		want = append(want, name)
	}
	for f := range reflect.TypeFor[move]().Fields() {
		got = append(got, f.Tag.Get("json"))
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Equal(t, want, got)
}
