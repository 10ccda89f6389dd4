package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ordergate/ordergate/lists"
)

// maxRecord bounds one record of a JSON file, in bytes.
const maxRecord = 16 << 20

// ReadJSON reads the records of an array, which is the document itself or the member of that name of the object
// the document is, and gives each to handle as it stands; meanwhile problems have the offset of its end. Where the document is cut
// off, malformed, over max bytes or of another shape, a problem is added.
func ReadJSON(r io.Reader, max int64, member string, p *Problems, handle func(record json.RawMessage)) {
	d := json.NewDecoder(WithoutMark(Limit(r, max)))
	fail := func(err error) {
		if !errors.Is(err, lists.ErrTooLarge) && !errors.Is(err, lists.ErrEncoding) {
			err = fmt.Errorf("%w: %w", lists.ErrFormat, err)
		}
		p.Add(lists.Problem{Offset: d.InputOffset(), Err: err})
	}
	inObject, err := enterArray(d, member)
	if errors.Is(err, io.EOF) {
		p.Add(lists.Problem{Reason: "no JSON at all", Err: lists.ErrEmpty})
		return
	}
	for err == nil && d.More() {
		var record json.RawMessage
		if err = d.Decode(&record); err == nil && len(record) > maxRecord {
			err = fmt.Errorf("%w: a record of %d bytes", lists.ErrTooLarge, len(record))
		}
		if err == nil && !utf8.Valid(record) { // the decoder would put U+FFFD for what it cannot read
			err = NotUTF8(record)
		}
		if err == nil {
			p.Offset = d.InputOffset()
			handle(record)
			p.Offset = 0
		}
	}
	if err == nil {
		err = leaveArray(d, inObject)
	}
	if err != nil {
		fail(unexpected(err))
	}
}

// enterArray goes to the first record.
func enterArray(d *json.Decoder, member string) (inObject bool, err error) {
	tok, err := d.Token()
	if err != nil {
		return false, err
	}
	switch tok {
	case json.Delim('['):
		return false, nil
	case json.Delim('{'):
	default:
		return false, errors.New("the document is neither an array nor an object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return true, unexpected(err)
		}
		if key != member {
			if err := skipValue(d); err != nil {
				return true, unexpected(err)
			}
			continue
		}
		if tok, err = d.Token(); err != nil {
			return true, unexpected(err)
		}
		if tok != json.Delim('[') {
			return true, fmt.Errorf("%q is no array", member)
		}
		return true, nil
	}
	return true, fmt.Errorf("the object has no %q", member)
}

// leaveArray reads from the last record to the end of the document, which must be there and whole.
func leaveArray(d *json.Decoder, inObject bool) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	if inObject {
		for d.More() {
			if _, err := d.Token(); err != nil {
				return err
			}
			if err := skipValue(d); err != nil {
				return err
			}
		}
		if _, err := d.Token(); err != nil {
			return err
		}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(errors.New("text after the end of the document"), err)
	}
	return nil
}

func skipValue(d *json.Decoder) error {
	var skipped json.RawMessage
	return d.Decode(&skipped)
}

// unexpected tells an end inside a document from an empty one.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Record reads one record into v. A member v has no place for is noted and left out; anything else that does
// not fit is an error.
func (p *Problems) Record(record json.RawMessage, v any) error {
	d := json.NewDecoder(bytes.NewReader(record))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		return nil
	}
	name, unknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	if !unknown {
		return fmt.Errorf("%w: %w", lists.ErrFormat, err)
	}
	p.Note(lists.Problem{Field: strings.Trim(name, `"`), Reason: "a member the importer does not know was left out"})
	if err := json.Unmarshal(record, v); err != nil {
		return fmt.Errorf("%w: %w", lists.ErrFormat, err)
	}
	return nil
}
