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
