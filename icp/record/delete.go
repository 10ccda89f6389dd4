package record

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ordergate/ordergate/internal/dated"
)

// Term is how long the records of one subject must be kept.
type Term struct {
	Subject string
	// Latest is the day of the subject's latest event: the greatest of its records' times and event days.
	Latest dated.Date
	// Rule is the longest that applies to any of its records.
	Rule Rule
	// DueOn is the first day on which the records may be deleted.
	DueOn dated.Date
	// Records counts them; Personal counts those that still have personal data.
	Records, Personal int
	// Hold is the name of a hold that covers the subject, or "".
	Hold string
}

// Due gives the subjects whose term has passed as of a day, by subject, held ones included and marked. It
// reads the whole log.
func (l *Log) Due(ctx context.Context, asOf dated.Date) (due []Term, err error) {
	terms := map[string]*term{}
	var holds []Hold
	err = l.cfg.Store.View(ctx, func(r Reader) error {
		if holds, err = readHolds(ctx, r); err != nil {
			return err
		}
		return r.Rows(ctx, 0, math.MaxInt64, func(row *Row) error {
			if row.Subject == "" || neverDue(row.Kind) {
				return nil
			}
			t := terms[row.Subject]
			if t == nil {
				t = &term{Term: Term{Subject: row.Subject}}
				terms[row.Subject] = t
			}
			return t.add(l.cfg.Retention, row)
		})
	})
	for _, t := range terms {
		if t.close(); t.DueOn <= asOf {
			if h := holding(holds, t.Subject); h != nil {
				t.Hold = h.Name
			}
			due = append(due, t.Term)
		}
	}
	slices.SortFunc(due, func(a, b Term) int { return strings.Compare(a.Subject, b.Subject) })
	return due, err
}

// neverDue holds for the records that explain why others lack.
func neverDue(k Kind) bool { return k == Deletion || k == LegalHold }

// term is a Term in the making.
type term struct {
	Term
}

func (t *term) add(rules Retention, row *Row) error {
	rec, err := row.record()
	if err != nil {
		return err
	}
	t.Latest = max(t.Latest, dated.DateOf(rec.Time), rec.EventDay)
	if rule := rules.rule(rec.Regimes); rule.Years > t.Rule.Years {
		t.Rule = rule
	}
	t.Records++
	if row.Parts[partPersonal] != nil {
		t.Personal++
	}
	return nil
}

// close works out the first day: the anniversary of the latest event is still within the term.
func (t *term) close() { t.DueOn = t.Latest.AddYears(t.Rule.Years).AddDays(1) }

// DeletionOrder says what to delete and why.
type DeletionOrder struct {
	// ID and Time are those of the deletion's own record.
	ID   string
	Time time.Time
	// By is who ordered it, by role or number: it cannot be erased. Reason is why.
	By     string
	Reason string
	// Subjects are deleted whole, or none of them is.
	Subjects []string
	// PersonalOnly erases the personal data and names of persons and keeps the rest.
	PersonalOnly bool
}

// deletion is the body of a deletion's record.
type deletion struct {
	By           string        `json:"by"`
	Reason       string        `json:"reason"`
	Subjects     []string      `json:"subjects"`
	PersonalOnly bool          `json:"personal_only,omitempty"`
	Erased       []erasedParts `json:"erased"`
}

// erasedParts names what was erased of one record.
type erasedParts struct {
	Index int64    `json:"index"`
	Parts []string `json:"parts"`
	// Rule is the regime whose term was the longest, DueOn the first day it allowed the deletion.
	Rule  string     `json:"rule"`
	DueOn dated.Date `json:"due_on"`
}

func parseDeletion(body []byte) (d deletion, err error) {
	if err := json.Unmarshal(body, &d); err != nil {
		return deletion{}, fmt.Errorf("body: %w", err)
	}
	return d, nil
}

// DeletedBy gives the indexes of the records that a record of kind Deletion erased parts of, in order; none
// for a record of another kind.
func DeletedBy(rec Record) ([]int64, error) {
	if rec.Kind != Deletion {
		return nil, nil
	}
	d, err := parseDeletion(rec.Body)
	if err != nil {
		return nil, fmt.Errorf("record %d: %w: %w", rec.Index, ErrTampered, err)
	}
	at := make([]int64, len(d.Erased))
	for i, e := range d.Erased {
		at[i] = e.Index
	}
	return at, nil
}

