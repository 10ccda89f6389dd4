package screening_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
	"github.com/stretchr/testify/require"
)

const today = screening.Date("2026-10-12")

var at = time.Date(2026, 10, 12, 9, 30, 0, 0, time.UTC)

// memory is a recorder that keeps records and can be made to fail.
type memory struct {
	mu      sync.Mutex
	records []screening.Record
	err     error
}

func (m *memory) Record(_ context.Context, r screening.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		m.records = append(m.records, r)
	}
	return m.err
}

// classifier is shared by the tests: it is immutable, and the built-in tables take a while to load.
var classifier = sync.OnceValues(func() (*classify.Classifier, error) { return classify.New(classify.Config{}) })

// bench is a screener over made-up lists, and what it recorded.
type bench struct {
	*screening.Screener
	index *lists.Index
	memory
}

// newBench makes a screener over one list of each regime that the policy requires, with the entities given on one of them.
func newBench(t testing.TB, on string, entities ...lists.Entity) *bench {
	t.Helper()
	var all []lists.List
	ids := []string{"un", "cn-control", "cn-watch", "cn-unreliable", "us-csl"}
	if on != "" && !slices.Contains(ids, on) {
		ids = append(ids, on)
	}
	for _, id := range ids {
		regime := map[string]string{"un": "UN", "us-csl": "US", "us-sdn": "US", "uk": "UK", "eu": "EU", "jp-eul": "JP", "tw-shtc": "TW"}[id]
		if regime == "" {
			regime = "CN"
		}
		l := lists.List{ID: id, Title: "List " + id, TitleZh: "名单 " + id, Regime: regime, Published: today, Entities: []lists.Entity{{
			ID: "x", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra Holding of " + id, Kind: lists.PrimaryName}},
		}}}
		if id == on {
			l.Entities = append(l.Entities, entities...)
		}
		all = append(all, l)
	}
	snap, err := lists.NewSnapshot(all...)
	require.NoError(t, err)
	b := &bench{}
	b.index, err = lists.NewIndex(snap)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.index.Close()) })
	c, err := classifier()
	require.NoError(t, err)
	b.Screener, err = screening.New(screening.Config{Lists: b.index, Classifier: c, Recorder: &b.memory})
	require.NoError(t, err)
	return b
}

func (b *bench) screen(t *testing.T, o screening.Order, req screening.Request) *screening.Report {
	t.Helper()
	if req.At.IsZero() {
		req.At = at
	}
	rep, err := b.Screen(t.Context(), o, req)
	require.NoError(t, err)
	return rep
}

// find is the finding of a kind, which must be the only one.
func find(t *testing.T, rep *screening.Report, kind screening.FindingKind) screening.Finding {
	t.Helper()
	var found []screening.Finding
	for _, f := range rep.Findings {
		if f.Kind == kind {
			found = append(found, f)
		}
	}
	require.Len(t, found, 1, "findings of kind %s among %+v", kind, rep.Findings)
	return found[0]
}

// listed is a made-up listed company.
func listed(timeline ...lists.Event) lists.Entity {
	return lists.Entity{
		ID: "L-1", Kind: lists.Organization, Countries: []string{"DE"},
		Names:    []lists.Name{{Text: "Vorzelmann Trikotronik GmbH", Kind: lists.PrimaryName}},
		Measures: []lists.Measure{{Programme: "control", Notice: "Notice 7", Timeline: timeline}},
	}
}

func TestHarmlessOrderIsClear(t *testing.T) {
	b := newBench(t, "")
	rep := b.screen(t, order(), screening.Request{})
	require.Equal(t, screening.Clear, rep.Outcome, "%+v", rep.Findings)
	require.Empty(t, rep.Block)
	require.Len(t, rep.Parties, 2)
	require.Equal(t, 5, len(rep.Inputs.Lists))
	require.Len(t, b.records, 1)
	require.Equal(t, rep.ID, b.records[0].ID)
}

