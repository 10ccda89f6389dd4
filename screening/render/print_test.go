package render_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/render"
)

// TestPagePrints prints the bundled report with the most findings in Chromium: two A4 pages in either language.
func TestPagePrints(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is not installed")
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "reports", "EX-1008.json"))
	require.NoError(t, err)
	var rep screening.Report
	require.NoError(t, json.Unmarshal(data, &rep))
	sum := strings.Repeat("0123456789abcdef", 4) // the golden reports leave digests out
	rep.ID, rep.Order.SHA256 = "R-"+sum[:24], sum
	in := &rep.Inputs
	in.Snapshot, in.Classify, in.Rules, in.Policy, in.Reference = sum, sum, sum, sum, sum
	for i := range in.Lists {
		in.Lists[i].Digest = sum
	}
	for _, tag := range render.Languages {
		require.Equal(t, 2, printed(t, browser, &rep, tag), tag)
	}
}

// printed is the number of pages that a report fills.
func printed(t *testing.T, browser string, rep *screening.Report, tag language.Tag) int {
	t.Helper()
	dir := t.TempDir()
	page, pdf := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	f, err := os.Create(page)
	require.NoError(t, err)
	require.NoError(t, render.Page(f, rep, tag))
	require.NoError(t, f.Close())
	out, err := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+pdf, "file://"+page).CombinedOutput()
	require.NoError(t, err, "%s", out)
	b, err := os.ReadFile(pdf)
	require.NoError(t, err)
	// A4 is 595 by 842 points.
	require.Regexp(t, `/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]`, string(b))
	return len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(b, -1))
}
