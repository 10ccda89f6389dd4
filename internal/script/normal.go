package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// arabicForms unifies letters of Arabic script that writers and keyboards use for one another.
var arabicForms = map[rune]rune{
	'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ٲ': 'ا', 'ٳ': 'ا', 'ى': 'ي', 'ی': 'ي', 'ۀ': 'ه', 'ۂ': 'ه',
	'ک': 'ك', 'ڪ': 'ك', 'ګ': 'گ', 'ڳ': 'گ', 'ھ': 'ه', 'ہ': 'ه', 'ۃ': 'ة', 'ە': 'ه', 'ؤ': 'و', 'ۏ': 'و',
	'ۓ': 'ے', 'ێ': 'ې', 'ۈ': 'و', 'ڵ': 'ل', 'ڕ': 'ر',
}

// letters is a word of Arabic script in unified letters: presentation forms opened, vowel points,
// tatweel, hamza on its own and joiners dropped, Persian and Urdu letter forms made the Arabic ones.
func letters(word string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(word) {
		if to, ok := arabicForms[r]; ok {
			r = to
		}
		switch {
		case r == 'ـ' || r == 'ء' || r == '\'' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case '٠' <= r && r <= '٩':
			b.WriteRune('0' + r - '٠')
		case '۰' <= r && r <= '۹':
			b.WriteRune('0' + r - '۰')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Words splits a name into words that can be compared across Arabic and Latin script. Words of
// Arabic script come in unified letters, Latin words in lower-case ASCII, others in lower case. On
// both sides the article is taken off (الحسن, al-Hassan, ar-Rahman), and the compounds of Arabic names are
// split into the same parts: عبدالله and Abdullah into عبد الله and abd allah, سيف‌الدين and Saifuddin into
// سيف دين and saif din. A Latin name that is not Arabic may be split by chance (Abdullin), so Words
// is for pairs with Arabic script on one side.
func Words(name string) []string {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	fields := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("'’‘ʼ`ـ\u200c", r)
	})
	var out []string
	for i, f := range fields {
		switch Of(f) {
		case Arabic:
			for part := range strings.SplitSeq(f, "\u200c") {
				out = appendArabic(out, letters(part))
			}
		case Roman:
			next := ""
			if i+1 < len(fields) {
				next = ascii(fields[i+1])
			}
			out = appendLatin(out, ascii(f), next)
		default:
			out = append(out, strings.ToLower(f))
		}
	}
	return out
}

// maxName is the number of bytes of a name that Words reads.
const maxName = 2048

func appendArabic(out []string, w string) []string {
	if w == "" {
		return out
	}
	if w == "ال" {
		return out
	}
	for _, first := range []string{"عبد", "ابو"} {
		rest, ok := strings.CutPrefix(w, first)
		if n := len([]rune(rest)); ok && (n >= 4 || n >= 3 && first == "عبد") {
			return appendArabic(append(out, first), rest)
		}
	}
	if w == "الله" || w == "اله" {
		return append(out, w)
	}
	for _, last := range []struct{ suffix, word string }{{"الدين", "دين"}, {"الله", "الله"}, {"اللە", "الله"}} {
		rest, ok := strings.CutSuffix(w, last.suffix)
		if ok && len([]rune(rest)) >= 2 {
			return append(out, rest, last.word)
		}
	}
	if rest, ok := strings.CutPrefix(w, "ال"); ok && len([]rune(rest)) >= 3 {
		w = rest
	}
	return append(out, w)
}

// The Latin forms of the parts that Arabic names are compounded with.
var (
	latinAbd   = []string{"abdoul", "abdul", "abdel", "abdal", "abdol", "abdil"}
	latinDin   = []string{"uddeen", "eddeen", "aldeen", "eldeen", "uddine", "eddine", "oddine", "iddine", "uddin", "eddin", "oddin", "iddin", "aldin", "eldin", "uldin", "addin", "ddin"}
	latinAllah = []string{"ullah", "ollah", "allah", "ulla", "olla", "alla", "illah", "oullah"}
)

func appendLatin(out []string, w, next string) []string {
	if latinArticle(w, next) || w == "" {
		return out
	}
	switch w {
	case "abdul", "abdel", "abdal", "abdol", "abdoul":
		return append(out, "abd")
	case "ullah", "ollah", "ulla", "allah":
		return append(out, "allah")
	case "deen", "dine", "uddin", "eddine", "eddin", "eldin", "aldin":
		return append(out, "din")
	}
	for _, p := range latinAbd {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) >= 3 {
			if rest == "lah" || rest == "llah" {
				rest = "allah"
			}
			return appendLatin(append(out, "abd"), rest, next)
		}
	}
	for _, s := range latinDin {
		if rest, ok := strings.CutSuffix(w, s); ok && len(rest) >= 3 {
			return append(out, rest, "din")
		}
	}
	for _, s := range latinAllah {
		if rest, ok := strings.CutSuffix(w, s); ok && len(rest) >= 3 {
			return append(out, rest, "allah")
		}
	}
	return append(out, w)
}

// latinArticle reports whether a Latin word is the Arabic article: al and its vowels, or an assimilated
// form before the letter it is assimilated to (ar-Rahman, ad-Din).
func latinArticle(w, next string) bool {
	switch w {
	case "al", "el", "ul", "ol", "il":
		return true
	}
	return len(w) == 2 && strings.IndexByte("aeu", w[0]) >= 0 && next != "" && w[1] == next[0] && strings.IndexByte("rsdntz", w[1]) >= 0 ||
		w == "ash" && strings.HasPrefix(next, "sh")
}
