package screening_test

import (
	"strings"
	"testing"

	"github.com/ordergate/ordergate/screening"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// order is a complete, harmless order that tests change.
func order() screening.Order {
	return screening.Order{
		ID: "T-1", Date: "2026-10-12", Currency: "CNY", Destination: "DE",
		Parties: []screening.Party{
			{ID: "s", Roles: []screening.Role{screening.Seller}, Kind: "organization", Name: "示例机电有限公司", Country: "CN"},
			{
				ID: "b", Roles: []screening.Role{screening.Buyer, screening.Consignee, screening.EndUser, screening.Payer},
				Kind: "organization", Name: "Beispiel Büromöbel GmbH", Country: "Germany", Business: screening.Manufacturer,
				RegisteredOn: "1998-03-02", Website: "example.org", CustomerSince: "2015-05-04",
				Addresses: []screening.Address{{Street: "Musterweg 4", City: "Kassel", Country: "DE", Use: "commercial"}},
			},
		},
		Lines: []screening.Line{{
			ID: "10", PartNumber: "OC-1", Description: "office swivel chair with armrests", HS: "9401.39", HSEdition: "2022", Uncontrolled: true,
			Quantity: number("20"), Value: number("4200"), Origin: "CN",
		}},
		EndUse:   &screening.EndUse{Text: "furniture of the buyer's own offices", Code: "civil", Reexport: new(bool)},
		Delivery: &screening.Delivery{Incoterm: "FCA", Requested: "2026-11-20"},
		Payment:  &screening.Payment{Means: "transfer", PrepaidPercent: number("0"), BankCountry: "DE"},
	}
}

func number(s string) *screening.Decimal {
	d := decimal.RequireFromString(s)
	return &d
}

func TestNormaliseNamesEveryProblemByPath(t *testing.T) {
	o := order()
	o.Schema = "other/9"
	o.ID = " "
	o.Date = "2026-02-30"
	o.Stage = "afterwards"
	o.Currency = "yuan"
	o.Destination = "Atlantis"
	o.Parties[0].ID = "b"
	o.Parties[1].Roles = append(o.Parties[1].Roles, "friend")
	o.Parties[1].Owners = []screening.Owner{{Name: "A", Percent: number("80")}, {Name: "B", Percent: number("30")}, {Percent: number("0")}}
	o.Parties[1].Addresses[0].Country = "Utopia"
	o.Lines[0].Value = number("-1")
	o.Lines[0].EndUser = "nobody"
	o.Lines = append(o.Lines, screening.Line{ID: "10", Description: strings.Repeat("x", screening.MaxText+1)})
	o.Documents = []screening.Document{{Type: "letter", Lines: []string{"99"}}}
	o.Answers = []screening.Answer{{Question: "q", Value: "perhaps"}}
	o.Changes = []screening.Change{{Field: "weather"}}

	_, err := o.Normalise()
	var invalid *screening.InvalidOrderError
	require.ErrorAs(t, err, &invalid)
	var paths []string
	for _, p := range invalid.Problems {
		paths = append(paths, p.Path)
		require.NotEmpty(t, p.Reason)
		require.Contains(t, err.Error(), p.Path)
	}
	require.Equal(t, []string{
		"schema", "id", "date", "stage", "currency", "destination",
		"parties[1].id", "parties[1].roles[4]", "parties[1].addresses[0].country",
		"parties[1].owners[2].name", "parties[1].owners[2].percent", "parties[1].owners",
		"lines[0].value", "lines[0].end_user", "lines[1].id", "lines[1].description",
		"documents[0].type", "documents[0].lines[0]", "answers[0].value", "changes[0].field",
	}, paths)
}

func TestNormaliseLeavesTheCallersOrderAlone(t *testing.T) {
	o := order()
	n, err := o.Normalise()
	require.NoError(t, err)
	require.Equal(t, order(), o)
	require.Equal(t, "DE", n.Parties[1].Country)
	require.Equal(t, screening.OrderSchema, n.Schema)
	require.Equal(t, screening.PreContract, n.Stage)

	again, err := n.Normalise()
	require.NoError(t, err)
	require.Equal(t, n, again)
}

func TestNormaliseBoundsOwners(t *testing.T) {
	o := order()
	deep := screening.Owner{Name: "0"}
	for range 40 {
		deep = screening.Owner{Name: "n", Owners: []screening.Owner{deep}}
	}
	o.Parties[1].Owners = []screening.Owner{deep}
	_, err := o.Normalise()
	require.ErrorContains(t, err, "levels")
}
