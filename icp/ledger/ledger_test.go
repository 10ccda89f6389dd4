package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/internal/logtest"
	"github.com/ordergate/ordergate/icp/ledger"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/testdata/programme"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var at = time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)

// desk is a ledger on a log of its own, whose officer-a may decide.
type desk struct {
	*ledger.Ledger
	t   testing.TB
	log *record.Log
	p   *icp.Programme
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	ctx := context.Background()
	log := logtest.New(t)
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	require.NoError(t, err)
	require.NoError(t, icp.RecordTraining(ctx, log, p, icp.Attendance{Person: "officer-a", Course: "deciding", On: "2026-09-01", Score: 90}, at.Add(-time.Hour)))
	return &desk{Ledger: ledger.New(log, p), t: t, log: log, p: p}
}

// do does what must be possible.
func (d *desk) do(e ledger.Event) ledger.Account {
	d.t.Helper()
	a, err := d.Do(context.Background(), complete(e))
	require.NoError(d.t, err)
	return a
}

// refused demands that an event is refused for exactly the reasons.
func (d *desk) refused(e ledger.Event, want ...ledger.Refusal) {
	d.t.Helper()
	_, err := d.Do(context.Background(), complete(e))
	var r *ledger.RefusedError
	require.ErrorAs(d.t, err, &r)
	var got []ledger.Refusal
	for _, x := range r.Reasons {
		got = append(got, x.Refusal)
		require.NotEmpty(d.t, x.Refusal.Text().En)
		require.NotEmpty(d.t, x.Refusal.Text().Zh)
		require.Contains(d.t, r.Error(), x.Refusal.Text().En)
	}
	require.Equal(d.t, want, got, r.Error())
}

func complete(e ledger.Event) ledger.Event {
	if e.At.IsZero() {
		e.At = at
	}
	if e.By == "" {
		e.By = "officer-a"
	}
	return e
}

func amount(s string) *screening.Decimal {
	n := decimal.RequireFromString(s)
	return &n
}

// licence is a general licence for 100 pieces and 500,000 CNY.
func licence() *ledger.Paper {
	return &ledger.Paper{
		Document: screening.Document{
			Type: screening.GeneralLicence, Number: "GL-1", Issuer: "MOFCOM", IssuedOn: "2026-01-01", ValidUntil: "2028-12-31",
			ControlCodes: []string{"2B201"}, Destination: "DE", EndUser: "Beispiel Bau GmbH", EndUse: "machining of pump housings",
			Quantity: amount("100"), Value: amount("500000"), SHA256: strings.Repeat("a", 64),
		},
		Unit: "PCE", Currency: "CNY",
	}
}

const account = "general_licence/GL-1"

func draw(id, order, quantity, value string) ledger.Event {
	d := &ledger.Drawing{ID: id, Order: order, On: "2026-10-12", Quantity: amount(quantity), Value: amount(value)}
	return ledger.Event{Account: account, Kind: ledger.Drawn, By: icp.System, Drawing: d}
}

func (d *desk) left() string {
	d.t.Helper()
	a, err := d.Get(context.Background(), account)
	require.NoError(d.t, err)
	b := a.Balance()
	return b.Quantity.String() + " " + b.Value.String()
}

