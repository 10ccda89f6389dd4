package han

import (
	"strings"
	"sync"
	"unicode"
)

// Kind is what a segment of an organisation's name is.
type Kind string

// The kinds, in the order names usually have them.
const (
	Region   Kind = "region"   // 北京, 广东省, 中国
	Core     Kind = "core"     // the brand: 示例
	Industry Kind = "industry" // 技术, 进出口, and generic words: 国际
	Number   Kind = "number"   // 第十三
	Form     Kind = "form"     // 有限公司, 研究所
)

// Segment is one part of an organisation's name.
type Segment struct {
	Kind Kind
	// Text is the part, folded, a region without its suffix (广东 for 广东省).
	Text string
	// Pinyin is the part's readings written together, likeliest first, at most four.
	Pinyin []string
	// English is what a translated name has for the part, the usual word first; for a place its names in
	// English. It is empty for a number and for a brand.
	English []string
	// Value is the value of a number: 13 for 第十三.
	Value int
	// Class is a form's class (limited, stock, institute, ...) or a region's (country, province, city, county).
	Class string
}

// Org is an organisation's name in Han characters taken apart, in the order of the name.
type Org struct{ Segments []Segment }

// Of is the segments of one kind.
func (o Org) Of(kind Kind) []Segment {
	var out []Segment
	for _, s := range o.Segments {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// Text is the text of the segments of one kind, joined.
func (o Org) Text(kind Kind) string {
	var b strings.Builder
	for _, s := range o.Segments {
		if s.Kind == kind {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// word is an entry of the dictionary of organisation names.
type word struct {
	kind    Kind
	english []string
	class   string
}

type dictionary struct {
	words   map[string]word
	longest int
}

var orgWords = sync.OnceValue(func() dictionary {
	d := dictionary{words: make(map[string]word, 2048)}
	put := func(key string, w word) {
		key = Fold(key)
		if _, ok := d.words[key]; !ok {
			d.words[key] = w
			d.longest = max(d.longest, len([]rune(key)))
		}
	}
	for _, f := range lines("forms.txt") {
		put(f[0], word{Form, strings.Split(f[1], "|"), f[2]})
	}
	for _, f := range lines("places.txt") {
		w := word{kind: Region, class: f[1]}
		if f[2] != "" {
			w.english = strings.Split(f[2], "|")
		}
		put(f[0], w)
	}
	for _, f := range lines("glossary.txt") {
		put(f[0], word{kind: Industry, english: strings.Split(f[1], "|")})
	}
	return d
})

// Organization takes an organisation's name in Chinese or Japanese characters apart. Brackets, spaces and
// punctuation are dropped, letters and digits of other scripts are kept as core. Where the name has no brand word,
// its last district or city after another region, or else its first industry word, is the core: 成都 + 长江 + 机械,
// 中国 + 西方 + 工业. A name without Han or Kana gives no segments.
func Organization(name string) Org {
	rs := orgRunes(name)
	if len(rs) == 0 {
		return Org{}
	}
	o := Org{segments(rs)}
	o.promote()
	for i := range o.Segments {
		s := &o.Segments[i]
		s.Pinyin = join(each([]rune(s.Text), readInOrg), maxSegmentReadings)
		if s.Class != "" && len(s.English) == 0 && len(s.Pinyin) > 0 {
			s.English = s.Pinyin[:1]
		}
	}
	return o
}

const maxSegmentReadings = 4

// inOrg is the readings that come first in names of organisations and not elsewhere.
var inOrg = map[rune]string{'长': "chang", '行': "hang", '都': "du", '厦': "xia", '乐': "le", '会': "hui", '调': "diao"}

// readInOrg lets digits and Latin letters stand for themselves.
func readInOrg(r rune) []string {
	p := Readings(r)
	if len(p) == 0 {
		return []string{string(r)}
	}
	if first, ok := inOrg[r]; ok {
		return union([]string{first}, p)
	}
	return p
}

// orgRunes is the letters and digits of the folded name, lower case; nil where none is Han or Kana.
func orgRunes(name string) []rune {
	var out []rune
	eastern := false
	for _, r := range Fold(name) {
		if len(out) == MaxRunes {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '〇' {
			eastern = eastern || unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana)
			out = append(out, unicode.ToLower(r))
		}
	}
	if !eastern {
		return nil
	}
	return out
}

// Costs of the segmentation: a dictionary word is cheap, a character outside the dictionary dear, a
// region after the beginning dearer than one at the beginning.
const (
	wordCost    = 10
	regionCost  = 9
	innerRegion = 16
	unknownCost = 30
)

// step is the best way to segment a tail of the name.
type step struct {
	cost, runes int
	seg         Segment // Kind Core for an unknown character
}

// segments finds the cheapest segmentation, from the end of the name to its beginning; on equal cost
// the longer first word wins. Characters outside the dictionary that meet make one core.
func segments(rs []rune) []Segment {
	best := make([]step, len(rs)+1)
	for i := len(rs) - 1; i >= 0; i-- {
		best[i] = step{best[i+1].cost + unknownCost, 1, Segment{Kind: Core, Text: string(rs[i])}}
		for _, c := range candidates(rs, i) {
			c.cost += best[i+c.runes].cost
			if c.cost < best[i].cost || c.cost == best[i].cost && c.runes > best[i].runes {
				best[i] = c
			}
		}
	}
	var out []Segment
	for i := 0; i < len(rs); i += best[i].runes {
		s := best[i].seg
		if n := len(out); n > 0 && s.Kind == Core && out[n-1].Kind == Core {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

// candidates is the dictionary words and the number that begin at i.
func candidates(rs []rune, i int) []step {
	d := orgWords()
	var out []step
	for n := 1; n <= d.longest && i+n <= len(rs); n++ {
		text := string(rs[i : i+n])
		w, ok := d.words[text]
		if !ok || n == 1 && i+n < len(rs) {
			continue // a single character is a form at the very end only
		}
		s := step{wordCost, n, Segment{Kind: w.kind, Text: text, English: w.english, Class: w.class}}
		if w.kind == Region {
			s.cost = regionCost
			if i > 0 && i > leadingRegions {
				s.cost = innerRegion
			}
			if i+n < len(rs) && strings.ContainsRune("省市县", rs[i+n]) {
				s.runes++
			}
		}
		out = append(out, s)
	}
	if n, value := number(rs[i:]); n > 0 {
		out = append(out, step{wordCost, n, Segment{Kind: Number, Text: string(rs[i : i+n]), Value: value}})
	}
	return out
}

// leadingRegions is the number of characters at the beginning that are likely region names: a country or province
// and a city.
const leadingRegions = 7

// promote makes a core where the name has none.
func (o Org) promote() {
	lastRegion, industry, regions := -1, -1, 0
	for i, s := range o.Segments {
		switch s.Kind {
		case Core:
			return
		case Region:
			lastRegion = i
			regions++
		case Industry:
			if industry < 0 {
				industry = i
			}
		}
	}
	switch {
	case regions > 1 && o.Segments[lastRegion].Class != "country" && (o.Segments[lastRegion].Class == "county" || industry < 0):
		o.Segments[lastRegion].Kind = Core
	case industry >= 0 && (regions > 0 || lastRegion < 0):
		o.Segments[industry].Kind = Core
	case regions > 0 && o.Segments[lastRegion].Class != "country":
		o.Segments[lastRegion].Kind = Core
	}
}
