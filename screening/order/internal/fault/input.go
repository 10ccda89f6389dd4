package fault

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// MaxBytes is the size up to which a document is read.
const MaxBytes = 16 << 20

// ReadAll reads a whole document of at most [MaxBytes] that is UTF-8, a leading byte order mark removed.
// Any failing is added to the list and ok is false; an error of r itself is returned as it is. What stands in a
// [bytes.Buffer] is not copied: an order is read from it and holds no part of it.
func (l *List) ReadAll(r io.Reader) (data []byte, ok bool, err error) {
	b, whole := r.(*bytes.Buffer)
	if !whole {
		b = new(bytes.Buffer)
		if known, ok := r.(interface{ Len() int }); ok { // a document in memory is copied once
			b.Grow(min(known.Len(), MaxBytes) + bytes.MinRead)
		}
		_, err = b.ReadFrom(io.LimitReader(r, MaxBytes+1))
	}
	data = b.Next(b.Len())
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("reading an order: %w", err)
	case len(data) > MaxBytes:
		l.Add(Problem{Code: Limit, Text: fmt.Sprintf("the document is larger than %d MiB", MaxBytes>>20)})
		return nil, false, nil
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if i := invalidAt(data); i >= 0 {
		line, column := Position(data, i)
		l.Add(Problem{Code: Syntax, Line: line, Column: column, Text: "not UTF-8"})
		return nil, false, nil
	}
	if len(bytes.TrimSpace(data)) == 0 {
		l.Add(Problem{Code: Syntax, Text: "the document is empty"})
		return nil, false, nil
	}
	return data, true, nil
}

// Position is the line and column, from 1, of a byte offset.
func Position(data []byte, offset int) (line, column int) {
	before := data[:min(max(offset, 0), len(data))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

func invalidAt(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
