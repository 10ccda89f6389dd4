// Classifyitem finds the control-list entries an item may fall under and says why.
//
//	classifyitem [flags] [DESCRIPTION ...]
//
//	go run ./examples/classifyitem 五轴联动加工中心 定位精度0.004mm
//	go run ./examples/classifyitem -hs 854231 -edition 2022 -lang zh "radiation hardened FPGA"
//	go run ./examples/classifyitem -p "drift rate=0.01 deg/h" fibre optic gyroscope
//
// Exit status: 0 candidates were shown or none was found, 1 an error.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/internal/dated"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "classifyitem:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("classifyitem", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var item classify.Item
	fs.StringVar(&item.HS, "hs", "", "customs `code`")
	fs.StringVar(&item.HSEdition, "edition", "", "`edition` of the customs code: 2022, CN-2026, ...")
	fs.StringVar(&item.Origin, "origin", "", "`country` of origin, ISO code")
	kind := fs.String("kind", "", "`kind`: goods, software, technology, service or spare")
	fs.Func("code", "declared control code, as `CODE` or LIST=CODE; repeatable", func(s string) error {
		list, code, ok := strings.Cut(s, "=")
		if !ok {
			list, code = "", s
		}
		item.Declared = append(item.Declared, classify.DeclaredCode{List: list, Code: code})
		return nil
	})
	fs.Func("p", "technical property, as `NAME=VALUE`; repeatable", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("want NAME=VALUE")
		}
		item.Properties = append(item.Properties, classify.Property{Name: name, Value: value})
		return nil
	})
	asOf := fs.String("asof", "", "`day` whose entries apply, 2006-01-02; blank is the last known state")
	lang := fs.String("lang", "en", "`language` of the answer: en or zh")
	asJSON := fs.Bool("json", false, "print the whole result as JSON")
	most := fs.Int("n", 5, "how many candidates to show")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *lang != "en" && *lang != "zh" {
		return fmt.Errorf("language %q: want en or zh", *lang)
	}
	if *most < 1 {
		return fmt.Errorf("-n %d: want at least 1", *most)
	}
	item.Description = strings.Join(fs.Args(), " ")
	item.Kind = classify.Kind(*kind)
	var day classify.Date
	if *asOf != "" {
		var err error
		if day, err = dated.ParseDate(*asOf); err != nil {
			return err
		}
	}
	c, err := classify.New(classify.Config{MaxCandidates: *most})
	if err != nil {
		return err
	}
	defer c.Close()
	r := c.Classify(item, day)
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(r)
	}
	p := printer{w: stdout, zh: *lang == "zh", list: c.List}
	p.result(r)
	return p.err
}
