package script

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed tables/*.txt
var files embed.FS

// spelling is one way to write a slot in Latin letters, and what it costs in edits.
type spelling struct {
	text string
	cost float32
}

// slot is one unit of a word with its spellings, likeliest first.
type slot struct {
	spellings []spelling
	// drop is the cost of leaving the unit out, and wrong of one letter that is no spelling of it.
	drop, wrong float32
	// starts is the set of letters a-z that spellings begin with, so that most of them need not be tried.
	starts uint32
	// vowel says that the likeliest spelling is a vowel: another vowel in its place costs less.
	vowel bool
}

// table maps letters, letter groups and whole words of one script to slots. A key may begin with ^
// (start of word only) and end with $ (end of word only).
type table struct {
	slots  [4]map[string]slot // by the place a key is bound to: the sum of atStart and atEnd
	widest int                // runes of the longest key, marks not counted
}

// The places in a word that a key may be bound to.
const (
	anywhere = 0
	atStart  = 1
	atEnd    = 2
)

// lazyTable reads tables/NAME.txt on first use.
func lazyTable(name string) func() *table {
	return sync.OnceValue(func() *table {
		data, err := files.ReadFile("tables/" + name + ".txt")
		if err != nil {
			return &table{} // cannot happen: the files are embedded, and a test reads every one
		}
		return parseTable(string(data))
	})
}

// parseTable reads lines "key TAB spelling spelling ...", a spelling being letters with an optional
// cost in tenths of an edit (kh, x:2), "-" for silence. Several keys may share a line, separated by
// spaces. A line that begins with # is a comment.
func parseTable(text string) *table {
	t := &table{}
	for i := range t.slots {
		t.slots[i] = map[string]slot{}
	}
	for line := range strings.Lines(text) {
		keys, values, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(keys, "#") {
			continue
		}
		s := newSlot(parseSpellings(values))
		for _, key := range strings.Fields(keys) {
			place := anywhere
			if bare, ok := strings.CutPrefix(key, "^"); ok {
				key, place = bare, atStart
			}
			if bare, ok := strings.CutSuffix(key, "$"); ok {
				key, place = bare, place+atEnd
			}
			t.slots[place][key] = s
			t.widest = max(t.widest, utf8.RuneCountInString(key))
		}
	}
	return t
}

func parseSpellings(values string) []spelling {
	var out []spelling
	for _, f := range strings.Fields(values) {
		text, tenths, _ := strings.Cut(f, ":")
		n, _ := strconv.Atoi(tenths)
		if text == "-" {
			text = ""
		}
		out = append(out, spelling{text, float32(n) / 10})
	}
	return out
}

// newSlot orders the spellings by cost, keeping the given order among equals.
func newSlot(s []spelling) slot {
	slices.SortStableFunc(s, func(a, b spelling) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	out := slot{spellings: s, drop: 1, wrong: 1, starts: starts(s)}
	for _, x := range s {
		if x.text != "" {
			out.vowel = isVowel(x.text[0])
			break
		}
	}
	if out.vowel {
		out.drop = 0.6
	}
	for _, x := range s {
		if x.text == "" {
			out.drop = min(out.drop, x.cost)
		}
	}
	return out
}

// letterBit is the bit of a letter a-z in a set; other characters share one.
func letterBit(c byte) uint32 {
	if c < 'a' || c > 'z' {
		return 1 << 31
	}
	return 1 << (c - 'a')
}

func starts(s []spelling) uint32 {
	var set uint32
	for _, x := range s {
		if x.text != "" {
			set |= letterBit(x.text[0])
		}
	}
	return set
}

// split cuts the word into the slots of the longest keys. Runes without a key are skipped.
func (t *table) split(word []rune) []slot {
	var out []slot
	for i := 0; i < len(word); {
		n := min(t.widest, len(word)-i)
		for ; n > 0; n-- {
			if s, ok := t.find(string(word[i:i+n]), i == 0, i+n == len(word)); ok {
				out = append(out, s)
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

// find looks the key up, bound to its place first.
func (t *table) find(key string, start, end bool) (slot, bool) {
	for place := atStart + atEnd; place >= anywhere; place-- {
		if place&atStart != 0 && !start || place&atEnd != 0 && !end {
			continue
		}
		if s, ok := t.slots[place][key]; ok {
			return s, true
		}
	}
	return slot{}, false
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}
