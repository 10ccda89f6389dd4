package script

import (
	"math"
	"slices"
	"strings"
)

// Word is a word made ready for reading and comparing. The zero Word has no reading. A Word is
// immutable and safe for concurrent use.
type Word struct {
	script Script
	// rows are the ways to read the word: the word itself, then national forms of the same given name.
	rows []row
	// loose says that the script leaves vowels unwritten.
	loose bool
}

// row is a word as slots, and what reading the word this way costs.
type row struct {
	slots []slot
	cost  float32
}

const (
	maxReadings = 8
	beam        = 32
	maxLatin    = 64 // letters of a Latin spelling that are compared
)

// Latin is the word's Latin readings in lower-case ASCII letters and digits, likeliest first, at most eight, no
// two of them with the same [Key]. It is empty for words without letters and for Han.
func Latin(word string) []string { return Parse(word).Latin() }

// Join is words of one script read as one word written together, each as it is read by itself: نور and الدين
// are Noureddine together. Of words with several readings only the first are combined.
func Join(words ...Word) Word {
	var out Word
	for i, w := range words {
		if len(w.rows) == 0 {
			return Word{script: w.script}
		}
		if i == 0 {
			out = Word{script: w.script, loose: w.loose, rows: slices.Clone(w.rows)}
			continue
		}
		for k, r := range out.rows {
			out.rows[k] = row{slices.Concat(r.slots, w.rows[0].slots), r.cost + w.rows[0].cost}
		}
	}
	return out
}

// Script is the script the word was read as.
func (w Word) Script() Script { return w.script }

// Size is the number of slots of the word: about its letters. A cost is judged against it.
func (w Word) Size() int {
	if len(w.rows) == 0 {
		return 0
	}
	return len(w.rows[0].slots)
}

// Latin is the function of that name, for a word already parsed.
func (w Word) Latin() []string {
	var all []spelling
	for _, r := range w.rows {
		all = append(all, r.readings(w.loose)...)
	}
	slices.SortStableFunc(all, byCost)
	var out, keys []string
	for _, s := range all {
		key := Key(s.text)
		if s.text == "" || slices.Contains(keys, key) {
			continue
		}
		keys = append(keys, key)
		if out = append(out, s.text); len(out) == maxReadings {
			break
		}
	}
	return out
}

func byCost(a, b spelling) int {
	switch {
	case a.cost < b.cost:
		return -1
	case a.cost > b.cost:
		return 1
	}
	return 0
}

// readings is the cheapest spellings of the row, by beam search. In a loose script an "a" is put
// where two consonants would meet, which is the commonest vowel of Arabic and of the Indic scripts.
func (r row) readings(loose bool) []spelling {
	paths := []spelling{{"", r.cost}}
	for _, s := range r.slots {
		next := make([]spelling, 0, len(paths)*len(s.spellings))
		for _, p := range paths {
			for _, x := range s.spellings {
				next = append(next, spelling{join(p.text, x.text, loose), p.cost + x.cost})
			}
		}
		slices.SortStableFunc(next, byCost)
		paths = next[:min(len(next), beam)]
	}
	return paths
}

func join(a, b string, loose bool) string {
	if loose && a != "" && b != "" && !isVowel(a[len(a)-1]) && !isVowel(b[0]) {
		return a + "a" + b
	}
	return a + b
}

// Cost is how far a Latin spelling is from the nearest reading of the word, in edits: 0 for a regular
// spelling, about 1 for each wrong, missing or added letter, less for vowels and for spellings that
// are rare but seen. The spelling may be in any case and with diacritics; spaces, hyphens and
// apostrophes are skipped. What is wrong in about half its letters is infinitely far, and so is everything from a word
// without a reading.
func (w Word) Cost(latin string) float64 { return w.Within(latin, math.Inf(1)) }

// Within is [Word.Cost] where that is less than most, and infinitely far where it is not, which is often told early.
func (w Word) Within(latin string, most float64) float64 {
	l := ascii(latin)
	if len(l) > maxLatin {
		l = l[:maxLatin]
	}
	if len(w.rows) == 0 || l == "" {
		return math.Inf(1)
	}
	best := float32(most)
	for _, r := range w.rows {
		best = min(best, r.align(l, w.loose, best))
	}
	if w.script == Arabic && len(l) > 5 && (strings.HasPrefix(l, "al") || strings.HasPrefix(l, "el")) {
		for _, r := range w.rows {
			best = min(best, articleCost+r.align(l[2:], true, best-articleCost))
		}
	}
	if best >= float32(most) {
		return math.Inf(1)
	}
	return float64(best)
}

