package sheet_test

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/lists/sheet"
)

// A list of one's own, with a notice that was suspended for a time.
func ExampleRead() {
	table := `id,kind,name,original_names,countries,notice,listed_on,effect
C-1,organization,Example Works Ltd,示例工程有限公司,CN,Board 2025-3,2025-03-01,review
`
	events := `notice,status,from,until,by
Board 2025-3,suspended,2026-01-01,2026-06-30,Board 2025-9
`
	l, err := sheet.Read(strings.NewReader(table), sheet.Options{ID: "sensitive-clients", Events: strings.NewReader(events)})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := l.Entities[0]
	fmt.Println(client.PrimaryName(), client.Measures[0].Timeline)
	fmt.Println(client.Status("2025-12-31"), client.Status("2026-06-30"), client.Status("2026-07-01"))
	// Output:
	// Example Works Ltd in_force 2025-03-01; suspended 2026-01-01 to 2026-06-30
	// in_force suspended verify
}
