package textindex

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Token is one term of a text.
type Token struct {
	Term string
	// At is the rune offset in the folded text; Han is set for a term of Chinese characters.
	At  int
	Han bool
}

// maxTokens bounds the terms of one text.
const maxTokens = 4096

// Fold is the form that texts are compared in: compatibility forms and full width folded, lower case,
// [Figures] written out.
func Fold(s string) string {
	return Figures(strings.ToLower(norm.NFKC.String(s)))
}

// Figures writes as figures the numerals that count axes and the like, in Chinese and English: 五轴 and
// five-axis become 5轴 and 5-axis. Only before these nouns: elsewhere a numeral is part of a name (三乙醇胺,
// 六氟化铀).
func Figures(s string) string {
	if !strings.Contains(s, "-ax") && !strings.Contains(s, " ax") && !strings.ContainsAny(s, "轴标动顶翼") {
		return s // no such noun, as in nearly all texts: the replacer would copy it
	}
	return numerals.Replace(s)
}

var numerals = func() *strings.Replacer {
	var pairs []string
	for i, n := range []string{"两", "三", "四", "五", "六", "七", "八", "九"} {
		for _, noun := range []string{"轴", "坐标", "联动", "面顶", "旋翼"} {
			pairs = append(pairs, n+noun, string(rune('2'+i))+noun)
		}
	}
	for i, n := range []string{"two", "three", "four", "five", "six", "seven", "eight", "nine"} {
		for _, noun := range []string{"-ax", " ax"} {
			figure := string(rune('2'+i)) + noun
			pairs = append(pairs, n+noun, figure, strings.ToUpper(n[:1])+n[1:]+noun, figure)
		}
	}
	return strings.NewReplacer(append(pairs, "二轴", "2轴", "二坐标", "2坐标")...)
}()

// Tokens are the terms of a text in their order: words and numbers of the Latin script, hyphenated
// words both in parts and joined, and for Chinese every pair of neighbouring characters, a lone
// character by itself, and the characters of chemical elements by themselves as well.
func Tokens(s string) []Token {
	var out []Token
	rs := []rune(Fold(s))
	for i := 0; i < len(rs) && len(out) < maxTokens; {
		switch {
		case unicode.Is(unicode.Han, rs[i]):
			j := i
			for j < len(rs) && unicode.Is(unicode.Han, rs[j]) {
				j++
			}
			out = appendHan(out, rs, i, j)
			i = j
		case isWord(rs[i]):
			j := i
			for j < len(rs) && isWord(rs[j]) || j+1 < len(rs) && isDecimalPoint(rs, j) {
				j++
			}
			out = append(out, Token{Term: stem(string(rs[i:j])), At: i})
			// "5轴" is one thing: a figure counts the character after it.
			if j < len(rs) && unicode.Is(unicode.Han, rs[j]) && isDigits(rs[i:j]) {
				out = append(out, Token{Term: string(rs[i : j+1]), At: i, Han: true})
			}
			// "five-axis", "T-800", "He-3": joined as well as in parts.
			if j+1 < len(rs) && rs[j] == '-' && isWord(rs[j+1]) {
				k := j + 1
				for k < len(rs) && isWord(rs[k]) {
					k++
				}
				out = append(out, Token{Term: stem(string(rs[i:j]) + string(rs[j+1:k])), At: i})
			}
			i = j
		default:
			i++
		}
	}
	return out
}

func appendHan(out []Token, rs []rune, from, to int) []Token {
	if to-from == 1 {
		return append(out, Token{Term: string(rs[from]), At: from, Han: true})
	}
	for i := from; i < to; i++ {
		if strings.ContainsRune(elements, rs[i]) {
			out = append(out, Token{Term: string(rs[i]), At: i, Han: true})
		}
		if i+1 < to {
			out = append(out, Token{Term: string(rs[i : i+2]), At: i, Han: true})
		}
	}
	return out
}

// elements are characters that name a chemical element and hardly stand for anything else.
const elements = "氢氦锂铍硼氟氖钠镁铝硅磷硫氯氩钾钙钪钛钒铬锰钴镍铜锌镓锗砷硒溴氪铷锶钇锆铌钼锝钌铑钯镉铟锡锑碲碘氙铯钡镧铈镨钕钷钐铕钆铽镝钬铒铥镱镥铪钽钨铼锇铱铂汞铊铅铋钋氡镭锕钍铀镎钚镅锔锎氘氚"

func isWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
}

func isDecimalPoint(rs []rune, i int) bool {
	return rs[i] == '.' && i > 0 && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
}

func isDigits(rs []rune) bool {
	for _, r := range rs {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// stem folds an English word: number words to figures, British to American, plural to singular.
// It leaves other words, formulae and part numbers as they are.
func stem(w string) string {
	if v, ok := spellings[w]; ok {
		return v
	}
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ies"):
		w = w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes")):
		w = w[:n-2]
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:n-1]
	}
	if v, ok := spellings[w]; ok {
		return v
	}
	for _, p := range british {
		if s, ok := strings.CutSuffix(w, p[0]); ok && (s == "" || len(s) > 2) {
			return s + p[1]
		}
	}
	return w
}

var british = [][2]string{
	{"isation", "ization"}, {"ised", "ized"}, {"ising", "izing"}, {"iser", "izer"}, {"yser", "yzer"}, {"fibre", "fiber"},
	{"metre", "meter"}, {"litre", "liter"}, {"vapour", "vapor"}, {"colour", "color"}, {"mould", "mold"}, {"moulding", "molding"},
	{"armour", "armor"}, {"sulphide", "sulfide"}, {"sulphur", "sulfur"}, {"aluminium", "aluminum"}, {"centre", "center"},
}

var spellings = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
	"axes": "axis", "dies": "die", "gyroscope": "gyro", "uavs": "uav", "drone": "uav", "lenses": "lens",
	"lathes": "lathe", "gases": "gas", "viruses": "virus", "matrices": "matrix", "series": "series",
	"caesium": "cesium", "sulphuric": "sulfuric", "programme": "program", "grey": "gray", "tonne": "ton",
	"ceasium": "cesium", "aluminised": "aluminized", "gauge": "gage", "gauges": "gage", "analyser": "analyzer",
}
