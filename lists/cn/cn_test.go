package cn

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/listtest"
)

func builtIn(t testing.TB) []lists.List {
	t.Helper()
	all, err := BuiltIn()
	require.NoError(t, err)
	require.Len(t, all, 3)
	return all
}

func TestBuiltIn(t *testing.T) {
	all := builtIn(t)
	for i, want := range []struct {
		id     string
		counts listtest.Counts
	}{
		{Control, listtest.Counts{Entities: 153, Organizations: 153, Names: 312, Aliases: 5, Original: 154, Addresses: 51, Measures: 153}},
		{Watch, listtest.Counts{Entities: 40, Organizations: 40, Names: 80, Original: 40, Addresses: 20, Measures: 40}},
		{Unreliable, listtest.Counts{Entities: 72, Organizations: 72, Names: 150, Aliases: 2, Original: 76, Measures: 72}},
	} {
		assert.Equal(t, want.id, all[i].ID)
		assert.Equal(t, want.counts, listtest.Count(all[i]))
		listtest.Result(t, all[i], nil)
		for _, e := range all[i].Entities {
			assert.Equal(t, lists.Organization, e.Kind, e.ID)
			assert.NotEmpty(t, e.Measures[0].Notice, e.ID)
			assert.NotEmpty(t, e.Measures[0].Timeline, e.ID)
			hasChinese := false
			for _, n := range e.Names {
				assert.NotContains(t, n.Text, "军售", e.ID)
				assert.NotContains(t, n.Text, "等", e.ID)
				hasChinese = hasChinese || n.Kind == lists.OriginalName
			}
			assert.True(t, hasChinese, e.ID)
		}
	}
}

// TestStatusOfEachNotice has for each notice that was not simply in force ever since the status on five days or
// more: before it, at its beginning, and around each later event.
func TestStatusOfEachNotice(t *testing.T) {
	const notYet, inForce, suspended, ended, verify = dated.NotYet, dated.InForce, dated.Suspended, dated.Ended, dated.Verify
	type on struct {
		day  lists.Date
		want lists.Status
	}
	since := func(day lists.Date) []on {
		return []on{{day.AddDays(-1), notYet}, {day, inForce}, {day.AddDays(1), inForce}, {"2026-11-09", inForce}, {"2026-11-23", inForce}}
	}
	cases := map[string][]on{
		"MOFCOM 2025-13": {{"2025-03-03", notYet}, {"2025-03-04", inForce}, {"2025-11-09", inForce}, {"2025-11-10", ended}, {"2026-11-23", ended}},
		"MOFCOM 2025-21": {{"2025-04-03", notYet}, {"2025-04-04", inForce}, {"2025-05-13", inForce}, {"2025-05-14", suspended}, {"2026-11-09", suspended}, {"2026-11-10", suspended}, {"2026-11-11", verify}},
		"MOFCOM 2025-22": {{"2025-04-08", notYet}, {"2025-04-09", inForce}, {"2025-05-14", suspended}, {"2025-08-11", suspended}, {"2025-08-12", ended}, {"2026-11-23", ended}},
		"UEL 2025-5":     {{"2025-03-03", notYet}, {"2025-03-04", inForce}, {"2025-11-09", inForce}, {"2025-11-10", ended}, {"2026-11-23", ended}},
		"UEL 2025-7":     {{"2025-04-03", notYet}, {"2025-04-04", inForce}, {"2025-05-14", suspended}, {"2026-11-10", suspended}, {"2026-11-11", verify}},
		"UEL 2025-8":     {{"2025-04-08", notYet}, {"2025-04-09", inForce}, {"2025-08-11", inForce}, {"2025-08-12", ended}, {"2026-11-23", ended}},
	}
	for notice, day := range map[string]lists.Date{
		"MOFCOM 2025-1": "2025-01-02", "MOFCOM 2025-35": "2025-07-09", "MOFCOM 2025-51": "2025-09-25", "MOFCOM 2026-11": "2026-02-24", "MOFCOM 2026-12": "2026-02-24",
		"MOFCOM 2026-20": "2026-04-24", "MOFCOM 2026-23": "2026-06-22", "MOFCOM 2026-27": "2026-06-29", "MOFCOM 2026-28": "2026-06-29", "MOFCOM 2026-30": "2026-07-24",
		"UEL 2023-1": "2023-02-16", "UEL 2024-05-20": "2024-05-20", "UEL 2025-1": "2025-01-02", "UEL 2025-2": "2025-01-14", "UEL 2025-3": "2025-01-15", "UEL 2025-4": "2025-02-04",
		"UEL 2025-9": "2025-09-25", "UEL 2025-10": "2025-10-09",
	} {
		cases[notice] = since(day)
	}
	seen := map[string]int{}
	for _, l := range builtIn(t) {
		for _, e := range l.Entities {
			notice := e.Measures[0].Notice
			seen[notice]++
			require.Contains(t, cases, notice, e.ID)
			for _, c := range cases[notice] {
				assert.Equal(t, c.want, e.Status(c.day), "%s (%s) on %s", e.ID, notice, c.day)
			}
		}
	}
	assert.Len(t, seen, len(cases))
	assert.Equal(t, 16, seen["MOFCOM 2025-21"])
}

// notNames are in the table only: the halves of one name split at its comma, and rows that stand for a notice's title.
// whole are the names they stand for.
var (
	notNames = []string{
		"空间与安全集团", "美国波音防务", "哈德森技术公司（Hudson Technologies Co.）等6家实体", "国际海洋工程公司（Oceaneering International, Inc.）等3家实体",
		"TechInsights公司及其分支机构等外国实体",
	}
	whole = [][]string{
		{"", "", "2024-05-20", "波音防务、空间与安全集团", ""}, {"", "", "2025-04-09", "哈德森技术公司", "Hudson Technologies Co."},
		{"", "", "2025-09-25", "国际海洋工程公司", "Oceaneering International, Inc."}, {"", "", "2025-10-09", "TechInsights公司", "TechInsights"},
	}
)

// TestEveryFactIsFound looks for each row of that table, by its Chinese and by its English name, as an order's
// party is looked for: the entity found is the one listed under the row's notice.
func TestEveryFactIsFound(t *testing.T) {
	rows, err := csv.NewReader(listtest.Shared(t, "facts", "cn_party_lists.csv")).ReadAll()
	require.NoError(t, err)
	s, err := lists.NewSnapshot(builtIn(t)...)
	require.NoError(t, err)
	ix, err := lists.NewIndex(s)
	require.NoError(t, err)
	require.Equal(t, []string{"list", "notice", "listed_on", "name_zh", "name_en"}, rows[0][:5])
	looked := 0
	for _, row := range append(rows[1:], whole...) {
		for _, name := range row[3:5] {
			name = strings.TrimPrefix(name, "参与对台湾地区军售的")
			if name == "" || slices.Contains(notNames, name) {
				continue
			}
			looked++
			hits := ix.Match(lists.Query{Names: []string{name}, Kind: lists.Organization})
			found := slices.ContainsFunc(hits, func(h lists.Hit) bool {
				return slices.ContainsFunc(h.Entity.Measures, func(m lists.Measure) bool {
					return len(m.Timeline) > 0 && m.Timeline[0].From == lists.Date(row[2])
				})
			})
			assert.True(t, found, "%s, listed on %s, among %d hits", name, row[2], len(hits))
		}
	}
	assert.Greater(t, looked, 400)
}
