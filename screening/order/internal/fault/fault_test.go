package fault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearest(t *testing.T) {
	known := []string{"id", "hs", "hs_edition", "part_number", "other_names", "roles"}
	for name, want := range map[string]string{
		"partNumber": "part_number", "part-number": "part_number", "othernames": "other_names", "role": "roles", "ROLES": "roles",
		"hs_code": "hs", "hsCode": "hs", "item.hs-edition-year": "hs_edition", "hscode": "", "line id no": "id", "ideal": "", "ID": "id", "xy": "", "description": "", "": "", strings.Repeat("x", 5000): "",
	} {
		require.Equal(t, want, Nearest(name, known), name)
	}
}

func TestErrorText(t *testing.T) {
	var l List
	require.NoError(t, l.Err("native"))
	l.Add(Problem{Code: Value, Path: "lines[0].hs", Line: 3, Column: 9, Text: "is wrong"})
	require.EqualError(t, l.Err("native"), "order (native): line 3:9: lines[0].hs: is wrong")
	l.Add(Problem{Code: Syntax, Text: "not UTF-8"})
	require.EqualError(t, l.Err(""), "order\n\tline 3:9: lines[0].hs: is wrong\n\tnot UTF-8")
}

func TestQuoteCuts(t *testing.T) {
	require.Equal(t, `"样例"`, Quote("样例"))
	require.Equal(t, `"`+strings.Repeat("样", 60)+`"…`, Quote(strings.Repeat("样", 61)))
	require.Equal(t, `"a\"\n"`, Quote("a\"\n"))
}

func TestPosition(t *testing.T) {
	data := []byte("ab\ncd\n")
	for offset, want := range map[int][2]int{0: {1, 1}, 2: {1, 3}, 3: {2, 1}, 6: {3, 1}, 99: {3, 1}, -1: {1, 1}} {
		line, column := Position(data, offset)
		require.Equal(t, want, [2]int{line, column}, offset)
	}
}
