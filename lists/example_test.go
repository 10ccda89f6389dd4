package lists_test

import (
	"fmt"
	"log"

	"github.com/ordergate/ordergate/lists"
)

func ExampleIndex_Match() {
	snapshot, err := lists.NewSnapshot(lists.List{
		ID: "own", Title: "Own list", Regime: "own", Published: "2026-10-01",
		Entities: []lists.Entity{{
			ID: "C-1", Kind: lists.Organization,
			Names:     []lists.Name{{Text: "Example Trading Company", Kind: lists.PrimaryName}, {Text: "示例贸易公司", Kind: lists.Alias}},
			Countries: []string{"CN"},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	index, err := lists.NewIndex(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	for _, name := range []string{"EXAMPEL TRADING CO., LTD", "示例貿易有限公司", "Beispiel Handel GmbH"} {
		fmt.Print(name, ":")
		for _, hit := range index.Match(lists.Query{Names: []string{name}, Countries: []string{"CN"}}) {
			fmt.Printf(" like %s, country %s", hit.Name.Text, hit.Corroboration[0].Verdict)
		}
		fmt.Println()
	}
	// Output:
	// EXAMPEL TRADING CO., LTD: like Example Trading Company, country agrees
	// 示例貿易有限公司: like 示例贸易公司, country agrees
	// Beispiel Handel GmbH:
}
