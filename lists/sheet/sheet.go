// Package sheet reads a list of the user's own, or any list kept as a table, from CSV; its subpackage xlsx reads
// the same from a workbook. The lists built into this module are in this form and go the same way.
//
// The first row names the columns, in any order:
//
//	id, kind, name                                          required
//	aliases, weak_aliases, former_names, original_names     names
//	countries                                               codes or names of countries
//	addresses                                               "1 Example Street, Lyon, France" or "... (FR)"
//	birth_dates                                             1960-05-01, 1960-05, 1960, circa 1960, 1960 to 1963
//	identifiers                                             "passport:X123 (IR)", "imo:9187629"
//	programme, effect, notice, citation, terms              the listing; effect is stop, require, review or advise
//	listed_on, ended_on                                     2006-01-02
//	remarks                                                 the reason, and whatever else
//
// Several values in a cell are separated by |. Only the cells of id and name must be filled. An empty kind is
// unknown. The reader is strict: an unknown column, kind, country, effect or an impossible date is an error that
// names the line, and all errors are reported at once. UTF-8, GB18030, Shift-JIS and Windows-1252 are told apart.
// A table with other headings is read through a [Mapping], which also says what to leave out. What became of whole
// notices, as with China's lists, is told by a table of events ([ReadEvents]).
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// MaxSize bounds the table, in bytes.
const MaxSize = 64 << 20

// Options say what list the table is. The zero value is the user's own list, "own".
type Options struct {
	// ID, Title and Regime are those of the list; "own", the ID and "OWN" by default.
	ID, Title, Regime string
	// TitleZh, Authority, Source and Published are those of the list; empty by default.
	TitleZh, Authority, Source string
	Published                  lists.Date
	// Mapping gives the headings of a table that has others; nil takes the headings above.
	Mapping Mapping
	// Events is a CSV of what became of whole notices (see [ReadEvents]), applied to every listing of a notice; nil for none.
	Events io.Reader
}

func (o Options) list() lists.List {
	l := lists.List{
		ID: o.ID, Title: o.Title, TitleZh: o.TitleZh, Regime: o.Regime, Authority: o.Authority, Source: o.Source, Published: o.Published,
	}
	if l.ID == "" {
		l.ID = "own"
	}
	if l.Title == "" {
		l.Title = l.ID
	}
	if l.Regime == "" {
		l.Regime = "OWN"
	}
	return l
}

var columns = source.Layout{
	Required: []string{"id", "kind", "name"},
	Optional: []string{
		"aliases", "weak_aliases", "former_names", "original_names", "countries", "addresses", "birth_dates", "identifiers",
		"programme", "effect", "notice", "citation", "terms", "listed_on", "ended_on", "remarks",
	},
	Strict: true,
}

// Read reads a table in CSV. It returns the whole list or an error that joins every [*lists.Problem] found.
func Read(r io.Reader, o Options) (lists.List, error) {
	p := &source.Problems{List: o.list().ID}
	text, _, err := source.ReadText(r, MaxSize)
	if err != nil {
		p.Add(lists.Problem{Err: err})
		return p.Finish(lists.List{})
	}
	return read(bytes.NewReader(text), o, p)
}

// ReadRows reads a table whose cells another format has given, header first. Rows shorter than the header are
// filled up: formats that leave empty cells out at the end of a row are not cut off for that.
func ReadRows(rows [][]string, o Options) (lists.List, error) {
	p := &source.Problems{List: o.list().ID}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range rows {
		if len(row) < len(rows[0]) {
			row = append(slices.Clone(row), make([]string, len(rows[0])-len(row))...)
		}
		if err := w.Write(row); err != nil {
			p.Add(lists.Problem{Err: err})
			return p.Finish(lists.List{})
		}
	}
	w.Flush()
	return read(&b, o, p)
}

func read(r io.Reader, o Options, p *source.Problems) (lists.List, error) {
	l := o.list()
	var events map[string]lists.Timeline
	if o.Events != nil {
		var err error
		if events, err = ReadEvents(o.Events); err != nil {
			p.Add(lists.Problem{File: "events", Err: err})
		}
	}
	layout := columns
	if o.Mapping != nil {
		layout = o.Mapping.layout()
	}
	t := row{source.NewTable(r, layout, p), o.Mapping}
	for t.Next() {
		e := t.entity()
		p.Once(e.ID)
		for i := range e.Measures {
			m := &e.Measures[i]
			for _, event := range events[m.Notice] {
				m.Timeline = m.Timeline.With(event)
			}
		}
		l.Entities = append(l.Entities, e)
	}
	return p.Finish(l)
}

// row is the present row of a table, read through a mapping where there is one.
type row struct {
	*source.Table
	mapping Mapping
}

