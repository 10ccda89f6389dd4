package ordergate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadmeCompiles builds the Go code of the READMEs as it stands there, each block a package of its own.
func TestReadmeCompiles(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)```go\n(.*?)```")
	args := []string{"vet"}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		found := block.FindAllSubmatch(text, -1)
		require.NotEmpty(t, found, "%s shows no code", name)
		for _, b := range found {
			// A folder of the module whose name the go command leaves out of ./...
			dir, err := os.MkdirTemp(".", "_readme")
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
			source := readmeImports + string(b[1]) + "\nvar _ = screen\n"
			require.NoError(t, os.WriteFile(filepath.Join(dir, "readme.go"), []byte(source), 0o600))
			args = append(args, "./"+dir)
		}
	}
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

const readmeImports = `package readme

import (
	"context"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/screening"
)

`

// TestReadmeCommands runs what the READMEs tell a new user to run. The gateway's demonstration, from its codes to the order's
// release in a browser, is examples/gateway's TestDemo.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)```sh\n(.*?)```")
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		var commands []string
		for _, b := range block.FindAllSubmatch(text, -1) {
			commands = append(commands, strings.Split(strings.TrimSpace(string(b[1])), "\n")...)
		}
		require.Equal(t, []string{"go run ./examples/screenorder", "go test ./...", "go run ./examples/gateway -demo"}, commands, name)
		require.Contains(t, string(text), "EX-1031", "the order that TestDemo releases")
	}
	bin := filepath.Join(t.TempDir(), "screenorder")
	built, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin, "./examples/screenorder").CombinedOutput()
	require.NoError(t, err, "%s", built)
	out, err := exec.Command(bin).Output()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 2, exit.ExitCode(), "some are held")
	require.Equal(t, 37, len(regexp.MustCompile(`(?m)^[A-Z]+  Order `).FindAll(out, -1)))
}
