package policy

import (
	"errors"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/internal/dated"
	"github.com/stretchr/testify/require"
)

const asOf = dated.Date("2026-11-23")

func marks(t *Tables, table, country string) (out []string) {
	t.Get(table).Marked(country, asOf, func(r *Row, s dated.Status) { out = append(out, r.Mark+"/"+string(s)) })
	return out
}

func TestBuiltIn(t *testing.T) {
	s, err := BuiltIn()
	require.NoError(t, err)
	require.Equal(t, []string{"D:1/in_force", "D:3/in_force", "D:4/in_force"}, marks(s, "ear_groups", "MO"), "Macau is not in D:5")
	require.Equal(t, marks(s, "ear_groups", "CN"), marks(s, "ear_groups", "HK"), "Hong Kong counts as China")
	require.Equal(t, []string{"whole/in_force"}, marks(s, "un_embargo", "KP"))
	require.Equal(t, []string{"whole/verify"}, marks(s, "un_embargo", "IR"))
	require.Empty(t, marks(s, "un_embargo", "DE"))
	for _, table := range s.All() {
		require.False(t, table.Stale(asOf), table.Name)
		require.True(t, table.Stale("2030-01-01"), table.Name)
		require.NotEmpty(t, table.TitleZh, table.Name)
	}
}

func TestReadNamesEveryDefect(t *testing.T) {
	_, err := Read("own.csv", strings.NewReader("# table: own\n# title: Own\n# as_of: 2026-02-30\n# colour: red\n"+
		"country,mark,from,until,status,citation,note\n"+
		"Atlantis,review,,,,,\nDE,,,,,,\nFR,review,2026-01-01,2025-01-01,,,\nIT,review,,,verify,,\nES,review,,,,,\n西班牙,review,,,,,\nPT,review\n"))
	want := []string{"line 3", "line 4", "the head must give", "line 6: \"Atlantis\"", "line 7", "line 8", "line 9", "line 11: second row", "line 12"}
	for _, w := range want {
		require.ErrorContains(t, err, w)
	}
	var e *Error
	require.ErrorAs(t, err, &e)
	_, err = Read("big.csv", strings.NewReader(strings.Repeat("#", maxTable+1)))
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = Read("empty.csv", strings.NewReader(""))
	require.Error(t, err)
}

func TestOverride(t *testing.T) {
	s, err := BuiltIn()
	require.NoError(t, err)
	n, err := s.Override("sensitive", Row{Country: "DE", Mark: "stop", Reason: "test", By: "example", On: asOf})
	require.NoError(t, err)
	require.Equal(t, []string{"stop/in_force"}, marks(n, "sensitive", "DE"))
	require.Empty(t, marks(s, "sensitive", "DE"), "the old set is unchanged")
	require.NotEqual(t, s.Digest(), n.Digest())
	n, err = n.Override("sensitive", Row{Country: "DE", Reason: "withdrawn", By: "example", On: asOf})
	require.NoError(t, err)
	require.Empty(t, marks(n, "sensitive", "DE"))
	require.Equal(t, s.Digest(), n.Digest())
	_, err = s.Override("sensitive", Row{Country: "DE", Mark: "stop"})
	require.Error(t, err)
	_, err = s.Override("nothing", Row{Country: "DE", Mark: "stop", Reason: "test", By: "example", On: asOf})
	require.Error(t, err)
	require.Nil(t, s.Without("sensitive").Get("sensitive"))
}

func TestReadOverrides(t *testing.T) {
	s, err := BuiltIn()
	require.NoError(t, err)
	head := "table,country,mark,reason,by,on\n"
	n, err := s.ReadOverrides("own.csv", strings.NewReader(head+"sensitive,德国,stop,resolution 4,committee,2026-10-12\nsensitive,Iran (Islamic Republic of),,not ours to mark,committee,2026-10-12\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"stop/in_force"}, marks(n, "sensitive", "DE"))
	require.Empty(t, marks(n, "sensitive", "IR"))
	require.NotEmpty(t, marks(s, "sensitive", "IR"), "the old set is unchanged")
	_, err = s.ReadOverrides("own.csv", strings.NewReader(head+"sensitive,Atlantis,stop,r,b,2026-10-12\nnothing,DE,stop,r,b,2026-10-12\nsensitive,DE,stop,,b,2026-10-12\nsensitive,DE,stop,r,b,soon\n"))
	for _, w := range []string{"own.csv, line 2: \"Atlantis\"", "line 3: override of table \"nothing\"", "line 4: ", "line 5: "} {
		require.ErrorContains(t, err, w)
	}
	for _, bad := range []string{"", "a,b\n", head + "x,y\n", head + "\"", strings.Repeat("x", maxTable+1)} {
		_, err = s.ReadOverrides("own.csv", strings.NewReader(bad))
		var e *Error
		require.ErrorAs(t, err, &e)
	}
}

func FuzzReadOverrides(f *testing.F) {
	f.Add("table,country,mark,reason,by,on\nsensitive,DE,stop,r,b,2026-10-12\n")
	s, err := BuiltIn()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := s.ReadOverrides("f.csv", strings.NewReader(text))
		if (n == nil) == (err == nil) {
			t.Fatalf("set %v, error %v", n, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("# table: own\n# title: Own\n# as_of: 2026-02-03\ncountry,mark,from,until,status,citation,note\nDE,review,,,,,\n")
	f.Add("# table: own\ncountry,mark\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		table, err := Read("f.csv", strings.NewReader(s))
		if (table == nil) == (err == nil) {
			t.Fatalf("table %v, error %v", table, err)
		}
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("untyped error %v", err)
		}
	})
}
