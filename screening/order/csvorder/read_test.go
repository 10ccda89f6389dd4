package csvorder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order/csvorder"
	"github.com/ordergate/ordergate/screening/order/internal/fault"
	"github.com/stretchr/testify/require"
)

func TestReadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		want      []string
	}{
		{"unknown column", "order_id,line_id,buyer_nam\n1,1,x\n", []string{`unknown_field line 1:3: "buyer_nam" is not a column; did you mean "buyer_name"?`}},
		{"column twice", "order_id,line_id,hs,hs\n1,1,x,y\n", []string{`duplicate line 1:4: hs: given twice`}},
		{"no line_id", "order_id,hs\n1,x\n", []string{`missing line 1: line_id: the column is missing`}},
		{"ids empty", "order_id,line_id\n,1\n1,\n", []string{`missing line 2:1: order_id: is empty`, `missing line 3:2: line_id: is empty`}},
		{"no row", "order_id,line_id\n", []string{`missing holds no row below the header`}},
		{"too many columns", "order_id,line_id\n1,\"\n\"\n" + strings.Repeat(",", 500), []string{`limit line 4: there are more columns than this format has`}},
		{"short row", "order_id,line_id\n1\n", []string{`syntax line 2:1: not CSV: wrong number of fields`}},
		{"bare quote", "order_id,line_id\n1,a\"b\n", []string{`syntax line 2:4: not CSV: bare " in non-quoted-field`}},
		{"values", "order_id,line_id,order_date,value,uncontrolled,control_codes,revision,transport_identifiers\n1,1,12/10/2026,1e5,x,2B201,a,9999993\n", []string{
			`value line 2:4: value: "1e5" is not a number of the form 1234.56 (at most 18 digits before and 12 after the point)`,
			`value line 2:5: uncontrolled: "x" is neither true nor false`,
			`value line 2:6: control_codes: "2B201" is not of the form LIST:CODE or TYPE:VALUE`,
			`value line 2:3: order_date: "12/10/2026" is not a date of the form 2006-01-02`,
			`value line 2:7: revision: "a" is not a whole number`,
			`value line 2:8: transport_identifiers: "9999993" is not of the form LIST:CODE or TYPE:VALUE`,
		}},
		{"rows differ", "order_id,line_id,destination,buyer_name\n1,1,DE,A\n2,1,FR,\n1,2,FR,B\n", []string{
			`duplicate line 4:3: destination: differs from another row of the same order: "DE"`,
			`duplicate line 4:4: buyer_name: differs from another row of the same order: "A"`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			orders, err := csvorder.Read(strings.NewReader(tt.doc))
			require.Empty(t, orders)
			var e *fault.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, csvorder.Format, e.Format)
			var got []string
			for _, p := range e.Problems {
				got = append(got, string(p.Code)+" "+p.String())
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestReadGroupsRows(t *testing.T) {
	doc := "\xef\xbb\xbforder_id;line_id;buyer_name;end_user_name;payer_name;value\r\nA;1;样例;样例;X;1.5\r\nB;1;Y;;;\r\nA;2;;;;2\r\n"
	orders, err := csvorder.Read(strings.NewReader(doc))
	require.NoError(t, err)
	require.Len(t, orders, 2)
	require.Equal(t, "A", orders[0].ID)
	require.Len(t, orders[0].Lines, 2)
	require.Equal(t, []screening.Party{
		{Name: "样例", Roles: []screening.Role{screening.EndUser, screening.Buyer}},
		{Name: "X", Roles: []screening.Role{screening.Payer}},
	}, orders[0].Parties)
	require.Equal(t, "B", orders[1].ID)
	require.Nil(t, orders[1].EndUse)
}

func FuzzRead(f *testing.F) {
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "orders", "formats", "lines.csv"))
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte("order_id;line_id\n1;1\n"))
	f.Add([]byte("order_id\tline_id\tcontrol_codes\n\"1\"\t\"1\n2\"\tA:B|C:D\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		orders, err := csvorder.Read(strings.NewReader(string(b)))
		if err == nil {
			require.NotEmpty(t, orders)
			return
		}
		require.Empty(t, orders)
		var e *fault.Error
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Problems)
	})
}
