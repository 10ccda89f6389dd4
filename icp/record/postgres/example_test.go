package postgres_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/postgres"
)

// A log is opened in a database that several services share, each with the key that signs its checkpoints.
func ExampleOpen() {
	ctx := context.Background()
	store, err := postgres.Open(ctx, "postgres://ordergate@db.example/records", postgres.Options{})
	if err != nil {
		log.Fatal(err)
	}
	signer, err := os.ReadFile("keys/signer.key")
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := os.ReadFile("keys/public.key")
	if err != nil {
		log.Fatal(err)
	}
	records, err := record.Open(ctx, record.Config{Store: store, Signer: string(signer), Verifier: string(verifier)})
	if err != nil {
		log.Fatal(err)
	}
	defer records.Close() // and the store with it
	fmt.Println(records.Origin())
}
