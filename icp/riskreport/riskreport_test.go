package riskreport_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/internal/logtest"
	"github.com/ordergate/ordergate/icp/ledger"
	"github.com/ordergate/ordergate/icp/riskreport"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var at = time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)

// bench screens orders against a watch list with one entry, and keeps a ledger.
type bench struct {
	t      *testing.T
	p      *icp.Programme
	ledger *ledger.Ledger
	s      *screening.Screener
}

func newBench(t *testing.T) *bench {
	t.Helper()
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	require.NoError(t, err)
	log := logtest.New(t)
	snap, err := lists.NewSnapshot(lists.List{ID: "cn-watch", Title: "Watch list", TitleZh: "关注名单", Regime: "CN", Authority: "MOFCOM", Published: "2026-10-10", Entities: []lists.Entity{{
		ID: "w1", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra Holdings", Kind: lists.PrimaryName}},
	}}})
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, index.Close()) })
	policy, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	policy.RequiredLists = []string{"cn-watch"}
	s, err := screening.New(screening.Config{Lists: index, Policy: policy, Recorder: icp.NewRecorder(log)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return &bench{t, p, ledger.New(log, p), s}
}

// screen screens an order with what the ledger holds for it.
func (b *bench) screen(o screening.Order) (*screening.Report, *screening.Order) {
	b.t.Helper()
	req := screening.Request{At: at}
	require.NoError(b.t, b.ledger.Supply(b.t.Context(), &o, &req))
	rep, err := b.s.Screen(b.t.Context(), o, req)
	require.NoError(b.t, err)
	return rep, &o
}

func amount(s string) *screening.Decimal {
	n := decimal.RequireFromString(s)
	return &n
}

func order() screening.Order {
	return screening.Order{
		ID: "SO-7", Date: "2026-10-12", Currency: "CNY", EnteredBy: "sales07", Destination: "AE",
		Parties: []screening.Party{
			{ID: "B", Roles: []screening.Role{screening.Buyer}, Kind: "organization", Name: "Beispiel Bau GmbH", Country: "DE"},
			{ID: "U", Roles: []screening.Role{screening.EndUser}, Kind: "organization", Name: "Quibblewick Zanzarra Holdings", Country: "AE", Addresses: []screening.Address{{City: "Sharjah", Country: "AE"}}},
		},
		Lines: []screening.Line{{
			ID: "1", Description: "Five-axis milling machine", HS: "84571010", ControlCodes: []screening.ControlCode{{List: "CN-DUCL", Code: "2B201"}},
			Quantity: amount("1"), Unit: "PCE", Value: amount("900000"),
		}},
		EndUse:    &screening.EndUse{Text: "machining of pump housings"},
		Documents: []screening.Document{{Type: screening.CommercialContract, Number: "C-7", IssuedOn: "2026-10-01"}},
	}
}

func TestGolden(t *testing.T) {
	b := newBench(t)
	rep, o := b.screen(order())
	parties := riskreport.Parties(rep)
	require.Len(t, parties, 1)
	// Rules and tables change for reasons of their own.
	rep.ID, rep.Lines[0].Codes = "R-1", []string{"CN-DUCL 2B201"}
	rep.Findings = slices.DeleteFunc(rep.Findings, func(f screening.Finding) bool { return f.Match == nil })
	rep.Findings = append(rep.Findings,
		screening.Finding{Kind: screening.RuleFired, Outcome: screening.Review, Label: "Beispiel Bau GmbH", Title: &screening.Text{En: "A trader buys for another", Zh: "贸易商代购"}},
		screening.Finding{Kind: screening.RuleUnchecked, Outcome: screening.Incomplete, Missing: []string{"parties[1].business"}},
		screening.Finding{Kind: screening.RuleFired, Outcome: screening.Advise, Label: "not shown"})
	d := riskreport.Draft{Programme: b.p, Report: rep, Order: o, Party: parties[0].Path}
	for name, tag := range map[string]language.Tag{"en": language.English, "zh": language.SimplifiedChinese} {
		var got, page bytes.Buffer
		require.NoError(t, d.Markdown(&got, tag))
		require.NoError(t, d.HTML(&page, tag))
		require.Contains(t, page.String(), "Quibblewick Zanzarra Holdings")
		require.NotContains(t, got.String(), "%!")
		golden := filepath.Join("testdata", name+".md")
		if *update {
			require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
			continue
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), got.String(), "%s: run go test -update", golden)
	}
}

func TestNoDraftWhereNoneIsAskedFor(t *testing.T) {
	b := newBench(t)
	rep, o := b.screen(order())
	require.Error(t, riskreport.Draft{Programme: b.p, Report: rep, Order: o, Party: "parties[0]"}.HTML(&bytes.Buffer{}, language.English))
	other := *o
	other.ID = "SO-8"
	require.Error(t, riskreport.Draft{Programme: b.p, Report: rep, Order: &other, Party: "parties[1]"}.HTML(&bytes.Buffer{}, language.English))
	plain := order()
	plain.Parties = plain.Parties[:1]
	rep, _ = b.screen(plain)
	require.Empty(t, riskreport.Parties(rep))
}

// TestFiledReportCovers goes the whole way: the finding asks for a report, a commitment and a licence; when the ledger has
// them all it no longer holds the order, and the drawing leaves nothing for another.
func TestFiledReportCovers(t *testing.T) {
	b := newBench(t)
	listed := func(rep *screening.Report) screening.Outcome {
		for _, f := range rep.Findings {
			if f.Match != nil {
				return f.Outcome
			}
		}
		return ""
	}
	rep, _ := b.screen(order())
	require.Equal(t, screening.Require, listed(rep))
	file := func(t screening.DocumentType, number string, orders ...string) {
		d := screening.Document{
			Type: t, Number: number, Party: "U", IssuedOn: "2026-10-01", ValidUntil: "2027-09-30", ControlCodes: []string{"2B201"}, Destination: "AE",
			EndUser: "Quibblewick Zanzarra Holdings", EndUse: "machining of pump housings", SHA256: strings.Repeat("a", 64),
		}
		_, err := b.ledger.Do(context.Background(), ledger.Event{Kind: ledger.Filed, At: at, By: "officer-a", Paper: &ledger.Paper{Document: d, Orders: orders}})
		require.NoError(b.t, err)
	}
	file(screening.RiskReport, "RR-1")
	file(screening.WrittenCommitment, "WC-1")
	rep, _ = b.screen(order())
	require.Equal(t, screening.Require, listed(rep), "the licence is still missing")
	file(screening.SingleLicence, "SL-1", "SO-7")
	rep, o := b.screen(order())
	require.Equal(t, screening.Advise, listed(rep))
	require.Len(t, o.Documents, 4)
	require.NotEmpty(t, riskreport.Parties(rep), "a new draft can be made where one is on file")

	_, err := b.ledger.Do(t.Context(), ledger.Event{Account: "single_licence/SL-1", Kind: ledger.Drawn, At: at, By: icp.System, Drawing: &ledger.Drawing{ID: "D-1", Order: "SO-9", On: "2026-10-12"}})
	require.NoError(t, err)
	rep, _ = b.screen(order())
	spent := false
	for _, f := range rep.Findings {
		spent = spent || f.Rule != nil && f.Outcome.Holds() && slices.Contains(f.Rule.IDs, "licence-balance")
	}
	require.True(t, spent, "the one export of the licence is used up: %+v", rep.Findings)
}
