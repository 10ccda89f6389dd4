// Package listtest is what the importers' tests share: counts, official files, and what must hold of every
// result and of every error.
package listtest

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/lists"
)

// Counts is what a list holds.
type Counts struct {
	Entities, Persons, Organizations, Vessels, Aircraft, Unknown int
	Names, Aliases, Weak, Former, Original                       int
	Addresses, Identifiers, BirthDates, Measures, Links          int
}

// Count counts.
func Count(l lists.List) Counts {
	c := Counts{Entities: len(l.Entities)}
	for _, e := range l.Entities {
		switch e.Kind {
		case lists.Person:
			c.Persons++
		case lists.Organization:
			c.Organizations++
		case lists.Vessel:
			c.Vessels++
		case lists.Aircraft:
			c.Aircraft++
		case lists.Unknown:
			c.Unknown++
		}
		for _, n := range e.Names {
			switch n.Kind {
			case lists.Alias:
				c.Aliases++
			case lists.WeakAlias:
				c.Weak++
			case lists.FormerName:
				c.Former++
			case lists.OriginalName:
				c.Original++
			case lists.PrimaryName:
			}
		}
		c.Names += len(e.Names)
		c.Addresses += len(e.Addresses)
		c.Identifiers += len(e.Identifiers)
		c.BirthDates += len(e.BirthDates)
		c.Measures += len(e.Measures)
		c.Links += len(e.Links)
	}
	return c
}

// Root is the module's root, found from the test's directory.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
}

// Shared opens a file of the shared data beside the module, and skips the test where it is not there.
func Shared(t testing.TB, path ...string) io.Reader {
	t.Helper()
	name := filepath.Join(append([]string{Root(t), "..", "shared"}, path...)...)
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("the official file %s is not here", filepath.Join(path...))
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// File is the text of a file in testdata/lists.
func File(t testing.TB, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{Root(t), "testdata", "lists"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Entity is the entity with an id; the test fails where there is none.
func Entity(t testing.TB, l lists.List, id string) lists.Entity {
	t.Helper()
	for _, e := range l.Entities {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("list %s has no entity %s", l.ID, id)
	return lists.Entity{}
}

// Result checks what every importer promises: a sound list and no error, or no list at all and an error made
// of problems that name the list.
func Result(t testing.TB, l lists.List, err error) {
	t.Helper()
	if err != nil {
		if len(l.Entities) != 0 || l.ID != "" {
			t.Errorf("a list came with the error %v", err)
		}
		for _, e := range Flatten(err) {
			var p *lists.Problem
			if !errors.As(e, &p) || p.List == "" || strings.TrimSpace(p.Reason) == "" {
				t.Errorf("not a problem that names the list: %v", e)
			}
		}
		return
	}
	if err := l.Validate(); err != nil {
		t.Errorf("unsound: %v", err)
	}
	for _, e := range l.Entities {
		if e.Names[0].Kind != lists.PrimaryName {
			t.Errorf("%s: the first name is of kind %s", e.ID, e.Names[0].Kind)
		}
		codes := append([]string{}, e.Countries...)
		for _, a := range e.Addresses {
			codes = append(codes, a.Country)
			if a.Text == "" {
				t.Errorf("%s: an address without text", e.ID)
			}
		}
		for _, i := range e.Identifiers {
			codes = append(codes, i.Country)
			if i.Value == "" || i.Type == "" {
				t.Errorf("%s: an identifier without value or type: %+v", e.ID, i)
			}
		}
		for _, c := range codes {
			if c != "" && !country.Valid(c) {
				t.Errorf("%s: country %q", e.ID, c)
			}
		}
	}
}

// Flatten is every error that was joined into one.
func Flatten(err error) []error {
	var joined interface{ Unwrap() []error }
	if _, problem := err.(*lists.Problem); problem || !errors.As(err, &joined) {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, Flatten(e)...)
	}
	return all
}

// Cuts reads every shorter beginning of a text, n of them spread evenly. ok says whether a beginning is one
// the format cannot tell from a whole file; of all others the reader must make an error.
func Cuts(t testing.TB, text string, n int, read func(io.Reader) (lists.List, error), ok func(cut string) bool) {
	t.Helper()
	for i := range n {
		cut := text[:i*len(text)/n]
		l, err := read(strings.NewReader(cut))
		Result(t, l, err)
		if err == nil && !ok(cut) {
			t.Errorf("no error for the first %d of %d bytes", len(cut), len(text))
		}
	}
}
