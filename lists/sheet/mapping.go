package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// Mapping says for each column of this package where a table with other headings has it: under which heading, or
// "=word" for the same word in every row. Headings it does not name are left out, and noted in the list's Skipped.
type Mapping map[string]string

// ReadMapping reads a mapping from a CSV with the columns column and heading:
//
//	column,heading
//	id,客户编号
//	name,公司名称
//	kind,=organization
func ReadMapping(r io.Reader) (Mapping, error) {
	p := &source.Problems{List: "mapping"}
	text, _, err := source.ReadText(r, MaxSize)
	if err != nil {
		return nil, p.Place(lists.Problem{Err: err})
	}
	m := Mapping{}
	t := source.NewTable(bytes.NewReader(text), source.Layout{Required: []string{"column", "heading"}, Strict: true}, p)
	for t.Next() {
		column, heading := t.Get("column"), t.Get("heading")
		_, twice := m[column]
		switch {
		case !slices.Contains(columns.Required, column) && !slices.Contains(columns.Optional, column):
			t.Add(column, "column", errors.New("unknown column"))
		case twice:
			t.Add(column, "column", lists.ErrDuplicate)
		case heading == "":
			t.Add(column, "heading", errors.New("the cell is empty"))
		}
		m[column] = heading
	}
	for _, column := range columns.Required {
		if m[column] == "" {
			p.Add(lists.Problem{Field: column, Err: fmt.Errorf("%w: the column must be mapped", lists.ErrFormat)})
		}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// layout is that of a table with the mapping's headings.
func (m Mapping) layout() source.Layout {
	var l source.Layout
	for _, column := range append(slices.Clone(columns.Required), columns.Optional...) {
		if heading := m[column]; heading != "" && heading[0] != '=' {
			l.Required = source.AddUnique(l.Required, strings.ToLower(heading))
		}
	}
	return l
}

// cell is a column's value by way of get, which reads a cell by heading.
func (m Mapping) cell(column string, get func(heading string) string) string {
	heading := m[column]
	if word, fixed := strings.CutPrefix(heading, "="); fixed {
		return word
	}
	if heading == "" {
		return ""
	}
	return get(strings.ToLower(heading))
}
