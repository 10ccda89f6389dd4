package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/ofac"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
)

// listFlag gathers -list FORMAT=PATH flags.
type listFlag []string

func (f *listFlag) String() string     { return strings.Join(*f, " ") }
func (f *listFlag) Set(s string) error { *f = append(*f, s); return nil }

// load reads the lists and gives those of one format different ids.
func (f listFlag) load() ([]lists.List, error) {
	var all []lists.List
	for _, arg := range f {
		format, path, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, fmt.Errorf("-list %s: want FORMAT=PATH", arg)
		}
		l, err := readList(format, path)
		if err != nil {
			return nil, fmt.Errorf("-list %s: %w", arg, err)
		}
		if slices.ContainsFunc(all, func(x lists.List) bool { return x.ID == l.ID }) {
			l.ID = fmt.Sprintf("%s-%d", l.ID, len(all)+1)
		}
		all = append(all, l)
	}
	return all, nil
}

// readList reads one list. An OFAC path is the folder of its files, or one of them.
func readList(format, path string) (lists.List, error) {
	if format == "ofac" {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			path = filepath.Dir(path)
		}
		return ofac.ReadFS(os.DirFS(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return lists.List{}, err
	}
	defer f.Close()
	switch format {
	case "un":
		return un.Read(f)
	case "uscsl":
		return uscsl.Read(f)
	case "sheet":
		return sheet.Read(f, sheet.Options{})
	}
	return lists.List{}, fmt.Errorf("unknown format %q (want un, ofac, uscsl or sheet)", format)
}
