// Package xlsx reads tables from Excel workbooks, so that package sheet need not know the format.
package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/sheet"
)

// Bounds of a workbook, in bytes: as a file, unpacked, and of one part of it held in memory.
const (
	MaxSize  = 64 << 20
	maxPlain = 512 << 20
	maxPart  = 64 << 20
)

// maxRows bounds the rows of a table, the number Excel itself allows.
const maxRows = 1 << 20

// Read reads the first sheet of a workbook as package sheet reads a CSV; see there for its columns and errors.
func Read(r io.Reader, o sheet.Options) (lists.List, error) {
	rows, err := Rows(r)
	if err != nil {
		id := o.ID
		if id == "" {
			id = "own"
		}
		return lists.List{}, &lists.Problem{List: id, Reason: err.Error(), Err: err}
	}
	return sheet.ReadRows(rows, o)
}

// Rows is the cells of a workbook's first sheet as text: numbers with all their digits, whatever the sheet shows of
// them, and what it shows as a date as 2006-01-02. Empty rows at the end are left out. Errors wrap [lists.ErrFormat], [lists.ErrTooLarge] or
// [lists.ErrEmpty].
func Rows(r io.Reader) (rows [][]string, err error) {
	f, err := excelize.OpenReader(source.Limit(r, MaxSize), excelize.Options{
		UnzipSizeLimit: maxPlain, UnzipXMLSizeLimit: maxPart, RawCellValue: true,
	})
	if err != nil {
		return nil, condition(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, lists.ErrEmpty
	}
	it, err := f.Rows(names[0])
	if err != nil {
		return nil, condition(err)
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	days := dates{f: f, sheet: names[0], style: map[int]bool{}}
	for it.Next() {
		row, err := it.Columns()
		if err != nil {
			return nil, condition(err)
		}
		for i := range row {
			if row[i], err = days.text(i+1, len(rows)+1, row[i]); err != nil {
				return nil, condition(err)
			}
		}
		if rows = append(rows, row); len(rows) > maxRows {
			return nil, fmt.Errorf("%w: over %d rows", lists.ErrTooLarge, maxRows)
		}
	}
	for len(rows) > 0 && blank(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	if len(rows) == 0 {
		return nil, lists.ErrEmpty
	}
	return rows, nil
}

// dates finds the numbers that a workbook shows as dates.
type dates struct {
	f     *excelize.File
	sheet string
	style map[int]bool // whether a style is one of dates
}

// text is a cell's value, a day where it is a number shown as a date.
func (d dates) text(column, row int, value string) (string, error) {
	serial, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value, nil
	}
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "", err
	}
	id, err := d.f.GetCellStyle(d.sheet, cell)
	if err != nil {
		return "", err
	}
	is, known := d.style[id]
	if !known {
		style, err := d.f.GetStyle(id)
		is = err == nil && isDateFormat(style)
		d.style[id] = is
	}
	if !is {
		return value, nil
	}
	t, err := excelize.ExcelDateToTime(serial, false)
	if err != nil {
		return value, nil // no day; the reader of the column will say so
	}
	return t.Format(time.DateOnly), nil
}

// isDateFormat goes by the numbers of Office Open XML (ECMA-376, 18.8.30), East Asia's included, and by the year in
// a format of the workbook's own.
func isDateFormat(s *excelize.Style) bool {
	if s.CustomNumFmt != nil {
		return strings.ContainsAny(*s.CustomNumFmt, "yY")
	}
	n := s.NumFmt
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}

func blank(row []string) bool {
	for _, cell := range row {
		if cell != "" {
			return false
		}
	}
	return true
}

func condition(err error) error {
	if errors.Is(err, lists.ErrTooLarge) {
		return err
	}
	return fmt.Errorf("%w: no workbook: %w", lists.ErrFormat, err)
}
