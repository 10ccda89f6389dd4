package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/eu"
	"github.com/ordergate/ordergate/lists/ftm"
	"github.com/ordergate/ordergate/lists/jp"
	"github.com/ordergate/ordergate/lists/ofac"
	"github.com/ordergate/ordergate/lists/sheet"
	"github.com/ordergate/ordergate/lists/sheet/xlsx"
	"github.com/ordergate/ordergate/lists/tw"
	"github.com/ordergate/ordergate/lists/uk"
	"github.com/ordergate/ordergate/lists/un"
	"github.com/ordergate/ordergate/lists/uscsl"
)

// readers read a list's files by its format.
var readers = map[string]func(fs.FS) (lists.List, error){
	"un": file(un.Read), "ofac": ofac.ReadFS, "uscsl": file(uscsl.Read), "uscsl-json": file(uscsl.ReadJSON), "eu": file(eu.Read),
	"uk": file(uk.Read), "uk-csv": file(uk.ReadCSV), "jp": file(jp.Read), "tw": file(tw.Read),
	"ofac-advanced": file(func(r io.Reader) (lists.List, error) { return ofac.ReadAdvanced(ofac.SDN, r) }),
	"ftm":           file(func(r io.Reader) (lists.List, error) { return ftm.Read(r, ftm.Options{}) }),
	"sheet-xlsx":    file(func(r io.Reader) (lists.List, error) { return xlsx.Read(r, sheet.Options{}) }),
	"sheet":         file(func(r io.Reader) (lists.List, error) { return sheet.Read(r, sheet.Options{}) }),
}

// file reads a list that is one file, whatever it is called.
func file(read func(io.Reader) (lists.List, error)) func(fs.FS) (lists.List, error) {
	return func(files fs.FS) (lists.List, error) {
		names, err := fs.Glob(files, "*")
		if err != nil || len(names) != 1 {
			return lists.List{}, errors.Join(err, fmt.Errorf("one file was expected, not %d", len(names)))
		}
		f, err := files.Open(names[0])
		if err != nil {
			return lists.List{}, err
		}
		l, err := read(f)
		return l, errors.Join(err, f.Close())
	}
}

// check is a fetch.Source's Check: the importer must take the files. It says how many entities they hold.
func check(format string, entities *int) func(fs.FS) error {
	return func(files fs.FS) error {
		read, ok := readers[format]
		if !ok {
			return fmt.Errorf("there is no importer for the format %q", format)
		}
		l, err := read(files)
		*entities = len(l.Entities)
		return err
	}
}
