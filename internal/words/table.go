package words

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed data/*.tsv
var files embed.FS

// Table finds spellings, of one word or several, and gives their senses.
// The slices it returns are its own: they must not be changed.
type Table[V comparable] struct {
	vocab     map[string]uint32 // word of a spelling -> its number
	next      map[uint64]uint32 // node<<32 | word number -> node; node 0 is the root
	senses    [][]V             // by node; empty where no spelling ends
	spellings []string          // as added, once each
	longest   int               // bytes of the longest spelling of one word
}

// At gives the senses of the longest spelling made of tokens[at], tokens[at+1], ..., and how many
// tokens it takes: nil, 0 where none begins at that position or at is out of range.
func (t *Table[V]) At(tokens []string, at int) ([]V, int) {
	if at < 0 {
		return nil, 0
	}
	var found []V
	n, node := 0, uint32(0)
	for i := at; i < len(tokens); i++ {
		word, ok := t.vocab[tokens[i]]
		if !ok {
			break
		}
		if node, ok = t.next[edge(node, word)]; !ok {
			break
		}
		if s := t.senses[node]; len(s) > 0 {
			found, n = s, i-at+1
		}
	}
	return found, n
}

// Begins reports whether a spelling begins with a word, or is it.
func (t *Table[V]) Begins(word string) bool {
	id, ok := t.vocab[word]
	if !ok {
		return false
	}
	_, ok = t.next[edge(0, id)]
	return ok
}

// Of gives the senses of a single word, nil where it has none.
func (t *Table[V]) Of(word string) []V {
	if id, ok := t.vocab[word]; ok {
		if node, ok := t.next[edge(0, id)]; ok {
			return t.senses[node]
		}
	}
	return nil
}

// Prefix gives the senses of the longest spelling of one word that s begins with, and its length in
// bytes. It is meant for scripts that do not separate words; elsewhere it finds words inside words.
func (t *Table[V]) Prefix(s string) ([]V, int) {
	for end := min(len(s), t.longest); end > 0; end-- {
		if end < len(s) && !utf8.RuneStart(s[end]) {
			continue
		}
		if v := t.Of(s[:end]); len(v) > 0 {
			return v, end
		}
	}
	return nil, 0
}

// Suffix gives the senses of the longest spelling of one word that s ends with, and its length in
// bytes. For legal forms it also serves words written together ("examplegmbh"); the caller must then
// ask for more than a chance ending ("mexico" ends with "co").
func (t *Table[V]) Suffix(s string) ([]V, int) {
	for start := max(0, len(s)-t.longest); start < len(s); start++ {
		if !utf8.RuneStart(s[start]) {
			continue
		}
		if v := t.Of(s[start:]); len(v) > 0 {
			return v, len(s) - start
		}
	}
	return nil, 0
}

// All gives every spelling, its words split by one space, with its senses, in the order of the tables.
func (t *Table[V]) All() iter.Seq2[string, []V] {
	return func(yield func(string, []V) bool) {
		for _, s := range t.spellings {
			v, _ := t.At(strings.Split(s, " "), 0)
			if !yield(s, v) {
				return
			}
		}
	}
}

// Len is the number of spellings.
func (t *Table[V]) Len() int { return len(t.spellings) }

func newTable[V comparable](size int) *Table[V] {
	return &Table[V]{
		vocab:  make(map[string]uint32, size),
		next:   make(map[uint64]uint32, size),
		senses: make([][]V, 1, size+1),
	}
}

// add gives the spelling one more sense; the same sense twice counts once.
func (t *Table[V]) add(spelling string, sense V) {
	node := uint32(0)
	if !strings.Contains(spelling, " ") {
		t.longest = max(t.longest, len(spelling))
	}
	for word := range strings.SplitSeq(spelling, " ") {
		id, ok := t.vocab[word]
		if !ok {
			id = uint32(len(t.vocab))
			t.vocab[word] = id
		}
		to, ok := t.next[edge(node, id)]
		if !ok {
			to = uint32(len(t.senses))
			t.next[edge(node, id)] = to
			t.senses = append(t.senses, nil)
		}
		node = to
	}
	if len(t.senses[node]) == 0 {
		t.spellings = append(t.spellings, spelling)
	}
	if !slices.Contains(t.senses[node], sense) {
		t.senses[node] = append(t.senses[node], sense)
	}
}

func edge(node, word uint32) uint64 { return uint64(node)<<32 | uint64(word) }

// row is one line of a table: a concept and how it is written.
type row struct {
	class, key string
	spellings  []string // as in the file
}

// rows reads the files data/<table>*.tsv in the order of their names.
func rows(table string) ([]row, error) {
	names, err := fs.Glob(files, "data/"+table+"*.tsv")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("words: table %s: no file (%w)", table, fs.ErrNotExist)
	}
	var out []row
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
		line := 0
		for l := range strings.Lines(string(text)) {
			line++
			l = strings.TrimSuffix(l, "\n")
			if l == "" || l[0] == '#' {
				continue
			}
			f := strings.Split(l, "\t")
			if len(f) != 3 || slices.Contains(f, "") {
				return nil, fmt.Errorf("words: %s:%d: want class, key and spellings split by tabs, have %q", name, line, l)
			}
			out = append(out, row{f[0], f[1], strings.Split(f[2], "|")})
		}
	}
	return out, nil
}

// mustTable builds a table from its files, sense turning a line's class and key into the value. It
// panics where a file is malformed: the files are part of the program, and a test reads them all.
func mustTable[V comparable](table string, sense func(class, key string) (V, bool)) *Table[V] {
	lines, err := rows(table)
	if err != nil {
		panic(err)
	}
	size := 0
	for _, r := range lines {
		size += len(r.spellings)
	}
	t := newTable[V](size)
	for _, r := range lines {
		v, ok := sense(r.class, r.key)
		if !ok {
			panic(fmt.Sprintf("words: table %s: %s: class %q is not known", table, r.key, r.class))
		}
		for _, s := range r.spellings {
			for _, form := range variants(s) {
				t.add(form, v)
			}
		}
	}
	return t
}