func TestBalance(t *testing.T) {
	d := newDesk(t)
	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	require.Equal(t, "100 500000", d.left())
	d.do(draw("D-1", "SO-1", "30", "100000"))
	again := d.do(draw("D-1", "SO-1", "30", "100000"))
	require.Equal(t, 2, again.Seq, "the same drawing again records nothing")
	require.Equal(t, "70 400000", d.left())
	d.refused(draw("D-1", "SO-1", "31", "100000"), ledger.OnFile)
	d.refused(draw("D-2", "SO-2", "71", "400001"), ledger.OverQuantity, ledger.OverValue)
	require.Equal(t, "70 400000", d.left(), "what was refused left no trace")

	back := &ledger.Return{ID: "R-1", Drawing: "D-1", On: "2026-10-13", Quantity: amount("10")}
	returned := ledger.Event{Account: account, Kind: ledger.Returned, Reason: "sent back damaged", Return: back}
	d.do(returned)
	d.do(returned)
	require.Equal(t, "80 400000", d.left())
	back = &ledger.Return{ID: "R-2", Drawing: "D-1", On: "2026-10-13", Quantity: amount("21")}
	d.refused(ledger.Event{Account: account, Kind: ledger.Returned, Reason: "r", Return: back}, ledger.OverReturned)
	d.refused(ledger.Event{Account: account, Kind: ledger.Returned, Return: back}, ledger.ReasonMissing, ledger.OverReturned)
	d.do(ledger.Event{Account: account, Kind: ledger.Returned, Reason: "cancelled", Return: &ledger.Return{ID: "R-3", Drawing: "D-1", On: "2026-10-14", Unshipped: true}})
	require.Equal(t, "100 500000", d.left())
	d.refused(ledger.Event{Account: account, Kind: ledger.Returned, Reason: "r", Return: &ledger.Return{ID: "R-4", Drawing: "D-1", On: "2026-10-14", Unshipped: true}}, ledger.OverReturned)

	d.do(ledger.Event{Account: account, Kind: ledger.Reported, Performance: &ledger.Performance{Drawing: "D-1", Step: "arrival", On: "2026-11-01"}})
	d.refused(ledger.Event{Account: account, Kind: ledger.Reported, Performance: &ledger.Performance{Drawing: "D-9", Step: "arrival", On: "2026-11-01"}}, ledger.NotDrawn)

	events, err := d.Events(t.Context(), account)
	require.NoError(t, err)
	replayed, err := ledger.Replay(events)
	require.NoError(t, err)
	got, err := d.Get(t.Context(), account)
	require.NoError(t, err)
	require.Equal(t, got, replayed)
	_, err = ledger.Replay(events[1:])
	require.ErrorIs(t, err, ledger.ErrReplay)
	_, err = d.Get(t.Context(), "general_licence/none")
	require.ErrorIs(t, err, ledger.ErrNoAccount)
}

func TestTypesAndLimits(t *testing.T) {
	d := newDesk(t)
	single := licence()
	single.Type, single.Number, single.ValidUntil, single.Quantity, single.Value = screening.SingleLicence, "SL-1", "2026-12-31", nil, nil
	d.do(ledger.Event{Kind: ledger.Filed, Paper: single})
	one := draw("D-1", "SO-1", "1", "1")
	one.Account = "single_licence/SL-1"
	d.do(one)
	two := draw("D-2", "SO-2", "1", "1")
	two.Account = one.Account
	d.refused(two, ledger.OverExports)

	long := licence()
	long.Number, long.ValidUntil = "GL-2", "2029-01-02"
	d.do(ledger.Event{Kind: ledger.Filed, Paper: long})
	e := draw("D-1", "SO-1", "1", "1")
	e.Account = "general_licence/GL-2"
	d.refused(e, ledger.TermTooLong)

	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	e = draw("D-1", "SO-1", "1", "1")
	e.Drawing.On = "2029-01-01"
	d.refused(e, ledger.NotUsable)
	e = draw("D-1", "SO-1", "1", "1")
	e.Drawing.Value = nil
	d.refused(e, ledger.Malformed)
	e = draw("D-1", "SO-1", "0", "1")
	d.refused(e, ledger.Malformed)
	e = draw("D-1", "SO-1", "1", "1")
	e.By = "stranger"
	d.refused(e, ledger.NotAppointed)
	d.do(ledger.Event{Account: account, Kind: ledger.Examined, Status: "forged", Reason: "the issuer does not know it"})
	d.refused(draw("D-1", "SO-1", "1", "1"), ledger.NotUsable)

	e = draw("D-3", "SO-1", "1", "1")
	e.At = at.Add(-time.Hour)
	d.refused(e, ledger.TooEarly, ledger.NotUsable)
}

