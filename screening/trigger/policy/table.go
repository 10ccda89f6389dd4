package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// Table is one table of country marks. See the package comment for its file format.
type Table struct {
	// Name is the table's name in rules and in "tables.NAME".
	Name    string `json:"name"`
	Title   string `json:"title"`
	TitleZh string `json:"title_zh,omitempty"`
	// Authority made the facts or decisions, Citation says where they are published.
	Authority string `json:"authority,omitempty"`
	Citation  string `json:"citation,omitempty"`
	// AsOf is the day the table was last known to be right; MaxAgeDays how long that holds, 0 for ever.
	AsOf       dated.Date `json:"as_of"`
	MaxAgeDays int        `json:"max_age_days,omitempty"`
	Rows       []Row      `json:"rows"`

	byCountry map[string][]int
	// lastDay is the last day on which the table is fresh, "" for ever.
	lastDay dated.Date
}

// Row gives a country a mark.
type Row struct {
	// Country is an ISO 3166-1 alpha-2 code, or [AnyCountry].
	Country string `json:"country"`
	Mark    string `json:"mark"`
	// Timeline is empty where the row gives no date: it then counts as in force.
	Timeline dated.Timeline `json:"timeline,omitempty"`
	Citation string         `json:"citation,omitempty"`
	Note     string         `json:"note,omitempty"`
	// Reason, By and On are set on rows a user put in by [Tables.Override].
	Reason string     `json:"reason,omitempty"`
	By     string     `json:"by,omitempty"`
	On     dated.Date `json:"on,omitempty"`
}

// index builds what lookups need; it is called once, before the table is shared.
func (t *Table) index() {
	t.lastDay = ""
	if t.MaxAgeDays > 0 {
		t.lastDay = t.AsOf.AddDays(t.MaxAgeDays)
	}
	t.byCountry = make(map[string][]int, len(t.Rows))
	for i := range t.Rows {
		c := t.Rows[i].Country
		t.byCountry[c] = append(t.byCountry[c], i)
	}
}

// Stale reports whether the table is older on the day than it may be.
func (t *Table) Stale(day dated.Date) bool {
	return t.lastDay != "" && day > t.lastDay
}

// Marked calls f for each binding mark (in force or verify) of a country on a day, in the table's order.
func (t *Table) Marked(country string, day dated.Date, f func(r *Row, s dated.Status)) {
	for _, i := range t.byCountry[country] {
		r := &t.Rows[i]
		if s := r.Timeline.Status(day); s.Binding() {
			f(r, s)
		}
	}
}

// Tables is an immutable set of tables. The nil set holds none.
type Tables struct{ tables []*Table }

// New is the set of the given tables; of two with one name the later counts.
func New(tables ...*Table) *Tables {
	s := &Tables{}
	for _, t := range tables {
		s = s.With(t)
	}
	return s
}

// Get is the table of a name, or nil.
func (s *Tables) Get(name string) *Table {
	if s == nil {
		return nil
	}
	for _, t := range s.tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// All are the tables in the order of their names.
func (s *Tables) All() []*Table {
	if s == nil {
		return nil
	}
	return slices.Clone(s.tables)
}

// With is the set with t in the place of a table of the same name, or added.
func (s *Tables) With(t *Table) *Tables {
	n := s.Without(t.Name)
	c := *t
	c.Rows = slices.Clone(t.Rows)
	c.index()
	n.tables = append(n.tables, &c)
	slices.SortFunc(n.tables, func(a, b *Table) int { return strings.Compare(a.Name, b.Name) })
	return n
}

// Without is the set without the table of a name.
func (s *Tables) Without(name string) *Tables {
	n := &Tables{}
	for _, t := range s.All() {
		if t.Name != name {
			n.tables = append(n.tables, t)
		}
	}
	return n
}

// Digest is the SHA-256, hexadecimal, of everything the set holds.
func (s *Tables) Digest() string {
	h := sha256.New()
	for _, t := range s.All() {
		fmt.Fprintf(h, "%q %q %q %q %q %q %d\n", t.Name, t.Title, t.TitleZh, t.Authority, t.Citation, t.AsOf, t.MaxAgeDays)
		for _, r := range t.Rows {
			fmt.Fprintf(h, "%q %q %q %q %q %q %q %q\n", r.Country, r.Mark, r.Timeline.String(), r.Citation, r.Note, r.Reason, r.By, r.On)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
