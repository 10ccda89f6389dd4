// Package address says how near two postal addresses are, as far as their words tell.
//
// An address is folded, its country split off, and its words sorted into numbers (house, block, unit),
// names (street, town) and words that only say what a name is (road, no., floor), which are dropped. Two
// addresses are then compared:
//
//	Same      the same names and the same numbers
//	Building  the same names and the same first number; floor, room or unit differ or are missing on one side
//	Street    the same names, another number
//	Apart     anything else, or two countries
//
// Chinese and Japanese addresses, which have no spaces, are cut behind the characters that end a province,
// town, street or number. The package knows no map: it measures no distance, corrects no town that is
// wrong, and compares an address in Latin letters with one in Han characters only by its numbers, which
// is not enough for any likeness but Apart.
package address

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/country"
	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/fold"
)

// Likeness is how near two addresses are.
type Likeness string

// The likenesses, nearest first.
const (
	Same     Likeness = "same"
	Building Likeness = "building"
	Street   Likeness = "street"
	Apart    Likeness = "apart"
)

// Parts is an address as an order or list gives it. Text is used where Street is empty.
type Parts struct {
	Text, Street, City, PostalCode string
	// Country is an ISO 3166-1 alpha-2 code, or "".
	Country string
}

// Address is an address taken apart. The zero value is of no address.
type Address struct {
	country string
	names   []string
	numbers []string
}

// Parse takes an address apart. One without a number, or with fewer than two names, names no place by
// itself: it is the zero Address.
func Parse(p Parts) Address {
	text := p.Text
	if strings.TrimSpace(p.Street) != "" {
		text = p.Street + ", " + p.City
	}
	a := Address{country: p.Country}
	text = a.cutCountry(text)
	var room [16]fold.Word
	words, _ := fold.Append(room[:0], text)
	postal := fold.String(p.PostalCode)
	a.names = make([]string, 0, len(words))
	for i, w := range words {
		if edit.ASCII(w.Text) {
			a.add(w.Text, i, postal)
			continue
		}
		for piece := range pieces(w.Text) {
			a.add(piece, i, postal)
		}
	}
	if len(a.numbers) == 0 || len(a.names) < 2 {
		return Address{}
	}
	return a
}

// add sorts in a piece of the word at a place.
func (a *Address) add(piece string, place int, postal string) {
	switch {
	case piece == postal, isPostal(piece, place):
	case hasDigit(piece):
		a.numbers = append(a.numbers, piece)
	case !plain[piece] && piece != "":
		a.names = append(a.names, strip(piece))
	}
}

// IsZero reports whether there is nothing to compare.
func (a Address) IsZero() bool { return len(a.names) == 0 }

// cutCountry takes a country's name off the end of the text, or in Han writing off its beginning.
func (a *Address) cutCountry(text string) string {
	if i := max(strings.LastIndexByte(text, ','), strings.LastIndex(text, "，")); i >= 0 {
		last := strings.Trim(text[i:], ",， .")
		if code, ok := country.Resolve(last); ok && !hasDigit(last) {
			a.setCountry(code)
			return text[:i]
		}
	}
	text = strings.TrimSpace(text)
	if first, _ := utf8.DecodeRuneInString(text); !unicode.Is(unicode.Han, first) {
		return text
	}
	runes := []rune(text)
	for n := min(4, len(runes)); n >= 2; n-- {
		if code, ok := country.Resolve(string(runes[:n])); ok {
			a.setCountry(code)
			return string(runes[n:])
		}
	}
	return text
}

func (a *Address) setCountry(code string) {
	if a.country == "" {
		a.country = code
	}
}

// Keys are what addresses are looked up by: those of one place share one.
func (a Address) Keys() []string {
	if a.IsZero() {
		return nil
	}
	keys := make([]string, 0, len(a.names))
	for _, n := range a.names {
		if key := a.numbers[0] + " " + stem(n); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// stem is what a slip at the end of a name leaves.
func stem(name string) string {
	r := []rune(name)
	return string(r[:min(4, len(r))])
}

// Compare says how near two addresses are. It is symmetric.
func Compare(a, b Address) Likeness {
	if a.IsZero() || b.IsZero() || a.country != "" && b.country != "" && a.country != b.country {
		return Apart
	}
	fewer, more := a.names, b.names
	if len(fewer) > len(more) {
		fewer, more = more, fewer
	}
	// Every name of the shorter address must be in the longer one, which may add a district or region.
	if len(fewer) < 2 || len(fewer)*2 < len(more) || !within(fewer, more) ||
		len(fewer) == len(more) && !within(more, fewer) {
		return Apart
	}
	switch {
	case slices.Equal(a.numbers, b.numbers):
		return Same
	case a.numbers[0] == b.numbers[0]:
		return Building
	}
	return Street
}

// within reports whether each of the names is among the others.
func within(names, others []string) bool {
	for _, n := range names {
		if !slices.ContainsFunc(others, func(o string) bool { return alike(n, o) }) {
			return false
		}
	}
	return true
}

// alike allows one slip in a name of six letters or more.
func alike(a, b string) bool {
	return a == b || min(len(a), len(b)) >= 6 && edit.Within(a, b, 1) <= 1
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}

// isPostal reports whether a word looks like a postal code: five digits or more, and not the first word.
func isPostal(s string, place int) bool {
	return place > 0 && len(s) >= 5 && strings.Trim(s, "0123456789") == ""
}

// ends are the characters that end a part of a Chinese or Japanese address.
const ends = "省市区區县縣町村镇鎮乡鄉路街道巷弄号號楼樓层層室栋棟幢座番地丁目都府郡"

// pieces are a word in Han writing cut behind each end of a part, and digits from letters around them. Other words are one piece.
func pieces(word string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		runes := []rune(word)
		for i, r := range runes {
			last := i == len(runes)-1
			switch {
			case last:
			case strings.ContainsRune(ends, r) && !strings.ContainsRune(ends, runes[i+1]):
			case unicode.Is(unicode.Han, r) != unicode.Is(unicode.Han, runes[i+1]) && unicode.IsDigit(r) != unicode.IsDigit(runes[i+1]):
			default:
				continue
			}
			if !yield(string(runes[start : i+1])) {
				return
			}
			start = i + 1
		}
	}
}

// strip takes the ending off a name in Han writing (路, 区) and a kind of street off a Germanic one: lists and
// orders leave them out, or shorten them, at will.
func strip(name string) string {
	if t := strings.TrimRight(name, ends); t != "" {
		name = t
	}
	for _, s := range []string{"strasse", "str"} {
		if t, ok := strings.CutSuffix(name, s); ok && len(t) >= 4 {
			return t
		}
	}
	return name
}

// plain are words that say only what a name or number is.
var plain = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`
		street st str strasse road rd avenue ave av lane ln drive dr boulevard blvd way place pl square sq court ct
		highway hwy rue route voie chemin allee via viale piazza calle carrera avenida rua ulica ul ulitsa prospekt pr
		pereulok per shosse naberezhnaya cadde caddesi sokak sok jalan jl laan weg platz
		no nr num number numero unit suite ste room rm floor fl level flat apt apartment office building bldg block blk
		tower house stroenie korpus the of and de la le du des di del da do dos der den po box near opposite
		road路 号 號 楼 樓 层 層 室 栋 棟 座 番 番地 丁目 地 目`) {
		m[w] = true
	}
	return m
}()
