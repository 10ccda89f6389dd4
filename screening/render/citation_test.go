package render

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// english are words of a citation that a Chinese reader has no use for; names of authorities, and numbers, are none.
var english = regexp.MustCompile(`[A-Za-z]*[a-z]{3,}`)

var named = []string{"FinCEN", "Alert", "embargo"}

// halfWidth is punctuation of another script between Chinese words.
var halfWidth = regexp.MustCompile(`\p{Han}[,;:]|[,;:]\s*\p{Han}`)

// isChinese requires a citation in Chinese.
func isChinese(t *testing.T, zh, en string) {
	t.Helper()
	require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), "%q is not in Chinese: %q", en, zh)
	for _, w := range english.FindAllString(zh, -1) {
		require.Contains(t, named, w, "%q: %q", en, zh)
	}
	require.NotRegexp(t, halfWidth, zh)
}

// TestCitationsOfOurData: whatever the data of this module cite is said in Chinese.
func TestCitationsOfOurData(t *testing.T) {
	zh, en := in(language.SimplifiedChinese), in(language.English)
	seen := map[string]bool{}
	check := func(s string) {
		t.Helper()
		if s != "" && !seen[s] {
			seen[s] = true
			isChinese(t, zh.citation(s), s)
			require.Equal(t, s, en.citation(s))
		}
	}
	rules, err := trigger.BuiltIn()
	require.NoError(t, err)
	timeline := func(t dated.Timeline) {
		for _, e := range t {
			check(e.By)
		}
	}
	for _, r := range rules.Rules() {
		check(r.Citation)
		timeline(r.Timeline)
	}
	p, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	for _, e := range p.Effects {
		check(e.Citation)
	}
	for _, e := range p.Items {
		check(e.Citation)
	}
	for _, r := range p.Ownership {
		check(r.Citation)
		timeline(r.Timeline)
	}
	for _, c := range p.Conflicts {
		check(c.Citation)
		timeline(c.Timeline)
	}
	all, err := cn.BuiltIn()
	require.NoError(t, err)
	nations, err := un.BuiltIn()
	require.NoError(t, err)
	for _, l := range append(all, nations) {
		for _, e := range l.Entities {
			for _, m := range e.Measures {
				timeline(m.Timeline)
				check(m.Notice)
				if m.Notice == "" {
					check(m.Citation)
				}
			}
		}
	}
	c, err := classify.New(classify.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	for _, id := range []string{classify.ListChina, classify.ListChinaArms, classify.ListMultilateral} {
		l, ok := c.List(id)
		require.True(t, ok)
		for _, e := range l.Entries {
			item := classify.Item{Declared: []classify.DeclaredCode{{List: id, Code: e.Code}}}
			for _, candidate := range c.Classify(item, "2026-10-12").Candidates {
				check(candidate.Citation)
				timeline(candidate.Timeline)
			}
		}
	}
	require.Greater(t, len(seen), 500)
}

// TestCitationsOfReports: no Chinese report of a sample order cites in English, and its punctuation is Chinese.
func TestCitationsOfReports(t *testing.T) {
	files, err := filepath.Glob("../../testdata/reports/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	label := in(language.SimplifiedChinese).Sprintf("Source")
	cited := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		var rep screening.Report
		require.NoError(t, json.Unmarshal(b, &rep))
		for _, s := range Statements(&rep, language.SimplifiedChinese) {
			for _, g := range s.Groups() {
				for _, text := range g.Texts {
					require.NotRegexp(t, halfWidth, text)
					if g.Label == label && !strings.HasPrefix(text, "own-list；") { // the titles of a user's own lists are the user's
						cited++
						isChinese(t, text, text)
					}
				}
			}
		}
	}
	require.Greater(t, cited, 100)
}
