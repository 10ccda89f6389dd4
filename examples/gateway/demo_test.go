package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/examples/gateway/internal/browsertest"
)

// TestDemo does what the tutorial says: it starts the demonstration, takes address and codes from what is printed,
// and releases the order in the browser.
func TestDemo(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	ctx, stop := context.WithCancel(t.Context())
	printed, stdout := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"-demo", "-addr", "127.0.0.1:0"}, stdout, t.Output())
		ended <- err
		_ = stdout.CloseWithError(err) // a reader then stops waiting
	}()
	codes := make(map[string]string)
	var address string
	for lines := bufio.NewScanner(printed); address == "" && lines.Scan(); {
		if words := strings.Fields(lines.Text()); strings.HasPrefix(lines.Text(), "  ") {
			codes[words[0]] = words[1]
		} else if a, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			address = a
		}
	}
	require.NotEmpty(t, address)

	signIn := func(who string) *browsertest.Visitor {
		v := browsertest.Open(t, browser, address, true)
		v.Go("/")
		v.Fill("#token", codes[who])
		v.Press("form button.main")
		return v
	}
	a := signIn("officer-a")
	a.Press(`a[href$="id=` + demoOrder + `"]`)
	a.Click("input[name=choice][value=approve]")
	a.Fill("#reason-voted", "The data sheet: 3+2 positioning, four axes contour at once, accuracy 0.012 mm.")
	a.Press("details.k-voted button")
	b := signIn("officer-b")
	b.Press(`a[href$="id=` + demoOrder + `"]`)
	b.Fill("#reason-decided", "One approval, as asked.")
	b.Press("details.k-decided button")
	b.Fill("#reason-released", "Within the authority of the office.")
	b.Press("details.k-released button")
	require.Contains(t, b.Text(".verdict .status"), "released")

	stop()
	require.NoError(t, <-ended)
}
