//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/access"
)

// asGateway makes the test's own binary the gateway: the processes of the tests are real ones.
const asGateway = "ORDERGATE_TEST_AS_GATEWAY"

func TestMain(m *testing.M) {
	if os.Getenv(asGateway) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process is a running gateway.
type process struct {
	cmd    *exec.Cmd
	url    string
	stderr bytes.Buffer
	ended  chan struct{}
}

// begin starts a gateway with the sample data and waits until it listens.
func begin(t *testing.T, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	p := &process{cmd: exec.Command(self, append([]string{"-demo"}, args...)...), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), asGateway+"=1")
	p.cmd.Stderr = &p.stderr
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() { p.end(t, syscall.SIGKILL) })
	lines := bufio.NewScanner(out)
	for p.url == "" && lines.Scan() {
		p.url, _ = strings.CutPrefix(lines.Text(), "listening on ")
		if !strings.HasPrefix(p.url, "http") {
			p.url = ""
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, out)
		_ = p.cmd.Wait() // the status is read from ProcessState
		close(p.ended)
	}()
	if p.url == "" {
		<-p.ended
		t.Fatalf("the gateway did not start: %s", p.stderr.String())
	}
	return p
}

// end ends the process by a signal and gives its exit status.
func (p *process) end(t *testing.T, signal syscall.Signal) int {
	t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	default:
	}
	require.NoError(t, p.cmd.Process.Signal(signal))
	select {
	case <-p.ended:
	case <-time.After(time.Minute):
		require.NoError(t, p.cmd.Process.Kill())
		t.Fatal("the gateway did not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// holders writes a tokens file and gives the tokens, by who holds them.
func holders(t *testing.T) (path string, tokens map[string]string) {
	t.Helper()
	var file struct {
		Tokens []access.Token `json:"tokens"`
	}
	tokens = make(map[string]string)
	for _, d := range demoTokens {
		token, sum := access.NewToken()
		held := d.token
		held.SHA256, held.Expires, held.PerSecond, held.Burst = sum, time.Now().Add(time.Hour), 100_000, 100_000
		file.Tokens = append(file.Tokens, held)
		tokens[held.Client] = token
	}
	b, err := json.Marshal(file)
	require.NoError(t, err)
	path = filepath.Join(t.TempDir(), "tokens.json")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	return path, tokens
}

// freeAddress is an address that nobody listens on, so that a gateway can come back to it.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, l.Close()) }()
	return l.Addr().String()
}

// madeUp is a made-up order; a held one says nothing of its end use.
func madeUp(id string, held bool) string {
	use := `"end_use":{"text":"sculpture","code":"civil"},`
	if held {
		use = ""
	}
	return fmt.Sprintf(`{"schema":"ordergate.order/1","id":%q,"date":"2026-10-12","currency":"CNY","entered_by":"clerk-07",%s"destination":"NA",
		"parties":[{"id":"B","roles":["buyer","consignee","end_user"],"name":"Example Studio","country":"NA"}],
		"lines":[{"id":"1","description":"modelling clay","hs":"3407.00","uncontrolled":true,"value":"100"}]}`, id, use)
}

// answer is what these tests read of an answer.
type answer struct {
	ID    string `json:"id"`
	Block string `json:"block"`
	Held  bool   `json:"held"`
	// Refused is the body where the answer is a refusal.
	Refused string `json:"-"`
}

// client sends and does not wait for ever.
var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}

// send makes a request; status 0 is no answer.
func send(method, url, token, key, body string) (status int, a answer, err error) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return 0, a, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, a, nil
	}
	b, err := io.ReadAll(res.Body)
	if err := res.Body.Close(); err != nil {
		return 0, a, err
	}
	if err != nil {
		return 0, a, nil // the service was killed while it answered
	}
	if res.StatusCode >= 300 {
		return res.StatusCode, answer{Refused: string(b)}, nil
	}
	return res.StatusCode, a, json.Unmarshal(b, &a)
}
