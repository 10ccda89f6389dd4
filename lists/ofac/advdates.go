package ofac

import (
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

// point is a date in parts.
type point struct {
	Year  string `xml:"Year"`
	Month string `xml:"Month"`
	Day   string `xml:"Day"`
}

// text is the date as 2006, 2006-01 or 2006-01-02, of at most n parts; "" where it is none.
func (p point) text(n int) string {
	var parts []string
	for _, s := range []string{p.Year, p.Month, p.Day}[:n] {
		s = strings.TrimSpace(s)
		if s == "" {
			break
		}
		if len(s) == 1 {
			s = "0" + s
		}
		parts = append(parts, s)
	}
	date, _ := source.PartialDate(strings.Join(parts, "-"))
	return date
}

// period is the span in which a date lies: it begins within Start and ends within End. One day is four times the
// same; a year is from its first day to its last.
type period struct {
	Start edge `xml:"Start"`
	End   edge `xml:"End"`
}

type edge struct {
	Approximate string `xml:"Approximate,attr"`
	From        point  `xml:"From"`
	To          point  `xml:"To"`
}

// birth is the period as a date of birth.
func (p period) birth() (d lists.BirthDate, ok bool) {
	from, to := p.Start.From.text(3), p.End.To.text(3)
	if from == "" {
		return d, false
	}
	d.Circa = p.Start.Approximate == "true"
	d.Date = from
	switch {
	case to == "" || to == from:
	case from[:4] == to[:4] && strings.HasSuffix(from, "-01-01") && strings.HasSuffix(to, "-12-31"):
		d.Date = from[:4]
	case from[:7] == to[:7] && strings.HasSuffix(from, "-01") && endOfMonth(lists.Date(to)):
		d.Date = from[:7]
	case strings.HasSuffix(from, "-01-01") && strings.HasSuffix(to, "-12-31"):
		d.Date, d.To = from[:4], to[:4]
	default:
		d.To = to
	}
	return d, true
}

func endOfMonth(d lists.Date) bool { return strings.HasSuffix(string(d.AddDays(1)), "-01") }
