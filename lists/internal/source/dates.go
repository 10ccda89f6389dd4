package source

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ordergate/ordergate/lists"
)

// partialForms are how sources write a date of birth, each with the form of lists.BirthDate that is as exact.
var partialForms = []struct{ layout, form string }{
	{time.DateOnly, time.DateOnly}, {"2006-01", "2006-01"}, {"2006", "2006"},
	{"2 Jan 2006", time.DateOnly}, {"2 January 2006", time.DateOnly}, {"Jan 2006", "2006-01"}, {"January 2006", "2006-01"},
	{"Jan. 2006", "2006-01"}, {"2 Jan. 2006", time.DateOnly}, {"02/01/2006", time.DateOnly}, {"02-01-2006", time.DateOnly},
	{"2006/01/02", time.DateOnly}, {"02-Jan-2006", time.DateOnly}, {"20060102", time.DateOnly}, {"2006-01-02T15:04:05", time.DateOnly}, {"2006-01-02T15:04:05Z07:00", time.DateOnly}, {"2006-01-02Z07:00", time.DateOnly},
}

// PartialDate is a day, month or year as a source writes it, in the form 2006-01-02, 2006-01 or 2006. Dates
// with strokes are day first. ok is false for what is none of them or is not in the calendar.
func PartialDate(s string) (date string, ok bool) {
	s = strings.TrimSpace(s)
	for _, f := range partialForms {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t.Format(f.form), true
		}
	}
	return "", false
}

// Date is a whole day as a source writes it; "" gives "".
func Date(s string) (lists.Date, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	d, ok := PartialDate(s)
	if !ok || len(d) != len(time.DateOnly) {
		return "", fmt.Errorf("%q is not a date", s)
	}
	return lists.Date(d), nil
}

// AddBirth adds a date of birth unless it is there.
func AddBirth(to []lists.BirthDate, d lists.BirthDate) []lists.BirthDate {
	if slices.Contains(to, d) {
		return to
	}
	return append(to, d)
}

// BirthDate reads "1946", "15 Jan 1955", "Sep 1950", "circa 1951", "1951 to 1953", "01 Jan 1961 to 31 Dec 1962",
// "1979-1982".
func BirthDate(text string) (d lists.BirthDate, ok bool) {
	plain := strings.ReplaceAll(text, "circa ", "")
	from, to, span := strings.Cut(plain, " to ")
	if len(plain) == len("1979-1982") && plain[4] == '-' {
		from, to, span = strings.Cut(plain, "-")
	}
	if d.Date, ok = PartialDate(from); !ok {
		return lists.BirthDate{}, false
	}
	if span {
		if d.To, ok = PartialDate(to); !ok {
			return lists.BirthDate{}, false
		}
	}
	d.Circa = plain != text
	return d, true
}
