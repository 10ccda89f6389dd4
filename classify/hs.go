package classify

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Conditions that errors of [ParseHS] and [ParseEdition] wrap.
var (
	ErrHSSyntax  = errors.New("not a customs code")
	ErrHSLength  = errors.New("a customs code has 2, 4, 6, 8, 9, 10 or 12 digits")
	ErrHSChapter = errors.New("the Harmonized System has no such chapter")
	ErrEdition   = errors.New("unknown edition")
)

// HSError is a customs code or edition that cannot be read.
type HSError struct {
	Text string
	Err  error
}

// Error quotes the text and gives the cause.
func (e *HSError) Error() string { return fmt.Sprintf("%q: %v", clip(e.Text, 40), e.Err) }

// Unwrap is the cause, one of the conditions above.
func (e *HSError) Unwrap() error { return e.Err }

// HS is a customs code: digits only, left to right from chapter to national subdivision.
type HS struct {
	// Digits are 2 to 12; the first six are international. "" is no code.
	Digits string `json:"digits,omitempty"`
	// To is the last code of a range "847130-847150"; "" where there is none.
	To string `json:"to,omitempty"`
	// Partial is set by a leading "ex": only part of the code is meant.
	Partial bool    `json:"partial,omitempty"`
	Edition Edition `json:"edition,omitzero"`
	// Assumed is set where the edition was not given but is the first that knows the code.
	Assumed bool `json:"assumed,omitempty"`
}

// Six is the international subheading, or "" for a shorter code.
func (h HS) Six() string {
	if len(h.Digits) < 6 {
		return ""
	}
	return h.Digits[:6]
}

// String is the code as usually printed, "8471.30.00.10", with "ex" and range.
func (h HS) String() string {
	s := dotted(h.Digits)
	if h.Partial {
		s = "ex " + s
	}
	if h.To != "" {
		s += "-" + dotted(h.To)
	}
	return s
}

// dotted groups digits as 4.2.2.2.
func dotted(d string) string {
	if len(d) <= 4 {
		return d
	}
	var b strings.Builder
	b.WriteString(d[:4])
	for i := 4; i < len(d); i += 2 {
		b.WriteString("." + d[i:min(i+2, len(d))])
	}
	return b.String()
}

// ParseHS reads a customs code: digits with dots, spaces or single hyphens between them, full-width
// forms, a leading "ex" or "HS", a range "A-B" of two codes of one length. edition is read by
// [ParseEdition]. It checks form, length and chapter, not whether the edition knows the code.
func ParseHS(s, edition string) (HS, error) {
	var h HS
	ed, err := ParseEdition(edition)
	if err != nil {
		return h, err
	}
	h.Edition = ed
	t := strings.ToLower(strings.TrimSpace(width.Fold.String(clip(s, 200))))
	if len(s) > 200 {
		return h, &HSError{s, ErrHSLength}
	}
	for _, p := range []string{"hs code", "hs", "ex"} {
		if rest, ok := strings.CutPrefix(t, p); ok {
			t = strings.TrimLeft(rest, " .:")
			h.Partial = h.Partial || p == "ex"
		}
	}
	first, second := splitRange(t)
	if h.Digits, err = hsDigits(first); err != nil {
		return h, &HSError{s, err}
	}
	if second != "" {
		if h.To, err = hsDigits(second); err != nil {
			return h, &HSError{s, err}
		}
		if len(h.To) != len(h.Digits) || h.To < h.Digits {
			return h, &HSError{s, fmt.Errorf("the range does not rise: %w", ErrHSSyntax)}
		}
	}
	if n := ed.Digits(); n > 0 && len(h.Digits) > max(n, 6) {
		return h, &HSError{s, fmt.Errorf("%s codes have %d digits: %w", ed.System, n, ErrHSLength)}
	}
	return h, nil
}

