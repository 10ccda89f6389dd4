package edit

import (
	"slices"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/radix"
)

// maxWord bounds the words a Dictionary keeps neighbours of; longer ones are found only exactly.
const maxWord = 40

// twoSlips is the least length, in bytes, of words that are looked for within two slips.
const twoSlips = 8

// Dictionary finds words within one or two slips. It is built once by [NewDictionary], never changes
// after, and is safe for concurrent use.
type Dictionary struct {
	words  []string
	hashes radix.Labelled // from a hash to the words kept under it, each with its sketch
}

// NewDictionary keeps the words, which are known by their index. They should differ from one another.
func NewDictionary(words []string) *Dictionary {
	d := &Dictionary{words: words}
	size := 0
	for _, w := range words {
		size += min(len(w), maxWord) + 4
	}
	pairs := make([]uint64, 0, size)
	var keys []uint32
	for i, w := range words {
		keys = d.neighbours(w, keys[:0])
		for _, k := range keys {
			pairs = append(pairs, radix.Pair(k, uint32(i)))
		}
	}
	sketches := make([]sketch, len(words))
	for i, w := range words {
		sketches[i] = sketchOf(w)
	}
	d.hashes = radix.NewLabelled(pairs, func(word uint32) uint32 { return uint32(sketches[word]) })
	return d
}

// neighbours appends the hashes under which a word is kept: itself, its deletions, its pieces.
func (d *Dictionary) neighbours(w string, keys []uint32) []uint32 {
	keys = append(keys, hash(w, len(w), 0, 0))
	if len(w) > maxWord {
		return keys
	}
	for i, size := 0, 0; i < len(w); i += size {
		_, size = utf8.DecodeRuneInString(w[i:])
		keys = append(keys, hash(w, i, size, 0))
	}
	if len(w) >= twoSlips {
		for piece := range 3 {
			from, to := pieceOf(len(w), piece)
			keys = append(keys, pieceHash(w[from:to], len(w), piece))
		}
	}
	return keys
}

// Words appends to out the indices of the words within limit slips (0, 1 or 2) of w, in no
// particular order but always the same, each once. Two slips are looked for only where both words
// have at least eight bytes.
func (d *Dictionary) Words(out []uint32, w string, limit int) []uint32 {
	q := query{d: d, out: out, from: len(out), word: w, sketch: sketchOf(w), limit: limit}
	if q.bits = len(w) > 0 && len(w) <= 64 && ASCII(w); q.bits {
		q.pattern.set(w)
	}
	q.at(hash(w, len(w), 0, 0))
	if limit == 0 || len(w) > maxWord+2 {
		return q.out
	}
	for i, size := 0, 0; i < len(w); i += size {
		_, size = utf8.DecodeRuneInString(w[i:])
		q.at(hash(w, i, size, 0))
	}
	if limit == 1 || len(w) < twoSlips {
		return q.out
	}
	// One of the three pieces of a word two slips away is whole. Where it is the first or the last, it stands
	// where it stood, from that end; else one slip is on either side of it, which move it by one at most.
	for n := max(twoSlips, len(w)-2); n <= min(maxWord, len(w)+2); n++ {
		for piece := range 3 {
			at, end := pieceOf(n, piece)
			from, to := at, at
			switch piece {
			case 1:
				from, to = max(0, at-1), at+1
			case 2:
				from, to = len(w)-(end-at), len(w)-(end-at)
			}
			for s := from; s <= to && s+end-at <= len(w); s++ {
				q.at(pieceHash(w[s:s+end-at], n, piece))
			}
		}
	}
	return q.out
}

// Exactly is the index of the word w itself.
func (d *Dictionary) Exactly(w string) (uint32, bool) {
	for _, e := range d.hashes.Near(hash(w, len(w), 0, 0)) {
		if d.words[radix.Value(e)] == w {
			return radix.Value(e), true
		}
	}
	return 0, false
}

// query is one look-up in a dictionary.
type query struct {
	d       *Dictionary
	out     []uint32
	from    int
	word    string
	sketch  sketch
	limit   int
	bits    bool
	pattern pattern
}

// at adds the words kept under a hash that are within the limit and not found yet.
func (q *query) at(h uint32) {
	for _, e := range q.d.hashes.Near(h) {
		w := radix.Value(e)
		if q.sketch.mayBeWithin(sketch(radix.Key(e)), q.limit) && !slices.Contains(q.out[q.from:], w) && q.near(q.d.words[w]) {
			q.out = append(q.out, w)
		}
	}
}

func (q *query) near(w string) bool {
	if q.bits && ASCII(w) {
		return len(w)-len(q.word) <= q.limit && len(q.word)-len(w) <= q.limit && q.pattern.within(w, q.limit) <= q.limit
	}
	return Within(q.word, w, q.limit) <= q.limit
}

// pieceOf is where the piece 0, 1 or 2 of a word of n bytes lies.
func pieceOf(n, piece int) (from, to int) {
	return n * piece / 3, n * (piece + 1) / 3
}

func pieceHash(s string, n, piece int) uint32 {
	return hash(s, len(s), 0, uint32(n*3+piece+1))
}

// hash is FNV-1a of w without the size bytes at i, after a salt, mixed so that its high bits are good.
func hash(w string, i, size int, salt uint32) uint32 {
	h := uint32(2166136261) ^ salt*2654435761
	for k := 0; k < i; k++ {
		h = (h ^ uint32(w[k])) * 16777619
	}
	for k := i + size; k < len(w); k++ {
		h = (h ^ uint32(w[k])) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>13
}

// Word is the word of an index.
func (d *Dictionary) Word(i uint32) string { return d.words[i] }
