package policy_test

import (
	"fmt"
	"log"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

func ExampleBuiltIn() {
	tables, err := policy.BuiltIn()
	if err != nil {
		log.Fatal(err)
	}
	tables.Get("un_embargo").Marked("KP", "2026-10-12", func(r *policy.Row, status lists.Status) {
		fmt.Println(r.Mark, status)
	})
	// Output:
	// whole in_force
}
