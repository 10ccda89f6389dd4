package trigger_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/ordergate/ordergate/screening/trigger"
	"github.com/ordergate/ordergate/screening/trigger/policy"
)

// A seller adds a rule of its own to the built-in ones and evaluates them over an order.
func Example() {
	own, err := trigger.Load("own.yaml", strings.NewReader(`
version: own-1
rules:
  - id: own-large-order
    title: {en: Large order, zh: 大额订单}
    message: {en: The order is worth 50000 or more., zh: 订单金额达到50000。}
    resolve: {en: Decision of the committee., zh: 由委员会决定。}
    regime: OWN
    citation: decision of the seller
    when: order.value >= 50000
    outcome: review
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	builtIn, err := trigger.BuiltIn()
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := trigger.Merge(builtIn, own)
	if err != nil {
		fmt.Println(err)
		return
	}
	tables, err := policy.BuiltIn()
	if err != nil {
		fmt.Println(err)
		return
	}
	view := &trigger.View{
		AsOf: "2026-11-23", Date: "2026-11-20", Destination: "LY", Policy: tables,
		Parties: []trigger.Party{{ID: "b", Roles: []string{"buyer", "end_user"}, Name: "Example Works Ltd", Country: "LY", Matches: []trigger.Match{}}},
		Lines:   []trigger.Line{{ID: "1", Description: "truck tyres", Classes: []trigger.Class{}, Priority: "none"}},
		EndUse:  &trigger.EndUse{Text: "trucks of the army"},
	}
	for _, r := range rules.Eval(view) {
		switch {
		case r.State == trigger.Fired && r.Outcome == trigger.Stop:
			fmt.Println(r.Outcome, r.Rule.ID, r.Subjects)
		case r.Rule.ID == "own-large-order":
			fmt.Println(r.Outcome, r.Rule.ID, r.Missing)
		}
	}
	// Output:
	// stop un-embargo-arms [lines[0]]
	// incomplete own-large-order [lines[*].value]
}

// A seller keeps its rules in a folder, here in memory: all files of it are one set, and every error names its place.
func ExampleLoadFS() {
	const rule = `
version: own-1
rules:
  - id: own-large-order
    title: {en: Large order, zh: 大额订单}
    message: {en: The order is worth 50000 or more., zh: 订单金额达到50000。}
    resolve: {en: Decision of the committee., zh: 由委员会决定。}
    regime: OWN
    citation: decision of the seller
    when: order.value >= %s
    outcome: review
`
	rules, err := trigger.LoadFS(fstest.MapFS{"rules/own.yaml": {Data: []byte(fmt.Sprintf(rule, "50000"))}}, "rules")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rules.Rules()[0].ID)
	_, err = trigger.LoadFS(fstest.MapFS{"rules/own.yaml": {Data: []byte(fmt.Sprintf(rule, "order.worth"))}}, "rules")
	fmt.Println(err)
	// Output:
	// own-large-order
	// own.yaml:10:11: rule own-large-order: unknown name order.worth
}

// A later set takes the place of a rule where its own says so.
func ExampleMerge() {
	set := func(name, extra string) *trigger.RuleSet {
		rules, err := trigger.Load(name+".yaml", strings.NewReader(`
version: `+name+`
rules:
  - id: large-order
    title: {en: Large order, zh: 大额订单}
    message: {en: The order is large., zh: 订单金额较大。}
    resolve: {en: Decision of the committee., zh: 由委员会决定。}
    regime: OWN
    citation: decision of the seller
    when: order.value >= 50000
    outcome: review
`+extra))
		if err != nil {
			fmt.Println(err)
		}
		return rules
	}
	_, err := trigger.Merge(set("group", ""), set("branch", ""))
	fmt.Println(err != nil)
	rules, err := trigger.Merge(set("group", ""), set("branch", "    replaces: true\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rules.Version(), len(rules.Rules()))
	// Output:
	// true
	// group+branch 1
}
