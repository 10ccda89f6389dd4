package correlate_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/classify/correlate"
)

// The catalogue of goods under licence, saved as CSV, leads from customs codes to entries of China's list.
func ExampleCatalogue() {
	const csv = "序号,管制编码,物项名称,海关商品编号\n1,2B201,示例机床,8457101000\n"
	table, err := correlate.Catalogue(strings.NewReader(csv), classify.Correlation{ID: "cn-catalogue", List: classify.ListChina})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range table.Rows {
		fmt.Println(r.Code, r.Entry)
	}
	// Output: 8457101000 2B201
}
