package lists

import (
	"github.com/ordergate/ordergate/internal/address"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What corroboration adds to the rank of a hit. A contradiction takes less than an agreement of the same
// field gives, but for birth dates: sources err in a day more often than two people share one.
const (
	rankBirthDay      = 0.15
	rankBirthYear     = 0.08
	rankBirthConflict = -0.15
	rankCountry       = 0.04
	rankNoCountry     = -0.03
	rankAddress       = 0.15
	rankIdentifier    = 0.30
	rankNoIdentifier  = -0.10
)

// corroborate compares everything but the names.
func corroborate(q *Query, e *Entity) []Corroboration {
	var out []Corroboration
	for _, c := range []Corroboration{birthDates(q, e), countries(q, e), addresses(q, e), identifiers(q, e)} {
		if c.Verdict != "" {
			out = append(out, c)
		}
	}
	return out
}

// birthDates agrees where any date of the query agrees with any listed one.
func birthDates(q *Query, e *Entity) Corroboration {
	best := Corroboration{}
	for _, d := range q.BirthDates {
		if !birthForm(d) {
			continue
		}
		for _, b := range e.BirthDates {
			c := Corroboration{FieldBirthDate, d, b.String(), Contradicts, rankBirthConflict}
			switch {
			case len(d) == len(time.DateOnly) && d == b.Date:
				c.Verdict, c.Weight = Agrees, rankBirthDay
			case b.covers(d):
				c.Verdict, c.Weight = Agrees, rankBirthYear
			}
			if best.Verdict == "" || c.Weight > best.Weight {
				best = c
			}
		}
	}
	return best
}

func birthForm(s string) bool {
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(form, s); err == nil {
			return true
		}
	}
	return false
}

// covers reports whether a date is one the entity may have been born on, as exact as both are: a part
// not given covers all, an approximate year its two neighbours on either side. Day and month may be
// exchanged.
func (b BirthDate) covers(d string) bool {
	from, to := b.Date, b.To
	if to == "" {
		to = from
	}
	slack := 0
	if b.Circa {
		slack = 2
	}
	if b.To != "" || b.Circa || len(from) == 4 || len(d) == 4 {
		y, first, last := year(d), year(from), year(to)
		return y > 0 && first > 0 && first-slack <= y && y <= last+slack
	}
	n := min(len(from), len(d))
	return from[:n] == d[:n] || len(from) == len(time.DateOnly) && from[:5]+from[8:]+from[4:7] == d
}

func year(d string) int {
	y, err := strconv.Atoi(d[:min(4, len(d))])
	if err != nil {
		return 0
	}
	return y
}

// String is the date or span as the source gives it.
func (b BirthDate) String() string {
	s := b.Date
	if b.Circa {
		s = "c. " + s
	}
	if b.To != "" {
		s += " – " + b.To
	}
	return s
}

func countries(q *Query, e *Entity) Corroboration {
	listed := slices.Clone(e.Countries)
	for _, a := range e.Addresses {
		if a.Country != "" && !slices.Contains(listed, a.Country) {
			listed = append(listed, a.Country)
		}
	}
	if len(q.Countries) == 0 || len(listed) == 0 {
		return Corroboration{}
	}
	for _, c := range q.Countries {
		if slices.Contains(listed, c) {
			return Corroboration{FieldCountry, c, c, Agrees, rankCountry}
		}
	}
	return Corroboration{FieldCountry, strings.Join(q.Countries, ", "), strings.Join(listed, ", "), Contradicts, rankNoCountry}
}

// addresses gives the nearest two.
func addresses(q *Query, e *Entity) Corroboration {
	var near Corroboration
	for i := range q.Addresses {
		place := placeOf(&q.Addresses[i])
		for j := range e.Addresses {
			verdict := shared(place, &e.Addresses[j])
			if verdict == "" || verdict == Near && near.Verdict == Near {
				continue
			}
			near = Corroboration{FieldAddress, addressText(&q.Addresses[i]), addressText(&e.Addresses[j]), verdict, rankAddress}
			if verdict == Agrees {
				return near
			}
		}
	}
	return near
}

// shared is Agrees where a listed address is the place, Near where it is in the same building, else "".
func shared(place address.Address, listed *Address) Verdict {
	switch address.Compare(place, placeOf(listed)) {
	case address.Same:
		return Agrees
	case address.Building:
		return Near
	}
	return ""
}

// identifiers contradicts only where both sides give a number that a party has one of.
func identifiers(q *Query, e *Entity) Corroboration {
	against := Corroboration{}
	for i := range q.Identifiers {
		a := &q.Identifiers[i]
		for j := range e.Identifiers {
			b := &e.Identifiers[j]
			switch {
			case sameIdentifier(a, b):
				return Corroboration{FieldIdentifier, a.Value, b.Value, Agrees, rankIdentifier}
			case a.Type == b.Type && unique[a.Type]:
				against = Corroboration{FieldIdentifier, a.Value, b.Value, Contradicts, rankNoIdentifier}
			}
		}
	}
	return against
}

// unique are the identifiers of which a party or vessel has one for life.
var unique = map[string]bool{IDUSCC: true, IDLEI: true, IDIMO: true, IDSerial: true}