func TestListedPartyByStatusOfTheDay(t *testing.T) {
	timeline := []lists.Event{
		{Status: "in_force", From: "2025-04-09"},
		{Status: "suspended", From: "2025-05-14", Until: "2026-11-10"},
	}
	for _, c := range []struct {
		day    screening.Date
		status lists.Status
		want   screening.Outcome
	}{
		{"2025-04-08", "not_yet", screening.Advise},
		{"2025-04-09", "in_force", screening.Stop},
		{"2026-11-10", "suspended", screening.Advise},
		{"2026-11-11", "verify", screening.Review},
	} {
		b := newBench(t, "un", listed(timeline...))
		o := order()
		o.Parties[1].Name = "VORZELMANN TRIKOTRONIK"
		rep := b.screen(t, o, screening.Request{AsOf: c.day, Current: current(c.day)})
		f := find(t, rep, screening.ListedParty)
		require.Equal(t, c.want, f.Outcome, c.day)
		require.Equal(t, c.status, f.Sources[0].Status, c.day)
		require.Equal(t, "parties[1].name", f.Subject)
		require.NotEmpty(t, f.Match.Explanation.Steps)
		require.Equal(t, "L-1", f.Match.EntityID)
	}
}

// current vouches that every list was current on a day.
func current(day screening.Date) []screening.ListCurrent {
	var all []screening.ListCurrent
	for _, id := range []string{"un", "cn-control", "cn-watch", "cn-unreliable", "us-csl"} {
		all = append(all, screening.ListCurrent{List: id, On: day})
	}
	return all
}

func TestControlListStopsDualUseItemsOnly(t *testing.T) {
	b := newBench(t, "cn-control", listed())
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	require.Equal(t, screening.Review, find(t, b.screen(t, o, screening.Request{}), screening.ListedParty).Outcome)

	o.Lines[0].Uncontrolled = false
	o.Lines[0].ControlCodes = []screening.ControlCode{{List: "CN-DUCL", Code: "2B201"}}
	rep := b.screen(t, o, screening.Request{})
	require.Equal(t, screening.Stop, find(t, rep, screening.ListedParty).Outcome)
	require.Equal(t, screening.Require, find(t, rep, screening.ControlledItem).Outcome)
}

func TestWatchListNeverStops(t *testing.T) {
	b := newBench(t, "cn-watch", listed())
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	o.Lines[0].Uncontrolled = false
	o.Lines[0].ControlCodes = []screening.ControlCode{{List: "CN-DUCL", Code: "2B201"}}
	f := find(t, b.screen(t, o, screening.Request{}), screening.ListedParty)
	require.Equal(t, screening.Require, f.Outcome)
	require.Equal(t, []screening.DocumentType{screening.SingleLicence, screening.RiskReport, screening.WrittenCommitment}, f.Documents)

	for _, d := range f.Documents {
		o.Documents = append(o.Documents, screening.Document{Type: d, Number: "D", IssuedOn: "2026-09-01", ValidUntil: "2027-01-01", Status: "valid"})
	}
	require.Equal(t, screening.Advise, find(t, b.screen(t, o, screening.Request{}), screening.ListedParty).Outcome)

	o.Documents[1].ValidUntil = "2026-10-11"
	require.Equal(t, screening.Require, find(t, b.screen(t, o, screening.Request{}), screening.ListedParty).Outcome)
}

func TestForeignListingNeedsATie(t *testing.T) {
	e := listed()
	e.Measures[0].Programme = "EL"
	b := newBench(t, "us-csl", e)
	o := order()
	o.Parties[1].Name = "Vorzelmann Trikotronik GmbH"
	require.Equal(t, screening.Advise, find(t, b.screen(t, o, screening.Request{}), screening.ListedParty).Outcome)
	o.Lines[0].Contents = []screening.Content{{Country: "US", Percent: *number("28")}}
	require.Equal(t, screening.Require, find(t, b.screen(t, o, screening.Request{}), screening.ListedParty).Outcome)
}

