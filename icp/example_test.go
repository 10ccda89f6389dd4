package icp_test

import (
	"bytes"
	"context"
	"fmt"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/testdata/programme"
	"github.com/shopspring/decimal"
)

func ExampleLoadProgramme() {
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	if err != nil {
		log.Fatal(err)
	}
	for _, stage := range p.Procedure.Stages {
		fmt.Print(stage.Stage, ":")
		for _, level := range stage.Levels {
			fmt.Print(" ", level.ID)
		}
		fmt.Println()
	}
	// Output:
	// pre_contract: office committee
	// licence_application: office committee
	// before_shipment: office committee
	// after_sales: office committee
}

// A log keeps what people have been trained in; who has not may not decide.
func ExampleRecordTraining() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	signer, verifier, err := record.GenerateKey("exports.example.com/records")
	if err != nil {
		log.Fatal(err)
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "records.db"), sqlite.Options{})
	if err != nil {
		log.Fatal(err)
	}
	records, err := record.Open(ctx, record.Config{Store: store, Signer: signer, Verifier: verifier})
	if err != nil {
		log.Fatal(err)
	}
	defer records.Close()
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	if err != nil {
		log.Fatal(err)
	}
	passed := icp.Attendance{Person: "officer-a", Course: "deciding", On: "2026-10-01", Score: 90}
	if err := icp.RecordTraining(ctx, records, p, passed, time.Date(2026, 10, 1, 16, 0, 0, 0, time.UTC)); err != nil {
		log.Fatal(err)
	}
	all, err := records.OfKind(ctx, record.Training)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(all), all[0].Kind)
	// Output: 1 training
}

// An order is held, two officers decide, and the case says that it may go. What took place stands in the log.
func ExampleCases() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	signer, verifier, err := record.GenerateKey("exports.example.com/records")
	if err != nil {
		log.Fatal(err)
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "records.db"), sqlite.Options{})
	if err != nil {
		log.Fatal(err)
	}
	records, err := record.Open(ctx, record.Config{Store: store, Signer: signer, Verifier: verifier})
	if err != nil {
		log.Fatal(err)
	}
	defer records.Close()
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	if err != nil {
		log.Fatal(err)
	}
	morning := time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)
	for _, officer := range []string{"officer-a", "officer-b"} { // without training nobody decides
		passed := icp.Attendance{Person: officer, Course: "deciding", On: "2026-10-01", Score: 90}
		if err := icp.RecordTraining(ctx, records, p, passed, morning); err != nil {
			log.Fatal(err)
		}
	}

	snapshot, err := lists.NewSnapshot()
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	screener, err := screening.New(screening.Config{Lists: index, Recorder: icp.NewRecorder(records)})
	if err != nil {
		log.Fatal(err)
	}
	defer screener.Close()
	value := decimal.NewFromInt(100)
	report, err := screener.Screen(ctx, screening.Order{
		ID: "SO-1", Date: "2026-10-02", EnteredBy: "clerk-07", Currency: "CNY", Destination: "DE",
		Parties: []screening.Party{{Roles: []screening.Role{screening.Buyer, screening.Consignee, screening.EndUser}, Name: "Beispiel GmbH", Country: "DE"}},
		Lines:   []screening.Line{{ID: "10", Description: "office chair", HS: "9401.39", Uncontrolled: true, Value: &value}},
	}, screening.Request{At: morning}) // no list is loaded: what was not checked is not clear
	if err != nil {
		log.Fatal(err)
	}

	cases := icp.NewCases(records, p)
	c, err := cases.Open(ctx, report.ID, morning)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Outcome, c.Status, c.Level)
	for i, e := range []icp.Event{
		{Kind: icp.Voted, By: "officer-a", Choice: icp.Approve, Reason: "Lists checked by hand; known customer."},
		{Kind: icp.Decided, By: "officer-b", Reason: "Counted."},
		{Kind: icp.Released, By: "officer-b", Reason: "Within the authority of the office."},
	} {
		e.Case, e.At = "SO-1", morning.Add(time.Duration(i+1)*time.Hour)
		if c, err = cases.Do(ctx, e); err != nil {
			log.Fatal(err)
		}
		fmt.Println(e.Kind, c.Status)
	}
	fmt.Println(c.Cleared(morning.Add(4 * time.Hour)))
	// Output:
	// review under_review office
	// voted under_review
	// decided approved
	// released released
	// true
}
