package classify_test

import (
	"fmt"
	"log"

	"github.com/ordergate/ordergate/classify"
)

func ExampleClassifier_Classify() {
	c, err := classify.New(classify.Config{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	result := c.Classify(classify.Item{
		HS: "2841.80.10.00", Description: "Ammonium paratungstate",
		Declared: []classify.DeclaredCode{{List: "CN-DUCL", Code: "1C117"}},
	}, "2026-10-12")
	best := result.Candidates[0]
	fmt.Println(best.List, best.Code)
	for _, b := range best.Basis {
		fmt.Println(b.Source)
	}
	// Output:
	// CN-DUCL 1C117
	// declared
	// text
	// hs
	// hs
	// hs
}
