package ofac_test

import (
	"fmt"
	"log"
	"os"

	"github.com/ordergate/ordergate/lists/ofac"
)

func ExampleReadFS() {
	list, err := ofac.ReadFS(os.DirFS("../../testdata/lists/ofac"))
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entities[0]
	fmt.Println(list.ID, list.Regime, len(list.Entities))
	fmt.Println(e.ID, e.Kind, e.PrimaryName())
	// Output:
	// us-sdn US 4
	// 90001 organization EXAMPLE SHIPPING CO
}

// The advanced file has names in their own script, which the CSV has not.
func ExampleReadAdvanced() {
	f, err := os.Open("../../testdata/lists/ofac/sdn_advanced.xml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	list, err := ofac.ReadAdvanced(ofac.SDN, f)
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range list.Entities[0].Names {
		fmt.Println(n.Kind, n.Text)
	}
	// Output:
	// primary SAMPLE, Tester
	// original_script نمونه
	// weak_alias TESS
	// former_name OLD, Tester
}
