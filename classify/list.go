package classify

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
)

// ControlList is one control list of one edition.
type ControlList struct {
	// ID names the list in candidates and policy: "CN-DUCL", "EU-DU", "EAR-CCL".
	ID      string `json:"id"`
	Title   string `json:"title"`
	TitleZh string `json:"title_zh,omitempty"`
	// Regime is whose law it is: "CN", "EU", "US", "MULTI" for the shared outline, "OWN" for a user's.
	Regime string `json:"regime"`
	// Edition is how the list calls its own version; AsOf the day it was taken.
	Edition string `json:"edition,omitempty"`
	AsOf    Date   `json:"as_of,omitempty"`
	// Source is where the list, or the facts behind an outline, come from.
	Source string `json:"source,omitempty"`
	// Scheme is how its codes are written.
	Scheme  Scheme  `json:"scheme"`
	Entries []Entry `json:"entries"`
}

// Entry is one entry of a control list. Only Code and Title must be given.
type Entry struct {
	Code string `json:"code"`
	// Parent is the code of the entry this one is a paragraph of; "" at the top.
	Parent  string `json:"parent,omitempty"`
	Title   string `json:"title"`
	TitleZh string `json:"title_zh,omitempty"`
	Text    string `json:"text,omitempty"`
	TextZh  string `json:"text_zh,omitempty"`
	// Terms are further names of the goods, in any language, searched like the title.
	Terms      []string    `json:"terms,omitempty"`
	Thresholds []Threshold `json:"thresholds,omitempty"`
	Notes      []string    `json:"notes,omitempty"`
	Exclusions []string    `json:"exclusions,omitempty"`
	SeeAlso    []string    `json:"see_also,omitempty"`
	// Covers are codes or beginnings of codes whose software or technology this entry is about.
	Covers []string `json:"covers,omitempty"`
	// Reason is the ground of control; "" reads it off the code where the scheme tells.
	Reason string `json:"reason,omitempty"`
	// Timeline is empty where no date is known: the entry then counts as in force.
	Timeline Timeline `json:"timeline,omitempty"`
	// Instrument is the act that made or last changed the entry.
	Instrument string `json:"instrument,omitempty"`
}

// Threshold is one figure of an entry: an item meets it where its value stands in the relation Op.
type Threshold struct {
	// Paragraph is the part of the entry it belongs to, "b.2"; "" is the whole entry.
	Paragraph string `json:"paragraph,omitempty"`
	// When are words, in any language, that name the goods of the paragraph: pumps among the chemical
	// equipment of one entry. A figure is compared with the paragraphs that the item's words name, and
	// with all where they name none. Empty is about any goods of the entry.
	When  []string `json:"when,omitempty"`
	Name  string   `json:"name"`
	Op    string   `json:"op"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit,omitempty"`
}

// thresholdOps are the relations, longest first so that a prefix does not win.
var thresholdOps = []string{"<=", ">=", "<", ">", "="}

// reThresholdHead is the paragraph of a threshold and the words in brackets after it, either perhaps blank.
var reThresholdHead = regexp.MustCompile(`^([a-z0-9.]{0,12})(?:\s*\[([^\]]*)\])?: `)

// ParseThreshold reads "b.2: positioning accuracy <= 6 µm" and "i [pump, 泵]: volume flow > 0.6 m3/h"; the
// paragraph, the words that name its goods and the unit may be missing.
func ParseThreshold(s string) (Threshold, error) {
	var t Threshold
	if m := reThresholdHead.FindStringSubmatch(s); m != nil {
		t.Paragraph, s = m[1], s[len(m[0]):]
		for w := range strings.SplitSeq(m[2], ",") {
			if w = strings.TrimSpace(w); w != "" {
				t.When = append(t.When, w)
			}
		}
	}
	i := strings.IndexAny(s, "<>=")
	if i <= 0 {
		return t, fmt.Errorf("threshold %q: no relation <, <=, >, >= or =: %w", s, ErrTableFormat)
	}
	t.Name = strings.TrimSpace(s[:i])
	for _, op := range thresholdOps {
		if strings.HasPrefix(s[i:], op) {
			t.Op = op
			break
		}
	}
	value, unit, _ := strings.Cut(strings.TrimSpace(s[i+len(t.Op):]), " ")
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || t.Name == "" || strings.Contains(t.Name, ":") {
		return t, fmt.Errorf("threshold %q: no proper name or no number: %w", s, ErrTableFormat)
	}
	t.Value, t.Unit = v, strings.TrimSpace(unit)
	if _, ok := unitOf(t.Unit); !ok {
		return t, fmt.Errorf("threshold %q: unit %q is not known: %w", s, t.Unit, ErrTableFormat)
	}
	return t, nil
}

