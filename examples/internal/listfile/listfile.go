// Package listfile opens watch lists given on a command line as FORMAT=PATH.
package listfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/cn"
	"github.com/ordergate/ordergate/lists/eu"
	"github.com/ordergate/ordergate/lists/fetch"
	"github.com/ordergate/ordergate/lists/ftm"
	"github.com/ordergate/ordergate/lists/jp"
	"github.com/ordergate/ordergate/lists/ofac"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/lists/sheet/xlsx"
	"github.com/ordergate/ordergate/lists/tw"
	"github.com/ordergate/ordergate/lists/uk"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
	"github.com/ordergate/ordergate/screening"
)

// format reads a list at a path.
type format struct {
	name, about string
	read        func(path string) (lists.List, error)
}

var formats = []format{
	{"un", "UN consolidated list, XML", file(un.Read)},
	{"ofac", "OFAC list, the folder with sdn.csv and its companions", readOFAC},
	{"ofac-advanced", "OFAC's SDN_ADVANCED.XML", file(func(r io.Reader) (lists.List, error) { return ofac.ReadAdvanced(ofac.SDN, r) })},
	{"uscsl", "US Consolidated Screening List, CSV", file(uscsl.Read)},
	{"uscsl-json", "the same, JSON", file(uscsl.ReadJSON)},
	{"eu", "EU consolidated financial sanctions list, XML", file(eu.Read)},
	{"uk", "UK sanctions list, XML", file(uk.Read)},
	{"uk-csv", "the same, CSV", file(uk.ReadCSV)},
	{"jp", "METI foreign end user list, XLSX", file(jp.Read)},
	{"tw", "SHTC entity list, CSV", file(tw.Read)},
	{"ftm", "OpenSanctions entities.ftm.json", file(func(r io.Reader) (lists.List, error) { return ftm.Read(r, ftm.Options{}) })},
	{"sheet", "a list of one's own, CSV or XLSX; of NAME.csv with other headings, NAME.mapping.csv beside it says which is which", readSheet},
}

// Formats names the formats, for a flag's help.
func Formats() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name + " (" + f.about + ")"
	}
	return strings.Join(names, ", ")
}

// Open reads the list of a FORMAT=PATH and says on which day its user last knew it to be current. PATH is a file, a
// folder of the list's files, or the folder in which package fetch keeps a list: that leads to the version in force.
func Open(spec string) (lists.List, dated.Date, error) {
	name, path, ok := strings.Cut(spec, "=")
	for _, f := range formats {
		if ok && f.name == name {
			path, at, err := find(path)
			if err != nil {
				return lists.List{}, "", fmt.Errorf("-list %s: %w", spec, err)
			}
			l, err := f.read(path)
			if err != nil {
				return lists.List{}, "", fmt.Errorf("-list %s: %w", spec, err)
			}
			return l, dated.DateOf(at), nil
		}
	}
	return lists.List{}, "", fmt.Errorf("-list %q: want FORMAT=PATH with one of the formats %s", spec, Formats())
}

// Load is the built-in lists and those of the FORMAT=PATH specs, with the days the latter were last known to
// be current. A list of a built-in one's id takes its place.
func Load(specs []string) ([]lists.List, []screening.ListCurrent, error) {
	all, err := cn.BuiltIn()
	if err != nil {
		return nil, nil, err
	}
	builtIn, err := un.BuiltIn()
	if err != nil {
		return nil, nil, err
	}
	all = append(all, builtIn)
	var current []screening.ListCurrent
	for _, spec := range specs {
		l, day, err := Open(spec)
		if err != nil {
			return nil, nil, err
		}
		current = append(current, screening.ListCurrent{List: l.ID, On: day})
		all = append(slices.DeleteFunc(all, func(b lists.List) bool { return b.ID == l.ID }), l)
	}
	return all, current, nil
}

// AnyAge is the built-in policy with one change: the lists given may be of any age. A program that uses it
// must say so.
func AnyAge(all []lists.List) (*screening.Policy, error) {
	p, err := screening.BuiltInPolicy()
	if err != nil {
		return nil, err
	}
	return OfAnyAge(p, all)
}

// OfAnyAge is a policy with the same change.
func OfAnyAge(p *screening.Policy, all []lists.List) (*screening.Policy, error) {
	return p.Modify(func(p *screening.Policy) {
		p.ID = "any-age"
		p.ListAges = nil // a limit of the policy's own would come first
		for _, l := range all {
			p.ListAges = append(p.ListAges, screening.ListAge{List: l.ID, Days: -1})
		}
	})
}

// find gives the file or folder to read, and when it was last known to be current: when the authority was last asked,
// where package fetch keeps the list, and else when it was last written.
func find(path string) (string, time.Time, error) {
	info, err := os.Stat(path)
	if err != nil {
		return path, time.Time{}, err
	}
	if _, err := os.Stat(filepath.Join(path, "current.json")); err != nil {
		return path, newest(path, info), nil
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return path, time.Time{}, err
	}
	fetcher := fetch.Fetcher{Dir: filepath.Dir(path)}
	state, _, err := fetcher.Current(filepath.Base(path)) // it compares the files with their digests
	if err != nil {
		return path, time.Time{}, err
	}
	path = filepath.Join(path, state.Version)
	if len(state.Files) == 1 {
		path = filepath.Join(path, state.Files[0].Name)
	}
	return path, state.Confirmed, nil
}

// newest is when a file, or the newest file of a folder, was written.
func newest(path string, info os.FileInfo) time.Time {
	at := info.ModTime()
	if entries, err := os.ReadDir(path); info.IsDir() && err == nil {
		at = time.Time{}
		for _, e := range entries {
			if i, err := e.Info(); err == nil && i.ModTime().After(at) {
				at = i.ModTime()
			}
		}
	}
	return at
}

func file(read func(io.Reader) (lists.List, error)) func(string) (lists.List, error) {
	return func(path string) (lists.List, error) {
		f, err := os.Open(path)
		if err != nil {
			return lists.List{}, err
		}
		l, err := read(f)
		return l, errors.Join(err, f.Close())
	}
}

// readSheet names the list by its file: two lists of one's own may be loaded together.
func readSheet(path string) (lists.List, error) {
	name := strings.TrimSuffix(path, filepath.Ext(path))
	options := sheet.Options{ID: filepath.Base(name)}
	mapping, err := os.Open(name + ".mapping.csv")
	switch {
	case err == nil:
		options.Mapping, err = sheet.ReadMapping(mapping)
		if err := errors.Join(err, mapping.Close()); err != nil {
			return lists.List{}, fmt.Errorf("%s: %w", mapping.Name(), err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return lists.List{}, err
	}
	read := sheet.Read
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		read = xlsx.Read
	}
	return file(func(r io.Reader) (lists.List, error) { return read(r, options) })(path)
}

// readOFAC reads the files of a folder, or those beside a given sdn.csv.
func readOFAC(path string) (lists.List, error) {
	if filepath.Ext(path) != "" {
		path = filepath.Dir(path)
	}
	return ofac.ReadFS(os.DirFS(path))
}
