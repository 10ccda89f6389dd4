package classify

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Conditions that a [TableError] wraps.
var (
	ErrTableEmpty    = errors.New("the table holds no rows")
	ErrTableTooLarge = errors.New("larger than allowed")
	ErrTableFormat   = errors.New("not in the expected format")
	ErrTableEncoding = errors.New("not valid UTF-8")
	ErrDuplicate     = errors.New("given twice")
)

// MaxTable is the largest table a reader accepts, in bytes.
const MaxTable = 64 << 20

// maxTableErrors bounds how many defects of one table are named.
const maxTableErrors = 20

// TableError is one defect of a table, with its place.
type TableError struct {
	// Table is the list or table id; Line counts from 1, 0 where the format has no lines.
	Table string
	Line  int
	Field string
	Err   error
}

// Error says the place, then the reason.
func (e *TableError) Error() string {
	s := e.Table
	if e.Line > 0 {
		s += fmt.Sprintf(", line %d", e.Line)
	}
	if e.Field != "" {
		s += ", " + e.Field
	}
	return s + ": " + e.Err.Error()
}

// Unwrap is the cause.
func (e *TableError) Unwrap() error { return e.Err }

// ReadAll reads a table of at most [MaxTable] bytes; a byte-order mark is dropped.
func ReadAll(r io.Reader, table string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxTable+1))
	switch {
	case err != nil:
		return nil, &TableError{Table: table, Err: fmt.Errorf("reading: %w", err)}
	case len(b) > MaxTable:
		return nil, &TableError{Table: table, Err: fmt.Errorf("over %d MB: %w", MaxTable>>20, ErrTableTooLarge)}
	case len(bytes.TrimSpace(b)) == 0:
		return nil, &TableError{Table: table, Err: ErrTableEmpty}
	}
	return bytes.TrimPrefix(b, []byte("\ufeff")), nil
}

// rows calls each for every record of a CSV file whose header names columns among allowed and all of
// required. get returns a field, trimmed. Defects that each returns are joined, at most 20, each with
// its line; a table without rows is a defect.
func rows(r io.Reader, table string, allowed, required []string, each func(get func(string) string) error) error {
	b, err := ReadAll(r, table)
	if err != nil {
		return err
	}
	if !utf8.Valid(b) {
		return &TableError{Table: table, Err: ErrTableEncoding}
	}
	cr := csv.NewReader(bytes.NewReader(b))
	cr.ReuseRecord = true
	head, err := cr.Read()
	if err != nil {
		return &TableError{Table: table, Line: 1, Err: fmt.Errorf("%w: %w", ErrTableFormat, err)}
	}
	col := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(h))
		if !slices.Contains(allowed, h) {
			return &TableError{Table: table, Line: 1, Field: h, Err: fmt.Errorf("unknown column; known are %s: %w", strings.Join(allowed, ", "), ErrTableFormat)}
		}
		col[h] = i
	}
	for _, h := range required {
		if _, ok := col[h]; !ok {
			return &TableError{Table: table, Line: 1, Field: h, Err: fmt.Errorf("column missing: %w", ErrTableFormat)}
		}
	}
	var rec []string
	get := func(name string) string {
		if i, ok := col[name]; ok {
			return strings.TrimSpace(rec[i])
		}
		return ""
	}
	var errs []error
	n := 0
	for len(errs) < maxTableErrors {
		rec, err = cr.Read()
		if err == io.EOF {
			break
		}
		line := 0
		var syntax *csv.ParseError
		switch {
		case err == nil:
			n++
			line, _ = cr.FieldPos(0)
			err = each(get)
		case errors.As(err, &syntax):
			line = syntax.Line
			err = fmt.Errorf("%w: %w", ErrTableFormat, err)
		}
		if err != nil {
			errs = append(errs, &TableError{Table: table, Line: line, Err: err})
		}
	}
	if n == 0 && len(errs) == 0 {
		errs = append(errs, &TableError{Table: table, Err: ErrTableEmpty})
	}
	return errors.Join(errs...)
}

// split cuts a multi-value field at "|" and drops what is empty.
func split(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "|") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
