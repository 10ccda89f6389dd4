package ordergate_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The documents' fenced blocks say in their first line what they are:
//
//	```sh           commands, run by sh -e in the module's root; "exit=2" after sh is the status of the last,
//	                "needs=X" leaves them out where the environment has no X
//	```output       lines the commands before it print among others, in this order; "..." shows that some were left out
//	```yaml file=X  a file the reader is told to save as X; any language
//	```go           a whole file, or declarations whose imports docsImports knows; compiled, not run
//
// Other blocks are not looked at. The blocks of one document share a folder, which holds the sample files.
var docsBlock = regexp.MustCompile("(?ms)^```(\\w+)([^\n]*)\n(.*?)^```$")

type docsFence struct{ language, info, text string }

// docs gives the blocks of every document, by its path.
func docs(t *testing.T) map[string][]docsFence {
	t.Helper()
	found := map[string][]docsFence{}
	require.NoError(t, filepath.WalkDir("docs", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		found[path] = nil
		for _, m := range docsBlock.FindAllStringSubmatch(string(text), -1) {
			found[path] = append(found[path], docsFence{m[1], m[2], m[3]})
		}
		return err
	}))
	require.NotEmpty(t, found)
	return found
}

// TestDocsLinks follows every link of the documents that leads into the project.
func TestDocsLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for path := range docs(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(docsBlock.ReplaceAllString(string(text), ""), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			file := path
			if target != "" {
				file = filepath.Join(filepath.Dir(path), target)
			}
			_, err := os.Stat(file)
			require.NoError(t, err, "%s: link %s", path, m[1])
			if anchor != "" {
				require.Contains(t, docsAnchors(t, file), anchor, "%s: link %s", path, m[1])
			}
		}
	}
}

// docsAnchors are the names by which a document's headings are linked to.
func docsAnchors(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	dropped := regexp.MustCompile(`[^\p{L}\p{N}\- _]`)
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		names = append(names, strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return names
}

// TestDocsCommands runs what the documents tell their reader to run.
func TestDocsCommands(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the documents' commands need a POSIX shell")
	}
	all := docs(t)
	bin := t.TempDir()
	docsPrograms(t, all, bin)
	for path, blocks := range all {
		if !slices.ContainsFunc(blocks, func(b docsFence) bool { return b.language == "sh" }) {
			continue
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, samples := range []string{"orders", "items", "lists", "programme"} {
				to := filepath.Join(dir, "testdata", samples)
				require.NoError(t, os.CopyFS(to, os.DirFS(filepath.Join("testdata", samples))))
			}
			docsRun(t, blocks, dir, bin)
		})
	}
}

var docsGoRun = regexp.MustCompile(`go run \./examples/(\w+)`)

// docsPrograms builds the programs that commands start by "go run", each once.
func docsPrograms(t *testing.T, all map[string][]docsFence, bin string) {
	t.Helper()
	var programs []string
	for _, blocks := range all {
		for _, b := range blocks {
			if b.language != "sh" {
				continue
			}
			for _, m := range docsGoRun.FindAllStringSubmatch(b.text, -1) {
				programs = append(programs, "./examples/"+m[1])
			}
		}
	}
	slices.Sort(programs)
	programs = slices.Compact(programs)
	require.NotEmpty(t, programs)
	args := append([]string{"build", "-ldflags=-s -w", "-o", bin + string(filepath.Separator)}, programs...)
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// docsRun goes through a document's blocks as a reader would, in dir.
func docsRun(t *testing.T, blocks []docsFence, dir, bin string) {
	t.Helper()
	var printed string
	for _, b := range blocks {
		if name, ok := docsAttribute(b, "file"); ok {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o600))
			continue
		}
		switch b.language {
		case "sh":
			if name, ok := docsAttribute(b, "needs"); ok && os.Getenv(name) == "" {
				t.Logf("not run, for want of %s:\n%s", name, b.text)
				continue
			}
			want := 0
			if s, ok := docsAttribute(b, "exit"); ok {
				n, err := strconv.Atoi(s)
				require.NoError(t, err)
				want = n
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "sh", "-e", "-c", docsGoRun.ReplaceAllString(b.text, "$1"))
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			out, err := cmd.CombinedOutput()
			if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
				require.NoError(t, err)
			}
			printed = string(out)
			require.Equal(t, want, cmd.ProcessState.ExitCode(), "%s\nprinted\n%s", b.text, printed)
		case "output":
			docsPrints(t, b.text, printed)
		}
	}
}

// docsPrints requires every line of want, or what of it is given, in what was printed, in this order.
func docsPrints(t *testing.T, want, printed string) {
	t.Helper()
	rest := printed
	for line := range strings.Lines(want) {
		line = strings.TrimSuffix(line, "\n")
		if line == "..." {
			continue
		}
		i := strings.Index(rest, line)
		require.GreaterOrEqual(t, i, 0, "missing or out of order:\n%s\nin\n%s", line, printed)
		rest = rest[i+len(line):]
	}
}

// docsAttribute is the value of name=value in the first line of a block.
func docsAttribute(b docsFence, name string) (string, bool) {
	for _, word := range strings.Fields(b.info) {
		if v, ok := strings.CutPrefix(word, name+"="); ok {
			return v, true
		}
	}
	return "", false
}

// TestDocsCompile builds the documents' Go code, each block a package of its own.
func TestDocsCompile(t *testing.T) {
	t.Parallel()
	// A folder of the module whose name the go command leaves out of ./...
	dir, err := os.MkdirTemp(".", "_docs")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	args := []string{"vet"}
	for path, blocks := range docs(t) {
		for i, b := range blocks {
			if b.language != "go" {
				continue
			}
			name := strings.NewReplacer("/", "_", "-", "_", ".", "_").Replace(path) + strconv.Itoa(i)
			folder := filepath.Join(dir, name)
			require.NoError(t, os.Mkdir(folder, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(folder, "doc.go"), docsSource(b.text), 0o600))
			args = append(args, "./"+filepath.ToSlash(folder))
		}
	}
	require.Greater(t, len(args), 1)
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// docsSource makes a file of declarations, importing what they name.
func docsSource(text string) []byte {
	if strings.HasPrefix(text, "package ") {
		return []byte(text)
	}
	var b bytes.Buffer
	b.WriteString("package docs\n\nimport (\n")
	code := regexp.MustCompile(`//.*`).ReplaceAllString(text, "")
	for _, path := range docsImports {
		name := path[strings.LastIndexByte(path, '/')+1:]
		if regexp.MustCompile(`\b` + name + `\.[A-Z]`).MatchString(code) {
			b.WriteString("\t" + strconv.Quote(path) + "\n")
		}
	}
	b.WriteString(")\n\n" + text)
	return b.Bytes()
}

var docsImports = []string{
	"context", "errors", "fmt", "io", "io/fs", "iter", "os", "path/filepath", "strings", "time",
	module + "/classify",
	module + "/icp", module + "/icp/handbook", module + "/icp/ledger", module + "/icp/record", module + "/icp/record/postgres", module + "/icp/record/sqlite",
	module + "/lists", module + "/lists/cn", module + "/lists/fetch", module + "/lists/match", module + "/lists/ofac",
	module + "/lists/sheet", module + "/lists/un", module + "/lists/uscsl",
	module + "/screening", module + "/screening/order", module + "/screening/order/odoo", module + "/screening/order/sap",
	module + "/screening/render", module + "/screening/trigger", module + "/screening/trigger/policy",
	"golang.org/x/text/language",
}
