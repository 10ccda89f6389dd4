package policy

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/dated"
)

// Override is the set with a decision of the user put into a table: the country's rows of the table
// give way to r, or to nothing where r.Mark is "". Reason, By and On must be given.
func (s *Tables) Override(table string, r Row) (*Tables, error) {
	t := s.Get(table)
	switch {
	case t == nil:
		return nil, fmt.Errorf("override of table %q: no such table", table)
	case r.Country == "" || r.Reason == "" || r.By == "" || r.On.IsZero():
		return nil, fmt.Errorf("override of table %q, country %q: country, reason, by and on are needed", table, r.Country)
	}
	c := *t
	c.Rows = nil
	for _, old := range t.Rows {
		if old.Country != r.Country {
			c.Rows = append(c.Rows, old)
		}
	}
	if r.Mark != "" {
		c.Rows = append(c.Rows, r)
	}
	return s.With(&c), nil
}

var overrideColumns = []string{"table", "country", "mark", "reason", "by", "on"}

// ReadOverrides is the set with the user's decisions on single countries, from a CSV file with the columns table, country,
// mark, reason, by and on. An empty mark takes the country's rows out of the table. The error joins an [*Error] for every
// defect of the file; with an error there is no set.
func (s *Tables) ReadOverrides(name string, r io.Reader) (*Tables, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err == nil && len(data) > maxTable {
		err = ErrTooLarge
	}
	if err != nil {
		return nil, &Error{File: name, Reason: err.Error(), Err: err}
	}
	c := csv.NewReader(bytes.NewReader(data))
	c.FieldsPerRecord = len(overrideColumns)
	var errs []error
	for n := 0; ; n++ {
		rec, err := c.Read()
		if err == io.EOF && n > 0 {
			break
		}
		line := 1
		if len(rec) > 0 {
			line, _ = c.FieldPos(0)
		}
		var pe *csv.ParseError
		switch {
		case errors.As(err, &pe):
			line, err = pe.Line, pe.Err
		case n == 0 && !slices.Equal(rec, overrideColumns):
			return nil, &Error{File: name, Line: 1, Reason: "the columns are not " + strings.Join(overrideColumns, ",")}
		case n > 0:
			var next *Tables
			if next, err = s.overridden(rec); err == nil {
				s = next
			}
		}
		if err != nil {
			errs = append(errs, &Error{File: name, Line: line, Reason: err.Error(), Err: err})
		}
		if pe != nil && !errors.Is(pe.Err, csv.ErrFieldCount) {
			break
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

func (s *Tables) overridden(rec []string) (*Tables, error) {
	code, ok := country.Resolve(rec[1])
	if !ok {
		return nil, fmt.Errorf("%q is no known country", rec[1])
	}
	on, err := dated.ParseDate(rec[5])
	if err != nil {
		return nil, err
	}
	return s.Override(rec[0], Row{Country: code, Mark: rec[2], Reason: rec[3], By: rec[4], On: on})
}
