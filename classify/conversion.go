package classify

import (
	"fmt"
	"io"
	"slices"
)

// Conversion joins two editions of the Harmonized System, all targets of every code kept.
type Conversion struct {
	ID, Title string
	From, To  Edition
	AsOf      Date
	Source    string
	Pairs     []CodePair
}

// CodePair is one line of a conversion. Relationship is "1:1", "1:n", "n:1" or "n:n".
type CodePair struct {
	From, To     string
	Relationship string
}

// ReadConversion reads a conversion as CSV with the columns from, to, relationship into a copy of head.
func ReadConversion(r io.Reader, head Conversion) (Conversion, error) {
	c := head
	c.Pairs = nil
	err := rows(r, head.ID, []string{"from", "to", "relationship"}, []string{"from", "to"}, func(get func(string) string) error {
		p := CodePair{get("from"), get("to"), get("relationship")}
		for _, s := range []string{p.From, p.To} {
			if d, err := hsDigits(s); err != nil || d != s {
				return fmt.Errorf("code %q: %w", s, ErrHSSyntax)
			}
		}
		c.Pairs = append(c.Pairs, p)
		return nil
	})
	if err != nil {
		return Conversion{}, err
	}
	if c.From.System != SystemHS || c.To.System != SystemHS || c.From == c.To {
		return Conversion{}, &TableError{Table: c.ID, Err: fmt.Errorf("from %s to %s: %w", c.From, c.To, ErrEdition)}
	}
	return c, nil
}

// converter answers which codes of one edition a code of another stands for.
type converter struct {
	known   map[int]map[string]bool // year -> HS6 codes of that edition
	targets map[[2]int]map[string][]CodePair
}

func newConverter(cs []Conversion) *converter {
	v := &converter{map[int]map[string]bool{}, map[[2]int]map[string][]CodePair{}}
	add := func(from, to Edition, p CodePair) {
		if v.known[from.Year] == nil {
			v.known[from.Year] = map[string]bool{}
		}
		v.known[from.Year][p.From] = true
		key := [2]int{from.Year, to.Year}
		if v.targets[key] == nil {
			v.targets[key] = map[string][]CodePair{}
		}
		v.targets[key][p.From] = append(v.targets[key][p.From], p)
	}
	inverse := map[string]string{"1:n": "n:1", "n:1": "1:n"}
	for i := range cs {
		for _, p := range cs[i].Pairs {
			add(cs[i].From, cs[i].To, p)
			rel := p.Relationship
			if r, ok := inverse[rel]; ok {
				rel = r
			}
			add(cs[i].To, cs[i].From, CodePair{p.To, p.From, rel})
		}
	}
	return v
}

// knows reports whether an edition has a code; a shorter code is known where some code begins with it.
func (v *converter) knows(year int, code string) bool {
	if len(code) >= 6 {
		return v.known[year][code[:6]]
	}
	for c := range v.known[year] {
		if c[:len(code)] == code {
			return true
		}
	}
	return false
}

// edition is the edition of a code: the one given, else the newest that knows it.
func (v *converter) edition(h HS) (year int, assumed bool) {
	if y := h.Edition.HSYear(); y != 0 {
		return y, false
	}
	for _, y := range []int{2022, 2017, 2012} {
		if v.knows(y, h.Digits) {
			return y, true
		}
	}
	return 0, true
}

// convert gives every code of edition to that an HS6 code of edition from stands for, sorted.
func (v *converter) convert(code string, from, to int) []CodePair {
	if from == to {
		return []CodePair{{code, code, "1:1"}}
	}
	out := slices.Clone(v.targets[[2]int{from, to}][code])
	slices.SortFunc(out, func(a, b CodePair) int { return cmpString(a.To, b.To) })
	return out
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
