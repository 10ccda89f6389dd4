package xlsx_test

import (
	"bytes"
	"fmt"
	"log"

	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/lists/sheet/xlsx"
)

// A company's own list of sensitive clients, kept in a workbook with headings of its own.
func ExampleRead() {
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "客户编号", "B1": "名称", "A2": "C-1", "B2": "示例工程有限公司"} {
		if err := book.SetCellStr("Sheet1", cell, text); err != nil {
			log.Fatal(err)
		}
	}
	var file bytes.Buffer
	if _, err := book.WriteTo(&file); err != nil {
		log.Fatal(err)
	}
	list, err := xlsx.Read(&file, sheet.Options{ID: "own", Mapping: sheet.Mapping{"id": "客户编号", "name": "名称"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.Entities[0].ID, list.Entities[0].Names[0].Text)
	// Output: C-1 示例工程有限公司
}
