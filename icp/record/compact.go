package record

import (
	"bytes"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// compactJSON reports whether data is one JSON value in UTF-8 without white space outside its strings. Names given
// twice and lone surrogates are JSON (RFC 8259), and whoever wrote them is to find them as they were.
func compactJSON(data []byte) bool {
	return utf8.Valid(data) && jsontext.Value(data).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) && !spaced(data)
}

// spaced reports whether valid JSON has white space outside its strings. It goes from quotation mark to quotation mark,
// for strings are most of a record.
func spaced(data []byte) bool {
	for {
		start := bytes.IndexByte(data, '"')
		if start < 0 {
			return bytes.ContainsAny(data, " \t\n\r")
		}
		for _, c := range data[:start] {
			if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
				return true
			}
		}
		data = data[start+1:]
		for escaped := true; escaped; {
			end := bytes.IndexByte(data, '"')
			escaped = false
			for i := end - 1; i >= 0 && data[i] == '\\'; i-- {
				escaped = !escaped
			}
			data = data[end+1:]
		}
	}
}
