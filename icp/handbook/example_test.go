package handbook_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"golang.org/x/text/language"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/handbook"
	"github.com/ordergate/ordergate/testdata/programme"
)

// The handbook is filled from the programme's own data, so that it says what the procedure does.
func ExampleMarkdown() {
	p, err := icp.LoadProgramme(bytes.NewReader(programme.Example))
	if err != nil {
		log.Fatal(err)
	}
	var text strings.Builder
	if err := handbook.Markdown(&text, p, language.SimplifiedChinese); err != nil {
		log.Fatal(err)
	}
	title, _, _ := strings.Cut(text.String(), "\n")
	fmt.Println(title)
	// Output:
	// # 示例工业进出口有限公司出口管制合规管理手册
}
