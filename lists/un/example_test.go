package un_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/un"
)

func ExampleRead() {
	f, err := os.Open("../../testdata/lists/un/consolidated.xml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := un.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.ID, e.Kind, e.PrimaryName())
	// Output:
	// un UN 2
	// XXi.001 person TESTER EXAMPLE AL-SAMPLE
}

func ExampleBuiltIn() {
	list, err := un.BuiltIn()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.ID, list.Published, len(list.Entities) > 900)
	// Output:
	// un 2026-02-27 true
}