// Delete erases the parts of all records of the subjects, and records which, in one commit; the leaves
// stay, and the tree still verifies. It erases nothing unless every subject is due as of the order's day
// ([ErrNotDue]), free of holds ([ErrHeld]) and there ([ErrNotFound]). The same order given again is not
// carried out twice. When the error concerns the clearing of the storage's files alone, the position is
// given with it.
func (l *Log) Delete(ctx context.Context, o DeletionOrder) (pos Position, err error) {
	if l.signer == nil {
		return Position{}, ErrReadOnly
	}
	if o.By == "" || o.Reason == "" || len(o.Subjects) == 0 {
		return Position{}, &EntryError{o.ID, fmt.Errorf("deletion: by, reason and subjects must be given")}
	}
	o.Subjects = slices.Compact(slices.Sorted(slices.Values(o.Subjects)))
	err = l.update(ctx, func(w Writer, s *session) error {
		pos, err = s.delete(ctx, w, &o)
		return err
	})
	if err != nil {
		return Position{}, fmt.Errorf("deletion %q: %w", o.ID, err)
	}
	if err := l.cfg.Store.Purge(ctx); err != nil {
		return pos, fmt.Errorf("deletion %q is recorded, its bytes may remain in the storage's files: %w", o.ID, err)
	}
	return pos, nil
}

func (s *session) delete(ctx context.Context, w Writer, o *DeletionOrder) (Position, error) {
	if at, err := w.Find(ctx, []string{o.ID}); err != nil {
		return Position{}, err
	} else if index, ok := at[o.ID]; ok {
		return s.deletedBefore(ctx, w, o, index)
	}
	holds, err := readHolds(ctx, w)
	if err != nil {
		return Position{}, err
	}
	body := deletion{By: o.By, Reason: o.Reason, Subjects: o.Subjects, PersonalOnly: o.PersonalOnly, Erased: []erasedParts{}}
	for _, subject := range o.Subjects {
		if h := holding(holds, subject); h != nil {
			return Position{}, fmt.Errorf("%s: %w: %s", subject, ErrHeld, h.Name)
		}
		erased, err := s.erase(ctx, w, o, subject)
		if err != nil {
			return Position{}, fmt.Errorf("%s: %w", subject, err)
		}
		body.Erased = append(body.Erased, erased...)
	}
	data, err := marshal(body)
	if err != nil {
		return Position{}, err
	}
	p, err := s.log.prepare(&Entry{ID: o.ID, Kind: Deletion, Time: o.Time, Body: data})
	if err != nil {
		return Position{}, err
	}
	if err := s.add(ctx, w, []*pending{p}); err != nil {
		return Position{}, err
	}
	return p.pos, p.err
}

// erase clears the parts of a subject's records where they are due.
func (s *session) erase(ctx context.Context, w Writer, o *DeletionOrder, subject string) (erased []erasedParts, err error) {
	all, err := listRows(ctx, w, func(r Reader) ([]int64, error) { return r.BySubject(ctx, subject) })
	if err != nil {
		return nil, err
	}
	t := term{Term: Term{Subject: subject}}
	var rows []*Row
	for _, row := range all {
		if neverDue(row.Kind) {
			continue
		}
		if err := t.add(s.log.cfg.Retention, row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, ErrNotFound
	}
	if t.close(); t.DueOn > dated.DateOf(o.Time) {
		return nil, fmt.Errorf("%w: %s asks for %d years from %s, until %s", ErrNotDue, t.Rule.Regime, t.Rule.Years, t.Latest, t.DueOn)
	}
	for _, row := range rows {
		parts := presentParts(row, o.PersonalOnly)
		if len(parts) == 0 {
			continue
		}
		if err := w.Clear(ctx, row.Index, parts); err != nil {
			return nil, err
		}
		e := erasedParts{Index: row.Index, Rule: t.Rule.Regime, DueOn: t.DueOn}
		for _, part := range parts {
			e.Parts = append(e.Parts, partNames[part])
		}
		erased = append(erased, e)
	}
	return erased, nil
}

// presentParts are the places of the parts that a row has.
func presentParts(row *Row, personalOnly bool) (parts []int) {
	for i, data := range row.Parts {
		if data != nil && (i == partPersonal || !personalOnly) {
			parts = append(parts, i)
		}
	}
	return parts
}

// deletedBefore is the position of an order that was carried out already.
func (s *session) deletedBefore(ctx context.Context, r Reader, o *DeletionOrder, index int64) (Position, error) {
	row, err := readRow(ctx, r, index)
	if err != nil {
		return Position{}, err
	}
	d, err := parseDeletion(row.data(partBody))
	if row.Kind != Deletion || err != nil || d.By != o.By || d.Reason != o.Reason ||
		d.PersonalOnly != o.PersonalOnly || !slices.Equal(d.Subjects, o.Subjects) {
		return Position{}, ErrConflict
	}
	return Position{Index: index, LeafHash: tlog.RecordHash(row.Leaf), Existing: true}, nil
}
