package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// FuzzCheckJSON holds the check to what encoding/json says of the same data.
func FuzzCheckJSON(f *testing.F) {
	for _, s := range []string{
		``, `{}`, `{ }`, `{"a b":"\" ","c":[1,2]}`, `{"a":1 }`, `"\\" `, "[1,\t2]", `{"a":"é"}`, "\"\xff\"", `nul`, `[true,false,null]`, `[[],{},[{}]]`,
		`[1,]`, `{"a":1,}`, `{"a"}`, `{1:2}`, `[`, `{`, `"`, `"\`, `"\u12a`, `"\u12aB\/\b"`, `"\x"`, "\"\x1f\"", `0`, `-0`, `01`, `-`, `1.5e+10`, `1.`, `.5`, `1E-2`, `1e`, `1e+`,
		"\r1", "1\x0e5", "1e\x0b5", `"\ud800"`, `[}`, `{]`, `1 2`, `11,`, "\ufeff1",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var compact bytes.Buffer
		same := len(data) == 0 || json.Compact(&compact, data) == nil && bytes.Equal(compact.Bytes(), data) && utf8.Valid(data)
		require.Equal(t, same, checkJSON(data) == nil)
	})
}

// TestCheckJSONDepth holds the check to the depth that encoding/json reads.
func TestCheckJSONDepth(t *testing.T) {
	for _, depth := range []int{1, 100, 10_000, 10_001} {
		for _, data := range []string{
			strings.Repeat("[", depth) + strings.Repeat("]", depth),
			strings.Repeat(`{"":`, depth) + "0" + strings.Repeat("}", depth),
		} {
			require.Equal(t, json.Valid([]byte(data)), checkJSON([]byte(data)) == nil, "%d deep", depth)
		}
	}
}
