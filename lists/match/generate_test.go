package match_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/lists/match"
)

// listed is a generated name and its kind.
type listed struct {
	text string
	kind match.Kind
}

// generate makes n names as lists have them: persons of several regions, with the common names of
// the project's own tables in the shares of a Zipf law, and organisations of a made-up brand, trade words
// and a legal form. The same n and seed give the same names.
func generate(n int, seed uint64) []listed {
	g := generator{rand.New(rand.NewPCG(seed, 1))}
	out := make([]listed, n)
	for i := range out {
		switch k := g.IntN(100); {
		case k < 55:
			out[i] = listed{g.person(), match.Person}
		case k < 95:
			out[i] = listed{g.organization(), match.Organization}
		default:
			out[i] = listed{g.brand(2) + " " + strconv.Itoa(g.IntN(90)), match.Vessel}
		}
	}
	return out
}

type generator struct{ *rand.Rand }

// pools are the given names and surnames of each region, from the table of common names.
var pools = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	text, err := os.ReadFile("../../internal/words/data/names_common.tsv")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 && f[0] == "common" {
			out[f[1]] = append(out[f[1]], strings.Split(f[2], "|")...)
		}
	}
	return out
})

// of picks from a pool, the first names oftenest.
func (g generator) of(pool string) string {
	p := pools()[pool]
	x := g.Float64()
	return p[int(x*x*float64(len(p)))]
}

func (g generator) person() string {
	switch g.IntN(6) {
	case 0:
		return g.of("en given") + " " + g.of("en surname")
	case 1:
		return g.of("es given") + " " + g.of("es given") + " " + g.of("es surname") + " " + g.of("es surname")
	case 2:
		return g.of("islamic given") + " " + g.of("islamic given") + " " + g.of("islamic surname") + " al-" + g.brand(2)
	case 3:
		return g.of("ru given") + " " + g.of("ru given") + "ovich " + g.of("ru surname")
	case 4:
		return strings.ToUpper(g.of("zh")) + ", " + g.of("zh") + g.of("ko ja vi in")
	}
	return g.of("de") + " " + g.brand(3)
}

var (
	syllables = strings.Fields("ba be bo da de do fa fe ga go ha ja ka ke ko la le lo ma me mo na ne no pa pe po ra re ro sa se so ta te to va ve vo za ze zo bar der kor lan men nor per ran sol tek tor ver zan dra gri pla stro")
	trades    = strings.Fields("trading international industrial technology electronics shipping logistics engineering services energy oil chemical aviation machinery research development holding group investment construction")
	forms     = strings.Fields("ltd llc inc gmbh sa jsc ooo fze corp bv ag srl plc")
)

// brand is an invented word of n to n+1 syllables.
func (g generator) brand(n int) string {
	var b strings.Builder
	for range n + g.IntN(2) {
		b.WriteString(syllables[g.IntN(len(syllables))])
	}
	return b.String()
}

func (g generator) organization() string {
	s := g.brand(2)
	if g.IntN(3) == 0 {
		s += " " + g.brand(2)
	}
	for range 1 + g.IntN(2) {
		s += " " + trades[g.IntN(len(trades))]
	}
	return s + " " + forms[g.IntN(len(forms))]
}

// damages are the ways damaged writes a name wrongly.
var damages = []string{"typo1", "typo2", "swap", "drop", "join", "split"}

// damaged is the text written wrongly in one of the ways.
func (g generator) damaged(text, way string) string {
	words := strings.Fields(text)
	switch way {
	case "typo2":
		return g.slip(g.slip(text))
	case "swap":
		i := g.IntN(len(words) - 1)
		words[i], words[i+1] = words[i+1], words[i]
	case "drop":
		if i := g.IntN(len(words)); len(words) > 2 {
			words = append(words[:i], words[i+1:]...)
		}
	case "join":
		i := g.IntN(len(words) - 1)
		words[i] += words[i+1]
		words = append(words[:i+1], words[i+2:]...)
	case "split":
		i := g.IntN(len(words))
		if w := words[i]; len(w) > 3 {
			k := 2 + g.IntN(len(w)-3)
			words[i] = w[:k] + " " + w[k:]
		}
	default:
		return g.slip(text)
	}
	return strings.Join(words, " ")
}

// slip puts one letter in, takes one out, changes one, or exchanges two.
func (g generator) slip(s string) string {
	b := []byte(s)
	i := g.IntN(len(b) - 1)
	c := byte('a' + g.IntN(26))
	switch g.IntN(4) {
	case 0:
		return s[:i] + string(c) + s[i:]
	case 1:
		return s[:i] + s[i+1:]
	case 2:
		b[i] = c
	default:
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}
