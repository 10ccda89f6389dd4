package uk_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/uk"
)

func ExampleRead() {
	f, err := os.Open("../../testdata/lists/uk/UK-Sanctions-List.xml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := uk.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.ID, e.Kind, e.PrimaryName())
	// Output:
	// uk UK 2
	// XXX0001 person Tester SAMPLE
}

func ExampleReadCSV() {
	f, err := os.Open("../../testdata/lists/uk/UK-Sanctions-List.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := uk.ReadCSV(f)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.ID, list.Published, list.Entities[0].PrimaryName())
	// Output:
	// uk 2026-10-02 Tester SAMPLE
}
