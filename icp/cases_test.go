package icp_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

var start = time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)

// hour is the moment so many hours after the start.
func hour(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }

func newLog(t testing.TB) *record.Log {
	t.Helper()
	signer, verifier, err := record.GenerateKey("works.example/records")
	require.NoError(t, err)
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "records.db"), sqlite.Options{})
	require.NoError(t, err)
	log, err := record.Open(context.Background(), record.Config{Store: store, Signer: signer, Verifier: verifier})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, log.Close()) })
	return log
}

// classifier is shared by the tests: it is immutable, and the built-in tables take a while to load.
var classifier = sync.OnceValues(func() (*classify.Classifier, error) { return classify.New(classify.Config{}) })

// desk is a company at work: a screener over made-up lists, a log and its cases.
type desk struct {
	t     testing.TB
	log   *record.Log
	cases *icp.Cases
	p     *icp.Programme
	index *lists.Index
}

func (d *desk) Current() *lists.Index { return d.index }

func newDesk(t testing.TB, p *icp.Programme) *desk {
	t.Helper()
	d := &desk{t: t, log: newLog(t), p: p}
	d.cases = icp.NewCases(d.log, p)
	d.lists("")
	for _, person := range p.Organisation.People {
		d.train(person.ID, "deciding", "2026-09-01")
	}
	return d
}

func (d *desk) train(person, course string, on icp.Date) {
	d.t.Helper()
	require.NoError(d.t, icp.RecordTraining(context.Background(), d.log, d.p, icp.Attendance{Person: person, Course: course, On: on, Score: 90}, start.Add(-time.Hour)))
}

// lists puts lists in force that differ by the name of an entity no order is like.
func (d *desk) lists(variant string) {
	d.t.Helper()
	var all []lists.List
	for _, id := range []string{"un", "cn-control", "cn-watch", "cn-unreliable", "us-csl"} {
		regime := map[string]string{"un": "UN", "us-csl": "US"}[id]
		if regime == "" {
			regime = "CN"
		}
		entities := []lists.Entity{{ID: "x", Kind: lists.Organization, Names: []lists.Name{{Text: "Quibblewick Zanzarra " + variant, Kind: lists.PrimaryName}}}}
		if id == "cn-watch" {
			entities = append(entities, lists.Entity{
				ID: "w", Kind: lists.Organization, Names: []lists.Name{{Text: "Vorzelmann Trikotronik GmbH", Kind: lists.PrimaryName}},
				Measures: []lists.Measure{{Programme: "watch", Notice: "Notice 7", Timeline: []lists.Event{{Status: "in_force", From: "2026-01-01"}}}},
			})
		}
		all = append(all, lists.List{ID: id, Title: "List " + id, Regime: regime, Published: "2026-10-12", Entities: entities})
	}
	snap, err := lists.NewSnapshot(all...)
	require.NoError(d.t, err)
	d.index, err = lists.NewIndex(snap)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { require.NoError(d.t, d.index.Close()) })
}

// screen screens an order and tells the cases.
func (d *desk) screen(o screening.Order, at time.Time) (icp.Case, error) {
	d.t.Helper()
	c, err := classifier()
	require.NoError(d.t, err)
	s, err := screening.New(screening.Config{Lists: d, Classifier: c, Recorder: icp.NewRecorder(d.log)})
	require.NoError(d.t, err)
	rep, err := s.Screen(context.Background(), o, screening.Request{At: at, AsOf: "2026-10-12"})
	require.NoError(d.t, err)
	return d.cases.Open(context.Background(), rep.ID, at)
}

// do moves a case and demands that it may.
func (d *desk) do(e icp.Event) icp.Case {
	d.t.Helper()
	c, err := d.cases.Do(context.Background(), e)
	require.NoError(d.t, err)
	return c
}

// refused demands that a move is refused, for a reason.
func (d *desk) refused(e icp.Event, why icp.Refusal) {
	d.t.Helper()
	_, err := d.cases.Do(context.Background(), e)
	var m *icp.MoveError
	require.True(d.t, errors.As(err, &m), "%v", err)
	require.True(d.t, m.Has(why), "%v", err)
}

func amount(s string) *screening.Decimal {
	n := decimal.RequireFromString(s)
	return &n
}

// heldOrder is an order that is held for review: it states no destination.
func heldOrder() screening.Order {
	return screening.Order{
		ID: "SO-1", Date: "2026-10-12", Currency: "CNY", EnteredBy: "clerk-07", Destination: "DE",
		Parties: []screening.Party{
			{ID: "S", Roles: []screening.Role{screening.Seller}, Kind: "organization", Name: "Example Works Export Co., Ltd.", Country: "CN"},
			{ID: "B", Roles: []screening.Role{screening.Buyer, screening.EndUser, screening.Consignee}, Kind: "organization", Name: "Beispiel Bau GmbH", Country: "DE"},
		},
		Lines: []screening.Line{{ID: "1", Description: "Office chair with armrests", HS: "940139", HSEdition: "2022", Value: amount("12000"), Quantity: amount("10"), Unit: "pcs"}},
	}
}

func TestOpenHolds(t *testing.T) {
	d := newDesk(t, sample(t))
	c, err := d.screen(heldOrder(), start)
	require.NoError(t, err)
	require.Equal(t, icp.UnderReview, c.Status)
	require.Equal(t, "office", c.Level)
	require.Equal(t, hour(24), c.Due)
	again, err := d.cases.Get(t.Context(), "SO-1")
	require.NoError(t, err)
	require.Equal(t, c, again)
}
