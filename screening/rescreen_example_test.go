package screening_test

import (
	"context"
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// grown are the lists of [exampleIndex] with one more company.
func grown(was *lists.Index) *lists.Index {
	list := was.Snapshot().Lists()[0]
	list.Published = "2026-10-02"
	added := list.Entities[0]
	added.ID, added.Names = "C-2", []lists.Name{{Text: "Muster Weiterverkauf AG", Kind: lists.PrimaryName}}
	list.Entities = append(slices.Clone(list.Entities), added)
	snapshot, err := lists.NewSnapshot(list)
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	return index
}

// exampleScreenerOn screens on lists that end with the program.
func exampleScreenerOn(index *lists.Index) *screening.Screener {
	s, err := screening.New(screening.Config{Lists: index, Policy: examplePolicy(), Recorder: exampleRecorder})
	if err != nil {
		log.Fatal(err)
	}
	return s
}

// A company is put on a list: of the open orders only its own is screened, and recorded, again.
func ExampleScreener_Rescreen() {
	was := exampleIndex()
	defer was.Close()
	s := exampleScreenerOn(grown(was))
	defer s.Close()
	open := []screening.Order{exampleOrder("SO-1", "Beispiel GmbH"), exampleOrder("SO-2", "Muster Weiterverkauf AG")}
	request := func(*screening.Order) screening.Request {
		return screening.Request{At: time.Date(2026, 10, 2, 10, 0, 0, 0, time.UTC)}
	}
	for r := range s.Rescreen(context.Background(), was, slices.Values(open), 0, request) {
		if r.Err != nil {
			log.Fatal(r.Err)
		}
		fmt.Println(r.Order.ID, r.Report.Outcome)
	}
	// Output:
	// SO-2 stop
}

// The same change, seen from the customers on file.
func ExampleScreener_RescreenParties() {
	was := exampleIndex()
	defer was.Close()
	s := exampleScreenerOn(grown(was))
	defer s.Close()
	customers := []screening.Party{{ID: "10001", Name: "Beispiel GmbH"}, {ID: "10002", Name: "Muster Weiterverkauf AG"}}
	for c := range s.RescreenParties(context.Background(), was, slices.Values(customers), 0) {
		if c.Err != nil {
			log.Fatal(c.Err)
		}
		fmt.Println(c.Party.ID, len(c.Was), len(c.Now))
	}
	// Output:
	// 10002 0 1
}
