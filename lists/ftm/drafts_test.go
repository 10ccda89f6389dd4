package ftm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ordergate/ordergate/lists"
)

func TestDraftsGiveBackWhatWasAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Just("")).Draw
		long := rapid.OneOf(rapid.String(), rapid.Just(strings.Repeat("长", blockSize/5)), rapid.Just(strings.Repeat("long", blockSize/3))).Draw
		several := func(label string) []string {
			if n := rapid.IntRange(0, 3).Draw(t, label); n > 0 {
				return rapid.SliceOfN(rapid.String(), n, n).Draw(t, label)
			}
			return nil
		}
		var d drafts
		var want []lists.Entity
		for range rapid.IntRange(0, 20).Draw(t, "entities") {
			e := lists.Entity{
				ID: text(t, "id"), Kind: lists.Kind(rapid.String().Draw(t, "kind")), Remarks: long(t, "remarks"), URL: text(t, "url"), Gender: text(t, "gender"),
				Countries: several("countries"), BirthPlaces: several("places"), Titles: several("titles"), Measures: []lists.Measure{{Notice: text(t, "notice")}},
			}
			for _, s := range several("names") {
				e.Names = append(e.Names, lists.Name{Text: s, Kind: lists.NameKind(text(t, "kind")), Lang: text(t, "lang")})
			}
			for _, s := range several("addresses") {
				e.Addresses = append(e.Addresses, lists.Address{
					Text: s, Street: text(t, "street"), City: text(t, "city"), Region: text(t, "region"), PostalCode: text(t, "code"), Country: text(t, "country"), Note: text(t, "note"),
				})
			}
			for _, s := range several("identifiers") {
				e.Identifiers = append(e.Identifiers, lists.Identifier{Type: text(t, "type"), Value: s, Country: text(t, "country"), Note: text(t, "note")})
			}
			for _, s := range several("births") {
				e.BirthDates = append(e.BirthDates, lists.BirthDate{Date: s, To: text(t, "to"), Circa: rapid.Bool().Draw(t, "circa")})
			}
			require.Equal(t, e.ID, d.add(&e))
			want = append(want, e)
		}
		got := d.entities()
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, want[i], got[i])
		}
	})
}

// Sanctions that say the same are kept once, and yet the topics of one entity never become those of another.
func TestSharedSanctions(t *testing.T) {
	l, err := read(strings.NewReader(`
{"id":"S-1","schema":"Sanction","properties":{"entity":["A","B"],"programId":["P"],"startDate":["2022-03-01"]}}
{"id":"S-2","schema":"Sanction","properties":{"entity":["C"],"programId":["P"],"startDate":["2022-03-01"]}}
{"id":"S-3","schema":"Sanction","properties":{"entity":["C","D"],"programId":["P"],"startDate":["2022-03-01"],"endDate":["2023"]}}
{"id":"S-4","schema":"Sanction","properties":{"entity":["E","F"],"programId":["P"],"startDate":["2022-03-01"],"recordId":["R"]}}
{"id":"A","schema":"Company","properties":{"name":["A"],"topics":["sanction"]}}
{"id":"B","schema":"Company","properties":{"name":["B"],"topics":["debarment"]}}
{"id":"C","schema":"Company","properties":{"name":["C"],"topics":["sanction","debarment"]}}
{"id":"D","schema":"Company","properties":{"name":["D"],"topics":["sanction"]}}
{"id":"E","schema":"Company","properties":{"name":["E"],"topics":["sanction"]}}
{"id":"F","schema":"Company","properties":{"name":["F"],"topics":["export.control"]}}
`))
	require.NoError(t, err)
	var got []string
	for _, e := range l.Entities {
		for _, m := range e.Measures {
			got = append(got, strings.Join([]string{e.ID, m.Programme, m.Notice, strings.Join(m.Tags, "+"), string(m.Timeline.Status("2025-01-01"))}, " "))
		}
	}
	assert.Equal(t, []string{
		"A P  sanction in_force", "B P  debarment in_force", "C P  sanction+debarment in_force", "C P  sanction+debarment ended", "D P  sanction ended",
		"E P R sanction in_force", "F P R export.control in_force",
	}, got)
}
