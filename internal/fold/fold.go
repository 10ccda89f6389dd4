package fold

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxRunes and MaxWords bound what is read of one name.
const (
	MaxRunes = 400
	MaxWords = 48
)

// Word is one folded word.
type Word struct {
	// Text is never empty.
	Text string
	// Glued is set where only a hyphen parts the word from the one before.
	Glued bool
	// Dotted is set for letters written with full stops: "j.p." is "jp".
	Dotted bool
	// Comma is set where a comma follows.
	Comma bool
}

// Words folds s and cuts it into words. cut reports whether s was longer than is read.
func Words(s string) (words []Word, cut bool) { return Append(nil, s) }

// Append is [Words], which it appends to words.
func Append(words []Word, s string) (_ []Word, cut bool) {
	s, cut = bounded(s)
	if !ascii(s) {
		s = norm.NFKC.String(s)
	}
	f := folders.Get().(*folder)
	defer folders.Put(f)
	*f = folder{src: s, buf: f.buf[:0], marks: f.marks[:0]}
	f.run()
	text := string(f.buf)
	f.src = ""
	from, begin := 0, len(words)
	for _, m := range f.marks {
		for _, end := range [...]int{digitsAt(text[from:m.end]) + from, m.end} {
			if end > from {
				words = append(words, Word{Text: text[from:end], Glued: m.glued, Dotted: m.dotted})
				from = end
			}
		}
		words[len(words)-1].Comma = m.comma
	}
	if len(words)-begin > MaxWords {
		words, cut = words[:begin+MaxWords], true
	}
	return words, cut
}

var folders = sync.Pool{New: func() any { return new(folder) }}

// String is the words of s with single spaces between them.
func String(s string) string {
	words, _ := Words(s)
	var out []byte
	for i, w := range words {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, w.Text...)
	}
	return string(out)
}

// bounded cuts s behind MaxRunes characters.
func bounded(s string) (string, bool) {
	if len(s) <= MaxRunes {
		return s, false
	}
	n := 0
	for i := range s {
		if n++; n > MaxRunes {
			return s[:i], true
		}
	}
	return s, false
}

// folder writes the folded letters of src to buf without separators, and marks where words end.
type folder struct {
	src   string
	buf   []byte
	marks []mark
	word  mark // the word being written
	begin int  // where it begins in buf
	runes int  // its length
	class class
}

type mark struct {
	end                  int
	glued, dotted, comma bool
}

// class tells apart writings between which a word is cut.
type class uint8

const (
	spaced class = iota // scripts that part words by spaces, and digits
	han                 // Han and Kana
	hangul
)

func (f *folder) run() {
	for i, size := 0, 0; i < len(f.src); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(f.src[i:])
		switch kind(r) {
		case letter:
			f.letter(r)
		case digit:
			f.digit(r)
		case gone:
		case stop:
			if f.acronym(f.src[i+size:]) {
				f.word.dotted = true
				continue
			}
			f.end()
		case hyphen:
			if f.end() {
				f.word.glued = true
			}
		case comma:
			f.end()
			if n := len(f.marks); n > 0 {
				f.marks[n-1].comma = true
			}
		case percent:
			f.end()
			f.buf = append(f.buf, "percent"...)
			f.end()
		default:
			f.end()
			f.word.glued = false
		}
	}
	f.end()
}

// end closes the word being written and reports whether there was one.
func (f *folder) end() bool {
	if len(f.buf) == f.begin {
		return false
	}
	f.word.end = len(f.buf)
	if f.runes < 2 {
		f.word.dotted = false
	}
	f.marks = append(f.marks, f.word)
	f.begin, f.runes, f.word = len(f.buf), 0, mark{}
	return true
}

// acronym reports whether a full stop stands between single letters, or behind the last of several:
// rest is what follows it.
func (f *folder) acronym(rest string) bool {
	if f.runes == 0 || f.runes > 1 && !f.word.dotted {
		return false
	}
	r, size := utf8.DecodeRuneInString(rest)
	if kind(r) != letter {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return kind(next) != letter && kind(next) != digit
}

func (f *folder) letter(r rune) {
	if r < utf8.RuneSelf {
		f.enter(spaced)
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		f.buf = append(f.buf, byte(r))
		return
	}
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == '々':
		f.enter(han)
		f.buf = utf8.AppendRune(f.buf, r)
	case unicode.Is(unicode.Hangul, r):
		f.enter(hangul)
		f.buf = utf8.AppendRune(f.buf, r)
	default:
		f.enter(spaced)
		f.buf = appendSmall(f.buf, r)
	}
}

func (f *folder) digit(r rune) {
	if f.runes == 0 {
		f.class = spaced
	}
	f.runes++ // digits join any writing: 第13研究所
	f.buf = append(f.buf, '0'+digitValue(r))
}

// enter cuts the word where another writing begins.
func (f *folder) enter(c class) {
	if f.runes > 0 && f.class != c && !(c != spaced && onlyDigits(f.buf[f.begin:])) {
		f.end()
	}
	f.class = c
	f.runes++
}

func onlyDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// digitsAt is where digits begin that end a word of two or more letters; else 0. Han words keep theirs.
func digitsAt(w string) int {
	i := len(w)
	for i > 0 && '0' <= w[i-1] && w[i-1] <= '9' {
		i--
	}
	if i < 2 || i == len(w) {
		return 0
	}
	r, size := utf8.DecodeLastRuneInString(w[:i])
	if size == i || unicode.In(r, unicode.Han, unicode.Hangul) {
		return 0
	}
	return i
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
