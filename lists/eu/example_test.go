package eu_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/eu"
)

func ExampleRead() {
	f, err := os.Open("../../testdata/lists/eu/full_1_1.xml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := eu.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.ID, e.Kind, e.PrimaryName())
	// Output:
	// eu EU 2
	// EU.9001.1 person Tester Sample
}
