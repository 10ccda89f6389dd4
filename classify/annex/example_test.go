package annex_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/classify/annex"
)

// The text of a list that is printed like Annex I of the EU, here made up, becomes a control list.
func ExampleRead() {
	const text = `3A777 Sample widgets, as follows:
a. Widgets of type one:
1. Rated above 5 GHz;
b. Widgets of type two.
`
	list, err := annex.Read(strings.NewReader(text), classify.ControlList{ID: "eu-annex-i", Title: "EU Annex I", Regime: "EU"})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range list.Entries {
		fmt.Println(e.Code)
	}
	// Output:
	// 3A777
	// 3A777.a
	// 3A777.a.1
	// 3A777.b
}
