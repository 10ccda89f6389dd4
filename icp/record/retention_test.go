package record

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRetentionRule(t *testing.T) {
	table := BuiltinRetention()
	for _, c := range []struct {
		regimes []string
		regime  string
		years   int
	}{
		{[]string{"CN"}, "CN", 5},
		{[]string{"EAR"}, "EAR", 5},
		{[]string{"CN", "EAR", "OFAC"}, "OFAC", 10},
		{nil, "OFAC", 10},
		{[]string{"CN", "no longer known"}, "OFAC", 10},
	} {
		r := table.rule(c.regimes)
		require.Equal(t, c.regime, r.Regime, "%v", c.regimes)
		require.Equal(t, c.years, r.Years, "%v", c.regimes)
		require.NotEmpty(t, r.Citation)
	}
}

func TestTermCountsFromTheLatestEvent(t *testing.T) {
	var x term
	for _, e := range []Entry{
		{Time: time.Date(2026, 3, 2, 23, 0, 0, 0, time.FixedZone("", -8*3600))}, // the 3rd in UTC
		{Time: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), EventDay: "2028-02-29", Regimes: []string{"CN"}},
	} {
		e.ID, e.Kind, e.Subject = "x", Report, "SO-1"
		row, _, err := newRow(&e, make([]byte, PartCount*saltSize), nil)
		require.NoError(t, err)
		require.NoError(t, x.add(Retention{{Regime: "CN", Years: 5}}, row))
		x.close()
	}
	require.Equal(t, Term{Latest: "2028-02-29", Rule: Rule{Regime: "CN", Years: 5}, DueOn: "2033-03-02", Records: 2}, x.Term)
}
