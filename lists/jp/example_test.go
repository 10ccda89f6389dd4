package jp_test

import (
	"bytes"
	"fmt"
	"log"

	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/lists/jp"
)

func ExampleRead() {
	book := excelize.NewFile() // stands for the ministry's
	defer book.Close()
	for i, row := range [][]any{
		{"No.", "国名、地域名\nCountry or Region", "企業名、組織名\nCompany or Organization", "別名\nAlso Known As", "懸念区分\nType of WMD", "通常兵器\nConventional Weapons"},
		{1, "アフガニスタン\nIslamic Republic of Afghanistan", "Example Works", "・Example Works Ltd", "核\nN", ""},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			log.Fatal(err)
		}
	}
	var file bytes.Buffer
	if _, err := book.WriteTo(&file); err != nil {
		log.Fatal(err)
	}
	list, err := jp.Read(&file)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, e.PrimaryName(), e.Countries, e.Measures[0].Programme, e.Measures[0].Tags)
	// Output:
	// jp-eul Example Works [AF] EUL [N]
}
