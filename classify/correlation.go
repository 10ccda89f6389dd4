package classify

import (
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Correlation joins customs codes to entries of one control list. The same rows say which national
// codes are in a licensing catalogue at all: a row without entry means "listed, entry not known".
type Correlation struct {
	ID, Title, TitleZh string
	// List is the id of the control list its entries belong to.
	List string
	// Edition is the tariff of its customs codes.
	Edition Edition
	Role    Role
	AsOf    Date
	Source  string
	Rows    []CorrelationRow
}

// CorrelationRow is one pair.
type CorrelationRow struct {
	// Code are digits: a national code or an HS6.
	Code string
	// Entry is a control code of the list; "" where the source names none.
	Entry string
	// Quality is "official", "single", "row", "flagged", "unconfirmed" or "listed"; see [ReadCorrelation].
	Quality string
	// AlsoPossible is the neighbour the row may belong to instead, where the quality says so.
	AlsoPossible string
	// Partial is set where the customs code covers other goods too.
	Partial bool
	// Lines is how many national lines of the code are joined to the entry; 0 where not told.
	Lines int
	// Instrument is the act that published the pair; Timeline its dates.
	Instrument string
	Timeline   Timeline
	// Note is "own" where the entry is this project's reading of an act that names only the code.
	Note string
}

var correlationColumns = []string{
	"code", "entry", "quality", "also_possible", "partial", "lines", "instrument", "note", "in_catalogue",
}

// ReadCorrelation reads a correlation as CSV into a copy of head. Columns: code (required), entry,
// quality, also_possible, partial (y), lines, instrument, note, in_catalogue (y or n; not used in
// classification). Quality: official is the act's own pair, single a pair read without doubt, row one
// that may belong to also_possible, flagged one that probably does, unconfirmed one whose customs code
// the publisher's list of codes lacks, listed a code without known entry; "" is official. events gives the timeline of each instrument and may be nil.
func ReadCorrelation(r io.Reader, head Correlation, events map[string]Timeline) (Correlation, error) {
	c := head
	c.Rows = nil
	err := rows(r, head.ID, correlationColumns, []string{"code"}, func(get func(string) string) error {
		row := CorrelationRow{
			Entry: get("entry"), Quality: get("quality"), AlsoPossible: get("also_possible"),
			Partial: get("partial") == "y", Instrument: get("instrument"), Note: get("note"),
		}
		var err error
		if row.Code, err = hsDigits(get("code")); err != nil {
			return fmt.Errorf("code %q: %w", get("code"), err)
		}
		if row.Quality == "" {
			row.Quality = "official"
		}
		if !slices.Contains([]string{"official", "single", "row", "flagged", "unconfirmed", "listed"}, row.Quality) {
			return fmt.Errorf("quality %q: %w", row.Quality, ErrTableFormat)
		}
		if s := get("lines"); s != "" {
			if row.Lines, err = strconv.Atoi(s); err != nil || row.Lines < 0 {
				return fmt.Errorf("lines %q: %w", s, ErrTableFormat)
			}
		}
		row.Timeline = events[row.Instrument]
		c.Rows = append(c.Rows, row)
		return nil
	})
	return c, err
}
