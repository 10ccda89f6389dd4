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

func ExampleReadJSON() {
	f, err := os.Open("../../testdata/lists/uscsl/consolidated.json")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := uscsl.ReadJSON(f)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.ID, list.Entities[0].PrimaryName(), list.Entities[0].Measures[0].Programme)
	// Output:
	// us-csl SAMPLE, Tester SDN
}
