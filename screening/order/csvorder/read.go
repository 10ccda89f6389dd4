package csvorder

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
)

// Format is the name of this format in errors.
const Format = "csv"

// MaxRows bounds one file.
const MaxRows = 100_000

// Read reads every order of a file, in the order in which they begin. An error of r is returned as it
// is; every other error is an order.Error that lists all problems by line and column, and then no order
// is returned.
func Read(r io.Reader) ([]screening.Order, error) {
	var problems fault.List
	data, ok, err := problems.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problems.Err(Format)
	}
	t := table{problems: &problems, csv: csv.NewReader(bytes.NewReader(data)), byID: map[string]*order{}}
	t.csv.Comma = separator(data)
	if line, wide := tooWide(data, t.csv.Comma); wide {
		t.problem(fault.Limit, "", cell{line: line}, "there are more columns than this format has")
	} else if t.header() {
		for t.row() {
		}
		if len(t.orders) == 0 && t.problems.Err(Format) == nil {
			t.problem(fault.Missing, "", cell{}, "holds no row below the header")
		}
	}
	var orders []screening.Order
	for _, o := range t.orders {
		orders = append(orders, t.finish(o))
	}
	if err := problems.Err(Format); err != nil {
		return nil, err
	}
	return orders, nil
}

// IsHeader reports whether a text begins with a header of this format.
func IsHeader(data []byte) bool {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for name := range strings.SplitSeq(string(line), string(separator(data))) {
		if strings.Trim(name, " \t\r\"") == orderID {
			return true
		}
	}
	return false
}

// separator is the comma, semicolon or tab that stands most often in the first line.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// tooWide finds a record with more fields than there are columns, before package csv makes strings of
// them. Where the quotes do not match package csv stops earlier than this.
func tooWide(data []byte, separator rune) (line int, found bool) {
	most := len(allColumns())
	fields, line, quoted := 1, 1, false
	for _, c := range data {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n':
			line++
			if !quoted {
				fields = 1
			}
		case c == byte(separator) && !quoted:
			if fields++; fields > most {
				return line, true
			}
		}
	}
	return 0, false
}

type table struct {
	problems *fault.List
	csv      *csv.Reader
	columns  []string // "" for one that is unknown
	rows     int
	orders   []*order
	byID     map[string]*order
}

// order collects the rows of one order: its lines, and the first cell of each column that is not the
// line's.
type order struct {
	lines []screening.Line
	cells map[string]cell
}

type cell struct {
	text         string
	line, column int
}

func (t *table) problem(code fault.Code, column string, c cell, text string) {
	t.problems.Add(fault.Problem{Code: code, Path: column, Line: c.line, Column: c.column, Text: text})
}

// record is the next record, with the position of its fields; ok is false at the end or an error.
func (t *table) record() (fields []cell, ok bool) {
	record, err := t.csv.Read()
	var bad *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, false
	case errors.As(err, &bad):
		t.problem(fault.Syntax, "", cell{line: bad.Line, column: bad.Column}, "not CSV: "+bad.Err.Error())
		return nil, false
	}
	for i, s := range record {
		line, _ := t.csv.FieldPos(i)
		fields = append(fields, cell{strings.TrimSpace(s), line, i + 1})
	}
	return fields, true
}

func (t *table) header() bool {
	names, ok := t.record()
	all := allColumns()
	for _, c := range names {
		switch {
		case !slices.Contains(all, c.text):
			t.problem(fault.Unknown, "", c, fault.Quote(c.text)+" is not a column"+fault.DidYouMean(c.text, all))
			c.text = ""
		case slices.Contains(t.columns, c.text):
			t.problem(fault.Duplicate, c.text, c, "given twice")
		}
		t.columns = append(t.columns, c.text)
	}
	for _, name := range []string{orderID, lineID} {
		if ok && !slices.Contains(t.columns, name) {
			t.problem(fault.Missing, name, cell{line: 1}, "the column is missing")
			ok = false
		}
	}
	return ok
}

func (t *table) row() bool {
	fields, ok := t.record()
	if !ok {
		return false
	}
	if t.rows++; t.rows > MaxRows {
		t.problem(fault.Limit, "", fields[0], "there are more than "+strconv.Itoa(MaxRows)+" rows")
		return false
	}
	id := fields[slices.Index(t.columns, orderID)]
	if id.text == "" {
		t.problem(fault.Missing, orderID, id, "is empty")
		return true
	}
	o := t.byID[id.text]
	if o == nil {
		o = &order{cells: map[string]cell{}}
		t.byID[id.text] = o
		t.orders = append(t.orders, o)
	}
	var l screening.Line
	for i, c := range fields {
		name := t.columns[i]
		set, ofLine := lineColumns[name]
		switch {
		case name == lineID && c.text == "":
			t.problem(fault.Missing, lineID, c, "is empty")
		case c.text == "" || name == "":
		case ofLine:
			if err := set(&l, c.text); err != nil {
				t.problem(fault.Value, name, c, err.Error())
			}
		default:
			t.keep(o, name, c)
		}
	}
	o.lines = append(o.lines, l)
	return true
}

// keep notes a cell of the order or a party; a later one must agree.
func (t *table) keep(o *order, name string, c cell) {
	before, ok := o.cells[name]
	switch {
	case !ok:
		o.cells[name] = c
	case before.text != c.text:
		t.problem(fault.Duplicate, name, c, "differs from another row of the same order: "+fault.Quote(before.text))
	}
}

// finish makes the order of its rows.
func (t *table) finish(o *order) screening.Order {
	out := screening.Order{Schema: screening.OrderSchema, Lines: o.lines}
	parties := map[screening.Role]*screening.Party{}
	for _, column := range t.columns {
		c, ok := o.cells[column]
		if !ok {
			continue
		}
		var err error
		if set := orderColumns[column]; set != nil {
			err = set(&out, c.text)
		} else {
			role, name := ofParty(column)
			if parties[role] == nil {
				parties[role] = &screening.Party{}
			}
			err = partyColumns[name](parties[role], c.text)
		}
		if err != nil {
			t.problem(fault.Value, column, c, err.Error())
		}
	}
	for _, role := range screening.Roles {
		if p := parties[role]; p != nil {
			addParty(&out, *p, role)
		}
	}
	return out
}

// ofParty takes the column of a party apart.
func ofParty(column string) (role screening.Role, name string) {
	for _, role := range screening.Roles {
		if name, ok := strings.CutPrefix(column, string(role)+"_"); ok && partyColumns[name] != nil {
			return role, name
		}
	}
	return "", ""
}

// addParty adds a party in a role, or the role to a party that is the same.
func addParty(o *screening.Order, p screening.Party, role screening.Role) {
	for i, q := range o.Parties {
		roles := q.Roles
		q.Roles = nil
		if reflect.DeepEqual(p, q) {
			o.Parties[i].Roles = append(roles, role)
			return
		}
	}
	p.Roles = []screening.Role{role}
	o.Parties = append(o.Parties, p)
}

// allColumns are the names of every column, sorted.
func allColumns() []string {
	names := slices.Concat(slices.Collect(maps.Keys(orderColumns)), slices.Collect(maps.Keys(lineColumns)))
	for _, role := range screening.Roles {
		for name := range partyColumns {
			names = append(names, string(role)+"_"+name)
		}
	}
	slices.Sort(names)
	return names
}
