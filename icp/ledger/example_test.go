package ledger_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/shopspring/decimal"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/ledger"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/testdata/programme"
)

// A licence is filed, an export is drawn on it, and the next order is screened with what is left.
func ExampleNew() {
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

	papers := ledger.New(records, p)
	account := ledger.PaperID(screening.GeneralLicence, "L-1")
	day := time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC)
	ten, four := decimal.NewFromInt(10), decimal.NewFromInt(4)
	scan := sha256.Sum256([]byte("the licence as it was scanned"))
	for _, e := range []ledger.Event{
		{Account: account, Kind: ledger.Filed, At: day, By: "officer-a", Paper: &ledger.Paper{
			Document: screening.Document{
				Type: screening.GeneralLicence, Number: "L-1", IssuedOn: "2026-10-01", ValidUntil: "2027-09-30", Quantity: &ten,
				SHA256: hex.EncodeToString(scan[:]),
			},
			Unit: "PCE", Orders: []string{"SO-1", "SO-2"},
		}},
		{Account: account, Kind: ledger.Drawn, At: day.Add(time.Hour), By: icp.System, Drawing: &ledger.Drawing{
			ID: "delivery-1", Order: "SO-1", On: "2026-10-12", Quantity: &four,
		}},
	} {
		if _, err := papers.Do(ctx, e); err != nil {
			log.Fatal(err)
		}
	}

	order, request := screening.Order{ID: "SO-2"}, screening.Request{At: day.AddDate(0, 0, 1)}
	if err := papers.Supply(ctx, &order, &request); err != nil {
		log.Fatal(err)
	}
	fmt.Println(order.Documents[0].Number, "allows", order.Documents[0].Quantity)
	// Output: L-1 allows 6
}
