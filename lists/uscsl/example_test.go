package uscsl_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/uscsl"
)

func ExampleRead() {
	f, err := os.Open("../../testdata/lists/uscsl/consolidated.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := uscsl.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.ID, e.Kind, e.PrimaryName())
	// Output:
	// us-csl US 5
	// x-1 person SAMPLE, Tester
}
