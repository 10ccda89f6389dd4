package classify

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ordergate/ordergate/internal/dated"
	"golang.org/x/text/width"
)

// Master is the user's product master: what was decided about each part, by whom, on what ground.
type Master struct {
	ID      string
	AsOf    Date
	Records []MasterRecord
}

// MasterRecord is one decision. A part may have one for each list.
type MasterRecord struct {
	PartNumber string `json:"part_number"`
	// List is the control list; Code the entry, "" where the decision is "not on this list".
	List string `json:"list"`
	Code string `json:"code,omitempty"`
	// Basis is the ground: "supplier's declaration", "own review", "ruling".
	Basis    string `json:"basis,omitempty"`
	Reviewer string `json:"reviewer,omitempty"`
	Reviewed Date   `json:"reviewed,omitempty"`
	// Expires is the last day the decision may be relied on; "" is none.
	Expires Date `json:"expires,omitempty"`
	// Sensitive marks a part that a person must always see; Note says why.
	Sensitive bool   `json:"sensitive,omitempty"`
	Note      string `json:"note,omitempty"`
}

// ReadMaster reads a product master as CSV. Columns: part_number and list (required), code, basis,
// reviewer, reviewed, expires, sensitive (y), note.
func ReadMaster(r io.Reader, id string) (Master, error) {
	m := Master{ID: id}
	cols := []string{"part_number", "list", "code", "basis", "reviewer", "reviewed", "expires", "sensitive", "note"}
	seen := map[[2]string]bool{}
	err := rows(r, id, cols, cols[:2], func(get func(string) string) error {
		rec := MasterRecord{
			PartNumber: get("part_number"), List: get("list"), Code: get("code"), Basis: get("basis"),
			Reviewer: get("reviewer"), Sensitive: get("sensitive") == "y", Note: get("note"),
		}
		if rec.PartNumber == "" || rec.List == "" {
			return fmt.Errorf("part_number and list must be given: %w", ErrTableFormat)
		}
		key := [2]string{partKey(rec.PartNumber), rec.List}
		if seen[key] {
			return fmt.Errorf("part %s, list %s: %w", rec.PartNumber, rec.List, ErrDuplicate)
		}
		seen[key] = true
		var errs []error
		for _, f := range []struct {
			name string
			to   *Date
		}{{"reviewed", &rec.Reviewed}, {"expires", &rec.Expires}} {
			if s := get(f.name); s != "" {
				d, err := dated.ParseDate(s)
				if err != nil {
					errs = append(errs, fmt.Errorf("%s: %w", f.name, err))
				}
				*f.to = d
			}
		}
		m.Records = append(m.Records, rec)
		return errors.Join(errs...)
	})
	if err != nil {
		return Master{}, err
	}
	slices.SortStableFunc(m.Records, func(a, b MasterRecord) int { return cmpString(partKey(a.PartNumber), partKey(b.PartNumber)) })
	return m, nil
}

// partKey is the form part numbers are compared in: full width folded, upper case, white space dropped.
func partKey(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(width.Fold.String(s)), ""))
}
