package fetch

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:embed sources.json
var official string

// maxSources bounds a file of sources, in bytes.
const maxSources = 4 << 20

// Official are the addresses at which the authorities published their lists in 2026, with the format each is in. They
// were compiled from the authorities' pages and move now and then: a user who relies on one should verify it. Of lists
// whose address changes with every edition (METI's workbook, China's notices) there is the page alone, see [ErrByHand].
func Official() ([]Source, error) { return ReadSources(strings.NewReader(official)) }

// ReadSources reads sources from JSON: an array of [Source]. An unknown field is an error, and so is everything that
// [Fetcher.Update] would refuse.
func ReadSources(r io.Reader) ([]Source, error) {
	d := json.NewDecoder(io.LimitReader(r, maxSources))
	d.DisallowUnknownFields()
	var all []Source
	if err := d.Decode(&all); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
	}
	var errs []error
	for i, s := range all {
		errs = append(errs, s.validate())
		if slices.ContainsFunc(all[:i], func(t Source) bool { return t.List == s.List }) {
			errs = append(errs, fmt.Errorf("list %q is there twice: %w", s.List, ErrSource))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}