func TestFiling(t *testing.T) {
	d := newDesk(t)
	bad := licence()
	bad.SHA256, bad.Lines, bad.Unit, bad.ValidUntil, bad.Status = "abc", []string{"1"}, "", "", "valid"
	d.refused(ledger.Event{Kind: ledger.Filed, Paper: bad}, ledger.Malformed, ledger.Malformed, ledger.Malformed, ledger.Malformed, ledger.Malformed)
	d.refused(ledger.Event{Kind: ledger.Filed}, ledger.Malformed)
	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	require.Equal(t, 1, d.do(ledger.Event{Kind: ledger.Filed, Paper: licence(), By: "archivist"}).Seq, "the same paper again records nothing")
	other := licence()
	other.EndUser = "Muster AG"
	d.refused(ledger.Event{Kind: ledger.Filed, Paper: other}, ledger.OnFile)
	d.refused(ledger.Event{Account: account, Kind: ledger.Amended, Paper: other, Reason: "r"}, ledger.KeyElement)
	more := licence()
	more.Quantity = amount("150")
	d.do(ledger.Event{Account: account, Kind: ledger.Amended, Paper: more, Reason: "amended by the authority"})
	require.Equal(t, "150 500000", d.left())
	_, err := d.Do(t.Context(), complete(ledger.Event{Account: "general_licence/none", Kind: ledger.Drawn, Drawing: &ledger.Drawing{}}))
	require.ErrorIs(t, err, ledger.ErrNoAccount)
}

// TestTwoMachines lets machines draw at the same time: together they never draw more than there is.
func TestTwoMachines(t *testing.T) {
	d := newDesk(t)
	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	var wg sync.WaitGroup
	refused := make([]bool, 6)
	for i := range refused {
		wg.Go(func() {
			machine := ledger.New(d.log, d.p)
			for {
				_, err := machine.Do(context.Background(), complete(draw(fmt.Sprint("D-", i), "SO-1", "30", "1")))
				if errors.Is(err, ledger.ErrBusy) {
					continue
				}
				var r *ledger.RefusedError
				refused[i] = errors.As(err, &r) && r.Has(ledger.OverQuantity)
				if err != nil && !refused[i] {
					t.Error(err)
				}
				return
			}
		})
	}
	wg.Wait()
	require.Equal(t, "10 499997", d.left())
	n := 0
	for _, r := range refused {
		if r {
			n++
		}
	}
	require.Equal(t, 3, n)
}

// TestNoBalanceIsOverdrawn files, draws and returns at random, and keeps a second account by hand.
func TestNoBalanceIsOverdrawn(t *testing.T) {
	d := newDesk(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		p := licence()
		p.Number, p.Exports = fmt.Sprint("GL-", n), rapid.IntRange(0, 3).Draw(rt, "exports")
		a := d.do(ledger.Event{Kind: ledger.Filed, Paper: p})
		type drawn struct{ quantity, exports int }
		book := map[string]drawn{}
		for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			id, q := fmt.Sprint("D-", rapid.IntRange(1, 4).Draw(rt, "drawing")), rapid.IntRange(1, 60).Draw(rt, "quantity")
			e := complete(draw(id, "SO-1", fmt.Sprint(q), "1"))
			unshipped := rapid.Bool().Draw(rt, "unshipped")
			back := rapid.Bool().Draw(rt, "back")
			if back {
				r := &ledger.Return{ID: fmt.Sprint("R-", i), Drawing: id, On: "2026-10-12", Unshipped: unshipped}
				if !unshipped {
					r.Quantity = amount(fmt.Sprint(q))
				}
				e = complete(ledger.Event{Kind: ledger.Returned, Reason: "r", Return: r})
			}
			e.Account = a.ID
			after, err := d.Do(context.Background(), e)
			var refused *ledger.RefusedError
			if errors.As(err, &refused) {
				continue
			}
			require.NoError(rt, err)
			if after.Seq == a.Seq {
				continue // the same again
			}
			a = after
			switch {
			case back && unshipped:
				book[id] = drawn{}
			case back:
				book[id] = drawn{book[id].quantity - q, 1}
			default:
				book[id] = drawn{q, 1}
			}
			quantity, exports := 0, 0
			for _, x := range book {
				require.GreaterOrEqual(rt, x.quantity, 0, "more came back than went")
				quantity, exports = quantity+x.quantity, exports+x.exports
			}
			require.LessOrEqual(rt, quantity, 100)
			require.True(rt, p.Exports == 0 || exports <= p.Exports)
			require.Equal(rt, fmt.Sprint(100-quantity), a.Balance().Quantity.String())
		}
	})
}

