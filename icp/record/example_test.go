package record_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

func Example() {
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
	l, err := record.Open(ctx, record.Config{Store: store, Signer: signer, Verifier: verifier})
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()

	pos, err := l.Append(ctx, record.Entry{
		ID:        "report/SO-1001/1",
		Kind:      record.Report,
		Time:      time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC),
		Subject:   "SO-1001",
		Regimes:   []string{"CN", "EAR"},
		Keys:      record.Keys{Parties: []string{"Example Works Ltd"}, Countries: []string{"KZ"}, Outcome: "review"},
		Statement: json.RawMessage(`{"order":"SO-1001","outcome":"review"}`),
		Body:      json.RawMessage(`{"order":"SO-1001","findings":[]}`),
	})
	if err != nil {
		log.Fatal(err)
	}
	v, err := l.Verify(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("record", pos.Index, "of", v.Records)

	text, err := l.Receipt(ctx, "report/SO-1001/1")
	if err != nil {
		log.Fatal(err)
	}
	receipt, err := record.CheckReceipt(text, verifier) // by the forwarder, with nothing but the key
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(receipt.Time.Format(time.DateOnly), string(receipt.Statement))
	// Output:
	// record 0 of 1
	// 2026-03-02 {"order":"SO-1001","outcome":"review"}
}
