package csvorder_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/screening/order/csvorder"
)

func ExampleRead() {
	table := `order_id;line_id;order_date;buyer_name;end_user_name;description;hs;control_codes
SO-1;10;2026-10-12;Beispiel GmbH;Muster AG;fan;8414.51;
SO-1;20;;;;pump;8413.70;CN-DUCL:2B350|EU-DU:2B350
`
	orders, err := csvorder.Read(strings.NewReader(table))
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range orders {
		fmt.Println(o.ID, len(o.Parties), "parties")
		for _, l := range o.Lines {
			fmt.Println(l.ID, l.Description, l.ControlCodes)
		}
	}
	// Output:
	// SO-1 2 parties
	// 10 fan []
	// 20 pump [{CN-DUCL 2B350} {EU-DU 2B350}]
}
