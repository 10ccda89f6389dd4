package ftm_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/ftm"
)

// The whole file, and the changes of a later day.
func ExampleRead() {
	f, err := os.Open("../../testdata/lists/ftm/entities.ftm.json")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	delta, err := os.Open("../../testdata/lists/ftm/20260801.delta.json")
	if err != nil {
		log.Fatal(err)
	}
	defer delta.Close()
	options := ftm.Options{ID: "example", Regime: "XX", Title: "Example list"}
	list, err := ftm.Read(f, options, ftm.Delta{Version: "20260801", R: delta})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range list.Entities {
		fmt.Println(e.ID, e.Kind, e.PrimaryName())
	}
	// Output:
	// XX-c1 organization 示例工程有限公司
	// XX-c2 organization Example Trading
	// XX-v1 vessel EXAMPLE MOON
}

func ExampleReadSimple() {
	f, err := os.Open("../../testdata/lists/ftm/targets.simple.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := ftm.ReadSimple(f, ftm.Options{ID: "example", Regime: "XX", Title: "Example list"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.Entities[0].PrimaryName(), list.Entities[0].Names[1].Text)
	// Output:
	// Tester Sample Tester S. Sample
}
