package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// table is a CSV file with a header.
type table struct {
	header []string
	rows   [][]string
}

// readTable reads a CSV file that has at least the named columns.
func readTable(path string, need ...string) (*table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	t := &table{}
	if t.header, err = r.Read(); err != nil {
		return nil, fmt.Errorf("%s: header: %w", path, err)
	}
	t.header[0] = strings.TrimPrefix(t.header[0], "\ufeff")
	for _, name := range need {
		if t.column(name) < 0 {
			return nil, fmt.Errorf("%s: no column %q among %s", path, name, strings.Join(t.header, ", "))
		}
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		t.rows = append(t.rows, row)
	}
}

// column is the index of the named column, -1 where there is none.
func (t *table) column(name string) int { return slices.Index(t.header, name) }

// get is a row's value in the named column, "" where there is no such column.
func (t *table) get(row []string, name string) string {
	if i := t.column(name); i >= 0 {
		return strings.TrimSpace(row[i])
	}
	return ""
}

// write writes the table with columns added; added holds one slice of values for each row.
func (t *table) write(path string, names []string, added [][]string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w := csv.NewWriter(f)
	if err := w.Write(slices.Concat(t.header, names)); err != nil {
		return err
	}
	for i, row := range t.rows {
		if err := w.Write(slices.Concat(row, added[i])); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
