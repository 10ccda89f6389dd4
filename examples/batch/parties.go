package main

import (
	"strings"

	"github.com/ordergate/ordergate/screening/trigger"
)

// noRules is a rule set that asks nothing of an order.
func noRules() (*trigger.RuleSet, error) {
	return trigger.Load("parties.yaml", strings.NewReader("version: parties-1\nrules: []\n"))
}
