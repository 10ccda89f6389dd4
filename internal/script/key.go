package script

import "strings"

// Key folds the differences between romanisations out of a Latin word: Sergey, Sergei and Sergej
// have one key, and so have Khadija and Hadidja, Yusuf and Youssouf, Tsaryov and Carev. It is for
// looking words up: words with one key need not be one name. The key of a word without Latin letters
// is "".
//
// Letter groups are folded first (shch, sch, sh and ch; kh and h; zh and z; dj and j; ts, tz and c; ph, f;
// ck, q and k; x and ks; w and v), then doubled letters, then every run of vowels with y and j.
func Key(latin string) string {
	l := ascii(latin)
	if strings.Contains(l, "dj") || strings.Contains(l, "dzh") { // the replacer copies even where it finds nothing
		l = affricate.Replace(l)
	}
	b := make([]byte, 0, len(l)+4)
	for i := 0; i < len(l); {
		if isVowel(l[i]) || l[i] == 'j' {
			j := i + 1
			for j < len(l) && (isVowel(l[j]) || l[j] == 'j' || l[j] == 'w' && (j+1 == len(l) || !isVowel(l[j+1]))) {
				j++
			}
			b = appendVowels(b, l[i:j])
			i = j
			continue
		}
		out, n := foldGroup(l[i:])
		if i+n == len(l) && out == "h" && len(b) > 0 {
			out = "" // Fatimah, Fatima
		}
		for k := range len(out) {
			if len(b) == 0 || b[len(b)-1] != out[k] {
				b = append(b, out[k])
			}
		}
		i += n
	}
	return string(b)
}

// affricate makes dj and dzh the j they stand for, before j is read with the vowels.
var affricate = strings.NewReplacer("dzh", "j", "dj", "j")

// groups are consonant groups and what each folds to, longest first.
var groups = []struct{ from, to string }{
	{"shch", "s"}, {"szcz", "s"}, {"stch", "s"}, {"tsch", "s"}, {"sch", "s"}, {"tch", "s"},
	{"cv", "sv"}, {"sh", "s"}, {"ch", "s"}, {"sz", "s"}, {"cz", "s"}, {"cs", "s"}, {"zh", "z"}, {"kh", "h"}, {"gh", "g"}, {"ph", "f"},
	{"th", "t"}, {"dh", "d"}, {"bh", "b"}, {"ts", "s"}, {"tz", "s"}, {"ck", "k"}, {"ks", "ks"}, {"qu", "k"},
	{"x", "ks"}, {"q", "k"}, {"w", "v"},
}

func foldGroup(s string) (string, int) {
	for _, g := range groups {
		if strings.HasPrefix(s, g.from) {
			return g.to, len(g.from)
		}
	}
	if s[0] == 'c' {
		if len(s) == 1 || strings.IndexByte("eiy", s[1]) >= 0 {
			return "s", 1
		}
		return "k", 1
	}
	return s[:1], 1
}

// appendVowels folds one run of vowels: o and u are one, y, j and i are one; i beside e or u is
// swallowed (ye, ei, yu), and so is a repeated letter. A leading y or j before another vowel is
// swallowed too where e or u follows: Yelena, Elena.
func appendVowels(b []byte, run string) []byte {
	var v [16]byte
	n := 0
	for k := range len(run) {
		c := run[k]
		switch c {
		case 'y', 'j':
			c = 'i'
		case 'o', 'w':
			c = 'u'
		}
		if n > 0 && v[n-1] == c || n == len(v) {
			continue
		}
		v[n] = c
		n++
	}
	m := len(b)
	for k := range n {
		beside := k > 0 && (v[k-1] == 'e' || v[k-1] == 'u') || k+1 < n && (v[k+1] == 'e' || v[k+1] == 'u')
		if v[k] == 'i' && beside || len(b) > m && b[len(b)-1] == v[k] {
			continue
		}
		b = append(b, v[k])
	}
	return b
}