func order() screening.Order {
	return screening.Order{
		ID: "SO-1", Date: "2026-10-12", Currency: "CNY", EnteredBy: "engineer-a", Destination: "DE",
		Parties: []screening.Party{{ID: "B", Roles: []screening.Role{screening.Buyer, screening.EndUser}, Kind: "organization", Name: "Beispiel Bau GmbH", Country: "DE"}},
		Lines:   []screening.Line{{ID: "1", Description: "Milling machine", Quantity: amount("30"), Unit: "PCE", Value: amount("100000")}},
	}
}

func (d *desk) supply(o screening.Order) (screening.Order, screening.Request) {
	d.t.Helper()
	req := screening.Request{At: at}
	require.NoError(d.t, d.Supply(context.Background(), &o, &req))
	return o, req
}

func TestSupply(t *testing.T) {
	d := newDesk(t)
	o, req := d.supply(order())
	require.Empty(t, o.Documents)
	require.Equal(t, []trigger.Notice{}, req.Notices, "a ledger without notices says that there are none")

	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	o, _ = d.supply(order())
	require.Empty(t, o.Documents, "a licence is supplied where the order names it")
	named := order()
	named.Documents = []screening.Document{{Type: screening.GeneralLicence, Number: "GL-1", Lines: []string{"1"}, Value: amount("9999999")}}
	o, _ = d.supply(named)
	require.Equal(t, []string{"1"}, o.Documents[0].Lines)
	require.Equal(t, "500000", o.Documents[0].Value.String(), "what is on file counts, not what the order says")
	require.Equal(t, "2B201", o.Documents[0].ControlCodes[0])

	d.do(draw("D-1", "SO-2", "80", "1"))
	o, _ = d.supply(named)
	require.Equal(t, "20", o.Documents[0].Quantity.String(), "others have drawn")
	d.do(draw("D-2", "SO-1", "15", "1"))
	before, _ := d.supply(named)
	d.do(draw("D-3", "SO-3", "5", "1"))
	after, _ := d.supply(named)
	require.Equal(t, "15", after.Documents[0].Quantity.String(), "what an order has drawn is its own")
	require.Equal(t, before.Documents, after.Documents, "what others draw does not change its facts")
	foreign := named
	foreign.Currency = "USD"
	foreign.Lines = []screening.Line{{ID: "1", Unit: "KGM"}}
	o, _ = d.supply(foreign)
	require.Equal(t, "0 0", o.Documents[0].Quantity.String()+" "+o.Documents[0].Value.String(), "what cannot be compared is not covered")

	commitment := &ledger.Paper{Document: screening.Document{Type: screening.WrittenCommitment, Number: "WC-1", Party: "B", IssuedOn: "2026-10-01", ValidUntil: "2026-10-31", SHA256: strings.Repeat("b", 64)}}
	d.do(ledger.Event{Kind: ledger.Filed, Paper: commitment})
	certificate := &ledger.Paper{Document: screening.Document{Type: screening.EndUseCertificate, Number: "EUC-1", Party: "B", IssuedOn: "2026-10-01", ValidUntil: "2026-10-02", SHA256: strings.Repeat("c", 64)}, Orders: []string{"SO-1"}}
	d.do(ledger.Event{Kind: ledger.Filed, Paper: certificate})
	o, _ = d.supply(order())
	require.Len(t, o.Documents, 2)
	require.Equal(t, screening.EndUseCertificate, o.Documents[0].Type, "lapsed, and shown: that stops the order")
	require.Equal(t, screening.WrittenCommitment, o.Documents[1].Type)
	d.do(ledger.Event{Account: "written_commitment/WC-1", Kind: ledger.Examined, Status: "revoked", Reason: "withdrawn by the party"})
	o, _ = d.supply(order())
	require.Len(t, o.Documents, 1, "a revoked commitment is none")
}

