package han

import (
	"strconv"
	"strings"
)

var (
	numerals = map[rune]int{
		'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
	}
	powers = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}
)

// numbered are the words a numeral without 第 counts: 三院, 七〇四所, but not 三一重工.
var numbered = []string{"研究所", "研究院", "所", "院", "厂", "局", "基地", "分公司", "部队", "军", "师", "旅", "号", "设计院"}

const maxDigits = 6

// number reads a number at the beginning of rs: how many runes it takes (0 for none) and its value.
// A numeral in Han characters counts only after 第 or before a word of numbered bodies, for brands have
// numerals too; a sequence of digits counts always.
func number(rs []rune) (runes, value int) {
	i := 0
	ordinal := rs[0] == '第'
	if ordinal {
		i++
	}
	start := i
	for i < len(rs) && i-start < maxDigits && '0' <= rs[i] && rs[i] <= '9' {
		i++
	}
	if i > start {
		v, err := strconv.Atoi(string(rs[start:i]))
		if err != nil {
			return 0, 0
		}
		return i + counter(rs[i:]), v
	}
	for i < len(rs) && i-start < maxDigits && isNumeral(rs[i]) {
		i++
	}
	if i == start || !ordinal && !counted(rs[i:]) {
		return 0, 0
	}
	return i + counter(rs[i:]), numeral(rs[start:i])
}

func isNumeral(r rune) bool {
	_, digit := numerals[r]
	return digit || powers[r] > 0
}

func counted(rest []rune) bool {
	s := string(rest[:min(len(rest), 4)])
	for _, w := range numbered {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// counter is 1 where the rest begins with 号, which belongs to the number.
func counter(rest []rune) int {
	if len(rest) > 0 && rest[0] == '号' {
		return 1
	}
	return 0
}

// numeral is the value of 二十九 (29), 一百零三 (103) or, without powers, of digits: 七〇四 (704).
func numeral(rs []rune) int {
	positional := true
	for _, r := range rs {
		positional = positional && powers[r] == 0
	}
	sum, digit := 0, 0
	for _, r := range rs {
		switch p := powers[r]; {
		case positional:
			sum = sum*10 + numerals[r]
		case p > 0:
			sum += max(digit, 1) * p
			digit = 0
		default:
			digit = numerals[r]
		}
	}
	return sum + digit
}
