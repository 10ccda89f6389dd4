package source

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/lists"
)

// maxCell bounds one cell of a table, in bytes.
const maxCell = 1 << 20

// Table reads CSV with a header, a row at a time. A byte order mark and CRLF are taken as they come. Quotes must
// follow the rules: one that is not closed would swallow the rows after it.
type Table struct {
	csv      *csv.Reader
	problems *Problems
	columns  map[string]int
	width    int
	row      []string
	above    int
	line     int
	failed   bool
}

// Layout is what columns a table may have. Names are compared without case and outer white space.
type Layout struct {
	Required, Optional []string
	// Above is how many lines of the file have been read before the header.
	Above int
	// Strict makes any other column, and a missing cell at the end of a row, a problem.
	Strict bool
}

// NewTable reads the header. Where it is not of the layout, that is added to the problems and there are no rows.
func NewTable(r io.Reader, layout Layout, p *Problems) *Table {
	t := &Table{csv: csv.NewReader(WithoutMark(r)), problems: p, columns: map[string]int{}, above: layout.Above}
	t.csv.ReuseRecord = true
	t.csv.FieldsPerRecord = -1
	header := t.read()
	if header == nil {
		if !t.failed {
			p.Add(lists.Problem{Err: lists.ErrEmpty})
		}
		t.failed = true
		return t
	}
	t.width = len(header)
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		_, twice := t.columns[name]
		switch known := slices.Contains(layout.Required, name) || slices.Contains(layout.Optional, name); {
		case known && twice:
			t.bad(lists.Problem{Line: t.line, Field: name, Reason: "the column is there twice", Err: lists.ErrFormat})
		case known:
			t.columns[name] = i
		case layout.Strict:
			t.bad(lists.Problem{Line: t.line, Field: name, Reason: "unknown column", Err: lists.ErrFormat})
		default:
			p.Note(lists.Problem{Line: t.line, Field: strings.Clone(name), Reason: "a column the importer does not know was left out"})
		}
	}
	for _, name := range layout.Required {
		if _, ok := t.columns[name]; !ok {
			t.bad(lists.Problem{Line: t.line, Field: name, Reason: "the column is missing", Err: lists.ErrFormat})
		}
	}
	return t
}

// bad adds a problem after which no row can be read.
func (t *Table) bad(d lists.Problem) {
	t.problems.Add(d)
	t.failed = true
}

// Next goes to the next row that is not blank. It is false at the end and where the file cannot be read on;
// the reason is among the problems then.
func (t *Table) Next() bool {
	for !t.failed {
		row := t.read()
		if row == nil {
			t.problems.Line = 0
			return false
		}
		if len(row) == 1 && strings.Trim(row[0], " \x1a") == "" {
			continue // a blank line, or the end mark of old systems
		}
		if len(row) != t.width {
			t.problems.Add(lists.Problem{Line: t.line, Reason: fmt.Sprintf("the row has %d cells, the header %d", len(row), t.width), Err: lists.ErrFormat})
			continue
		}
		t.row = row
		t.problems.Line = t.line
		return true
	}
	return false
}

// read is the next record of valid cells; nil at the end or after a problem that ends reading.
func (t *Table) read() []string {
	for {
		row, err := t.csv.Read()
		var syntax *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &syntax):
			t.bad(lists.Problem{Line: syntax.Line + t.above, Reason: syntax.Err.Error(), Err: lists.ErrFormat})
			return nil
		case err != nil:
			t.bad(lists.Problem{Line: t.line, Err: err})
			return nil
		}
		t.line, _ = t.csv.FieldPos(0)
		t.line += t.above
		if err := checkCells(row); err != nil {
			t.problems.Add(lists.Problem{Line: t.line, Err: err})
			continue
		}
		return row
	}
}

func checkCells(row []string) error {
	for _, c := range row {
		if !utf8.ValidString(c) {
			return NotUTF8([]byte(c))
		}
		if len(c) > maxCell {
			return fmt.Errorf("%w: a cell of %d bytes", lists.ErrTooLarge, len(c))
		}
	}
	return nil
}

// Get is the cell of a column in the present row, trimmed; "" where the file has no such column.
func (t *Table) Get(column string) string {
	i, ok := t.columns[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(t.row[i])
}

// Row is the present row as it stands, valid until Next is called.
func (t *Table) Row() []string { return t.row }

// Line is the present row's first line, counted from 1.
func (t *Table) Line() int { return t.line }

// Offset is how many bytes have been read.
func (t *Table) Offset() int64 { return t.csv.InputOffset() }

// Add adds a problem of the present row.
func (t *Table) Add(record, field string, err error) {
	t.problems.Add(lists.Problem{Line: t.line, Record: record, Field: field, Err: err})
}