// String is the form [ParseThreshold] reads.
func (t Threshold) String() string {
	s := t.Name + " " + t.Op + " " + strconv.FormatFloat(t.Value, 'g', -1, 64)
	head := t.Paragraph
	if len(t.When) > 0 {
		head = strings.TrimSpace(head + " [" + strings.Join(t.When, ", ") + "]")
	}
	if head != "" {
		s = head + ": " + s
	}
	return strings.TrimSpace(s + " " + t.Unit)
}

// entryColumns are the columns of a control list as CSV.
var entryColumns = []string{
	"code", "parent", "title", "title_zh", "text", "text_zh", "terms", "thresholds", "notes", "exclusions",
	"see_also", "covers", "reason", "instrument", "from", "until",
}

// ReadControlList reads a control list as CSV into a copy of head. Columns: code, parent, title,
// title_zh, text, text_zh, terms, thresholds, notes, exclusions, see_also, covers, reason, instrument,
// from, until. Only code and title are required; an unknown column is an error; multi-values are
// joined by "|"; thresholds are written as [ParseThreshold] reads them; from and until are dates.
func ReadControlList(r io.Reader, head ControlList) (ControlList, error) {
	l := head
	l.Entries = nil
	err := rows(r, head.ID, entryColumns, []string{"code", "title"}, func(get func(string) string) error {
		e := Entry{
			Code: get("code"), Parent: get("parent"), Title: get("title"), TitleZh: get("title_zh"),
			Text: get("text"), TextZh: get("text_zh"), Terms: split(get("terms")), Notes: split(get("notes")),
			Exclusions: split(get("exclusions")), SeeAlso: split(get("see_also")), Covers: split(get("covers")),
			Reason: get("reason"), Instrument: get("instrument"),
		}
		for _, s := range split(get("thresholds")) {
			t, err := ParseThreshold(s)
			if err != nil {
				return err
			}
			e.Thresholds = append(e.Thresholds, t)
		}
		var err error
		e.Timeline, err = span(get("from"), get("until"), e.Instrument)
		l.Entries = append(l.Entries, e)
		return err
	})
	if err != nil {
		return ControlList{}, err
	}
	return l, l.Validate()
}

// span is the timeline of an entry in force from a day, and ended the day after its last.
func span(from, until, by string) (Timeline, error) {
	if from == "" && until == "" {
		return nil, nil
	}
	f, err := dated.ParseDate(from)
	if err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	t := Timeline{{Status: dated.InForce, From: f, By: by}}
	if until != "" {
		u, err := dated.ParseDate(until)
		if err != nil {
			return nil, fmt.Errorf("until: %w", err)
		}
		t = t.With(Event{Status: dated.Ended, From: u.AddDays(1)})
	}
	return t, t.Validate()
}

// Validate names every defect that would make the list unusable: no id or regime, no entries, an entry
// without title, a code its scheme cannot read, two of one code, an unknown relation or unit.
// Every error it joins is a [*TableError].
func (l *ControlList) Validate() error {
	var errs []error
	bad := func(field string, err error) {
		errs = append(errs, &TableError{Table: l.ID, Field: field, Err: err})
	}
	if l.ID == "" || l.Regime == "" {
		bad("id, regime", errors.New("a control list needs both"))
	}
	if !slices.Contains(schemes, l.Scheme) {
		bad("scheme", fmt.Errorf("%q: %w", l.Scheme, ErrCodeScheme))
		return errors.Join(errs...)
	}
	if len(l.Entries) == 0 {
		bad("", ErrTableEmpty)
	}
	seen := make(map[string]bool, len(l.Entries))
	for i := range l.Entries {
		e := &l.Entries[i]
		at := "entry " + e.Code
		c, err := ParseCode(l.Scheme, e.Code)
		if err != nil {
			bad(at, err)
			continue
		}
		e.Code = c.String()
		if seen[e.Code] {
			bad(at, ErrDuplicate)
		}
		seen[e.Code] = true
		if e.Title == "" {
			bad(at, errors.New("no title"))
		}
		for _, t := range e.Thresholds {
			if !slices.Contains(thresholdOps, t.Op) {
				bad(at, fmt.Errorf("threshold %q: relation %q: %w", t.Name, t.Op, ErrTableFormat))
			}
			if _, ok := unitOf(t.Unit); !ok {
				bad(at, fmt.Errorf("threshold %q: unit %q is not known: %w", t.Name, t.Unit, ErrTableFormat))
			}
		}
		if err := e.Timeline.Validate(); err != nil {
			bad(at, err)
		}
	}
	return errors.Join(errs...)
}
