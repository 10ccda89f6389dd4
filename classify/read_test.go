package classify

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

var ownHead = ControlList{ID: "own", Title: "Own", Regime: "OWN", Scheme: SchemeEU}

func TestReadControlList(t *testing.T) {
	l, err := ReadControlList(strings.NewReader("\ufeffcode,parent,title,title_zh,terms,thresholds,covers,from,until\n"+
		"3A777,,Sample widgets,示例,widget|小部件,\"b.2: frequency > 2.7 GHz|power >= 5 W|c [pump, 泵]: volume flow > 0.6 m3/h\",,2025-01-01,2025-12-31\n"+
		"3D777,,Software for widgets,软件,,,3A777,,\n"), ownHead)
	require.NoError(t, err)
	e := l.Entries[0]
	require.Equal(t, []Threshold{
		{"b.2", nil, "frequency", ">", 2.7, "GHz"}, {"", nil, "power", ">=", 5, "W"}, {"c", []string{"pump", "泵"}, "volume flow", ">", 0.6, "m3/h"},
	}, e.Thresholds)
	require.Equal(t, "b.2: frequency > 2.7 GHz", e.Thresholds[0].String())
	require.Equal(t, "c [pump, 泵]: volume flow > 0.6 m3/h", e.Thresholds[2].String())
	require.Equal(t, Status("in_force"), e.Timeline.Status("2025-12-31"))
	require.Equal(t, Status("ended"), e.Timeline.Status("2026-01-01"))

	for in, want := range map[string]error{
		"":                                   ErrTableEmpty,
		"code,title\n":                       ErrTableEmpty,
		"code,colour\n1,2\n":                 ErrTableFormat,
		"code\n3A777\n":                      ErrTableFormat,
		"code,title\n3A777,a\n3a777,b\n":     ErrDuplicate,
		"code,title\nXYZ,a\n":                ErrCodeSyntax,
		"code,title\n3A777,\xff\n":           ErrTableEncoding,
		"code,title\n3A777,\"a\n":            ErrTableFormat,
		"code,title,thresholds\n3A777,a,x\n": ErrTableFormat,
		"code,title,thresholds\n3A777,a,x > 5 blurbs\n": ErrTableFormat,
	} {
		_, err := ReadControlList(strings.NewReader(in), ownHead)
		require.ErrorIs(t, err, want, "%q", in)
		var typed *TableError
		require.ErrorAs(t, err, &typed, "%q", in)
		require.Equal(t, "own", typed.Table)
	}
	_, err = ReadControlList(strings.NewReader("code,title,from\n3A777,a,2025-13-01\n3A778,b,soon\n"), ownHead)
	require.ErrorContains(t, err, "line 2")
	require.ErrorContains(t, err, "line 3", "every defect at once")
	_, err = ReadControlList(iotest.ErrReader(errors.New("disk gone")), ownHead)
	require.ErrorContains(t, err, "disk gone")
	_, err = ReadControlList(bytes.NewReader(make([]byte, MaxTable+1)), ownHead)
	require.ErrorIs(t, err, ErrTableTooLarge)
	_, err = ReadControlList(strings.NewReader("code,title\n3A777,a\n"), ControlList{ID: "x", Regime: "OWN", Scheme: "morse"})
	require.ErrorIs(t, err, ErrCodeScheme)
}

func TestReadOthers(t *testing.T) {
	cor := Correlation{ID: "c", List: "own", Edition: Edition{SystemHS, 2022}}
	for _, in := range []string{"code,entry\n84x,3A777\n", "code,entry,quality\n845610,3A777,splendid\n", "code,entry,lines\n845610,3A777,many\n"} {
		_, err := ReadCorrelation(strings.NewReader(in), cor, nil)
		require.ErrorContains(t, err, "line 2", in)
	}
	conv := Conversion{ID: "v", From: Edition{SystemHS, 2022}, To: Edition{SystemHS, 2017}}
	_, err := ReadConversion(strings.NewReader("from,to\n845610,8456.10\n"), conv)
	require.ErrorIs(t, err, ErrHSSyntax)
	_, err = ReadConversion(strings.NewReader("from,to\n845610,845610\n"), Conversion{ID: "v", From: conv.From, To: conv.From})
	require.ErrorIs(t, err, ErrEdition)
	for _, in := range []string{"names,entries\n,own:1\n", "names,entries\nwidget,3A777\n"} {
		_, err := ReadGoods(strings.NewReader(in), "goods")
		require.ErrorIs(t, err, ErrTableFormat, in)
	}
	for _, in := range []string{"part_number,list\n,own\n", "part_number,list,expires\nA,own,soon\n", "part_number,list\nA,own\na,own\n"} {
		_, err := ReadMaster(strings.NewReader(in), "master")
		require.Error(t, err, in)
	}
}

// TestConversionKeepsAllTargets: a split code leads to every code it became, with the relationship.
func TestConversionKeepsAllTargets(t *testing.T) {
	c := builtinClassifier(t)
	got := c.conversion.convert("852580", 2017, 2022)
	require.Len(t, got, 14)
	require.Equal(t, CodePair{"852580", "852581", "1:n"}, got[0])
	require.Equal(t, CodePair{"852580", "880699", "n:n"}, got[13], "camera drones left the heading of cameras")
	require.Equal(t, []CodePair{{"010121", "010121", "1:1"}}, c.conversion.convert("010121", 2012, 2022))
	r := c.Classify(Item{HS: "8525.80", Description: "camera"}, "2026-11-20")
	require.True(t, r.HS.Assumed)
	require.Equal(t, Edition{SystemHS, 2017}, r.HS.Edition, "the newest edition that knows the code")
	r = c.Classify(Item{HS: "8525.81-8525.89", HSEdition: "2022", Description: "camera"}, "2026-11-20")
	require.NotNil(t, r.Priority, "8525.89 is within the range")
}

func FuzzReadTables(f *testing.F) {
	f.Add("code,title,thresholds\n3A777,a,b.2: frequency > 2.7 GHz\n")
	f.Add("code,entry,quality\n845610,3A777,row\n")
	f.Add("from,to,relationship\n845610,845611,1:n\n")
	f.Add("names,entries\na|b,own:3A777\n")
	f.Add("part_number,list,expires\nA,own,2026-01-01\n")
	f.Fuzz(func(t *testing.T, s string) {
		if l, err := ReadControlList(strings.NewReader(s), ownHead); err == nil {
			for _, e := range l.Entries {
				for _, th := range e.Thresholds {
					again, err := ParseThreshold(th.String())
					require.NoError(t, err)
					require.Equal(t, th, again)
				}
			}
		}
		for _, read := range []func() error{
			func() error { _, err := ReadCorrelation(strings.NewReader(s), Correlation{ID: "c"}, nil); return err },
			func() error {
				_, err := ReadConversion(strings.NewReader(s), Conversion{ID: "v", From: Edition{SystemHS, 2022}, To: Edition{SystemHS, 2017}})
				return err
			},
			func() error { _, err := ReadGoods(strings.NewReader(s), "g"); return err },
			func() error { _, err := ReadMaster(strings.NewReader(s), "m"); return err },
		} {
			var typed *TableError
			if err := read(); err != nil && !errors.As(err, &typed) {
				t.Fatalf("%q: untyped error %v", s, err)
			}
		}
	})
}
