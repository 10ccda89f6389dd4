package icp_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/testdata/programme"
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
