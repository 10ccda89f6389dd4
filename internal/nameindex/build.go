package nameindex

import (
	"math"
	"slices"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/radix"
)

// Builder gathers words and names. The zero Builder is ready for use, by one goroutine.
type Builder struct {
	words []string
	keys  []uint64 // pairs of a key and a word
	names []uint32 // words of all names, one after the other
	ends  []uint32
	joins []uint64 // pairs of a key and a name
}

// Grow makes room for about so many names.
func (b *Builder) Grow(names int) {
	b.words, b.keys = slices.Grow(b.words, names/2), slices.Grow(b.keys, names)
	b.names, b.ends, b.joins = slices.Grow(b.names, 3*names), slices.Grow(b.ends, names), slices.Grow(b.joins, 3*names)
}

// Word adds a word and the keys it can be reached by, and gives its number. A word must not be added
// twice.
func (b *Builder) Word(text string, keys []uint32) uint32 {
	id := uint32(len(b.words))
	b.words = append(b.words, text)
	for _, k := range keys {
		b.keys = append(b.keys, radix.Pair(k, id))
	}
	return id
}

// Name adds a name: the numbers of the words it is looked for by, and all its words, in order.
func (b *Builder) Name(words []uint32, all []string) {
	id := uint32(len(b.ends))
	b.names = append(b.names, words...)
	for i := 1; i < len(all); i++ {
		b.joins = append(b.joins, radix.Pair(keyOfTwo(all[i-1], all[i]), id))
	}
	b.ends = append(b.ends, uint32(len(b.names)))
}

// Index is what Build makes.
type Index struct {
	dict *edit.Dictionary
	// worth is how much a word tells: the rarer the more; whole is that of all words of a name, in wholeParts, and
	// unlisted that of a word that is not listed.
	worth    []float32
	whole    []uint16
	unlisted float32
	halves   halves
	keys     radix.Table
	joins    radix.Table
	// The words of name i are nameWords[nameEnds[i-1]:nameEnds[i]]; the names of word w, in order,
	// postings[postEnds[w-1]:postEnds[w]].
	nameWords, nameEnds []uint32
	postings, postEnds  []uint32
}

// Build makes the index. The Builder must not be used afterwards.
func (b *Builder) Build() *Index {
	ix := &Index{
		dict: edit.NewDictionary(b.words), halves: newHalves(b.words), keys: radix.NewTable(b.keys), joins: radix.NewTable(b.joins),
		nameWords: slices.Clip(b.names), nameEnds: slices.Clip(b.ends),
		postEnds: make([]uint32, len(b.words)), worth: make([]float32, len(b.words)),
		unlisted: min(unlisted, worthOf(1, len(b.ends))),
	}
	last := make([]uint32, len(b.words)) // 1 + the last name seen with the word
	each := func(visit func(word, name uint32)) {
		clear(last)
		for i := range b.ends {
			for _, w := range ix.words(uint32(i)) {
				if last[w] != uint32(i)+1 {
					last[w] = uint32(i) + 1
					visit(w, uint32(i))
				}
			}
		}
	}
	each(func(w, _ uint32) { ix.postEnds[w]++ })
	for w, n := range ix.postEnds {
		ix.worth[w] = worthOf(int(n), len(b.ends))
		if w > 0 {
			ix.postEnds[w] += ix.postEnds[w-1]
		}
	}
	if len(b.words) > 0 {
		ix.postings = make([]uint32, ix.postEnds[len(b.words)-1])
	}
	ix.whole = make([]uint16, len(b.ends))
	for name := range ix.whole {
		whole := float32(0)
		for _, w := range ix.words(uint32(name)) {
			whole += ix.worth[w]
		}
		ix.whole[name] = uint16(min(whole*wholeParts, math.MaxUint16))
	}
	fill := make([]uint32, len(b.words))
	each(func(w, name uint32) {
		at := fill[w]
		if w > 0 {
			at += ix.postEnds[w-1]
		}
		ix.postings[at] = name
		fill[w]++
	})
	return ix
}

// worthOf is how much a word tells that n of so many names hold: in bits, of which both numbers are taken whole. So a
// change of the list leaves nearly all words worth what they were, and nearly all queries with the same candidates: see
// [Among].
func worthOf(n, names int) float32 {
	bits := func(n int) float64 { return math.Round(math.Log2(float64(max(n, 1)))) }
	return float32(math.Log2(1 + math.Exp2(bits(names)-bits(n))))
}

// wholeParts are what the worth of a whole name is counted in.
const wholeParts = 64

// words is the words of a name.
func (ix *Index) words(name uint32) []uint32 {
	from := uint32(0)
	if name > 0 {
		from = ix.nameEnds[name-1]
	}
	return ix.nameWords[from:ix.nameEnds[name]]
}

// names is the names of a word.
func (ix *Index) names(word uint32) []uint32 {
	from := uint32(0)
	if word > 0 {
		from = ix.postEnds[word-1]
	}
	return ix.postings[from:ix.postEnds[word]]
}

// Len is the number of names.
func (ix *Index) Len() int { return len(ix.nameEnds) }

// Key is the number by which a word may be reached other than by its letters; sort keeps keys of
// different sorts apart.
func Key[T string | []byte](sort byte, text T) uint32 {
	return mix(fnv(seed(sort), text))
}

// KeyOf is [Key] of a number.
func KeyOf(sort byte, n uint32) uint32 {
	return Key(sort, []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
}

// keyOfTwo is the key of two words written together, by which names are kept that write them apart.
func keyOfTwo(a, b string) uint32 { return mix(fnv(fnv(seed(joinSort), a), b)) }

// joinSort is the sort of such keys; see [Key].
const joinSort = 'j'

const (
	offset = 2166136261
	prime  = 16777619
)

func seed(sort byte) uint32 {
	h := uint32(offset)
	return (h ^ uint32(sort)) * prime
}

func fnv[T string | []byte](h uint32, text T) uint32 {
	for i := 0; i < len(text); i++ {
		h = (h ^ uint32(text[i])) * prime
	}
	return h
}

func mix(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>13
}