// Each kind of tie, to each regime that applies by ties only. The least that each listing comes to is the policy's.
func TestEffectByNexus(t *testing.T) {
	ties := map[string]func(*screening.Order, string){
		"origin": func(o *screening.Order, country string) { o.Lines[0].Origin = country },
		"content": func(o *screening.Order, country string) {
			o.Lines[0].Contents = []screening.Content{{Country: country, Percent: *number("10")}}
		},
		"party": func(o *screening.Order, country string) { o.Parties[0].Country = country },
		"currency": func(o *screening.Order, country string) {
			o.Currency = map[string]string{"US": "USD", "FR": "EUR", "GB": "GBP"}[country]
		},
	}
	for _, c := range []struct {
		list, programme, country string
		with, without            screening.Outcome
	}{
		{"us-csl", "SDN", "US", screening.Stop, screening.Review}, {"us-csl", "DPL", "US", screening.Stop, screening.Advise},
		{"us-csl", "EL", "US", screening.Require, screening.Advise}, {"us-csl", "UVL", "US", screening.Require, screening.Advise},
		{"us-sdn", "SDN", "US", screening.Stop, screening.Review}, {"eu", "UKR", "FR", screening.Stop, screening.Review},
		{"uk", "The Example Regulations", "GB", screening.Stop, screening.Review}, {"jp-eul", "EUL", "JP", screening.Review, screening.Advise},
		{"tw-shtc", "SHTC", "TW", screening.Review, screening.Advise},
	} {
		e := listed()
		e.Measures[0].Programme, e.Countries = c.programme, nil
		b := newBench(t, c.list, e)
		outcome := func(change func(*screening.Order, string)) screening.Finding {
			o := order()
			o.Parties[1].Name, o.Parties[1].Country, o.Parties[1].Addresses = "Vorzelmann Trikotronik GmbH", "MX", nil
			if change != nil {
				change(&o, c.country)
			}
			return find(t, b.screen(t, o, screening.Request{}), screening.ListedParty)
		}
		require.Equal(t, c.without, outcome(nil).Outcome, c.list)
		for name, tie := range ties {
			if name == "currency" && (c.country == "JP" || c.country == "TW") {
				continue // whose policy row names none
			}
			require.Equal(t, c.with, outcome(tie).Outcome, "%s: %s", c.list, name)
		}

		// What the order does not say may be a tie: nothing is released for it.
		for path, leaveOut := range map[string]func(*screening.Order, string){
			"lines[0].origin":    func(o *screening.Order, _ string) { o.Lines[0].Origin = "" },
			"parties[1].country": func(o *screening.Order, _ string) { o.Parties[1].Country = "" },
			"parties[*].country": func(o *screening.Order, _ string) { o.Parties[0].Country, o.Parties[1].Country = "", "" },
		} {
			f := outcome(leaveOut)
			require.Equal(t, c.without.Max(screening.Incomplete), f.Outcome, "%s: %s", c.list, path)
			if f.Outcome == screening.Incomplete {
				require.Equal(t, []string{path}, f.Missing)
			}
		}
		f := outcome(func(o *screening.Order, _ string) { o.Lines[0].Origin, o.Lines[0].Kind = "", screening.Servicing })
		require.Equal(t, c.without, f.Outcome, "a service has no origin")
	}
}

// A declared entry of another state's list is not waved through where nobody says whence the goods are.
func TestItemOfUnknownOrigin(t *testing.T) {
	b := newBench(t, "")
	o := order()
	o.Parties[1].Country, o.Parties[1].Addresses = "MX", nil
	o.Lines[0].Uncontrolled, o.Lines[0].ControlCodes = false, []screening.ControlCode{{List: "EU-DU", Code: "2B001"}}
	require.Equal(t, screening.Advise, find(t, b.screen(t, o, screening.Request{}), screening.ControlledItem).Outcome)
	o.Lines[0].Origin = ""
	f := find(t, b.screen(t, o, screening.Request{}), screening.ControlledItem)
	require.Equal(t, screening.Incomplete, f.Outcome)
	require.Equal(t, []string{"lines[0].origin"}, f.Missing)
	o.Lines[0].Origin = "FR"
	require.Equal(t, screening.Require, find(t, b.screen(t, o, screening.Request{}), screening.ControlledItem).Outcome)
}

func TestBlockedListingGoesToReview(t *testing.T) {
	e := listed()
	e.Names[0].Text = "HEBEI XINHAI CHEMICAL GROUP CO., LTD."
	e.Measures[0].Programme = "SDN"
	b := newBench(t, "us-csl", e)
	o := order()
	o.Parties[1].Name = "Hebei Xinhai Chemical Group Co Ltd"
	o.Currency = "USD"
	rep := b.screen(t, o, screening.Request{})
	require.Equal(t, screening.Review, rep.Outcome)
	f := find(t, rep, screening.LawConflict)
	require.Equal(t, lists.Status("in_force"), f.Sources[0].Status)

	rep = b.screen(t, o, screening.Request{AsOf: "2026-05-01", Current: current("2026-05-01")})
	require.Equal(t, screening.Stop, rep.Outcome, "before the prohibition order the listing stands alone")
}

