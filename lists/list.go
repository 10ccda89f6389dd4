package lists

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// List is one watch list as published on one day: what an importer's Read returns.
type List struct {
	// ID names the list in reports, policy and the effect matrix: "un", "us-csl", "cn-control".
	ID string `json:"id"`
	// Title and TitleZh are what a report calls it.
	Title   string `json:"title"`
	TitleZh string `json:"title_zh,omitempty"`
	// Regime is whose law it is: "UN", "CN", "US", "EU", "UK", "JP", "TW", or "OWN" for a user's list.
	Regime    string `json:"regime"`
	Authority string `json:"authority,omitempty"`
	// Source is the official address of the list, or the name of the user's file.
	Source string `json:"source,omitempty"`
	// Published is the date the list itself bears; "" where it bears none.
	Published Date `json:"published,omitempty"`
	// Entities are in the source's order.
	Entities []Entity `json:"entities"`
	// Skipped are rows that the format allows to be left out, each with its place and reason.
	Skipped []Problem `json:"skipped,omitempty"`
}

// Problem is one defect of a source file. It is an error and names the place as exactly as the format
// allows.
type Problem struct {
	// List is the id of the list, File the file within it where a list has several.
	List string `json:"list"`
	File string `json:"file,omitempty"`
	// Line counts from 1; 0 where the format has no lines. Offset is in bytes; 0 where unknown.
	Line   int   `json:"line,omitempty"`
	Offset int64 `json:"offset,omitempty"`
	// Record is the source's id of the record, Field the field in question.
	Record string `json:"record,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
	// Err is the cause, where another error was one.
	Err error `json:"-"`
}

// Error says the place, then the reason.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString("list " + p.List)
	if p.File != "" {
		b.WriteString(", " + p.File)
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, ", line %d", p.Line)
	}
	if p.Offset > 0 {
		fmt.Fprintf(&b, ", byte %d", p.Offset)
	}
	if p.Record != "" {
		fmt.Fprintf(&b, ", record %q", p.Record)
	}
	if p.Field != "" {
		fmt.Fprintf(&b, ", field %s", p.Field)
	}
	b.WriteString(": " + p.Reason)
	return b.String()
}

// Unwrap is the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Conditions an importer's error wraps, inside a [Problem].
var (
	// ErrEmpty is a file that holds no entity: never a valid list.
	ErrEmpty = errors.New("the list holds no entity")
	// ErrTooLarge is a file or field beyond the bound the importer states.
	ErrTooLarge = errors.New("larger than allowed")
	// ErrFormat is a file that is not of the format the importer reads, or is cut off.
	ErrFormat = errors.New("not in the expected format")
	// ErrEncoding is text that is not valid in the encoding the format prescribes.
	ErrEncoding = errors.New("not in the expected character encoding")
	// ErrDuplicate is two records of one id.
	ErrDuplicate = errors.New("two records have the same id")
)

// Validate names every defect that would make the list unusable: no id, no entities, an entity without
// an id or name, two of one id, text that is not UTF-8, a timeline out of order. Every error it
// joins is a [*Problem]. An importer calls it last, so that no partial list is ever returned.
func (l *List) Validate() error {
	var errs []error
	bad := func(record, field string, err error) {
		errs = append(errs, &Problem{List: l.ID, Record: record, Field: field, Reason: err.Error(), Err: err})
	}
	if l.ID == "" {
		bad("", "id", errors.New("the list has no id"))
	}
	if l.Regime == "" {
		bad("", "regime", errors.New("the list names no regime"))
	}
	if len(l.Entities) == 0 {
		bad("", "", ErrEmpty)
	}
	again := placesOf(l.Entities).repeated()
	for i := range l.Entities {
		e := &l.Entities[i]
		twice := len(again) > 0 && again[0] == int32(i)
		if twice {
			again = again[1:]
		}
		switch {
		case e.ID == "":
			bad(fmt.Sprintf("#%d", i+1), "id", errors.New("the entity has no id"))
		case twice:
			bad(e.ID, "id", ErrDuplicate)
		}
		if strings.TrimSpace(e.PrimaryName()) == "" {
			bad(e.ID, "names", errors.New("the entity has no name"))
		}
		if slices.ContainsFunc(e.Names, func(n Name) bool { return !utf8.ValidString(n.Text) }) {
			bad(e.ID, "names", ErrEncoding)
		}
		for _, m := range e.Measures {
			if err := m.Timeline.Validate(); err != nil {
				bad(e.ID, "measures", err)
			}
		}
	}
	return errors.Join(errs...)
}
