package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// compound is a part that Arabic, Persian and Pashto names are written together with, as a prefix
// or a suffix of at least rest letters more. The Latin spellings are tried in order.
type compound struct {
	arabic []string
	latin  []string
	// word is what the part becomes on the Arabic side, plain on the Latin side.
	word, plain string
	rest        int
}

var (
	prefixes = []compound{
		{[]string{"عبد"}, []string{"abdoul", "abdul", "abdel", "abdal", "abdol", "abdil", "abde"}, "عبد", "abd", 3},
		{[]string{"ابو"}, []string{"abou", "abu"}, "ابو", "abu", 3},
		{[]string{"محمد"}, []string{"mohammad", "mohammed", "mohamed", "mohamad", "muhammad", "muhammed", "muhamad"}, "محمد", "muhammad", 3},
		{[]string{"غلام"}, []string{"gholam", "ghulam"}, "غلام", "ghulam", 3},
	}
	suffixes = []compound{
		{[]string{"الدين"}, []string{
			"uddeen", "eddeen", "aldeen", "eldeen", "uddine", "eddine", "oddine", "iddine", "uddin", "eddin", "oddin", "iddin",
			"aldin", "eldin", "uldin", "edine", "oudine", "oudin", "addin", "udin",
		}, "دين", "din", 2},
		{[]string{"الله"}, []string{"oullah", "ullah", "ollah", "allah", "illah", "ulla", "olla", "alla"}, "الله", "allah", 2},
		{[]string{"الرحمن", "الرحمان"}, []string{"urrahman", "arrahman", "irrahman", "urahman", "irahman", "rahman", "rehman"}, "رحمن", "rahman", 3},
		{[]string{"زاده"}, []string{"zadeh", "zada", "zade"}, "زاده", "zadeh", 3},
		{[]string{"پور"}, []string{"pour", "poor"}, "پور", "pour", 3},
		{[]string{"رضا"}, []string{"reza"}, "رضا", "reza", 3},
		{[]string{"خان"}, []string{"khan"}, "خان", "khan", 3},
		{[]string{"خيل"}, []string{"khel", "kheil", "khail"}, "خيل", "khel", 3},
		{[]string{"جان"}, []string{"jan"}, "جان", "jan", 3},
	}
)

// appendArabic adds the parts of one word in unified letters.
func appendArabic(out []string, w string) []string {
	if w == "" || w == "ال" {
		return out
	}
	for _, c := range prefixes {
		if rest, ok := strings.CutPrefix(w, c.arabic[0]); ok && utf8.RuneCountInString(rest) >= c.rest {
			return appendArabic(append(out, c.word), rest)
		}
	}
	if w == "الله" {
		return append(out, w)
	}
	for _, c := range suffixes {
		for _, a := range c.arabic {
			if stem, ok := strings.CutSuffix(w, a); ok && utf8.RuneCountInString(stem) >= min(c.rest, 2) {
				return append(appendArabic(out, stem), c.word)
			}
		}
	}
	if rest, ok := strings.CutPrefix(w, "ال"); ok && !withoutArticle[w] && utf8.RuneCountInString(rest) >= 3 {
		w = rest
	}
	return append(out, w)
}

// withoutArticle are names in unified letters that begin as the article does, but have none.
var withoutArticle = map[string]bool{
	"الناز": true, "الهام": true, "الهه": true, "الياس": true, "الياسي": true, "البرز": true, "الماس": true, "الماسي": true, "الوند": true,
	"الينا": true, "الميرا": true, "السا": true, "الكساندر": true, "الكسندر": true, "اليزابيث": true, "البرت": true, "الفرد": true,
}

// appendLatin adds the parts of one ASCII word; next is the word after it.
func appendLatin(out []string, w, next string) []string {
	if w == "" || latinArticle(w, next) {
		return out
	}
	for _, c := range prefixes {
		for _, l := range c.latin {
			rest, ok := strings.CutPrefix(w, l)
			switch {
			case ok && rest == "" && c.plain == "abd":
				return append(out, c.plain)
			case ok && c.plain == "abd" && (rest == "lah" || rest == "llah"):
				return append(out, c.plain, "allah")
			case ok && len(rest) > c.rest || ok && c.plain == "abd" && len(rest) == c.rest:
				return appendLatin(append(out, c.plain), rest, next)
			}
		}
	}
	for _, c := range suffixes {
		for _, l := range c.latin {
			stem, ok := strings.CutSuffix(w, l)
			switch {
			case ok && stem == "" && (c.plain == "din" || c.plain == "allah"):
				return append(out, c.plain)
			case ok && len(stem) >= 3:
				return append(out, stem, c.plain)
			}
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
