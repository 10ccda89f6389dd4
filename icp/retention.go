package icp

import (
	"slices"

	"github.com/ordergate/ordergate/icp/record"
)

// retainedUnder names the rules of retention that go with regimes of a policy of screening. The table's own names
// stand for themselves. What ties an order to the law of the United States ties it to both authorities, the Department
// of Commerce (EAR) and the Department of the Treasury (OFAC). The Security Council binds states, Wassenaar is no law,
// and a company's own lists are its own: they set no term. Where a regime has no rule in the table, or none is known,
// there is no name: then the longest term counts.
func retainedUnder(t record.Retention, regimes []string) []string {
	var names []string
	for _, r := range regimes {
		under := []string{r}
		switch {
		case t.Knows(r):
		case r == "US":
			under = []string{"EAR", "OFAC"}
		case r == "UN" || r == "WA" || r == "OWN":
			under = nil
		}
		for _, name := range under {
			if !t.Knows(name) {
				return nil
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
