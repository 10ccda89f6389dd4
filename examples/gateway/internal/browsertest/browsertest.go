// Package browsertest drives pages in real Chromium, for the tests of the gateway.
package browsertest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// shared is the Chromium of all tests that run at the same time: what a visitor of one does, those of others do not see.
var shared struct {
	sync.Mutex
	users   int
	browser context.Context
	stop    func() error
}

// Start starts Chromium, or joins who has, or skips the test where there is none, unless ORDERGATE_REQUIRE_CHROMIUM is
// set. The context is the browser, for [Open].
func Start(t *testing.T) context.Context {
	t.Helper()
	path := find(t)
	shared.Lock()
	defer shared.Unlock()
	if shared.users == 0 {
		var err error
		shared.browser, shared.stop, err = launch(path)
		require.NoError(t, err)
	}
	shared.users++
	t.Cleanup(func() {
		shared.Lock()
		defer shared.Unlock()
		if shared.users--; shared.users == 0 {
			require.NoError(t, shared.stop())
		}
	})
	return shared.browser
}

func find(t *testing.T) (path string) {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	if os.Getenv("ORDERGATE_REQUIRE_CHROMIUM") != "" {
		t.Fatal("Chromium is required and not installed")
	}
	t.Skip("the pages are tested in Chromium, which is not installed")
	return ""
}

// launch starts Chromium in a folder of its own.
func launch(path string) (browser context.Context, stop func() error, err error) {
	dir, err := os.MkdirTemp("", "ordergate-chromium-")
	if err != nil {
		return nil, nil, err
	}
	ctx, cancelTime := context.WithTimeout(context.Background(), 15*time.Minute)
	ctx, cancelProcess := chromedp.NewExecAllocator(ctx, chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.UserDataDir(dir))
	browser, cancel := chromedp.NewContext(ctx)
	stop = func() error {
		err := chromedp.Cancel(browser) // waits for the end, after which its folder can go
		cancel()
		cancelProcess()
		cancelTime()
		return errors.Join(err, os.RemoveAll(dir))
	}
	if err := chromedp.Do(browser); err != nil {
		return nil, nil, errors.Join(err, stop())
	}
	return browser, stop, nil
}

// patience is how long one step may take: on a machine that does much else Chromium is slow.
const patience = 2 * time.Minute

// Visitor is one person at a browser of their own. Its methods fail the test where the page is not as they need it.
type Visitor struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// Open begins a visit to the service at base, with cookies of its own; scripts says whether the pages may run theirs.
func Open(t *testing.T, browser context.Context, base string, scripts bool) *Visitor {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx))
	v := &Visitor{t, ctx, base}
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	require.NoError(t, err)
	_, err = chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Shanghai"})
	require.NoError(t, err)
	v.Size(1280, 900)
	return v
}

// Do does what gives no value.
func (v *Visitor) Do(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	require.NoError(v.t, chromedp.Do(ctx, steps...))
}

// Get does what gives one.
func Get[T any](v *Visitor, a chromedp.Action[T]) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, a)
	require.NoError(v.t, err)
	return value
}

// Size sets the size of the window.
func (v *Visitor) Size(width, height int64) { v.Do(chromedp.EmulateViewport(width, height)) }

// Go goes to a page of the service.
func (v *Visitor) Go(path string) {
	v.t.Helper()
	v.Do(chromedp.Navigate(v.base + path))
}

// Press clicks what leads to another page, and waits for that.
func (v *Visitor) Press(selector string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	require.NoError(v.t, err, selector)
}

// Click clicks on the first element of the CSS selector.
func (v *Visitor) Click(selector string) {
	v.t.Helper()
	v.Do(chromedp.Click(chromedp.CSS(selector)))
}

// Fill types into a field, all at once as a keyboard for Chinese does.
func (v *Visitor) Fill(selector, text string) {
	v.t.Helper()
	v.Do(chromedp.Focus(chromedp.CSS(selector)))
	_, err := chromedp.Call(v.ctx, input.InsertText, input.InsertTextParams{Text: text})
	require.NoError(v.t, err, selector)
}

// Text is what an element shows.
func (v *Visitor) Text(selector string) string {
	v.t.Helper()
	return Get(v, chromedp.Text(chromedp.CSS(selector)))
}

// Shot writes a picture of the whole page where ORDERGATE_SCREENSHOTS names a folder.
func (v *Visitor) Shot(name string) {
	v.t.Helper()
	dir := os.Getenv("ORDERGATE_SCREENSHOTS")
	if dir == "" {
		return
	}
	require.NoError(v.t, os.MkdirAll(dir, 0o755))
	require.NoError(v.t, os.WriteFile(filepath.Join(dir, name+".png"), Get(v, chromedp.FullScreenshot(100)), 0o644))
}
