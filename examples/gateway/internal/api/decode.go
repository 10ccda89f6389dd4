package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxDepth bounds the nesting of a body that is decoded here. Orders have the bounds of their readers.
const maxDepth = 16

// decode reads one JSON value strictly: no unknown and no repeated names, nothing after it.
func decode(b []byte, v any) error {
	if err := plain(json.NewDecoder(bytes.NewReader(b))); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// plain checks depth and names by reading the tokens once.
func plain(dec *json.Decoder) error {
	// names holds a set of names for every open object, nil for an array; key says that a name comes next.
	var names []map[string]bool
	key := false
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch d, isDelim := t.(json.Delim); {
		case isDelim && (d == '{' || d == '['):
			names = append(names, nil)
			if d == '{' {
				names[len(names)-1] = map[string]bool{}
			}
			if len(names) > maxDepth {
				return fmt.Errorf("nested deeper than %d", maxDepth)
			}
		case isDelim:
			names = names[:len(names)-1]
			if len(names) == 0 {
				if _, err := dec.Token(); !errors.Is(err, io.EOF) {
					return errors.New("something follows the object")
				}
				return nil
			}
		case key:
			name, _ := t.(string) // the tokenizer lets nothing else stand there
			if names[len(names)-1][name] {
				return fmt.Errorf("the name %q stands twice", name)
			}
			names[len(names)-1][name] = true
			key = false
			continue
		case len(names) == 0:
			return errors.New("an object is expected")
		}
		key = names[len(names)-1] != nil
	}
}
