package native_test

import (
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/ordergate/ordergate/screening/order/native"
	"github.com/stretchr/testify/require"
)

func TestReadErrors(t *testing.T) {
	deep := strings.Repeat(`{"owners":[`, 40) + strings.Repeat(`]}`, 40)
	for _, tt := range []struct {
		name, doc string
		want      []string // each problem's code and text, in order
	}{
		{"misspelt field", `{"lines":[{"id":"1","hs_codes":"9401"}]}`,
			[]string{`unknown_field line 1:21: lines[0].hs_codes: is not a field of a line; did you mean "hs"?`}},
		{"nearest name", "{\n \"partys\": []}",
			[]string{`unknown_field line 2:2: partys: is not a field of an order; did you mean "parties"?`}},
		{"camel case", `{"lines":[{"partNumber":"X"}]}`,
			[]string{`unknown_field line 1:12: lines[0].partNumber: is not a field of a line; did you mean "part_number"?`}},
		{"other letter case", `{"ID":"1"}`,
			[]string{`unknown_field line 1:2: ID: is not a field of an order; did you mean "id"?`}},
		{"odd name", `{"a b":1}`,
			[]string{`unknown_field line 1:2: ["a b"]: is not a field of an order`}},
		{"every problem at once", `{"id":7,"revision":1.5,"date":"2026-02-30","parties":{},"currency":null}`, []string{
			`value line 1:7: id: is a number, not a string`,
			`value line 1:20: revision: "1.5" is not a whole number of at most 32 bits`,
			`value line 1:31: date: "2026-02-30" is not a date of the form 2006-01-02`,
			`value line 1:54: parties: is an object, not an array`,
			`value line 1:68: currency: is null; leave out a field that has no value`}},
		{"duplicate", `{"id":"1","id":"2"}`, []string{`duplicate line 1:11: id: given twice`}},
		{"duplicate by escape", `{"id":"1","\u0069d":"2"}`, []string{`duplicate line 1:11: id: given twice`}},
		{"duplicate inside", `{"end_use":{"code":"civil","code":"military"}}`, []string{`duplicate line 1:28: end_use.code: given twice`}},
		{"exponent", `{"lines":[{"value":1e400000000}]}`,
			[]string{`value line 1:20: lines[0].value: "1e400000000" is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)`}},
		{"thousands separator", `{"lines":[{"value":"1,234"}]}`,
			[]string{`value line 1:20: lines[0].value: "1,234" is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)`}},
		{"number of a boolean", `{"lines":[{"value":true}]}`,
			[]string{`value line 1:20: lines[0].value: is true or false, not a number or a string of digits`}},
		{"large integer", `{"revision":99999999999}`, []string{`value line 1:13: revision: "99999999999" is not a whole number of at most 32 bits`}},
		{"schema of another version", `{"schema":"ordergate.order/9"}`,
			[]string{`value line 1:11: schema: is "ordergate.order/9", this version reads "ordergate.order/1"`}},
		{"second of an array", `[{"id":"1"},{"idd":"2"}]`, []string{`unknown_field line 1:14: [1].idd: is not a field of an order; did you mean "id"?`}},
		{"json lines", "{\"id\":\"1\"}\n{\"id\":2}\n", []string{`value line 2:7: id: is a number, not a string`}},
		{"lone surrogate", `{"id":"\ud800"}`, []string{`value line 1:7: id: holds U+FFFD or a lone surrogate, the mark of text damaged by a wrong encoding`}},
		{"control character", `{"id":"a\u0000b"}`, []string{`value line 1:7: id: holds the control character U+0000`}},
		{"not utf-8", "{\"id\":\n\"\xff\"}", []string{`syntax line 2:2: not UTF-8`}},
		{"too deep", deep, []string{`limit line 1:363: ` + strings.Repeat("owners[0].", 32) + `owners: nested more than 64 deep`}},
		{"empty", " \n", []string{`syntax the document is empty`}},
		{"no order", `[]`, []string{`missing holds no order`}},
		{"a string", `"order"`, []string{`value line 1:1: is a string, not an object`}},
		{"truncated", `{"id":"1"`, []string{`syntax line 1:10: not JSON: the document ends too early`}},
		{"only a comma", ",", []string{`syntax line 1:1: not JSON: invalid character ',' at start of value`}},
		{"trailing comma", "{\"id\":\"1\",\n}", []string{`syntax line 1:10: not JSON: invalid character ',' at start of value`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			orders, err := native.Read(strings.NewReader(tt.doc))
			require.Empty(t, orders)
			require.Equal(t, tt.want, codeAndText(t, err))
		})
	}
}

func TestReadForms(t *testing.T) {
	orders, err := native.Read(strings.NewReader("\xef\xbb\xbf" + `[{"id":"1","revision":-2,"lines":[{"id":"1","value":12.50,"quantity":"0012.5"}]}]` + "\n" + `{"id":"2","date":""}`))
	require.NoError(t, err)
	require.Len(t, orders, 2)
	require.Equal(t, -2, orders[0].Revision)
	require.Equal(t, "12.5", orders[0].Lines[0].Value.String())
	require.Equal(t, "12.5", orders[0].Lines[0].Quantity.String())
	require.Nil(t, orders[0].Lines[0].ListPrice)
	require.True(t, orders[1].Date.IsZero())
}

func TestReadBoundsItsAnswer(t *testing.T) {
	doc := `[` + strings.TrimSuffix(strings.Repeat(`{"x":1},`, 5000), ",") + `]`
	_, err := native.Read(strings.NewReader(doc))
	var e *fault.Error
	require.ErrorAs(t, err, &e)
	require.Len(t, e.Problems, fault.MaxProblems)
	require.Equal(t, 5000-fault.MaxProblems, e.More)

	_, err = native.Read(strings.NewReader(strings.Repeat(" ", fault.MaxBytes+1)))
	require.Equal(t, []string{"limit the document is larger than 16 MiB"}, codeAndText(t, err))

	_, err = native.Read(strings.NewReader("[" + strings.Repeat("0,", 600_000) + "0]"))
	require.ErrorContains(t, err, "more than 500000 values")
}

func FuzzRead(f *testing.F) {
	for _, b := range sampleOrders(f) {
		f.Add(b)
	}
	f.Add([]byte(`{"id":"1","id":2,"lines":[{"value":1e9}]}`))
	f.Add([]byte("[[[[[]]]]]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, err := native.Read(strings.NewReader(string(b)))
		if err == nil {
			require.NotEmpty(t, orders)
			return
		}
		require.Empty(t, orders)
		require.NotEmpty(t, codeAndText(t, err))
	})
}

func codeAndText(t *testing.T, err error) []string {
	t.Helper()
	var e *fault.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, native.Format, e.Format)
	var out []string
	for _, p := range e.Problems {
		out = append(out, string(p.Code)+" "+p.String())
	}
	return out
}
