package correlate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/classify"
)

func row(code, entry string, lines int) classify.CorrelationRow {
	return classify.CorrelationRow{Code: code, Entry: entry, Quality: "official", Partial: true, Lines: lines}
}

func TestCatalogue(t *testing.T) {
	c, err := Catalogue(strings.NewReader("两用物项和技术出口许可证管理目录,,,\n序号,管制编码,物项名称,海关商品编号\n1,1C117.d.1,示例一,2841801000\n2,,示例一（续）,\"2825.9012.00、2825901910\"\n3,3c001.a,示例二,8112929090\n"), classify.Correlation{ID: "catalogue"})
	require.NoError(t, err)
	require.Equal(t, []classify.CorrelationRow{
		row("2841801000", "1C117.d.1", 0), row("2825901200", "1C117.d.1", 0), row("2825901910", "1C117.d.1", 0), row("8112929090", "3C001.a", 0),
	}, c.Rows)
}

func TestEU(t *testing.T) {
	c, err := EU(strings.NewReader("cn_code,taric,dualuse\n8456 10 00,,2B001;2B201\n84571010,90,2B001.b.2\n84571010,8457101090,2B201\n"), classify.Correlation{ID: "eu"})
	require.NoError(t, err)
	require.Equal(t, []classify.CorrelationRow{
		row("84561000", "2B001", 0), row("84561000", "2B201", 0), row("8457101090", "2B001.b.2", 0), row("8457101090", "2B201", 0),
	}, c.Rows)
}

func TestKorea(t *testing.T) {
	in := "hsk10,hs6,control_no,entry5,name_ko,name_en\n2507001010,250700,1C111.d,1C111,x,y\n2507001090,250700,1C111.a,1C111,x,y\n"
	c, err := Korea(strings.NewReader(in), classify.Correlation{ID: "kr"}, true)
	require.NoError(t, err)
	require.Equal(t, []classify.CorrelationRow{row("250700", "1C111", 2)}, c.Rows)
	c, err = Korea(strings.NewReader(in), classify.Correlation{ID: "kr"}, false)
	require.NoError(t, err)
	require.Len(t, c.Rows, 2)
}

func TestErrorsNameThePlace(t *testing.T) {
	for in, want := range map[string]string{
		"": "no rows", "a,b\n1,2\n": "no header", "cn_code,dualuse\n": "no rows", "cn_code,dualuse\n84x,2B001\n": "line 2",
		"cn_code,dualuse\n845610,2B1\n": "line 2", "cn_code,taric,dualuse\n84561000,123,2B001\n": "line 2", "cn_code,dualuse\n\"845610,2B001\n": "line 2",
		"cn_code,dualuse\n845610,\xff\n": "UTF-8",
	} {
		_, err := EU(strings.NewReader(in), classify.Correlation{ID: "eu"})
		require.ErrorContains(t, err, want, "%q", in)
		var typed *classify.TableError
		require.ErrorAs(t, err, &typed, "%q", in)
	}
}

// TestKoreaReal reads the published table and finds in it what the built-in extract holds.
func TestKoreaReal(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "hs", "kr_hsk_control_2018.csv"))
	if err != nil {
		t.Skipf("Korea's table is not here: %v", err)
	}
	defer f.Close()
	c, err := Korea(f, classify.Correlation{ID: "kr"}, true)
	require.NoError(t, err)
	six := map[string]bool{}
	for _, r := range c.Rows {
		six[r.Code] = true
	}
	require.Len(t, six, 785)
	require.Len(t, c.Rows, 3717)
}

func FuzzTables(f *testing.F) {
	f.Add("cn_code,taric,dualuse\n84561000,,2B001\n")
	f.Add("管制编码,海关商品编号\n1C117,2841801000\n")
	f.Add("hsk10,control_no\n2507001010,1C111.d\n")
	f.Fuzz(func(t *testing.T, s string) {
		for _, read := range []func() (classify.Correlation, error){
			func() (classify.Correlation, error) { return EU(strings.NewReader(s), classify.Correlation{ID: "x"}) },
			func() (classify.Correlation, error) {
				return Catalogue(strings.NewReader(s), classify.Correlation{ID: "x"})
			},
			func() (classify.Correlation, error) {
				return Korea(strings.NewReader(s), classify.Correlation{ID: "x"}, true)
			},
		} {
			c, err := read()
			for _, r := range c.Rows {
				if err == nil && (len(r.Code) < 6 || len(r.Code) > 10) {
					t.Fatalf("%q: %+v", s, r)
				}
			}
		}
	})
}
