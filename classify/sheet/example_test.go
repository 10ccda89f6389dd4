package sheet_test

import (
	"bytes"
	"fmt"
	"log"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/classify/sheet"
	"github.com/xuri/excelize/v2"
)

// A control list that is kept as a workbook is read as its CSV would be.
func ExampleCSV() {
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{{"code", "title", "thresholds"}, {"X1", "Example lathe", "positioning accuracy < 6 µm"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			log.Fatal(err)
		}
	}
	var workbook bytes.Buffer
	if err := book.Write(&workbook); err != nil {
		log.Fatal(err)
	}
	table, err := sheet.CSV(&workbook, "own", "")
	if err != nil {
		log.Fatal(err)
	}
	list, err := classify.ReadControlList(table, classify.ControlList{ID: "own", Title: "Own list", Regime: "own", Scheme: classify.SchemeOwn})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.Entries[0].Code, list.Entries[0].Title)
	// Output: X1 Example lathe
}
