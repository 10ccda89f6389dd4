// Package ordergate_test guards the shape of the module: which package may import what, under which
// licences, and what may not stand in the tree.
package ordergate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/ordergate/ordergate"

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// packages lists every package of the module, without tests.
func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps=false", "-json=ImportPath,Imports,Deps", "./...").Output()
	require.NoError(t, err)
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		all = append(all, p)
	}
	require.NotEmpty(t, all)
	return all
}

// part is the top-level folder of a package of the module, "" for another's.
func part(path string) string {
	rest, ok := strings.CutPrefix(path, module+"/")
	if !ok {
		return ""
	}
	top, _, _ := strings.Cut(rest, "/")
	return top
}

// TestImportDirection holds the arrows of the design: nothing goes back up the way of an order.
func TestImportDirection(t *testing.T) {
	allowed := map[string][]string{
		"internal":  {"internal"},
		"lists":     {"internal", "lists"},
		"classify":  {"internal", "classify"},
		"screening": {"internal", "lists", "classify", "screening"},
		"icp":       {"internal", "lists", "classify", "screening", "icp"},
		"examples":  {"internal", "lists", "classify", "screening", "icp", "examples", "testdata"},
	}
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			if from, to := part(p.ImportPath), part(imp); from != "" && to != "" {
				require.Contains(t, allowed[from], to, "%s imports %s", p.ImportPath, imp)
			}
		}
	}
}

// TestImportsOfCore keeps databases, spreadsheets and copyleft code out of what an embedder links, and the
// network out of every package but lists/fetch and the stores. (bleve links net/http for its own counters; it serves and
// calls nothing.)
func TestImportsOfCore(t *testing.T) {
	core := []string{"/screening", "/lists", "/lists/match", "/classify", "/screening/trigger", "/screening/order", "/screening/render", "/icp", "/icp/ledger", "/icp/handbook", "/icp/riskreport"}
	banned := regexp.MustCompile(`^(database/sql$|modernc\.org/sqlite|github\.com/jackc/pgx|github\.com/xuri/excelize|github\.com/antzucaro/matchr|github\.com/chromedp)`)
	for _, p := range packages(t) {
		for _, c := range core {
			if p.ImportPath != module+c {
				continue
			}
			for _, d := range p.Deps {
				require.False(t, banned.MatchString(d), "%s reaches %s", p.ImportPath, d)
			}
		}
		if !strings.HasPrefix(p.ImportPath, module+"/examples/") {
			if p.ImportPath != module+"/lists/fetch" {
				require.NotContains(t, p.Imports, "net/http", p.ImportPath)
			}
			require.NotContains(t, p.Deps, "github.com/antzucaro/matchr", "%s would be put under the GPL", p.ImportPath)
		}
	}
}

// TestLicences reads the licence file of every module that is linked into a package of ours.
func TestLicences(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./...").Output()
	require.NoError(t, err)
	permissive := regexp.MustCompile(`(?i)apache license|permission is hereby granted, free of charge|redistribution and use in source and binary forms|mozilla public license|permission to use, copy, modify,? and/?(or)? distribute`)
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, dir, ok := strings.Cut(line, "\t")
		if !ok || seen[path] || path == "github.com/antzucaro/matchr" {
			continue
		}
		seen[path] = true
		var text []byte
		for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*", "License*", "license*"} {
			files, err := filepath.Glob(filepath.Join(dir, pattern))
			require.NoError(t, err)
			for _, f := range files {
				b, err := os.ReadFile(f)
				require.NoError(t, err)
				text = append(text, b...)
			}
		}
		require.Regexp(t, permissive, string(text), "module %s has no licence we know as permissive", path)
	}
	require.NotEmpty(t, seen)
}

// TestTree looks for what a reader of the project would trip over: machine paths and unfinished notes.
func TestTree(t *testing.T) {
	machine := regexp.MustCompile(`(^|[^A-Za-z0-9_.])/(work|farm|root|home)/[A-Za-z0-9_]`)
	out, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		t.Skip("not a git checkout")
	}
	for _, name := range strings.Split(strings.Trim(string(out), "\x00"), "\x00") {
		b, err := os.ReadFile(name)
		if err != nil || name == "guard_test.go" || name == "go.sum" || bytes.IndexByte(b, 0) >= 0 {
			continue
		}
		require.False(t, machine.Match(b), "%s holds a path of one machine", name)
		if strings.HasSuffix(name, ".go") {
			require.NotContains(t, string(b), "TO"+"DO", name)
		}
	}
}