func (r row) cell(column string) string {
	if r.mapping == nil {
		return strings.Clone(r.Get(column))
	}
	return strings.Clone(r.mapping.cell(column, r.Get))
}

func (r row) many(column string) []string { return source.Split(r.cell(column), "|") }

func (r row) entity() lists.Entity {
	e := lists.Entity{ID: r.cell("id"), Remarks: r.cell("remarks")}
	bad := func(column string, err error) { r.Add(e.ID, column, err) }
	if e.ID == "" {
		bad("id", errors.New("the cell is empty"))
	}
	var err error
	if e.Kind, err = lists.ParseKind(r.cell("kind")); err != nil {
		bad("kind", err)
	}
	if r.cell("name") == "" {
		bad("name", errors.New("the cell is empty"))
	}
	source.AddName(&e, lists.Name{Text: r.cell("name"), Kind: lists.PrimaryName})
	for _, c := range []struct {
		column string
		kind   lists.NameKind
	}{{"aliases", lists.Alias}, {"weak_aliases", lists.WeakAlias}, {"former_names", lists.FormerName}, {"original_names", lists.OriginalName}} {
		for _, n := range r.many(c.column) {
			source.AddName(&e, lists.Name{Text: n, Kind: c.kind})
		}
	}
	for _, c := range r.many("countries") {
		code := source.Code(c)
		if code == "" {
			bad("countries", fmt.Errorf("the country name %q is not known", c))
		}
		e.Countries = source.AddUnique(e.Countries, code)
	}
	for _, a := range r.many("addresses") {
		e.Addresses = append(e.Addresses, address(a))
	}
	for _, d := range r.many("birth_dates") {
		birth, ok := source.BirthDate(d)
		if !ok {
			bad("birth_dates", fmt.Errorf("%q is not a date", d))
		}
		e.BirthDates = source.AddBirth(e.BirthDates, birth)
	}
	for _, s := range r.many("identifiers") {
		id, err := identifier(s)
		if err != nil {
			bad("identifiers", err)
		}
		e.Identifiers = append(e.Identifiers, id)
	}
	m, err := r.measure()
	if err != nil {
		bad("listing", err)
	}
	e.Measures = []lists.Measure{m}
	return e
}

var effects = []string{"", "stop", "require", "review", "advise"}

func (r row) measure() (lists.Measure, error) {
	m := lists.Measure{
		Programme: r.cell("programme"), Effect: strings.ToLower(r.cell("effect")), Notice: r.cell("notice"), Citation: r.cell("citation"), Terms: r.cell("terms"),
	}
	var errs []error
	if !slices.Contains(effects, m.Effect) {
		errs = append(errs, fmt.Errorf("effect %q is none of stop, require, review, advise", m.Effect))
	}
	listed, err := source.Date(r.cell("listed_on"))
	errs = append(errs, err)
	ended, err := source.Date(r.cell("ended_on"))
	errs = append(errs, err)
	m.Timeline = dated.Since(listed)
	if ended != "" {
		m.Timeline = m.Timeline.With(lists.Event{Status: dated.Ended, From: ended})
		if ended < listed {
			errs = append(errs, fmt.Errorf("ended on %s, before it was listed", ended))
		}
	}
	return m, errors.Join(errs...)
}

var bracketedCode = regexp.MustCompile(`^(.*?)\s*\(([A-Z]{2})\)$`)

// cutCode takes a country's code in brackets off the end.
func cutCode(s string) (rest, code string) {
	if m := bracketedCode.FindStringSubmatch(s); m != nil && source.Code(m[2]) != "" {
		return m[1], source.Code(m[2])
	}
	return s, ""
}

// address takes the country from a code in brackets, or else from what stands after the last comma.
func address(s string) lists.Address {
	text, code := cutCode(s)
	if code == "" {
		code = source.Code(text[strings.LastIndexAny(text, ",，")+1:])
	}
	return lists.Address{Text: text, Country: code}
}

func identifier(s string) (lists.Identifier, error) {
	kind, rest, ok := strings.Cut(s, ":")
	value, code := cutCode(strings.TrimSpace(rest))
	id := lists.Identifier{Type: strings.TrimSpace(kind), Value: value, Country: code}
	if !ok || id.Type == "" || id.Value == "" {
		return id, fmt.Errorf("%q is not of the form type:value", s)
	}
	if t := strings.ToLower(id.Type); slices.Contains(knownTypes, t) {
		id.Type = t
	}
	return id, nil
}

var knownTypes = []string{
	lists.IDPassport, lists.IDNational, lists.IDTax, lists.IDRegistration, lists.IDUSCC, lists.IDLEI, lists.IDSWIFT, lists.IDIMO, lists.IDMMSI,
	lists.IDCallSign, lists.IDTail, lists.IDSerial, lists.IDCrypto, lists.IDPhone, lists.IDEmail, lists.IDWebsite,
}
