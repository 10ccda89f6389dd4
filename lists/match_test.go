package lists_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/lists"
)

// party is a listed entity of made-up names, the first its primary one.
func party(id string, kind lists.Kind, names ...lists.Name) lists.Entity {
	names[0].Kind = lists.PrimaryName
	return lists.Entity{ID: id, Kind: kind, Names: names}
}

// indexed are the parties that the rules of Match are shown by.
func indexed(t *testing.T) *lists.Index {
	tester := party("tester", lists.Person, lists.Name{Text: "Kasim Vortali"}, lists.Name{Text: "Tess Bravo", Kind: lists.WeakAlias})
	tester.BirthDates = []lists.BirthDate{{Date: "1971-03-09"}}
	tester.Countries = []string{"IQ"}
	tester.Identifiers = []lists.Identifier{{Type: lists.IDPassport, Value: "H-000777", Country: "IQ"}}
	tester.Addresses = []lists.Address{{Street: "Beispielweg 12", City: "Kassel", Country: "DE"}}
	ship := party("ship", lists.Vessel, lists.Name{Text: "VORTALA STAR"})
	ship.Identifiers = []lists.Identifier{{Type: lists.IDIMO, Value: "9000001"}, {Type: lists.IDMMSI, Value: "677000001"}, {Type: lists.IDCallSign, Value: "5VXX9"}}
	plane := party("plane", lists.Aircraft, lists.Name{Text: "Vortala Jet 2"})
	plane.Identifiers = []lists.Identifier{{Type: lists.IDTail, Value: "XX-VTL"}}
	snap, err := lists.NewSnapshot(lists.List{ID: "one", Title: "One", Regime: "XX", Entities: []lists.Entity{
		tester, ship, plane,
		party("vamid", lists.Organization, lists.Name{Text: "VAMID"}),
		party("works", lists.Organization, lists.Name{Text: "Vortala Machine Works Ltd"}, lists.Name{Text: "VMW", Kind: lists.WeakAlias}),
	}})
	require.NoError(t, err)
	index, err := lists.NewIndex(snap)
	require.NoError(t, err)
	return index
}

func TestMatchRules(t *testing.T) {
	index := indexed(t)
	born := []string{"1971-03-09"}
	for _, c := range []struct {
		rule string
		q    lists.Query
		want string
		by   lists.By
	}{
		{"a name alone", lists.Query{Names: []string{"VORTALI, Kasim"}, Kind: lists.Person}, "tester", lists.ByName},
		{"a weak alias, exactly", lists.Query{Names: []string{"TESS BRAVO"}, Kind: lists.Person}, "tester", lists.ByName},
		{"a weak alias with a slip", lists.Query{Names: []string{"Tess Bravoo"}, Kind: lists.Person}, "", ""},
		{"the same, born the same day", lists.Query{Names: []string{"Tess Bravoo"}, Kind: lists.Person, BirthDates: born}, "tester", lists.ByName},
		{"the same, born another day", lists.Query{Names: []string{"Tess Bravoo"}, Kind: lists.Person, BirthDates: []string{"1980-01-01"}}, "", ""},
		{"the same, at the same address", lists.Query{Names: []string{"Tess Bravoo"}, Kind: lists.Person,
			Addresses: []lists.Address{{Street: "Beispielweg 12", City: "Kassel", Country: "DE"}}}, "tester", lists.ByName},
		{"a short name, exactly", lists.Query{Names: []string{"Vamid Ltd"}, Kind: lists.Organization}, "vamid", lists.ByName},
		{"a short name with a slip", lists.Query{Names: []string{"Vamidd"}, Kind: lists.Organization}, "", ""},
		{"a short name within a longer one", lists.Query{Names: []string{"Vamid Logistics"}, Kind: lists.Organization}, "", ""},
		{"just under the threshold", lists.Query{Names: []string{"Kasim Vortly"}, Kind: lists.Person, Threshold: 0.8}, "", ""},
		{"the same, born the same day", lists.Query{Names: []string{"Kasim Vortly"}, Kind: lists.Person, Threshold: 0.8, BirthDates: born}, "tester", lists.ByName},
		{"an exact name with all else against it", lists.Query{Names: []string{"Kasim Vortali"}, Kind: lists.Person,
			BirthDates: []string{"1990-12-31"}, Countries: []string{"BR"}}, "tester", lists.ByName},
		{"a passport", lists.Query{Names: []string{"Somebody Else"}, Kind: lists.Person,
			Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "h000777"}}}, "tester", lists.ByIdentifier},
		{"a passport of another country", lists.Query{Kind: lists.Person,
			Identifiers: []lists.Identifier{{Type: lists.IDPassport, Value: "H000777", Country: "FR"}}}, "", ""},
		{"an IMO number", lists.Query{Kind: lists.Vessel, Identifiers: []lists.Identifier{{Type: lists.IDIMO, Value: "IMO 9000001"}}}, "ship", lists.ByIdentifier},
		{"an MMSI", lists.Query{Kind: lists.Vessel, Identifiers: []lists.Identifier{{Type: lists.IDMMSI, Value: "677 000 001"}}}, "ship", lists.ByIdentifier},
		{"a call sign", lists.Query{Kind: lists.Vessel, Identifiers: []lists.Identifier{{Type: lists.IDCallSign, Value: "5vxx9"}}}, "ship", lists.ByIdentifier},
		{"a tail number", lists.Query{Kind: lists.Aircraft, Identifiers: []lists.Identifier{{Type: lists.IDTail, Value: "XXVTL"}}}, "plane", lists.ByIdentifier},
		{"an MMSI is no IMO number", lists.Query{Kind: lists.Vessel, Identifiers: []lists.Identifier{{Type: lists.IDIMO, Value: "677000001"}}}, "", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			hits := index.Match(c.q)
			if c.want == "" {
				require.Empty(t, hits)
				return
			}
			require.Len(t, hits, 1)
			require.Equal(t, c.want, hits[0].Entity.ID)
			require.Equal(t, c.by, hits[0].By)
		})
	}
}

// Corroboration is shown and moves the rank; the score says how alike the names are, whatever else is known.
func TestCorroborationIsApartFromScore(t *testing.T) {
	index := indexed(t)
	one := func(q lists.Query) lists.Hit {
		q.Names, q.Kind = []string{"Kasim Vortali"}, lists.Person
		hits := index.Match(q)
		require.Len(t, hits, 1)
		require.Equal(t, 1.0, hits[0].Score)
		return hits[0]
	}
	plain := one(lists.Query{})
	agreed := one(lists.Query{BirthDates: []string{"1971-03-09"}, Countries: []string{"IQ"}})
	against := one(lists.Query{BirthDates: []string{"1990-12-31"}, Countries: []string{"BR"}})
	require.Empty(t, plain.Corroboration)
	require.Len(t, agreed.Corroboration, 2)
	require.Greater(t, agreed.Rank, plain.Rank)
	require.Less(t, against.Rank, plain.Rank)
	require.True(t, against.Contradicted())
	require.False(t, agreed.Contradicted())
}
