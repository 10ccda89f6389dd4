package classify_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/classify"
)

func ExampleClassifier_Classify() {
	c, err := classify.New(classify.Config{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	result := c.Classify(classify.Item{
		HS: "2841.80.10.00", Description: "Ammonium paratungstate",
		Declared: []classify.DeclaredCode{{List: "CN-DUCL", Code: "1C117"}},
	}, "2026-10-12")
	best := result.Candidates[0]
	fmt.Println(best.List, best.Code)
	for _, b := range best.Basis {
		fmt.Println(b.Source)
	}
	// Output:
	// CN-DUCL 1C117
	// declared
	// text
	// hs
	// hs
	// hs
}

// A list of the user's own goes the same way as the built-in ones.
func ExampleReadControlList() {
	const table = "code,title,title_zh,thresholds\nX1,Example lathe,示例车床,positioning accuracy < 6 µm\n"
	list, err := classify.ReadControlList(strings.NewReader(table), classify.ControlList{ID: "own", Title: "Own list", Regime: "own", Scheme: classify.SchemeOwn})
	if err != nil {
		log.Fatal(err)
	}
	e := list.Entries[0]
	fmt.Println(list.ID, e.Code, e.Title, len(e.Thresholds))
	// Output:
	// own X1 Example lathe 1
}

func ExampleReadMaster() {
	const table = "part_number,list,code,basis,reviewer,reviewed\nP-100,CN-DUCL,2B201,data sheet of 2026-03,classifier,2026-03-02\n"
	master, err := classify.ReadMaster(strings.NewReader(table), "products")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(master.ID, master.Records[0].PartNumber, master.Records[0].Code)
	// Output:
	// products P-100 2B201
}

func ExampleParseHS() {
	code, err := classify.ParseHS("ex 8457.10", "2022")
	fmt.Println(code, err)
	_, err = classify.ParseHS("sofa", "2022")
	fmt.Println(err != nil)
	// Output:
	// ex 8457.10 <nil>
	// true
}

// Figures of a product are compared with those of an entry in the entry's unit.
func ExampleParseThreshold() {
	t, err := classify.ParseThreshold("b.2 [milling, 铣]: positioning accuracy <= 6 µm")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(t.Paragraph, t.When, t.Name, t.Op, t.Value, t.Unit)
	// Output: b.2 [milling 铣] positioning accuracy <= 6 µm
}

// Which customs codes an authority joins to which entries.
func ExampleReadCorrelation() {
	const table = "code,entry,quality,instrument\n8457101000,2B201,official,notice 1\n8457,2B201,row,notice 1\n"
	c, err := classify.ReadCorrelation(strings.NewReader(table), classify.Correlation{ID: "own-codes", List: "own"}, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range c.Rows {
		fmt.Println(row.Code, row.Entry, row.Quality)
	}
	// Output:
	// 8457101000 2B201 official
	// 8457 2B201 row
}

// What became of a code in another edition of the Harmonized System.
func ExampleReadConversion() {
	const table = "from,to,relationship\n852990,852910,1:n\n852990,852991,1:n\n"
	c, err := classify.ReadConversion(strings.NewReader(table), classify.Conversion{
		ID: "own-2017-2022", From: classify.Edition{System: classify.SystemHS, Year: 2017}, To: classify.Edition{System: classify.SystemHS, Year: 2022},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.ID, len(c.Pairs), c.Pairs[0].To, c.Pairs[0].Relationship)
	// Output: own-2017-2022 2 852910 1:n
}