func TestOwnersAreAggregated(t *testing.T) {
	b := newBench(t, "un", listed(), lists.Entity{
		ID: "L-2", Kind: lists.Organization, Names: []lists.Name{{Text: "Ophrenoptik Kalibrata SA", Kind: lists.PrimaryName}},
	})
	o := order()
	o.Parties[1].Owners = []screening.Owner{
		{Name: "Muster Holding AG", Percent: number("60"), Owners: []screening.Owner{{Name: "Vorzelmann Trikotronik GmbH", Percent: number("50")}}},
		{Name: "Ophrenoptik Kalibrata SA", Percent: number("20")},
	}
	rep := b.screen(t, o, screening.Request{})
	for _, f := range rep.Findings {
		if f.Kind == screening.ListedOwner {
			require.Equal(t, "50", f.Match.Owner.Percent.String(), "60 %% of 50 %% and 20 %%")
			require.Equal(t, screening.Stop, f.Outcome)
		}
	}
	require.Equal(t, screening.Stop, rep.Outcome)

	o.Parties[1].Owners[1].Percent = number("19.9")
	require.Equal(t, screening.Review, b.screen(t, o, screening.Request{}).Outcome, "49.9 per cent is below the rule")

	o.Parties[1].Owners[1].Percent = nil
	rep = b.screen(t, o, screening.Request{})
	require.True(t, rep.Outcome.Holds(), "an unknown share is no release")
}

func TestStaleAndMissingLists(t *testing.T) {
	b := newBench(t, "")
	rep := b.screen(t, order(), screening.Request{AsOf: today.AddDays(8)})
	require.Equal(t, screening.Incomplete, rep.Outcome)
	require.Equal(t, 8, rep.Findings[0].List.AgeDays)
	require.Equal(t, screening.Clear, b.screen(t, order(), screening.Request{AsOf: today.AddDays(7)}).Outcome)
	require.Equal(t, screening.Clear, b.screen(t, order(), screening.Request{AsOf: today.AddDays(8), Current: current(today.AddDays(3))}).Outcome)

	policy, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	policy, err = policy.Modify(func(p *screening.Policy) { p.RequiredLists = append(p.RequiredLists, "own-list") })
	require.NoError(t, err)
	c, err := classifier()
	require.NoError(t, err)
	s, err := screening.New(screening.Config{Lists: b.index, Classifier: c, Policy: policy, Recorder: &b.memory})
	require.NoError(t, err)
	rep, err = s.Screen(t.Context(), order(), screening.Request{At: at})
	require.NoError(t, err)
	require.Equal(t, "own-list", find(t, rep, screening.ListMissing).Label)
}

func TestNoReportLeavesUnrecorded(t *testing.T) {
	b := newBench(t, "")
	b.err = errors.New("disk full")
	rep, err := b.Screen(t.Context(), order(), screening.Request{At: at})
	require.Nil(t, rep)
	require.ErrorIs(t, err, screening.ErrNotRecorded)
	require.ErrorIs(t, err, b.err)
}

func TestRecordHoldsTheReportAsItIs(t *testing.T) {
	b := newBench(t, "")
	for _, id := range []string{"", `"request":0,"order":0,"report":0`} {
		rep := b.screen(t, order(), screening.Request{ID: id})
		rec := b.records[len(b.records)-1]
		report, err := rep.JSON()
		require.NoError(t, err)
		require.Equal(t, string(report), string(rec.Report))
		got, err := rec.JSON()
		require.NoError(t, err)
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		require.NoError(t, enc.Encode(rec))
		require.Equal(t, want.String(), string(got)+"\n")
	}
}

func TestRequestNeedsAMoment(t *testing.T) {
	b := newBench(t, "")
	_, err := b.Screen(t.Context(), order(), screening.Request{})
	require.ErrorIs(t, err, screening.ErrRequest)
	_, err = b.Screen(t.Context(), order(), screening.Request{At: at, AsOf: "tomorrow"})
	require.ErrorIs(t, err, screening.ErrRequest)
	require.Empty(t, b.records)
}

func TestNewNamesEveryGap(t *testing.T) {
	_, err := screening.New(screening.Config{})
	require.ErrorIs(t, err, screening.ErrConfig)
	require.ErrorContains(t, err, "Lists")
	require.ErrorContains(t, err, "Recorder")
}

func TestCancelledContextGivesNoReport(t *testing.T) {
	b := newBench(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Screen(ctx, order(), screening.Request{At: at})
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, b.records)
}

