// Handbook writes the handbook of a compliance programme, in Chinese or English, as a page or as Markdown.
//
//	handbook [-programme FILE] [-lang en|zh] [-format html|md] [-out FILE] [-asof DAY]
//
// What the programme lacks against MOFCOM's guidance is named on standard error. Exit status: 0 the programme
// lacks nothing, 2 it has gaps and the handbook was written all the same, 1 an error.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/handbook"
	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/testdata/programme"
	"golang.org/x/text/language"
)

// Exit statuses.
const (
	complete = 0
	failed   = 1
	gaps     = 2
)

func main() {
	status, err := run(os.Args[1:], os.Stdout, os.Stderr, time.Now())
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "handbook:", err)
	}
	os.Exit(status)
}

var formats = map[string]func(io.Writer, *icp.Programme, language.Tag) error{"html": handbook.HTML, "md": handbook.Markdown}

type options struct{ programme, lang, format, out, asOf string }

func parse(args []string, stderr io.Writer, now time.Time) (options, error) {
	var o options
	fs := flag.NewFlagSet("handbook", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprint(stderr, "Usage: handbook [flags]\n\nWrites the handbook of a compliance programme, and names what the programme lacks.\n\n")
		fs.PrintDefaults()
		fmt.Fprint(stderr, "\nExit status: 0 the programme lacks nothing, 2 it has gaps, 1 error.\n")
	}
	fs.StringVar(&o.programme, "programme", "", "programme `file` in YAML (default: the sample programme)")
	fs.StringVar(&o.lang, "lang", "en", "`language`: en or zh")
	fs.StringVar(&o.format, "format", "html", "`format`: html or md")
	fs.StringVar(&o.out, "out", "", "`file` to write (default: standard output)")
	fs.StringVar(&o.asOf, "asof", now.UTC().Format(time.DateOnly), "`day` on which the programme is checked against the guidance, 2006-01-02")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if fs.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag", fs.Arg(0))
	}
	if o.lang != "en" && o.lang != "zh" {
		return o, fmt.Errorf("-lang: %q is neither en nor zh", o.lang)
	}
	if formats[o.format] == nil {
		return o, fmt.Errorf("-format: %q is neither html nor md", o.format)
	}
	if _, err := dated.ParseDate(o.asOf); err != nil {
		return o, fmt.Errorf("-asof: %w", err)
	}
	return o, nil
}

func run(args []string, stdout, stderr io.Writer, now time.Time) (int, error) {
	o, err := parse(args, stderr, now)
	if errors.Is(err, flag.ErrHelp) {
		return complete, err
	}
	if err != nil {
		return failed, err
	}
	p, err := load(o.programme)
	if err != nil {
		return failed, err
	}
	var b bytes.Buffer
	if err := formats[o.format](&b, p, language.Make(o.lang)); err != nil {
		return failed, err
	}
	if o.out == "" {
		_, err = stdout.Write(b.Bytes())
	} else {
		err = os.WriteFile(o.out, b.Bytes(), 0o644)
	}
	if err != nil {
		return failed, err
	}
	lacks := p.Validate(dated.Date(o.asOf))
	for _, g := range lacks {
		fmt.Fprintf(stderr, "%d %s: %s: %s (%s)\n", g.Element, g.Element.Title().In(o.lang), g.Path, g.Text.In(o.lang), g.Source)
	}
	if len(lacks) > 0 {
		return gaps, nil
	}
	return complete, nil
}

func load(path string) (*icp.Programme, error) {
	if path == "" {
		return icp.LoadProgramme(bytes.NewReader(programme.Example))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := icp.LoadProgramme(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}
