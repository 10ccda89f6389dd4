package search_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

// An auditor asks for everything on record about a party.
func ExampleOpen() {
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
	if _, err := records.Append(ctx, record.Entry{
		ID: "report/SO-1/1", Kind: record.Report, Subject: "SO-1", Time: time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC),
		Keys: record.Keys{Parties: []string{"Example Works Ltd"}, Countries: []string{"KZ"}, Outcome: "review"},
	}); err != nil {
		log.Fatal(err)
	}

	// The index is made from the log, stands beside it, and can be made again.
	index, err := search.Open(ctx, filepath.Join(dir, "search"), records)
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	found, err := index.Search(ctx, search.Query{Party: "example works", Country: "KZ"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(found.Total, found.Records[0].ID, found.Records[0].Keys.Outcome)
	// Output: 1 report/SO-1/1 review
}
