package enduse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/han"
	"golang.org/x/text/unicode/norm"
)

type tokenKind uint8

const (
	word tokenKind = iota
	hanCharacter
	punct
)

// token is a Latin or other word in lower case, one Han character, or one punctuation mark.
type token struct {
	start, end int
	word       string
	kind       tokenKind
}

// aFew tokens are what most texts have: their memory need not be asked for.
type aFew [64]token

// tokenise cuts a text into tokens, in the memory of room or more; white space is dropped, a line break is the token "\n".
func tokenise(text string, room *aFew) []token {
	tokens := room[:0]
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			tokens = append(tokens, token{i, i + n, "\n", punct})
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Han, r):
			tokens = append(tokens, token{i, i + n, simplified(text[i:i+n], r), hanCharacter})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = wordLength(text[i:])
			tokens = append(tokens, token{i, i + n, lower(text[i : i+n]), word})
		default:
			tokens = append(tokens, token{i, i + n, text[i : i+n], punct})
		}
		i += n
	}
	return tokens
}

// wordLength is the length in bytes of the word a text begins with; an apostrophe between letters is
// part of it.
func wordLength(text string) int {
	for i, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			return i
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case (r == '\'' || r == '’') && startsWithLetter(text[i+utf8.RuneLen(r):]):
		default:
			return i
		}
	}
	return len(text)
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
}

// lower is the form in which words are compared: small letters of plain width, without a possessive 's and without
// characters nobody sees.
func lower(s string) string {
	s = strings.ToLower(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 }) {
		s = strings.ReplaceAll(norm.NFKC.String(s), "’", "'")
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSuffix(s, "'s")
}

// simplified is a Han character as the lexicon writes it.
func simplified(s string, r rune) string {
	if to := han.FoldRune(r); to != r {
		return string(to)
	}
	return s
}

// hit is a lexicon entry found in the tokens from first to last, last excluded.
type hit struct {
	first, last int
	classes     []class
}

func (h *hit) is(c class) bool {
	for _, x := range h.classes {
		if x == c {
			return true
		}
	}
	return false
}

// find is the lexicon's entries in the tokens, left to right, the longest at each place, none overlapping.
// A hyphen between words does not part a phrase.
func find(tokens []token, lex *node) []hit {
	var hits []hit
	for i := 0; i < len(tokens); {
		last, classes := longest(tokens, i, lex)
		if classes == nil {
			i++
			continue
		}
		hits = append(hits, hit{i, last, classes})
		i = last
	}
	return hits
}

func longest(tokens []token, i int, n *node) (last int, classes []class) {
	for j := i; j < len(tokens); j++ {
		w := tokens[j].word
		next := n.next[w]
		if next == nil {
			if j > i && w == "-" {
				continue
			}
			return last, classes
		}
		if n = next; n.classes != nil {
			last, classes = j+1, n.classes
		}
	}
	return last, classes
}
