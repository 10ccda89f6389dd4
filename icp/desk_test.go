package icp_test

import (
	"context"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/internal/logtest"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

var start = time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)

// hour is the moment so many hours after the start.
func hour(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }

// desk is a programme at work on a log.
type desk struct {
	t     testing.TB
	log   *record.Log
	cases *icp.Cases
	p     *icp.Programme
	// screened counts the reports made.
	screened int
}

// newDesk is a desk whose people have all passed the course that decides.
func newDesk(t testing.TB, p *icp.Programme) *desk {
	t.Helper()
	d := &desk{t: t, log: logtest.New(t), p: p}
	d.cases = icp.NewCases(d.log, p)
	for _, person := range p.Organisation.People {
		if person.ID != "officer-b" {
			d.train(person.ID, "deciding", "2026-09-01", 90)
		}
	}
	d.train("officer-b", "deciding", "2025-10-13", 90) // runs out during the tests
	return d
}

func (d *desk) train(person, course string, on icp.Date, score int) {
	d.t.Helper()
	require.NoError(d.t, icp.RecordTraining(context.Background(), d.log, d.p, icp.Attendance{Person: person, Course: course, On: on, Score: score}, start.Add(-time.Hour)))
}

// situation is what a screening found, put together by hand: what a report says is package screening's to test.
type situation struct {
	order   screening.Order
	stage   screening.Stage
	outcome screening.Outcome
	lists   string
	needs   []screening.DocumentType
	notices []trigger.Notice
}

// made is the record of a report on a situation.
func (d *desk) made(s situation, at time.Time) screening.Record {
	d.t.Helper()
	d.screened++
	s.order.Stage = s.stage
	rep := screening.Report{
		Schema: screening.ReportSchema, Engine: screening.EngineVersion, ID: "R-" + s.order.ID + "-" + strconv.Itoa(d.screened), At: at,
		AsOf: icp.Date(at.Format(time.DateOnly)), Order: screening.OrderRef{ID: s.order.ID, Date: s.order.Date, Stage: s.stage},
		Outcome: s.outcome, Findings: []screening.Finding{},
	}
	rep.Inputs.Snapshot = s.lists
	if s.outcome.Holds() {
		rep.Findings = append(rep.Findings, screening.Finding{ID: "F1", Kind: screening.RuleFired, Outcome: s.outcome, Subject: "order", Documents: s.needs})
	}
	r := screening.Record{ID: rep.ID, At: at, OrderID: s.order.ID, Outcome: s.outcome, Parties: []string{"Beispiel Bau GmbH"}, Countries: []string{"DE"}}
	for _, x := range []struct {
		into *json.RawMessage
		of   any
	}{{&r.Report, rep}, {&r.Order, s.order}, {&r.Request, screening.Request{At: at, Notices: s.notices}}} {
		b, err := json.Marshal(x.of)
		require.NoError(d.t, err)
		*x.into = b
	}
	return r
}

// report records a report on a situation and gives its id.
func (d *desk) report(s situation, at time.Time) string {
	d.t.Helper()
	r := d.made(s, at)
	require.NoError(d.t, icp.NewRecorder(d.log).Record(context.Background(), r))
	return r.ID
}

// open screens and tells the cases.
func (d *desk) open(s situation, at time.Time) (icp.Case, error) {
	return d.cases.Open(context.Background(), d.report(s, at), at)
}

func amount(s string) *screening.Decimal {
	n := decimal.RequireFromString(s)
	return &n
}

// plainOrder is an order for which everything is stated.
func plainOrder(id string) screening.Order {
	return screening.Order{
		ID: id, Date: "2026-10-12", Currency: "CNY", EnteredBy: "engineer-a", Destination: "DE",
		Parties: []screening.Party{
			{ID: "B", Roles: []screening.Role{screening.Buyer, screening.EndUser}, Kind: "organization", Name: "Beispiel Bau GmbH", Country: "DE"},
		},
		Lines:     []screening.Line{{ID: "1", Description: "Office chair", Value: amount("12000")}},
		Documents: []screening.Document{{Type: screening.CommercialContract, Number: "C-" + id, IssuedOn: "2026-10-01"}},
	}
}

// move moves a case and demands that it may.
func (d *desk) move(e icp.Event) icp.Case {
	d.t.Helper()
	c, err := d.cases.Do(context.Background(), e)
	require.NoError(d.t, err)
	return c
}
