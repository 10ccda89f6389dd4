// Package source is what the importers share: bounded input, character encodings, tables with named columns,
// and the collection of problems with their places.
package source

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/lists"
)

// maxProblems is how many defects of one source are told one by one.
const maxProblems = 50

// Problems collects the defects of one source, so that all can be told at once.
type Problems struct {
	// List and File are put into every problem.
	List, File string
	// Line and Offset are where the record being read begins, 0 where unknown: they are put into every problem that
	// gives no place of its own.
	Line   int
	Offset int64

	ids   map[string]string // where each record's id was met first
	errs  []error
	more  int
	notes []lists.Problem
	noted map[string]bool
}

// Add notes a defect. A problem without a reason has its cause's text.
func (p *Problems) Add(d lists.Problem) {
	if len(p.errs) >= maxProblems {
		p.more++
		return
	}
	p.errs = append(p.errs, p.Place(d))
}

// Note notes what the format allows to be left out and was: it goes to the list's Skipped. What differs from an
// earlier note in the place only is not noted again.
func (p *Problems) Note(d lists.Problem) {
	key := d.Field + "\x00" + d.Reason
	if p.noted[key] {
		return
	}
	if p.noted == nil {
		p.noted = map[string]bool{}
	}
	p.noted[key] = true
	p.notes = append(p.notes, *p.Place(d))
}

// Once adds a problem where an earlier record of the source has the same id. An empty id is left to
// [lists.List.Validate].
func (p *Problems) Once(id string) {
	if id == "" {
		return
	}
	if first, twice := p.ids[id]; twice {
		p.Add(lists.Problem{Record: id, Field: "id", Err: fmt.Errorf("%w: first in %s", lists.ErrDuplicate, first)})
		return
	}
	if p.ids == nil {
		p.ids = map[string]string{}
	}
	place := fmt.Sprintf("line %d", p.Line)
	if p.Line == 0 {
		place = fmt.Sprintf("byte %d", p.Offset)
	}
	p.ids[id] = place
}

// Place is the problem with the source's list, file, place and reason filled in.
func (p *Problems) Place(d lists.Problem) *lists.Problem {
	d.List = p.List
	if d.File == "" {
		d.File = p.File
	}
	if d.Line == 0 && d.Offset == 0 {
		d.Line, d.Offset = p.Line, p.Offset
	}
	if d.Reason == "" && d.Err != nil {
		d.Reason = d.Err.Error()
	}
	return &d
}

// Err joins what was added; nil where nothing was.
func (p *Problems) Err() error {
	if p.more > 0 {
		return errors.Join(append(p.errs, p.Place(lists.Problem{Reason: fmt.Sprintf("and %d more", p.more)}))...)
	}
	return errors.Join(p.errs...)
}

// Finish is what an importer's Read ends with: the list where it is sound, else every problem and no list.
func (p *Problems) Finish(l lists.List) (lists.List, error) {
	if err := p.Err(); err != nil {
		return lists.List{}, err
	}
	l.Skipped = append(l.Skipped, p.notes...)
	if err := l.Validate(); err != nil {
		return lists.List{}, err
	}
	return l, nil
}

// Limit is r, but reading more than max bytes fails with an error that wraps [lists.ErrTooLarge].
func Limit(r io.Reader, max int64) io.Reader { return &limited{r: r, left: max, max: max} }

type limited struct {
	r         io.Reader
	left, max int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, fmt.Errorf("%w: over %d bytes", lists.ErrTooLarge, l.max)
	}
	return n, err
}

// Split is the non-empty parts of a cell, trimmed.
func Split(cell, sep string) []string {
	var parts []string
	for s := range strings.SplitSeq(cell, sep) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	return parts
}

// Country is the alpha-2 code of a country that a source names in a field; a name that is not known is noted,
// and gives "".
func (p *Problems) Country(record, field, name string) string {
	name = strings.TrimSpace(name)
	code, ok := country.Resolve(name)
	if !ok && name != "" {
		p.Note(lists.Problem{Record: record, Field: field, Reason: fmt.Sprintf("the country name %q is not known", name)})
	}
	return code
}

// Code is the alpha-2 code of a country in words that need not name one; "" where they do not.
func Code(words string) string {
	code, _ := country.Resolve(words)
	return code
}

// AddUnique adds what is neither empty nor there.
func AddUnique(to []string, add ...string) []string {
	for _, s := range add {
		if s != "" && !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	return to
}

// AddName adds a name, runs of white space made one space, unless it is empty or the entity has one of the same text.
func AddName(e *lists.Entity, n lists.Name) {
	n.Text = strings.Join(strings.Fields(n.Text), " ")
	if n.Text == "" {
		return
	}
	if slices.ContainsFunc(e.Names, func(have lists.Name) bool { return have.Text == n.Text }) {
		return
	}
	e.Names = append(e.Names, n)
}

// Join is the non-empty parts with ", " between them, white space trimmed.
func Join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
