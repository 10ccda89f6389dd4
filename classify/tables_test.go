package classify

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/internal/dated"
)

// shared is one classifier with the built-in data for all tests; it is closed with the process.
var shared = sync.OnceValues(func() (*Classifier, error) { return New(Config{}) })

func builtinClassifier(t testing.TB) *Classifier {
	t.Helper()
	c, err := shared()
	require.NoError(t, err)
	return c
}

func has(r Result, list, code string) bool {
	return slices.ContainsFunc(r.Candidates, func(c Candidate) bool { return c.List == list && c.Code == code })
}

func correlationRows(t testing.TB, id string) []CorrelationRow {
	for _, x := range builtinClassifier(t).correlations {
		if x.ID == id {
			return x.Rows
		}
	}
	t.Fatalf("no correlation %s", id)
	return nil
}

// TestAnnouncementPairs: every pair of an announcement is found by its ten digits, and by the six of
// every HS 2017 and 2012 equivalent, with the announcement and its dates.
func TestAnnouncementPairs(t *testing.T) {
	c, err := New(Config{MaxCandidates: 200})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	rows := correlationRows(t, "hs_cn_announcements")
	require.GreaterOrEqual(t, len(rows), 201)
	for _, r := range rows {
		entry := r.Entry[:5]
		res := c.Classify(Item{HS: r.Code, HSEdition: "CN-2026"}, "2026-11-20")
		i := slices.IndexFunc(res.Candidates, func(x Candidate) bool { return x.Code == entry })
		require.GreaterOrEqual(t, i, 0, "%s -> %s", r.Code, r.Entry)
		require.True(t, slices.ContainsFunc(res.Candidates[i].Basis, func(b Basis) bool {
			return b.Source == FromHS && strings.Contains(b.Detail.En, r.Instrument) && b.Match == 10 && b.Status != "" && b.Role == Reference
		}), "%s -> %s: no basis names %s", r.Code, r.Entry, r.Instrument)
		require.NotEmpty(t, r.Timeline, r.Instrument)
		for _, year := range []int{2017, 2012} {
			for _, p := range c.conversion.convert(r.Code[:6], 2022, year) {
				old := c.Classify(Item{HS: p.To, HSEdition: itoa(year)}, "2026-11-20")
				require.True(t, has(old, ListChina, entry), "HS %d %s, once %s -> %s", year, p.To, r.Code, entry)
			}
		}
	}
}

