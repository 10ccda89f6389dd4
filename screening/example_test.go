package screening_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"slices"
	"time"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// exampleIndex holds a list of one company's own.
func exampleIndex() *lists.Index {
	snapshot, err := lists.NewSnapshot(lists.List{
		ID: "own", Title: "Customers who broke their word", Regime: "own", Published: "2026-10-01",
		Entities: []lists.Entity{{
			ID: "C-1", Kind: lists.Organization, Names: []lists.Name{{Text: "Example Broken Promise Ltd", Kind: lists.PrimaryName}},
			Measures: []lists.Measure{{Effect: "stop", Timeline: lists.Timeline{{Status: "in_force", From: "2026-01-01"}}}},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	return index
}

// examplePolicy is the built-in one where no other list than that of the example is required.
func examplePolicy() *screening.Policy {
	p, err := screening.BuiltInPolicy()
	if err != nil {
		log.Fatal(err)
	}
	p, err = p.Modify(func(p *screening.Policy) { p.ID, p.RequiredLists = "example", nil })
	if err != nil {
		log.Fatal(err)
	}
	return p
}

func exampleOrder(id, endUser string) screening.Order {
	return screening.Order{
		ID: id, Date: "2026-10-02", Destination: "DE",
		Parties: []screening.Party{{Roles: []screening.Role{screening.Buyer, screening.Consignee, screening.EndUser}, Name: endUser, Country: "DE"}},
		Lines:   []screening.Line{{ID: "10", Description: "office chair", HS: "9401.39", Uncontrolled: true}},
		EndUse:  &screening.EndUse{Text: "furniture of our own office", Code: "civil"},
	}
}

// exampleRecorder stands for a log; see icp.NewRecorder for a real one.
var exampleRecorder = screening.RecorderFunc(func(context.Context, screening.Record) error { return nil })

func ExampleScreener_Screen() {
	index := exampleIndex()
	defer index.Close()
	s, err := screening.New(screening.Config{Lists: index, Policy: examplePolicy(), Recorder: exampleRecorder})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	report, err := s.Screen(context.Background(), exampleOrder("SO-1", "Exampel Broken Promise Limited"),
		screening.Request{At: time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		log.Fatal(err)
	}
	f := report.Findings[0]
	fmt.Println(report.Outcome, report.Block)
	fmt.Printf("%s: %q is like %q of the list %s\n", f.Subject, f.Match.Compared, f.Match.Listed, f.Match.ListID)
	// Output:
	// review EC-REVIEW
	// parties[0].name: "Exampel Broken Promise Limited" is like "Example Broken Promise Ltd" of the list own
}

func ExampleScreener_ScreenAll() {
	index := exampleIndex()
	defer index.Close()
	s, err := screening.New(screening.Config{Lists: index, Policy: examplePolicy(), Recorder: exampleRecorder})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	orders := []screening.Order{exampleOrder("SO-1", "Beispiel GmbH"), exampleOrder("SO-2", "Example Broken Promise Ltd"), exampleOrder("", "No Number AG")}
	request := func(*screening.Order) screening.Request {
		return screening.Request{At: time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)}
	}
	for r := range s.ScreenAll(context.Background(), slices.Values(orders), 0, request) {
		var invalid *screening.InvalidOrderError
		switch {
		case errors.As(r.Err, &invalid):
			fmt.Println(invalid.Problems[0].Path, invalid.Problems[0].Reason)
		case r.Err != nil:
			log.Fatal(r.Err)
		default:
			fmt.Println(r.Order.ID, slices.ContainsFunc(r.Report.Findings, func(f screening.Finding) bool { return f.Kind == screening.ListedParty }))
		}
	}
	// Output:
	// SO-1 false
	// SO-2 true
	// id is required
}

func ExamplePolicy_Modify() {
	p, err := screening.BuiltInPolicy()
	if err != nil {
		log.Fatal(err)
	}
	stricter, err := p.Modify(func(p *screening.Policy) { p.ID, p.Threshold = "stricter", 0.65 })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stricter.ID, stricter.Threshold, stricter.Digest() == p.Digest())
	// Output: stricter 0.65 false
}

// What was in force when a report was made is kept, and years later the report is made again from it, byte for byte.
func ExampleReplayer_Replay() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	archive := lists.DirStore(dir)
	tables, err := classify.New(classify.Config{})
	if err != nil {
		log.Fatal(err)
	}
	defer tables.Close()
	index := exampleIndex()
	defer index.Close()
	var kept screening.Record
	s, err := screening.New(screening.Config{
		Lists: index, Classifier: tables, Policy: examplePolicy(),
		Recorder: screening.RecorderFunc(func(_ context.Context, r screening.Record) error { kept = r; return nil }),
	})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	if err := s.Keep(archive); err != nil {
		log.Fatal(err)
	}
	request := screening.Request{At: time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)}
	if _, err := s.Screen(ctx, exampleOrder("SO-1", "Example Broken Promise Ltd"), request); err != nil {
		log.Fatal(err)
	}

	replayer := screening.NewReplayer(archive, tables)
	defer replayer.Close()
	report, err := replayer.Replay(ctx, kept)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Order.ID, report.Outcome)
	kept.Report = bytes.Replace(kept.Report, []byte(`"outcome":"stop"`), []byte(`"outcome":"clear"`), 1)
	_, err = replayer.Replay(ctx, kept)
	fmt.Println(errors.Is(err, screening.ErrReplay))
	// Output:
	// SO-1 stop
	// true
}
