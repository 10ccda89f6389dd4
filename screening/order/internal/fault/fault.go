// Package fault holds what is wrong with an order document and where: the error type every order
// reader returns. Package order exports it under the names Error, Problem and Code.
//
// A reader adds problems to a [List] as it goes and asks for [List.Err] at the end, so a caller sees
// every problem of a document at once. A problem that makes the rest unreadable (broken syntax, a limit
// passed) is added last and the reader stops.
package fault

import (
	"fmt"
	"strings"
)

// Code is the kind of a problem, for callers that answer programs rather than people.
type Code string

// The codes.
const (
	Syntax    Code = "syntax"        // not well-formed JSON, XML or CSV, or not UTF-8
	Limit     Code = "limit"         // larger, deeper or longer than a reader accepts
	Unknown   Code = "unknown_field" // a field or column the format does not have
	Duplicate Code = "duplicate"     // a field, column or line given twice
	Value     Code = "value"         // a value of the wrong type or form
	Missing   Code = "missing"       // a field without which the document is no order
	Format    Code = "format"        // none of the formats that are read
)

// Problem is one thing wrong with a document.
type Problem struct {
	Code Code `json:"code"`
	// Path is where in the document: a JSON path as package screening writes them ("lines[0].hs", and
	// "[3].lines[0].hs" in an array of orders), an element path ("/Order/OrderLine[2]/LineItem/ID"), a
	// column name, or "" for the document as a whole.
	Path string `json:"path,omitempty"`
	// Line and Column count from 1, the column in bytes (for CSV, in fields); 0 is not known.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Text says what is wrong and, where it can, what to write instead.
	Text string `json:"text"`
}

// String is the problem in one line: place first.
func (p Problem) String() string {
	var b strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&b, "line %d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
		b.WriteString(": ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	return b.String() + p.Text
}

// Error is every problem found in one document.
type Error struct {
	// Format names the reader: "native", "ubl", "csv", "sap", "odoo", or "" where none was chosen.
	Format   string    `json:"format,omitempty"`
	Problems []Problem `json:"problems"`
	// More counts the problems left out after the first MaxProblems.
	More int `json:"more,omitempty"`
}

// Error lists the problems, one a line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("order")
	if e.Format != "" {
		b.WriteString(" (" + e.Format + ")")
	}
	for i, p := range e.Problems {
		if i > 0 || len(e.Problems) > 1 {
			b.WriteString("\n\t")
		} else {
			b.WriteString(": ")
		}
		b.WriteString(p.String())
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\n\tand %d more", e.More)
	}
	return b.String()
}

// MaxProblems bounds what one error lists: a hostile document must not produce an answer larger than itself.
const MaxProblems = 100

// List collects the problems of one document.
type List struct {
	problems []Problem
	more     int
}

// Add notes a problem.
func (l *List) Add(p Problem) { l.AddFunc(func() Problem { return p }) }

// AddFunc notes the problem that describe gives, which is not called once the list is full: finding out
// where in a document a problem stands costs time that a hostile document would multiply.
func (l *List) AddFunc(describe func() Problem) {
	if len(l.problems) == MaxProblems {
		l.more++
		return
	}
	l.problems = append(l.problems, describe())
}

// Err is an [*Error] with everything added, or nil where nothing was.
func (l *List) Err(format string) error {
	if len(l.problems) == 0 {
		return nil
	}
	return &Error{Format: format, Problems: l.problems, More: l.more}
}

// Quote shows a foreign string in a problem's text: quoted, and cut where it is long.
func Quote(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return fmt.Sprintf("%q…", string(r[:most]))
	}
	return fmt.Sprintf("%q", s)
}