// articleCost is the price of an Arabic article on the Latin side alone.
const articleCost = 0.15

// Compatible is [Word.Cost] of the word for the spelling, for a single comparison.
func Compatible(word, latin string) float64 { return Parse(word).Cost(latin) }

// align is the cheapest way to write the row as the letters l, infinite where it is not less than most: a shortest path
// over (slots used, letters used), two rows of it at a time.
func (r row) align(l string, loose bool, most float32) float32 {
	far := min(most, float32(1+0.5*float64(len(l))))
	var buf [2][maxLatin + 1]float32
	cur, next := buf[0][:len(l)+1], buf[1][:len(l)+1]
	for j := range cur {
		cur[j] = far
	}
	cur[0] = r.cost
	for _, s := range r.slots {
		for j := range next {
			next[j] = far
		}
		reached := false
		for j := range cur {
			c := cur[j]
			if c >= far {
				continue
			}
			reached = true
			next[j] = min(next[j], c+s.drop)
			if j == len(l) {
				break
			}
			if s.starts&letterBit(l[j]) != 0 {
				for _, x := range s.spellings {
					if n := len(x.text); n > 0 && j+n <= len(l) && l[j:j+n] == x.text {
						next[j+n] = min(next[j+n], c+x.cost)
					}
				}
			}
			wrong := s.wrong
			if s.vowel && isVowel(l[j]) {
				wrong = wrongVowel(loose)
			}
			next[j+1] = min(next[j+1], c+wrong)
			cur[j+1] = min(cur[j+1], c+added(l, j, loose))
		}
		if !reached {
			return float32(math.Inf(1))
		}
		cur, next = next, cur
	}
	for j := range len(l) {
		cur[j+1] = min(cur[j+1], cur[j]+added(l, j, loose))
	}
	if cur[len(l)] >= far {
		return float32(math.Inf(1))
	}
	return cur[len(l)]
}

// wrongVowel is the cost of one vowel for another: less where vowels are seldom written exactly.
func wrongVowel(loose bool) float32 {
	if loose {
		return 0.6
	}
	return 0.7
}

// added is the cost of a Latin letter that nothing in the word stands for: little for a doubled
// consonant, nothing for a short vowel after a consonant where the script does not write vowels.
func added(l string, j int, loose bool) float32 {
	c := l[j]
	switch {
	case isVowel(c) && loose && j == 0:
		return 0.4
	case c == 'u' && loose && l[j-1] == 'o':
		return 0.2
	case isVowel(c) && loose && isVowel(l[j-1]):
		return 0.3
	case (c == 'i' || c == 'y') && loose && j == len(l)-1:
		return 1 // a last i is written: Mohammadi is not Mohammad
	case isVowel(c) && loose && j == len(l)-1:
		return 0.25
	case (c == 'u' || c == 'o') && loose && strings.ContainsAny(l[:j], "aeiouy"):
		return 0.35 // Mahmoud has its و: an unwritten u after the first vowel is rare
	case isVowel(c) && loose:
		return 0
	case isVowel(c):
		return 0.6
	case j > 0 && c == l[j-1]:
		return 0.05
	case c == 'h' && j == len(l)-1 && j > 0 && isVowel(l[j-1]):
		return 0.2
	case c == 'h':
		return 0.6
	}
	return 1
}

// Syllabic makes a Word of rows of syllables, each with its spellings, likeliest first. A row with a
// syllable that has no spelling is left out. Inside a syllable no letter may be wrong for less than the
// whole syllable costs, three quarters of an edit a letter.
func Syllabic(rows ...[][]string) Word {
	w := Word{script: Han}
	for _, r := range rows {
		slots := make([]slot, 0, len(r))
		for _, choices := range r {
			if s, ok := syllable(choices); ok {
				slots = append(slots, s)
			}
		}
		if len(slots) == len(r) {
			w.add(slots, 0)
		}
	}
	return w
}

func syllable(choices []string) (slot, bool) {
	s := slot{}
	for i, c := range choices {
		if c = ascii(c); c != "" {
			s.spellings = append(s.spellings, spelling{c, min(0.02*float32(i), 0.1)})
			if s.drop == 0 || 0.75*float32(len(c)) < s.drop {
				s.drop = 0.75 * float32(len(c))
			}
		}
	}
	s.drop = max(s.drop, 1)
	s.wrong, s.starts = s.drop, starts(s.spellings)
	return s, len(s.spellings) > 0
}
