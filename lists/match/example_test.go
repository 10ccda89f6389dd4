package match_test

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/lists/match"
)

func ExampleCompare() {
	listed := match.Prepare("EXAMPLE MACHINERY WORKS LIMITED", match.Organization)
	for _, name := range []string{"Exampel Machinery Works Ltd", "Beispiel Machinery Works Ltd"} {
		score := match.Compare(match.Prepare(name, match.Organization), listed)
		fmt.Println(name, score >= match.DefaultThreshold)
	}
	// Output:
	// Exampel Machinery Works Ltd true
	// Beispiel Machinery Works Ltd false
}

func ExampleExplain() {
	e := match.Explain(match.Prepare("Exampel Works Ltd", match.Organization), match.Prepare("Example Works Limited", match.Organization))
	for _, s := range e.Steps {
		fmt.Printf("%s ~ %s: %s\n", strings.Join(s.Query, " "), strings.Join(s.Listed, " "), s.How)
	}
	// Output:
	// works ~ works: same
	// ltd ~ limited: meaning
	// exampel ~ example: edit
}

func ExampleCorpus_Search() {
	corpus := match.NewCorpus(2)
	for _, name := range []string{"Example Trading Company Limited", "Sample Shipping LLC"} {
		corpus.Add(name, match.Organization)
	}
	corpus.Close()
	for _, found := range corpus.Search(nil, corpus.Query("EXAMPEL TRADING CO", match.Organization), match.DefaultThreshold) {
		fmt.Println(corpus.Name(found.ID).Text())
	}
	// Output:
	// Example Trading Company Limited
}
