package record

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// RecordError says what is wrong with one record. It wraps [ErrTampered].
type RecordError struct {
	Index int64
	What  string
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("record %d: %v: %s", e.Index, ErrTampered, e.What)
}

func (e *RecordError) Unwrap() error { return ErrTampered }

// checkRow checks a row against itself: columns against leaf and facts, parts against commitments. It gives
// the leaf, or a [*RecordError]. That the leaf is the tree's is for proofs and Verify to say.
func checkRow(row *Row) (*leaf, error) {
	bad := func(format string, a ...any) (*leaf, error) {
		return nil, &RecordError{row.Index, fmt.Sprintf(format, a...)}
	}
	l, err := parseLeaf(row.Leaf)
	if err != nil {
		return bad("%v", err)
	}
	if row.ID != l.id {
		return bad("id column %q is not the leaf's %q", row.ID, l.id)
	}
	if row.Kind != l.kind {
		return bad("kind column %q is not the leaf's %q", row.Kind, l.kind)
	}
	for i, stored := range row.Parts {
		switch {
		case stored == nil:
		case l.commits[i] == nil:
			return bad("a %s that the leaf does not commit to", partNames[i])
		case !bytes.Equal(commitment(i, stored), l.commits[i]):
			return bad("%s is not what the leaf commits to", partNames[i])
		}
	}
	var f struct {
		Subject string `json:"subject"`
	}
	if data := row.data(partFacts); data != nil {
		if err := json.Unmarshal(data, &f); err != nil {
			return bad("facts: %v", err)
		}
	}
	if row.Subject != f.Subject {
		return bad("subject column %q is not the facts' %q", row.Subject, f.Subject)
	}
	return l, nil
}

// missing are the places of the parts that the leaf commits to and the row lacks.
func missing(row *Row, l *leaf) (parts []int) {
	for i, c := range l.commits {
		if c != nil && row.Parts[i] == nil {
			parts = append(parts, i)
		}
	}
	return parts
}
