package policy

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/dated"
)

// maxTable bounds a table file, in bytes.
const maxTable = 4 << 20

// ErrTooLarge is a table file beyond 4 MiB.
var ErrTooLarge = errors.New("larger than 4 MiB")

// Error is one defect of a table file.
type Error struct {
	File string
	// Line counts from 1; 0 is the file as a whole.
	Line   int
	Reason string
	Err    error
}

// Error says the place, then the reason.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("table %s: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("table %s, line %d: %s", e.File, e.Line, e.Reason)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// AnyCountry is the country of a row that is about no country in particular.
const AnyCountry = "*"

var columns = []string{"country", "mark", "from", "until", "status", "citation", "note"}

// Read reads a table. The error joins an [*Error] for every defect of the file; with an error there is no
// table.
func Read(name string, r io.Reader) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err == nil && len(data) > maxTable {
		err = ErrTooLarge
	}
	if err != nil {
		return nil, &Error{File: name, Reason: err.Error(), Err: err}
	}
	p := &reader{file: name, table: &Table{}}
	body, first := p.head(data)
	p.rows(body, first)
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	p.table.index()
	return p.table, nil
}

type reader struct {
	file  string
	table *Table
	errs  []error
}

func (p *reader) bad(line int, err error) {
	p.errs = append(p.errs, &Error{File: p.file, Line: line, Reason: err.Error(), Err: err})
}

// head reads the "# key: value" lines and returns the rest and the number of its first line.
func (p *reader) head(data []byte) (body []byte, first int) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, maxTable+1)
	used, line := 0, 0
	for sc.Scan() && strings.HasPrefix(sc.Text(), "#") {
		line++
		used += len(sc.Bytes()) + 1
		key, value, ok := strings.Cut(strings.TrimLeft(sc.Text(), "# "), ":")
		if !ok {
			continue
		}
		p.set(line, strings.TrimSpace(key), strings.TrimSpace(value))
	}
	t := p.table
	if t.Name == "" || t.Title == "" || t.AsOf.IsZero() {
		p.bad(0, errors.New("the head must give table, title and as_of"))
	}
	return data[min(used, len(data)):], line + 1
}

func (p *reader) set(line int, key, value string) {
	t := p.table
	var err error
	switch key {
	case "table":
		t.Name = value
	case "title":
		t.Title = value
	case "title_zh":
		t.TitleZh = value
	case "authority":
		t.Authority = value
	case "citation":
		t.Citation = value
	case "as_of":
		t.AsOf, err = dated.ParseDate(value)
	case "max_age_days":
		t.MaxAgeDays, err = strconv.Atoi(value)
	case "note", "marks":
		// For the reader of the file.
	default:
		err = fmt.Errorf("unknown key %q in the head", key)
	}
	if err != nil {
		p.bad(line, err)
	}
}

func (p *reader) rows(body []byte, first int) {
	c := csv.NewReader(bytes.NewReader(body))
	c.FieldsPerRecord = len(columns)
	seen := make(map[string]bool)
	for n := 0; ; n++ {
		rec, err := c.Read()
		if err == io.EOF {
			if n == 0 {
				p.bad(first, fmt.Errorf("no header line %s", strings.Join(columns, ",")))
			}
			return
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			p.bad(first+pe.Line-1, pe.Err)
			if !errors.Is(pe.Err, csv.ErrFieldCount) {
				return
			}
			continue
		}
		at, _ := c.FieldPos(0)
		at += first - 1
		if n == 0 {
			if !slices.Equal(rec, columns) {
				p.bad(at, fmt.Errorf("the columns are not %s", strings.Join(columns, ",")))
				return
			}
			continue
		}
		p.row(at, rec, seen)
	}
}

func (p *reader) row(line int, rec []string, seen map[string]bool) {
	code, ok := country.Resolve(rec[0])
	if rec[0] == AnyCountry {
		code, ok = AnyCountry, true
	}
	if !ok {
		p.bad(line, fmt.Errorf("%q is no known country", rec[0]))
		return
	}
	r := Row{Country: code, Mark: strings.TrimSpace(rec[1]), Citation: rec[5], Note: rec[6]}
	if r.Mark == "" {
		p.bad(line, errors.New("the row has no mark"))
	}
	if rec[2] != "" {
		e := dated.Event{Status: dated.InForce, From: dated.Date(rec[2]), Until: dated.Date(rec[3])}
		if rec[4] != "" {
			e.Status = dated.Status(rec[4])
		}
		r.Timeline = dated.Timeline{e}
		if err := r.Timeline.Validate(); err != nil {
			p.bad(line, err)
		}
	} else if rec[3] != "" || rec[4] != "" {
		p.bad(line, errors.New("until or status without from"))
	}
	key := r.Country + "\x00" + r.Mark
	if seen[key] {
		p.bad(line, fmt.Errorf("second row for country %s and mark %q", r.Country, r.Mark))
	}
	seen[key] = true
	p.table.Rows = append(p.table.Rows, r)
}

//go:embed data/*.csv
var builtIn embed.FS

// BuiltIn are the tables that come with the package.
func BuiltIn() (*Tables, error) {
	files, err := builtIn.ReadDir("data")
	if err != nil {
		return nil, err
	}
	s := &Tables{}
	for _, f := range files {
		r, err := builtIn.Open("data/" + f.Name())
		if err != nil {
			return nil, err
		}
		t, err := Read(f.Name(), r)
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, err
		}
		s = s.With(t)
	}
	return s, nil
}
