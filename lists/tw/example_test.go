package tw_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/tw"
)

func ExampleRead() {
	f, err := os.Open("../../testdata/lists/tw/shtc_list.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := tw.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.PrimaryName())
	// Output:
	// tw-shtc TW 2
	// Example Works Ltd
}
