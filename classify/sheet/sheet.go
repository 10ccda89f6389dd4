// Package sheet turns a worksheet of an XLSX file into CSV, so that every table reader of classify and
// classify/correlate also reads the workbooks that authorities publish. It is a package of its own so
// that programs which need no workbooks do not link the Excel library.
//
// It takes cells as they are shown, no formulae; merged cells hold their text in the first cell only.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"github.com/ordergate/ordergate/classify"
	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook: its size unpacked, and how many rows of one sheet are read.
const (
	maxUnpacked = 256 << 20
	maxRows     = 500_000
)

// CSV reads the named worksheet, or the first one for "", and returns its rows as CSV, every row as long
// as the longest. table names the table in errors.
func CSV(r io.Reader, table, name string) (_ io.Reader, err error) {
	b, err := classify.ReadAll(r, table)
	if err != nil {
		return nil, err
	}
	fail := func(err error) error {
		return &classify.TableError{Table: table, Field: name, Err: fmt.Errorf("%w: %w", classify.ErrTableFormat, err)}
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, fail(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if name == "" {
		names := f.GetSheetList()
		if len(names) == 0 {
			return nil, fail(errors.New("the workbook has no sheet"))
		}
		name = names[0]
	}
	rows, err := f.GetRows(name)
	if err != nil {
		return nil, fail(err)
	}
	if len(rows) > maxRows {
		return nil, &classify.TableError{Table: table, Field: name, Err: fmt.Errorf("over %d rows: %w", maxRows, classify.ErrTableTooLarge)}
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range rows {
		full := make([]string, width)
		copy(full, row)
		if err := w.Write(full); err != nil {
			return nil, fail(err)
		}
	}
	w.Flush()
	return &out, w.Error()
}
