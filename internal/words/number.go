package words

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const maxDigits = 9 // a longer run of digits is an identifier, not a number

// Number reads the number that begins at tokens[at], cardinal or ordinal, and gives how many tokens it
// takes: 0 where there is none. It reads digits of any script with an ordinal ending or mark ("29",
// "29th", "1er", "29й", "第29号"), Han numerals ("二十九", "第二十九"), and number words below 100 of English,
// French, Spanish, Portuguese, Italian, German, Dutch and Russian, also romanised, and 100 and 1000
// alone. Words that are mainly articles ("un", "ein", "um") are not read, nor Roman numerals: see [Roman].
func Number(tokens []string, at int) (value, n int) {
	if at < 0 || at >= len(tokens) {
		return 0, 0
	}
	if v, size := NumberPrefix(tokens[at]); size > 0 {
		if size == len(tokens[at]) || ordinalEndings().Of(tokens[at][size:]) != nil {
			return v, 1
		}
		return 0, 0
	}
	senses, n := numbers().At(tokens, at)
	if n == 0 {
		return 0, 0
	}
	value = senses[0]
	if value < 20 || value > 90 || value%10 != 0 {
		return value, n
	}
	next := at + n
	if next+1 < len(tokens) && numberJoins().Of(tokens[next]) != nil {
		next++
	}
	if units, m := numbers().At(tokens, next); m > 0 && units[0] > 0 && units[0] < 10 {
		return value + units[0], next - at + m
	}
	if next < len(tokens) && len(tokens[next]) == 1 && '1' <= tokens[next][0] && tokens[next][0] <= '9' {
		return value + int(tokens[next][0]-'0'), next - at + 1
	}
	return value, n
}

// BeginsNumber reports whether [Number] may find a number that begins with a word.
func BeginsNumber(word string) bool {
	_, n := NumberPrefix(word)
	return n > 0 || numbers().Begins(word)
}

// NumberPrefix reads a number in digits or Han numerals at the head of s, with the ordinal mark 第 before
// it and 号 behind it, and gives its length in bytes: 0 where there is none. It is for names written
// without spaces ("第二十九研究所"); a single Han numeral without a mark is not read, because 一, 三 and 万 begin
// many names that have nothing to do with numbers.
func NumberPrefix(s string) (value, size int) {
	rest, marked := strings.CutPrefix(s, "第")
	value, size = digits(rest)
	if size == 0 {
		value, size = hanNumber(rest)
		if size == 0 || !marked && utf8.RuneCountInString(rest[:size]) == 1 && len(rest) > size {
			return 0, 0
		}
	}
	if marked {
		size += len("第")
	}
	if tail := s[size:]; strings.HasPrefix(tail, "号") || strings.HasPrefix(tail, "號") {
		size += len("号")
	}
	return value, size
}

// digits reads up to maxDigits decimal digits of one script.
func digits(s string) (value, size int) {
	count := 0
	for _, r := range s {
		d := digit(r)
		if d < 0 {
			break
		}
		if count++; count > maxDigits {
			return 0, 0
		}
		value = 10*value + d
		size += utf8.RuneLen(r)
	}
	return value, size
}

// digit is the value of a decimal digit, -1 for another rune. Unicode lays out every script's digits
// in runs of ten that begin at a multiple the table of Nd ranges gives.
func digit(r rune) int {
	if r < utf8.RuneSelf {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, g := range unicode.Nd.R16 {
		if r >= rune(g.Lo) && r <= rune(g.Hi) {
			return int(r-rune(g.Lo)) % 10
		}
	}
	return -1
}

var hanDigits = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '壹': 1, '壱': 1, '二': 2, '贰': 2, '貳': 2, '弐': 2, '两': 2, '兩': 2, '三': 3, '叁': 3, '參': 3, '参': 3,
	'四': 4, '肆': 4, '五': 5, '伍': 5, '六': 6, '陆': 6, '陸': 6, '七': 7, '柒': 7, '八': 8, '捌': 8, '九': 9, '玖': 9,
}

var hanUnits = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// hanNumber reads Han numerals below 10,000, by places (二十九) or digit by digit (二〇一九).
func hanNumber(s string) (value, size int) {
	last, places, count := 0, false, 0
	for _, r := range s {
		d, isDigit := hanDigits[r]
		unit, isUnit := hanUnits[r]
		if !isDigit && !isUnit {
			break
		}
		if count++; count > 8 {
			return 0, 0
		}
		switch {
		case isUnit:
			value += max(last, 1) * unit
			last, places = 0, true
		case places:
			last = d
		default:
			last = 10*last + d
		}
		size += utf8.RuneLen(r)
	}
	return value + last, size
}

// numbers maps number words to their values; the class of a row says cardinal or ordinal, for readers.
var numbers = sync.OnceValue(func() *Table[int] {
	return mustTable("numbers", func(class, key string) (int, bool) {
		v, err := strconv.Atoi(key)
		return v, err == nil && (class == "cardinal" || class == "ordinal")
	})
})

var ordinalEndings = sync.OnceValue(func() *Table[bool] {
	return listOf("st", "nd", "rd", "th", "er", "re", "ere", "e", "eme", "ieme", "o", "a", "ro", "ra", "do", "da", "to", "ta", "mo", "ma", "vo", "va", "no", "na",
		"ste", "ten", "de", "й", "ый", "ий", "ой", "я", "ая", "ое", "е", "го", "ого", "му", "y", "iy", "yy", "ya", "aya", "oe", "go", "ogo", "番", "期", "ou", "ος")
})

var numberJoins = sync.OnceValue(func() *Table[bool] { return listOf("and", "et", "y", "e", "und", "en") })

func listOf(list ...string) *Table[bool] {
	t := newTable[bool](len(list))
	for _, s := range list {
		t.add(s, true)
	}
	return t
}

const maxRoman = 39

var romans = sync.OnceValue(func() map[string]int {
	m := make(map[string]int, maxRoman)
	for v := 1; v <= maxRoman; v++ {
		m[strings.Repeat("x", v/10)+[...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}[v%10]] = v
	}
	return m
})

// Roman reads a Roman numeral from i to xxxix in its usual form. The letters i, v and x are read as
// well: whether they are numbers or initials is for the caller to see from where they stand.
func Roman(word string) (value int, ok bool) {
	value, ok = romans()[word]
	return value, ok
}