func TestReplayIsByteForByte(t *testing.T) {
	b := newBench(t, "un", listed())
	store := lists.DirStore(t.TempDir())
	require.NoError(t, b.Keep(store))
	o := order()
	o.Parties[1].Name = "Vorzelman Trikotronik"
	b.screen(t, o, screening.Request{})
	b.screen(t, order(), screening.Request{ID: "chosen"})
	// Registers that are kept and hold nothing are not registers that nobody keeps.
	b.screen(t, order(), screening.Request{History: []trigger.PastOrder{}, Notices: []trigger.Notice{}})

	c, err := classifier()
	require.NoError(t, err)
	r := screening.NewReplayer(store, c)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	for _, rec := range b.records {
		rep, err := r.Replay(t.Context(), rec)
		require.NoError(t, err)
		require.Equal(t, rec.ID, rep.ID)
	}
	forged := b.records[0]
	forged.Report = slices.Clone(forged.Report)
	i := slices.Index(forged.Report, 'V')
	forged.Report[i] = 'W'
	_, err = r.Replay(t.Context(), forged)
	require.ErrorIs(t, err, screening.ErrReplay)

	older := b.records[0]
	older.Report = bytes.Replace(older.Report, []byte(screening.EngineVersion), []byte("0.9.0"), 1)
	_, err = r.Replay(t.Context(), older)
	require.ErrorIs(t, err, screening.ErrOtherEngine)

	_, err = screening.NewReplayer(lists.DirStore(t.TempDir()), c).Replay(t.Context(), b.records[0])
	require.Error(t, err, "an empty archive replays nothing")
}

// A report is made again under the rules, policy and tables it was made with, whatever is in force since.
func TestReplayAfterTheRulesChanged(t *testing.T) {
	b := newBench(t, "")
	store := lists.DirStore(t.TempDir())
	require.NoError(t, b.Keep(store))
	before := b.screen(t, order(), screening.Request{})
	require.Equal(t, screening.Clear, before.Outcome)

	builtIn, err := trigger.BuiltIn()
	require.NoError(t, err)
	own, err := trigger.Load("own.yaml", strings.NewReader(`version: own-1
rules:
  - id: own-every-order
    title: {en: Every order, zh: 每份订单}
    message: {en: The committee sees every order., zh: 委员会审查每份订单。}
    resolve: {en: Ask the committee., zh: 请示委员会。}
    regime: OWN
    citation: committee's resolution 3
    when: len(order.countries) >= 0
    outcome: review
    cases: [{expect: fired}]
`))
	require.NoError(t, err)
	rules, err := trigger.Merge(builtIn, own)
	require.NoError(t, err)
	tables, err := policy.BuiltIn()
	require.NoError(t, err)
	tables, err = tables.Override("sensitive", policy.Row{Country: "DE", Mark: "stop", Reason: "resolution 4", By: "committee", On: today})
	require.NoError(t, err)
	c, err := classifier()
	require.NoError(t, err)
	s, err := screening.New(screening.Config{Lists: b.index, Classifier: c, Recorder: &b.memory, Rules: rules, Tables: tables})
	require.NoError(t, err)
	require.NoError(t, s.Keep(store))
	after, err := s.Screen(t.Context(), order(), screening.Request{At: at})
	require.NoError(t, err)
	require.NotEqual(t, before.Outcome, after.Outcome)
	require.NotEqual(t, before.Inputs.Rules, after.Inputs.Rules)
	require.NotEqual(t, before.Inputs.Reference, after.Inputs.Reference)

	r := screening.NewReplayer(store, c)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	for i, want := range []*screening.Report{before, after, before} {
		rep, err := r.Replay(t.Context(), b.records[i%2])
		require.NoError(t, err)
		require.Equal(t, want.Outcome, rep.Outcome)
	}
}

func TestScreenAllKeepsTheOrderOfOrders(t *testing.T) {
	b := newBench(t, "")
	orders := func(yield func(screening.Order) bool) {
		for i := range 40 {
			o := order()
			o.ID = fmt.Sprint(i)
			if i == 7 {
				o.Lines = nil
			}
			if !yield(o) {
				return
			}
		}
	}
	request := func(*screening.Order) screening.Request { return screening.Request{At: at} }
	n := 0
	for r := range b.ScreenAll(t.Context(), orders, 4, request) {
		require.Equal(t, fmt.Sprint(n), r.Order.ID)
		require.Equal(t, n == 7, r.Err != nil)
		require.Equal(t, n == 7, r.Report == nil)
		n++
	}
	require.Equal(t, 40, n)
	require.Len(t, b.records, 39)

	n = 0
	for range b.ScreenAll(t.Context(), orders, 4, request) {
		if n++; n == 5 {
			break
		}
	}
	require.Equal(t, 5, n)
}
