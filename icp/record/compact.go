package record

import "unicode/utf8"

// maxNesting is how deep JSON may be nested: what encoding/json reads.
const maxNesting = 10_000

// compactJSON reports whether data is one JSON value (RFC 8259) in UTF-8 without white space outside its strings. It
// accepts what json.Valid accepts of such data, and reads it once: every report passes here on its way into the log.
func compactJSON(data []byte) bool {
	return utf8.Valid(data) && jsonValue(data, 0) == len(data)
}

// jsonValue is the place after the value that begins data, -1 where none does.
func jsonValue(data []byte, depth int) int {
	if len(data) == 0 {
		return -1
	}
	switch c := data[0]; c {
	case '"':
		return jsonString(data)
	case '{', '[':
		return jsonNested(data, depth+1)
	case 't':
		return jsonWord(data, "true")
	case 'f':
		return jsonWord(data, "false")
	case 'n':
		return jsonWord(data, "null")
	}
	return jsonNumber(data)
}

// jsonNested is the place after the object or array that begins data.
func jsonNested(data []byte, depth int) int {
	if depth > maxNesting {
		return -1
	}
	object, last := data[0] == '{', data[0]+2 // the closing bracket of either
	if len(data) > 1 && data[1] == last {
		return 2
	}
	for i := 1; ; i++ {
		if object {
			n := -1
			if i < len(data) && data[i] == '"' {
				n = jsonString(data[i:])
			}
			if n < 0 || i+n >= len(data) || data[i+n] != ':' {
				return -1
			}
			i += n + 1
		}
		n := jsonValue(data[i:], depth)
		if n < 0 || i+n >= len(data) {
			return -1
		}
		i += n
		switch data[i] {
		case last:
			return i + 1
		case ',':
		default:
			return -1
		}
	}
}

// jsonString is the place after the string that begins data.
func jsonString(data []byte) int {
	for i := 1; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			n := jsonEscape(data[i+1:])
			if n < 0 {
				return -1
			}
			i += n
		}
	}
	return -1
}

// jsonEscape is the length of an escape after its backslash.
func jsonEscape(data []byte) int {
	if len(data) == 0 {
		return -1
	}
	switch data[0] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 1
	case 'u':
		if len(data) > 4 && isHex(data[1]) && isHex(data[2]) && isHex(data[3]) && isHex(data[4]) {
			return 5
		}
	}
	return -1
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// jsonWord is the length of a word where it begins data.
func jsonWord(data []byte, word string) int {
	if len(data) < len(word) || string(data[:len(word)]) != word {
		return -1
	}
	return len(word)
}

// jsonNumber is the place after the number that begins data.
func jsonNumber(data []byte) int {
	i := 0
	digits := func() bool {
		first := i
		for i < len(data) && isDigit(data[i]) {
			i++
		}
		return i > first
	}
	skip := func(a, b byte) bool {
		found := i < len(data) && (data[i] == a || data[i] == b)
		if found {
			i++
		}
		return found
	}
	skip('-', '-')
	first := i
	if !digits() || data[first] == '0' && i > first+1 {
		return -1
	}
	if skip('.', '.') && !digits() {
		return -1
	}
	if skip('e', 'E') {
		if skip('+', '-'); !digits() {
			return -1
		}
	}
	return i
}
