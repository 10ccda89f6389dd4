package record

import (
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// compactJSON reports whether data is one JSON value in UTF-8 without white space outside its strings. Names given
// twice and lone surrogates are JSON (RFC 8259), and whoever wrote them is to find them as they were.
func compactJSON(data []byte) bool {
	return utf8.Valid(data) && jsontext.Value(data).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) && !spaced(data)
}

// spaced reports whether valid JSON has white space outside its strings.
func spaced(data []byte) bool {
	within := false // a string
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			within = !within
		case '\\':
			i++ // stands in strings only
		case ' ', '\t', '\n', '\r':
			if !within {
				return true
			}
		}
	}
	return false
}