// splitRange cuts at the tilde, "to" or single hyphen that has a whole code on either side; several
// hyphens only separate groups of digits.
func splitRange(s string) (first, second string) {
	for _, sep := range []string{"~", "–", "—", " to ", "至", "-"} {
		if sep == "-" && strings.Count(s, sep) > 1 {
			continue
		}
		if a, b, ok := strings.Cut(s, sep); ok && countDigits(a) >= 4 && countDigits(b) >= 4 {
			return a, b
		}
	}
	return s, ""
}

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func hsDigits(s string) (string, error) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '.' || r == ' ' || r == '-' || r == '\u00a0' || r == '·' || r == '。':
		default:
			return "", ErrHSSyntax
		}
	}
	d := b.String()
	switch len(d) {
	case 0:
		return "", ErrHSSyntax
	case 2, 4, 6, 8, 9, 10, 12:
	default:
		return "", fmt.Errorf("%d digits: %w", len(d), ErrHSLength)
	}
	if c := d[:2]; c == "00" || c == "77" {
		return "", fmt.Errorf("chapter %s: %w", c, ErrHSChapter)
	}
	return d, nil
}

// System is a nomenclature: the Harmonized System or a tariff built on it.
type System string

// The systems and the length of their codes: HS 6; China 10; the EU's CN 8 and TARIC 10; the US tariff
// and Schedule B 10; Korea 10; Japan 9.
const (
	SystemHS    System = "HS"
	SystemChina System = "CN"
	SystemEU    System = "EU-CN"
	SystemTARIC System = "TARIC"
	SystemHTS   System = "US-HTS"
	SystemSchB  System = "US-SCHB"
	SystemKorea System = "KR"
	SystemJapan System = "JP"
)

var systemDigits = map[System]int{
	SystemHS: 6, SystemChina: 10, SystemEU: 8, SystemTARIC: 10, SystemHTS: 10, SystemSchB: 10, SystemKorea: 10, SystemJapan: 9,
}

// Edition is one year of a nomenclature. The zero value is "not known".
type Edition struct {
	System System `json:"system,omitempty"`
	Year   int    `json:"year,omitempty"`
}

// ParseEdition reads "2022", "HS2022", "HS 2017", "CN-2026", "US-HTS-2026", "KR-2018"; "" is the zero
// edition. A bare year is one of the Harmonized System and must be 2012, 2017 or 2022.
func ParseEdition(s string) (Edition, error) {
	t := strings.ToUpper(strings.TrimSpace(width.Fold.String(clip(s, 40))))
	if t == "" {
		return Edition{}, nil
	}
	i := strings.LastIndexAny(t, " -")
	sys, year := SystemHS, t
	if i > 0 {
		sys, year = System(strings.TrimRight(t[:i], " -")), t[i+1:]
	} else if rest, ok := strings.CutPrefix(t, "HS"); ok {
		year = rest
	}
	y, err := strconv.Atoi(year)
	if _, known := systemDigits[sys]; !known || err != nil || y < 2012 || y > 2099 {
		return Edition{}, &HSError{s, ErrEdition}
	}
	if sys == SystemHS && y != 2012 && y != 2017 && y != 2022 {
		return Edition{}, &HSError{s, fmt.Errorf("the Harmonized System editions known are 2012, 2017 and 2022: %w", ErrEdition)}
	}
	return Edition{sys, y}, nil
}

// IsZero reports whether the edition is not known.
func (e Edition) IsZero() bool { return e == Edition{} }

// String is "HS-2022", "CN-2026", or "" for the zero edition.
func (e Edition) String() string {
	if e.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s-%d", e.System, e.Year)
}

// MarshalText is [Edition.String].
func (e Edition) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText is [ParseEdition].
func (e *Edition) UnmarshalText(b []byte) (err error) {
	*e, err = ParseEdition(string(b))
	return err
}

// Digits is the full length of the system's codes, 0 for the zero edition.
func (e Edition) Digits() int { return systemDigits[e.System] }

// HSYear is the edition of the Harmonized System that a tariff of that year is built on.
func (e Edition) HSYear() int {
	switch {
	case e.IsZero():
		return 0
	case e.Year >= 2022:
		return 2022
	case e.Year >= 2017:
		return 2017
	}
	return 2012
}

// clip is the first n bytes of s, cut at a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
