package ccl_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/classify/ccl"
)

// The list as the eCFR publishes it, here one made-up entry, becomes a control list for a classifier.
func ExampleRead() {
	const part774 = `<DIV5 N="774" TYPE="PART"><HEAD>PART 774</HEAD>
<DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX">
<P><B>3A777   Sample widgets, as follows (see List of Items Controlled).</B></P>
<P><I>Reason for Control:</I> NS, AT</P>
<P><I>Items:</I></P>
<P>a. Widgets of type one.</P>
</DIV9></DIV5>`
	list, err := ccl.Read(strings.NewReader(part774), classify.ControlList{ID: "us-ccl", Title: "Commerce Control List", Regime: "US", Edition: "2026-11-01"})
	if err != nil {
		log.Fatal(err)
	}
	c, err := classify.New(classify.Config{ControlLists: []classify.ControlList{list}})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	e, ok := c.Entry("us-ccl", "3A777.a.1") // the nearest entry above it
	fmt.Println(e.Code, ok)
	// Output: 3A777.a true
}
