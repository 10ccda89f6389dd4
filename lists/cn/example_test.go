package cn_test

import (
	"fmt"
	"log"

	"github.com/ordergate/ordergate/lists/cn"
)

func ExampleBuiltIn() {
	all, err := cn.BuiltIn()
	if err != nil {
		log.Fatal(err)
	}
	for _, list := range all {
		fmt.Println(list.ID, list.TitleZh)
	}
	// Output:
	// cn-control 出口管制管控名单
	// cn-watch 两用物项关注名单
	// cn-unreliable 不可靠实体清单
}
