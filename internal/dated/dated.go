// Package dated holds what every legal fact in this module carries: a civil date, and a timeline that
// says what the fact's status is on a given day.
//
// A timeline is the list of what is known to have happened, in order: the measure came into force,
// was suspended until a day, was ended. [Timeline.Status] reads off the last event on or before the
// day. Where that event was limited in time and its last day has passed with nothing later known, the
// answer is [Verify], never [InForce] and never [Ended]: a suspension that ran out may have been
// prolonged or may have revived the measure, and only a person can look that up.
//
// The package knows no calendar beyond the civil one, no time zone and no clock.
package dated

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Date is a civil date in the form 2006-01-02. The zero value, "", is "no date given". Its text form
// sorts as the dates do, so dates compare with < and ==.
type Date string

// ErrDate is wrapped by every error of [ParseDate].
var ErrDate = errors.New("not a civil date of the form 2006-01-02")

// ParseDate reads a date of the form 2006-01-02 that exists in the calendar.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q: %w", s, ErrDate)
	}
	return Date(s), nil
}

// MustDate is [ParseDate] for dates written in code; it panics on a bad one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf is the civil date of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// IsZero reports whether no date is given.
func (d Date) IsZero() bool { return d == "" }

// Time is midnight UTC of the date, or the zero time where no valid date is given.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays is the date n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// AddYears is the same day n years later; 29 February becomes 1 March in a common year.
func (d Date) AddYears(n int) Date { return DateOf(d.Time().AddDate(n, 0, 0)) }

// DaysSince is the number of days from e to d; negative where d is the earlier.
func (d Date) DaysSince(e Date) int { return int(d.Time().Sub(e.Time()) / (24 * time.Hour)) }

// UnmarshalText accepts "" and what [ParseDate] accepts.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = ""
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Status is what a measure, entry or rule is on one day.
type Status string

// The statuses. A measure that is suspended still exists; one that has ended does not.
const (
	NotYet    Status = "not_yet"
	InForce   Status = "in_force"
	Suspended Status = "suspended"
	Ended     Status = "ended"
	Verify    Status = "verify"
)

// ParseStatus reads the text form of a status.
func ParseStatus(s string) (Status, error) {
	switch v := Status(s); v {
	case NotYet, InForce, Suspended, Ended, Verify:
		return v, nil
	}
	return "", fmt.Errorf("%q is not a status (not_yet, in_force, suspended, ended, verify)", s)
}

// Binding reports whether a measure of this status must be obeyed or, for Verify, may have to be.
func (s Status) Binding() bool { return s == InForce || s == Verify }

// Event is one known change of a measure.
type Event struct {
	// Status is what the measure became: InForce, Suspended, Ended, or Verify where it is doubtful from the start.
	Status Status `json:"status" yaml:"status"`
	// From is the first day of that status.
	From Date `json:"from" yaml:"from"`
	// Until is its last day where one was fixed; "" is open-ended. An Ended event has none.
	Until Date `json:"until,omitempty" yaml:"until,omitempty"`
	// By names the instrument or statement that made the change.
	By string `json:"by,omitempty" yaml:"by,omitempty"`
}

// Timeline is what is known of a measure, earliest first. An empty timeline is in force with no
// known beginning: most lists give no date of listing, and a listing without one still binds.
type Timeline []Event

// Since is the timeline of a measure in force from a day on; From "" gives an empty timeline.
func Since(from Date) Timeline {
	if from.IsZero() {
		return nil
	}
	return Timeline{{Status: InForce, From: from}}
}

// Status is the status on a day. A zero day asks for no particular day: the last known status.
func (t Timeline) Status(day Date) Status {
	e, ok := t.At(day)
	switch {
	case ok && !day.IsZero() && !e.Until.IsZero() && day > e.Until && e.Status != Ended:
		return Verify
	case ok:
		return e.Status
	case len(t) == 0:
		return InForce
	}
	return NotYet
}

// At is the event that decides the status on a day: the last that began on or before it.
func (t Timeline) At(day Date) (e Event, ok bool) {
	for _, x := range t {
		if day.IsZero() || x.From <= day {
			e, ok = x, true
		}
	}
	return e, ok
}

// From is the day of the first event, or "" where none is known.
func (t Timeline) From() Date {
	if len(t) == 0 {
		return ""
	}
	return t[0].From
}

// With is the timeline with e added in its place; events of one day keep the order they were added in.
func (t Timeline) With(e Event) Timeline {
	i, _ := slices.BinarySearchFunc(t, e, func(x, e Event) int {
		if x.From <= e.From {
			return -1
		}
		return 1
	})
	return slices.Insert(slices.Clone(t), i, e)
}

// Validate names every defect: an unknown status, a missing or impossible date, events out of order.
func (t Timeline) Validate() error {
	var errs []error
	for i, e := range t {
		at := func(format string, a ...any) {
			errs = append(errs, fmt.Errorf("timeline[%d]: "+format, append([]any{i}, a...)...))
		}
		if _, err := ParseStatus(string(e.Status)); err != nil || e.Status == NotYet {
			at("status %q cannot begin on a day", e.Status)
		}
		if _, err := ParseDate(string(e.From)); err != nil {
			at("from: %w", err)
		}
		if !e.Until.IsZero() {
			if _, err := ParseDate(string(e.Until)); err != nil {
				at("until: %w", err)
			} else if e.Until < e.From {
				at("until %s is before from %s", e.Until, e.From)
			}
		}
		if i > 0 && e.From < t[i-1].From {
			at("from %s is before the event above it", e.From)
		}
	}
	return errors.Join(errs...)
}

// String is the timeline in one line, for traces: "in_force 2025-03-04; suspended 2025-05-14 to 2026-11-10".
func (t Timeline) String() string {
	parts := make([]string, len(t))
	for i, e := range t {
		parts[i] = string(e.Status) + " " + string(e.From)
		if !e.Until.IsZero() {
			parts[i] += " to " + string(e.Until)
		}
	}
	return strings.Join(parts, "; ")
}
