package enduse_test

import (
	"fmt"

	"github.com/ordergate/ordergate/screening/trigger/enduse"
)

func ExampleAnalyse() {
	for _, text := range []string{"trucks for the army", "office use only, not for military purposes", "军用车辆维修", "for general use"} {
		a := enduse.Analyse(text)
		fmt.Println(a.Kinds, a.Vague)
	}
	// Output:
	// [military] false
	// [] false
	// [military] false
	// [] true
}

func ExampleNameSays() {
	fmt.Println(enduse.NameSays("Example Freight Forwarding Ltd"))
	fmt.Println(enduse.NameSays("Example Furniture GmbH"))
	// Output:
	// [logistics]
	// []
}
