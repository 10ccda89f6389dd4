package script

import "strings"

// Skeleton is the first of [Skeletons], or "".
func Skeleton(word string) string {
	if s := Skeletons(word); len(s) > 0 {
		return s[0]
	}
	return ""
}

// Skeletons is the consonant classes of a word, at most four readings of them, likeliest first: محمد
// and Mohamed are both "mmt". Vowels, w, y and every h are left out (all of them come and go
// between Arabic and Latin spellings), a doubled letter is one, and letters that Latin spellings mix
// up share a class:
//
//	b: b p          f: f ph v       j: j dj ch sh zh (ج چ ش ژ)  k: k q g gh kh (ك ق گ غ خ)
//	s: s z th dh d (س ص ز ذ ض ظ ث)      t: t d th (ت ط د ث)     l m n r: themselves
//
// A letter in two classes, as ث and ذ, gives two readings. Arabic and Hebrew words are read from their letters,
// words of other scripts from their first Latin reading. Words with one skeleton are often different names:
// it is for lookup, not for scoring.
func Skeletons(word string) []string {
	var out []string
	EachSkeleton(word, func(s []byte) { out = append(out, string(s)) })
	return out
}

// EachSkeleton visits the [Skeletons] of a word, which are lent for the call only.
func EachSkeleton(word string, visit func([]byte)) {
	var b bones
	b.n = 1
	switch Of(word) {
	case Arabic:
		b.abjad(strings.ReplaceAll(strings.TrimPrefix(letters(word), "ال"), "لله", "له")) // ll is one l in Latin
	case Hebrew:
		b.abjad(string(bare(cut(word))))
	case Roman:
		b.roman(ascii(word))
	default:
		if r := Latin(word); len(r) > 0 {
			b.roman(r[0])
		}
	}
	for i := range b.n {
		s := b.text[i][:b.size[i]]
		again := len(s) == 0
		for k := range i {
			again = again || string(b.text[k][:b.size[k]]) == string(s)
		}
		if !again {
			visit(s)
		}
	}
}

const maxSkeletons = 4

// bones is the readings of a skeleton while it is made.
type bones struct {
	text [maxSkeletons][maxLatin]byte
	size [maxSkeletons]int
	n    int
}

// add puts one of several classes behind every reading: the first class first, as far as there is room.
func (b *bones) add(classes []string) {
	old, before := b.n, b.size
	for k, c := range classes {
		for i := range old {
			to := k*old + i
			if to >= maxSkeletons {
				return
			}
			b.n = max(b.n, to+1)
			n := copy(b.text[to][:], b.text[i][:before[i]])
			b.size[to] = n + copy(b.text[to][n:], c)
		}
	}
}

// abjadClasses are the classes of Arabic and Hebrew letters; letters not named have none.
var abjadClasses = map[rune][]string{
	'ب': {"b"}, 'پ': {"b"}, 'ف': {"f"}, 'ڤ': {"f"}, 'ج': {"j", "k"}, 'چ': {"j"}, 'ش': {"j"}, 'ژ': {"j"}, 'ك': {"k"}, 'ق': {"k"},
	'گ': {"k"}, 'غ': {"k"}, 'خ': {"k", ""}, 'س': {"s"}, 'ص': {"s"}, 'ز': {"s"}, 'ث': {"t", "s"}, 'ذ': {"s", "t"}, 'ض': {"t", "s"},
	'ظ': {"s", "t"}, 'ت': {"t"}, 'ط': {"t"}, 'د': {"t"}, 'ټ': {"t"}, 'ٹ': {"t"}, 'ډ': {"t"}, 'ڈ': {"t"}, 'ل': {"l"}, 'م': {"m"},
	'ن': {"n"}, 'ڼ': {"n"}, 'ں': {"n"}, 'ر': {"r"}, 'ړ': {"r"}, 'ڑ': {"r"}, 'ښ': {"j", "k"}, 'ږ': {"k", "j"}, 'ځ': {"s"}, 'څ': {"s"},
	'ב': {"b", "f"}, 'ג': {"k"}, 'ד': {"t"}, 'ז': {"s"}, 'ח': {"", "k"}, 'ט': {"t"}, 'כ': {"k"}, 'ך': {"k"}, 'ל': {"l"}, 'מ': {"m"},
	'ם': {"m"}, 'נ': {"n"}, 'ן': {"n"}, 'ס': {"s"}, 'פ': {"b", "f"}, 'ף': {"f"}, 'צ': {"ts", "s"}, 'ץ': {"ts", "s"}, 'ק': {"k"},
	'ר': {"r"}, 'ש': {"j", "s"}, 'ת': {"t"},
}

func (b *bones) abjad(word string) {
	for _, r := range word {
		if c, ok := abjadClasses[r]; ok {
			b.add(c)
		}
	}
}

type latinClass struct {
	from string
	to   []string
}

// latinClasses are the classes of Latin letter groups, longest group first. dh stays open: it may be ذ or د.
var latinClasses = []latinClass{
	{"sch", []string{"j"}}, {"tch", []string{"j"}}, {"dzh", []string{"j"}}, {"sh", []string{"j"}}, {"ch", []string{"j"}},
	{"zh", []string{"j"}}, {"dj", []string{"j"}}, {"kh", []string{"k", ""}}, {"gh", []string{"k"}}, {"ph", []string{"f"}},
	{"th", []string{"t"}}, {"dh", []string{"t", "s"}}, {"ck", []string{"k"}}, {"x", []string{"ks"}}, {"b", []string{"b"}},
	{"p", []string{"b"}}, {"f", []string{"f"}}, {"v", []string{"", "f"}}, {"j", []string{"j"}}, {"k", []string{"k"}}, {"q", []string{"k"}},
	{"g", []string{"k"}}, {"c", []string{"k"}}, {"s", []string{"s"}}, {"z", []string{"s"}}, {"t", []string{"t"}},
	{"d", []string{"t"}}, {"l", []string{"l"}}, {"m", []string{"m"}}, {"n", []string{"n"}}, {"r", []string{"r"}},
}

func (b *bones) roman(l string) {
	for l != "" {
		n := 1
		if len(l) > 1 && l[0] == l[1] {
			l = l[1:]
			continue
		}
		for _, c := range latinClassesOf[l[0]&31] {
			if strings.HasPrefix(l, c.from) {
				b.add(c.to)
				n = len(c.from)
				break
			}
		}
		l = l[n:]
	}
}

// latinClassesOf is latinClasses by first letter.
var latinClassesOf = func() (out [32][]latinClass) {
	for _, c := range latinClasses {
		out[c.from[0]&31] = append(out[c.from[0]&31], c)
	}
	return out
}()
