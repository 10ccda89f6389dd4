package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
)

// A log is opened on a file, which is made where there is none, by whoever holds the key that signs its checkpoints.
func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	store, err := sqlite.Open(ctx, filepath.Join(dir, "records.db"), sqlite.Options{})
	if err != nil {
		log.Fatal(err)
	}
	signer, verifier, err := record.GenerateKey("exports.example.com/records")
	if err != nil {
		log.Fatal(err)
	}
	records, err := record.Open(ctx, record.Config{Store: store, Signer: signer, Verifier: verifier})
	if err != nil {
		log.Fatal(err)
	}
	defer records.Close() // and the store with it
	fmt.Println(records.Origin())
	// Output: exports.example.com/records
}
