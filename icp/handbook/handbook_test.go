package handbook_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/handbook"
	"github.com/ordergate/ordergate/testdata/programme"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t *testing.T, yaml string) *icp.Programme {
	t.Helper()
	p, err := icp.LoadProgramme(strings.NewReader(yaml))
	require.NoError(t, err)
	return p
}

var languages = map[string]language.Tag{"en": language.English, "zh": language.SimplifiedChinese}

func TestGolden(t *testing.T) {
	p := load(t, string(programme.Example))
	for name, tag := range languages {
		var page, mark bytes.Buffer
		require.NoError(t, handbook.HTML(&page, p, tag))
		require.NoError(t, handbook.Markdown(&mark, p, tag))
		for ext, got := range map[string]*bytes.Buffer{".html": &page, ".md": &mark} {
			golden := filepath.Join("testdata", name+ext)
			if *update {
				require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
				continue
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got.String(), "%s: run go test -update", golden)
		}
	}
}

// TestHoldsAllOfTheProgramme looks for every text of the programme, of both languages, in the words of the page.
func TestHoldsAllOfTheProgramme(t *testing.T) {
	p := load(t, string(programme.Example))
	texts := 0
	for _, tag := range languages {
		words := visible(t, p, tag)
		walk(reflect.ValueOf(p).Elem(), func(x icp.Text) {
			texts++
			require.Contains(t, words, x.In(tag.String()))
		})
		for _, other := range []string{"gm@works.example", "exportcontrol.mofcom.gov.cn", "State Council Decree 792", p.Digest(), "CNY 500000", "2026-12-31"} {
			require.Contains(t, words, other)
		}
		require.NotContains(t, words, "%!", "a format verb had no value")
	}
	require.Greater(t, texts, 200)
}

func walk(v reflect.Value, fn func(icp.Text)) {
	if x, ok := v.Interface().(icp.Text); ok {
		fn(x)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(v.Field(i), fn)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fn)
		}
	}
}

// visible is what a reader of the page sees. It demands that every link of the page leads to a place of its own.
func visible(t *testing.T, p *icp.Programme, tag language.Tag) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, handbook.HTML(&b, p, tag))
	root, err := html.Parse(&b)
	require.NoError(t, err)
	var words strings.Builder
	ids, links := map[string]int{}, []string{}
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			words.WriteString(n.Data + "\n")
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				ids[a.Val]++
			case "href":
				links = append(links, a.Val)
			}
		}
	}
	for id, n := range ids {
		require.Equal(t, 1, n, id)
	}
	for _, l := range links {
		require.Equal(t, 1, ids[strings.TrimPrefix(l, "#")], l)
	}
	return words.String()
}

func TestSaysWhatIsNotDone(t *testing.T) {
	yaml := strings.NewReplacer("  signed_on: 2026-01-05\n", "", "[policy, law,", "[policy, law, law,").Replace(string(programme.Example))
	require.Contains(t, visible(t, load(t, yaml), language.English), "not signed")
	require.Contains(t, visible(t, load(t, yaml), language.MustParse("zh-TW")), "尚未签署")
	require.Contains(t, visible(t, load(t, yaml), language.French), "(to be verified)", "an unsupported language falls back")
}

func TestWritersErrorIsGiven(t *testing.T) {
	f, err := os.Open(os.DevNull)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	p := load(t, string(programme.Example))
	require.ErrorIs(t, handbook.HTML(f, p, language.English), os.ErrClosed)
	require.ErrorIs(t, handbook.Markdown(f, p, language.English), os.ErrClosed)
}