// screener screens against a made-up list, and keeps what it finds in the ledger's log.
func (d *desk) screener() *screening.Screener {
	d.t.Helper()
	snap, err := lists.NewSnapshot(lists.List{ID: "own", Title: "Own", Regime: "OWN", Entities: []lists.Entity{
		{ID: "1", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra Works", Kind: lists.PrimaryName}}},
	}})
	require.NoError(d.t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { require.NoError(d.t, index.Close()) })
	s, err := screening.New(screening.Config{Lists: index, Recorder: icp.NewRecorder(d.log)})
	require.NoError(d.t, err)
	d.t.Cleanup(func() { require.NoError(d.t, s.Close()) })
	return s
}

// TestChangedLicence screens an order again once its licence is another: amended, used up by other orders, or revoked.
// The facts of the case change, by which a release is void.
func TestChangedLicence(t *testing.T) {
	for name, change := range map[string]func(d *desk){
		"amended": func(d *desk) {
			p := licence()
			p.ValidUntil = "2027-12-31"
			d.do(ledger.Event{Account: account, Kind: ledger.Amended, Paper: p, Reason: "letter of the authority"})
		},
		"used up": func(d *desk) { d.do(draw("D-1", "SO-2", "100", "1")) },
		"revoked": func(d *desk) {
			d.do(ledger.Event{Account: account, Kind: ledger.Examined, Status: "revoked", Reason: "letter of the authority"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
			s, cases := d.screener(), icp.NewCases(d.log, d.p)
			screen := func(hours int) icp.Case {
				now := at.Add(time.Duration(hours) * time.Hour)
				o := order()
				o.Documents = []screening.Document{
					{Type: screening.GeneralLicence, Number: "GL-1"}, {Type: screening.CommercialContract, Number: "C-1", IssuedOn: "2026-10-01"},
				}
				req := screening.Request{At: now}
				require.NoError(t, d.Supply(t.Context(), &o, &req))
				rep, err := s.Screen(t.Context(), o, req)
				require.NoError(t, err)
				c, err := cases.Open(t.Context(), rep.ID, now)
				require.NoError(t, err)
				return c
			}
			first := screen(0)
			require.Empty(t, first.Screening.Facts.Changed(screen(1).Screening.Facts), "the same licence")
			change(d)
			require.Contains(t, first.Screening.Facts.Changed(screen(2).Screening.Facts), "documents")
		})
	}
}

// TestAltered screens orders that come with another paper than the one on file.
func TestAltered(t *testing.T) {
	d := newDesk(t)
	d.do(ledger.Event{Kind: ledger.Filed, Paper: licence()})
	certificate := &ledger.Paper{Document: screening.Document{Type: screening.EndUseCertificate, Number: "EUC-1", Party: "B", IssuedOn: "2026-10-01", SHA256: strings.Repeat("c", 64)}}
	d.do(ledger.Event{Kind: ledger.Filed, Paper: certificate})
	s := d.screener()
	for name, x := range map[string]struct {
		paper  screening.Document
		status string
		rule   string
	}{
		"licence as filed":     {screening.Document{Type: screening.GeneralLicence, Number: "GL-1", SHA256: strings.Repeat("A", 64)}, "", ""},
		"licence, no hash":     {screening.Document{Type: screening.GeneralLicence, Number: "GL-1"}, "", ""},
		"licence altered":      {screening.Document{Type: screening.GeneralLicence, Number: "GL-1", SHA256: strings.Repeat("b", 64)}, "altered", "licence-lapsed"},
		"certificate as filed": {screening.Document{Type: screening.EndUseCertificate, Number: "EUC-1", SHA256: strings.Repeat("c", 64)}, "", ""},
		"certificate altered":  {screening.Document{Type: screening.EndUseCertificate, Number: "EUC-1", SHA256: strings.Repeat("d", 64), Status: "valid"}, "altered", "certificate-bad"},
	} {
		o := order()
		o.Documents = []screening.Document{x.paper}
		o, req := d.supply(o)
		require.Equal(t, x.status, o.Documents[0].Status, name)
		rep, err := s.Screen(t.Context(), o, req)
		require.NoError(t, err, name)
		var found *screening.Finding
		for i, f := range rep.Findings {
			if f.Rule != nil && f.Kind == screening.RuleFired || f.Kind == screening.PaperFinding {
				if id := f.Rule.IDs[0]; id == "licence-lapsed" || id == "certificate-bad" {
					require.Equal(t, x.rule, id, name)
					found = &rep.Findings[i]
				}
			}
		}
		require.Equal(t, x.rule != "", found != nil, name)
		if found != nil {
			require.Equal(t, x.paper.SHA256, o.Documents[0].SHA256, "the paper at hand is judged")
			require.Equal(t, screening.Stop, found.Outcome, name)
			require.Contains(t, found.Title.En, "altered", name)
			require.Contains(t, found.Title.Zh, "变造", name)
		}
	}
}

func TestNoticesAndClearances(t *testing.T) {
	d := newDesk(t)
	d.do(ledger.Event{Kind: ledger.Filed, Notice: &trigger.Notice{ID: "N-1", Authority: "MOFCOM", On: "2026-10-01", Party: "Beispiel Bau GmbH"}})
	d.do(ledger.Event{Kind: ledger.Filed, Notice: &trigger.Notice{ID: "N-2", On: "2026-10-01", Until: "2026-10-11", Country: "DE"}})
	_, req := d.supply(order())
	require.Len(t, req.Notices, 1)
	require.Equal(t, "N-1", req.Notices[0].ID)
	d.refused(ledger.Event{Account: ledger.NoticeID("N-1"), Kind: ledger.Withdrawn}, ledger.ReasonMissing)
	d.do(ledger.Event{Account: ledger.NoticeID("N-1"), Kind: ledger.Withdrawn, Reason: "lifted by the authority"})
	_, req = d.supply(order())
	require.Empty(t, req.Notices)

	c := &screening.Clearance{
		ID: "C-1", Party: "B", PartyDigest: "p", List: "un", Entity: "x", EntityDigest: "e", Reviewer: "officer-a", Reason: "another company: other address and owners",
		On: "2026-10-12", Expires: "2027-04-12",
	}
	a := d.do(ledger.Event{Kind: ledger.Filed, Clearance: c})
	require.Equal(t, "C-1", a.Clearance.ID)
	events, err := d.Events(t.Context(), a.ID)
	require.NoError(t, err)
	require.Equal(t, "officer", events[0].Role)
	require.Equal(t, "training/officer-a/deciding/2026-09-01", events[0].Training[0].Record)
	_, req = d.supply(order())
	require.Equal(t, []screening.Clearance{*c}, req.Clearances)

	untrained := *c
	untrained.ID, untrained.Reviewer = "C-2", "officer-b"
	d.refused(ledger.Event{Kind: ledger.Filed, Clearance: &untrained, By: "officer-b"}, ledger.NotEntitled)
	d.refused(ledger.Event{Kind: ledger.Filed, Clearance: &untrained}, ledger.Malformed)
	seller := *c
	seller.ID, seller.Reviewer, seller.Expires = "C-3", "engineer-a", ""
	d.refused(ledger.Event{Kind: ledger.Filed, Clearance: &seller, By: "engineer-a"}, ledger.Malformed, ledger.NotEntitled)

	accounts, err := ledger.New(d.log, d.p).List(t.Context(), func(a *ledger.Account) bool { return a.Holds("2026-10-12") })
	require.NoError(t, err)
	require.Len(t, accounts, 1)
}
