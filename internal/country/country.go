// Package country turns what people and lists write for a country into its ISO 3166-1 alpha-2 code.
//
// A spelling is folded (case, accents, punctuation, a leading "the") and looked up, first in
// countries.tsv, a table of ours that holds the codes, an English and a Chinese name, formal and former
// names and the spellings the official lists use; then among the names in every language that
// golang.org/x/text knows. A country may be named twice, the second time in brackets. A name that two countries bear in different languages is in no table. The
// package never guesses: it corrects no typing errors, cuts no words off, and gives no code to a region,
// a group of states or a territory that has none, Crimea among them.
//
// Former states whose territory went to one state resolve to that state (Burma, Zaire, East Germany).
// Those that broke up keep the code they had: SU, YU, CS (Serbia and Montenegro) and AN. Kosovo is XK,
// which ISO leaves to users and all the lists use. Hong Kong, Macao and Taiwan have codes of their own.
package country

import (
	"bytes"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

//go:embed countries.tsv
var countries string

// formerCodes are codes ISO 3166 withdrew or only reserves, each with the code to use for it.
var formerCodes = map[string]string{
	"BU": "MM", "DD": "DE", "DY": "BJ", "EL": "GR", "FX": "FR", "HV": "BF", "NH": "VU", "RH": "ZW", "TP": "TL",
	"UK": "GB", "VD": "VN", "YD": "YE", "ZR": "CD", "BUR": "MM", "DDR": "DE", "ROM": "RO", "TMP": "TL", "ZAR": "CD",
	"SUN": "SU", "YUG": "YU", "SCG": "CS", "ANT": "AN", "XKX": "XK",
}

// tables is countries.tsv, indexed; built on first use, never changed.
type tables struct {
	regions          []language.Region
	english, chinese map[string]string // by alpha-2
	codes            map[string]string // alpha-2 and alpha-3, in capitals, to alpha-2
	names            map[string]string // folded names to alpha-2
}

// Resolve is the alpha-2 code of a country given by code (alpha-2 or alpha-3, any case) or by name in any
// language. ok is false, and the code "", where the spelling is not known.
func Resolve(name string) (alpha2 string, ok bool) {
	t := load()
	name = strings.TrimSpace(name)
	if len(name) == 2 || len(name) == 3 {
		if c, ok := t.codes[strings.ToUpper(name)]; ok {
			return c, true
		}
	}
	var room [64]byte
	folded := appendFolded(room[:0], name)
	if c, ok := t.names[string(folded)]; ok {
		return c, true
	}
	if c, ok := foreign()[string(folded)]; ok {
		return c, true
	}
	return twice(name)
}

// twice is the code of a country that is named twice, the second time in brackets: "United Arab Emirates (UAE)".
func twice(name string) (alpha2 string, ok bool) {
	if !strings.HasSuffix(name, ")") && !strings.HasSuffix(name, "）") {
		return "", false
	}
	first, rest, found := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(name, "（", "("), "）", ")"), "(")
	second, bracket := strings.CutSuffix(rest, ")")
	if !found || !bracket || strings.ContainsAny(second, "()") {
		return "", false
	}
	a, okA := Resolve(first)
	b, okB := Resolve(second)
	if !okA || !okB || a != b {
		return "", false
	}
	return a, true
}

// Valid reports whether code is one that [Resolve] may return: an alpha-2 code in use, XK, or one of the
// four codes of states that broke up. Only capitals are valid.
func Valid(code string) bool {
	_, ok := load().english[code]
	return ok
}

// Name is the country's short name in Chinese where lang begins with "zh", else in English. A code that is
// not [Valid] is returned as it is.
func Name(alpha2, lang string) string {
	t := load()
	names := t.english
	if strings.HasPrefix(lang, "zh") {
		names = t.chinese
	}
	if n, ok := names[alpha2]; ok {
		return n
	}
	return alpha2
}

var load = sync.OnceValue(func() *tables {
	t := &tables{
		english: make(map[string]string, 256),
		chinese: make(map[string]string, 256),
		codes:   make(map[string]string, 512),
		names:   make(map[string]string, 2048),
	}
	for line := range strings.Lines(countries) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		code := f[0]
		t.english[code], t.chinese[code], t.codes[code] = f[1], f[2], code
		for s := range strings.SplitSeq(f[1]+"|"+f[2]+"|"+f[3], "|") {
			if s != "" {
				t.names[fold(s)] = code
			}
		}
		if r, err := language.ParseRegion(code); err == nil && r.String() == code {
			t.regions = append(t.regions, r)
			if a3 := r.ISO3(); len(a3) == 3 && a3 != "ZZZ" {
				t.codes[a3] = code
			}
		}
	}
	for old, code := range formerCodes {
		t.codes[old] = code
	}
	return t
})

// foreign is every folded name of every region in every language golang.org/x/text has, but for those that
// mean one country here and another there.
var foreign = sync.OnceValue(func() map[string]string {
	regions := load().regions
	const ambiguous = ""
	t := make(map[string]string, 32<<10)
	for _, tag := range display.Supported.Tags() {
		namer := display.Regions(tag)
		if namer == nil {
			continue // a language with scripts or words only
		}
		for _, r := range regions {
			n := fold(namer.Name(r))
			if len(n) <= 3 && strings.EqualFold(n, r.String()) {
				continue // a language without a name for it gives the code
			}
			if was, taken := t[n]; taken && was != r.String() {
				t[n] = ambiguous
				continue
			}
			t[n] = r.String()
		}
	}
	for n, code := range t {
		if n == "" || code == ambiguous {
			delete(t, n)
		}
	}
	return t
})

// fold is the form in which spellings are compared: compatibility-decomposed, lower case, Latin accents and
// punctuation gone, one space between words, without a leading or trailing "the".
func fold(s string) string { return string(appendFolded(nil, s)) }

// appendFolded appends the folded spelling to an empty b.
func appendFolded(b []byte, s string) []byte {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		s = norm.NFKD.String(strings.ToLower(s))
	}
	gap := false
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36f, r == '.', r == '\'', r == '’', r == '‘', r == '`', r == 'ʼ':
			continue
		case r == '&':
			b = append(b, " and"...)
			gap = true
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if gap && len(b) > 0 {
				b = append(b, ' ')
			}
			gap = false
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			b = utf8.AppendRune(b, r)
		default:
			gap = true
		}
	}
	return bytes.TrimSuffix(bytes.TrimPrefix(b, []byte("the ")), []byte(" the"))
}
