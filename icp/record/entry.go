package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/dated"
)

// Kind says what a record is: one of the kinds below, or a caller's own word of a-z and _.
type Kind string

// The kinds that the programme writes. The last two are written by this package only.
const (
	Report       Kind = "report"
	Simulation   Kind = "simulation"
	CaseEvent    Kind = "case_event"
	Document     Kind = "document"
	ListUpdate   Kind = "list_update"
	PolicyChange Kind = "policy_change"
	Training     Kind = "training"
	Audit        Kind = "audit"
	Deletion     Kind = "deletion"
	LegalHold    Kind = "legal_hold"
)

// Limits of one entry. Together they keep a leaf below the 65,535 bytes of a C2SP entry bundle.
const (
	// MaxID is the longest record id, subject, regime or kind in bytes.
	MaxID = 256
	// MaxPart is the largest body, statement or personal data in bytes.
	MaxPart = 16 << 20
	// MaxKeys is the largest number of keys of one sort, MaxKey the longest of them in bytes.
	MaxKeys = 10_000
	MaxKey  = 1 << 10
)

// Entry is what a caller appends.
type Entry struct {
	// ID names the record for good, such as "report/SO-1001/1": 1 to MaxID bytes of printable text. It stands
	// in the leaf and can never be erased, so it must not hold personal data.
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Time is when it happened by the caller's clock; it is kept in UTC.
	Time time.Time `json:"time"`
	// Subject is the order, case or licence that the record belongs to. Retention of every record of a subject
	// counts from the subject's latest event. "" stands for the ID: the record is a subject of its own.
	Subject string `json:"subject,omitempty"`
	// EventDay is the day of the export, re-export or end of the transaction where the record reports one;
	// retention counts from it where it is later than Time.
	EventDay dated.Date `json:"event_day,omitempty"`
	// Regimes are the rules of retention that apply, by their names in [Config.Retention]. None given means
	// all of them: the longest term.
	Regimes []string `json:"regimes,omitempty"`
	// Keys are what the record is found by.
	Keys Keys `json:"keys"`
	// Statement is the JSON that a receipt discloses, such as order, outcome and list digests.
	Statement json.RawMessage `json:"statement,omitempty"`
	// Body is the record itself as compact JSON.
	Body json.RawMessage `json:"body,omitempty"`
	// Personal is JSON about natural persons, erasable by itself.
	Personal json.RawMessage `json:"personal,omitempty"`
}

// Keys are the words a record is found by; see icp/record/search.
type Keys struct {
	// Parties are names of organisations, vessels and aircraft.
	Parties []string `json:"parties,omitempty"`
	// Persons are names of natural persons. They are kept with the personal data and erased with it.
	Persons []string `json:"persons,omitempty"`
	// Countries are ISO 3166-1 alpha-2 codes.
	Countries []string `json:"countries,omitempty"`
	// Documents are numbers of orders, contracts, licences, certificates, invoices and waybills.
	Documents []string `json:"documents,omitempty"`
	// Outcome is a report's outcome or a case's decision.
	Outcome string `json:"outcome,omitempty"`
}

// Record is an entry as the log holds it.
type Record struct {
	// Index is its place in the tree, from 0.
	Index int64 `json:"index"`
	Entry
	// Leaf is the text that the tree hashes.
	Leaf []byte `json:"leaf"`
	// Erased names the parts that were erased: facts, statement, body, personal. What they held is zero in Entry.
	Erased []string `json:"erased,omitempty"`
}

// EntryError names everything that is wrong with an entry.
type EntryError struct {
	ID string
	// Problems are joined errors, each beginning with the field's name.
	Problems error
}

func (e *EntryError) Error() string {
	return fmt.Sprintf("record %q: %s", e.ID, strings.ReplaceAll(e.Problems.Error(), "\n", "; "))
}

func (e *EntryError) Unwrap() error { return e.Problems }

// check names every defect of e.
func (e *Entry) check(retention Retention) error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	if err := checkLine(e.ID); err != nil || e.ID == "" {
		bad("id: must be 1 to %d bytes of printable text", MaxID)
	}
	if e.Kind == "" || len(e.Kind) > MaxID || strings.Trim(string(e.Kind), "abcdefghijklmnopqrstuvwxyz_") != "" {
		bad("kind: %q is not a word of a-z and _", e.Kind)
	}
	if e.Time.IsZero() || e.Time.UTC().Year() > 9999 || e.Time.UTC().Year() < 1 {
		bad("time: must be given")
	}
	if err := checkLine(e.Subject); err != nil {
		bad("subject: %w", err)
	}
	if e.EventDay != "" {
		if _, err := dated.ParseDate(string(e.EventDay)); err != nil {
			bad("event_day: %w", err)
		}
	}
	for i, r := range e.Regimes {
		if !retention.Knows(r) {
			bad("regimes[%d]: %q has no rule of retention", i, r)
		}
	}
	for _, k := range []struct {
		name   string
		values []string
	}{
		{"parties", e.Keys.Parties}, {"persons", e.Keys.Persons}, {"countries", e.Keys.Countries},
		{"documents", e.Keys.Documents}, {"outcome", []string{e.Keys.Outcome}},
	} {
		if len(k.values) > MaxKeys {
			bad("keys.%s: more than %d", k.name, MaxKeys)
			continue
		}
		for i, v := range k.values {
			if len(v) > MaxKey || !utf8.ValidString(v) {
				bad("keys.%s[%d]: not text of at most %d bytes", k.name, i, MaxKey)
			}
		}
	}
	for _, p := range []struct {
		name string
		data []byte
	}{{"statement", e.Statement}, {"body", e.Body}, {"personal", e.Personal}} {
		if err := checkJSON(p.data); err != nil {
			bad("%s: %w", p.name, err)
		}
	}
	if len(errs) > 0 {
		return &EntryError{ID: e.ID, Problems: errors.Join(errs...)}
	}
	return nil
}

// checkLine accepts text that fits one line of a leaf.
func checkLine(s string) error {
	if len(s) > MaxID || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Errorf("must be at most %d bytes of printable text", MaxID)
	}
	return nil
}

// errJSON is wrapped where data is not one compact JSON value.
var errJSON = errors.New("not one compact JSON value")

// checkJSON accepts no data, or one JSON value without white space: a pack carries it inside JSON lines,
// where only compact JSON keeps its bytes.
func checkJSON(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if len(data) > MaxPart {
		return fmt.Errorf("%d bytes, at most %d are kept", len(data), MaxPart)
	}
	if !compactJSON(data) {
		return errJSON
	}
	return nil
}