// TestAnnouncementPairsAreWhole: every pair of the shared table of announcements is built in, with the entry
// that the announcement names, where it names one.
func TestAnnouncementPairsAreWhole(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "facts", "cn_announcement_customs_codes.csv"))
	if err != nil {
		t.Skipf("the table of announcements is not here: %v", err)
	}
	defer f.Close()
	recs, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	at := func(name string) int { return slices.Index(recs[0], name) }
	rows := correlationRows(t, "hs_cn_announcements")
	require.Len(t, recs, 1+201)
	for _, r := range recs[1:] {
		code, entry := r[at("customs_code")], r[at("control_code")]
		instrument, _, _ := strings.Cut(r[at("announcement")], " (repealed")
		require.True(t, slices.ContainsFunc(rows, func(x CorrelationRow) bool {
			return x.Code == code && x.Instrument == instrument && (entry == "" || x.Entry == entry)
		}), "%s %s of %s", code, entry, instrument)
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

// TestCommonHighPriority: all 50 codes, in HS 2022 and through what they were in 2017 and 2012.
func TestCommonHighPriority(t *testing.T) {
	c := builtinClassifier(t)
	require.Len(t, c.priority, 50)
	for code, tier := range c.priority {
		r := c.Classify(Item{HS: code, HSEdition: "2022"}, "")
		require.NotNil(t, r.Priority, code)
		require.Equal(t, tier, r.Priority.Tier, code)
		require.False(t, r.Priority.Converted)
		for _, year := range []int{2017, 2012} {
			for _, p := range c.conversion.convert(code, 2022, year) {
				r := c.Classify(Item{HS: p.To, HSEdition: itoa(year)}, "")
				require.NotNil(t, r.Priority, "HS %d %s, now %s", year, p.To, code)
				require.True(t, r.Priority.Converted)
			}
		}
	}
}

// A list that is too old does not say that a code is not on it; that one is, it still says.
func TestOldPriorityList(t *testing.T) {
	c := builtinClassifier(t)
	const listed, other, long = "8542.31", "9401.30", Date("2028-06-01")
	require.False(t, c.Classify(Item{HS: other}, "2026-12-01").PriorityUnknown)
	require.True(t, c.Classify(Item{HS: other}, long).PriorityUnknown)
	r := c.Classify(Item{HS: listed}, long)
	require.NotNil(t, r.Priority)
	require.False(t, r.PriorityUnknown)
}

// TestCatalogueCodes: every customs code of the 2026 catalogue yields a candidate, or it is said that
// the catalogue lists it and the entry is not known.
func TestCatalogueCodes(t *testing.T) {
	c := builtinClassifier(t)
	codes := map[string]bool{}
	for _, r := range correlationRows(t, "hs_cn_catalogue_2026") {
		if r.Quality != "unconfirmed" {
			codes[r.Code] = true
		}
	}
	require.Equal(t, 636, len(codes))
	unknown := 0
	for code := range codes {
		r := c.Classify(Item{HS: code, HSEdition: "CN-2026"}, "2026-11-20")
		said := slices.ContainsFunc(r.NextChecks, func(x Text) bool {
			return strings.Contains(x.En, "which entry it belongs to is not known") && x.Zh != ""
		})
		require.True(t, len(r.Candidates) > 0 || said, code)
		if said {
			unknown++
		}
	}
	require.Positive(t, unknown)
}

// TestBuiltinLists: the outline is whole, every entry has both titles, and every code that Covers or a
// correlation names exists.
func TestBuiltinLists(t *testing.T) {
	c := builtinClassifier(t)
	counts := map[string]int{}
	for _, e := range c.entries {
		counts[c.lists[e.list].ID]++
		require.NotEmpty(t, e.Title, e.Code)
		require.NotEmpty(t, e.TitleZh, e.Code)
		for _, cover := range e.Covers {
			require.True(t, slices.ContainsFunc(c.entries, func(o entry) bool {
				return o.list == e.list && strings.HasPrefix(o.Code, cover)
			}), "%s covers %s", e.Code, cover)
		}
		for _, th := range e.Thresholds {
			require.Contains(t, c.byName, th.Name, e.Code)
		}
	}
	require.Equal(t, 384, counts[ListMultilateral])
	require.Equal(t, 14, counts[ListChinaArms])
	// The 189 codes of the unified list, and those of the announcements suspended on 2025-11-07.
	suspended := 0
	for _, e := range c.entries {
		if c.lists[e.list].ID == ListChina && e.Timeline.Status("2026-01-01") == dated.Suspended {
			suspended++
		}
	}
	require.Equal(t, 189+suspended, counts[ListChina])
	require.Equal(t, 14, suspended)
}

func TestSuspendedIsShown(t *testing.T) {
	c := builtinClassifier(t)
	item := Item{Description: "erbium oxide 99.99 %", DescriptionZh: "氧化铒"}
	for day, want := range map[Date]Status{"2025-10-01": dated.NotYet, "2026-01-01": dated.Suspended, "2026-11-20": dated.Verify} {
		r := c.Classify(item, day)
		i := slices.IndexFunc(r.Candidates, func(x Candidate) bool { return x.Code == "1C910" })
		require.GreaterOrEqual(t, i, 0, day)
		require.Equal(t, want, r.Candidates[i].Status, day)
		if want != dated.NotYet {
			require.Contains(t, r.Candidates[i].Checks[0].En, "2026-11-10")
			require.Contains(t, r.Candidates[i].Checks[0].Zh, "2026-11-10")
		}
	}
}
