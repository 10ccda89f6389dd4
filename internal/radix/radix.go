// Package radix keeps pairs of numbers, packed in one word each, and finds those of a key. It sorts them in linear
// time, because the indexes of names sort millions of them when a list is loaded.
package radix

import "slices"

// Pair packs a key and a value.
func Pair(key, value uint32) uint64 { return uint64(key)<<32 | uint64(value) }

// Key is the key of a pair.
func Key(pair uint64) uint32 { return uint32(pair >> 32) }

// Value is the value of a pair.
func Value(pair uint64) uint32 { return uint32(pair) }

const (
	bits   = 11
	digits = 1 << bits
	few    = 4096 // below which comparing is faster
)

// Sort orders pairs by key; pairs of one key keep their order. It returns the pairs, perhaps in other memory than
// it was given.
func Sort(pairs []uint64) []uint64 {
	if len(pairs) < few {
		slices.SortStableFunc(pairs, func(a, b uint64) int { return int(int64(a>>32) - int64(b>>32)) })
		return pairs
	}
	other := make([]uint64, len(pairs))
	for shift := 32; shift < 64; shift += bits {
		var at [digits]int
		for _, p := range pairs {
			at[p>>shift&(digits-1)]++
		}
		sum := 0
		for d, n := range at {
			at[d] = sum
			sum += n
		}
		for _, p := range pairs {
			d := p >> shift & (digits - 1)
			other[at[d]] = p
			at[d]++
		}
		pairs, other = other, pairs
	}
	return pairs
}

// Table finds the pairs of a key. It holds no pointer but to its pairs, and never changes.
type Table struct {
	pairs []uint64
	start []uint32 // start[key>>shift] is the first pair whose key begins so
	shift uint
	// known has a bit for each beginning of a key that is a little longer, set where a pair has it: most keys that are
	// looked for have no pair, and that is all that is read for them.
	known      []uint64
	knownShift uint
}

// maxBits bounds how many bits of a key lead straight to its pairs.
const maxBits = 26

// NewTable keeps the pairs, each once. What they lead to must have been added in order; the pairs must not be used
// afterwards.
func NewTable(pairs []uint64) Table {
	pairs = slices.Clip(slices.Compact(Sort(pairs)))
	bits := uint(1)
	for 1<<bits < len(pairs)/2 && bits < maxBits {
		bits++
	}
	t := Table{pairs: pairs, start: make([]uint32, 1<<bits+1), shift: 32 - bits}
	longer := max(6, min(bits+4, 32))
	t.known, t.knownShift = make([]uint64, 1<<longer/64), 32-longer
	for _, p := range pairs {
		t.start[Key(p)>>t.shift+1]++
		begins := Key(p) >> t.knownShift
		t.known[begins/64] |= 1 << (begins % 64)
	}
	for i := 1; i < len(t.start); i++ {
		t.start[i] += t.start[i-1]
	}
	return t
}

// beginning is the pairs of the keys that begin as a key does, if one of them is likely to be of the key.
func (t *Table) beginning(key uint32) []uint64 {
	begins := key >> t.knownShift
	if t.known[begins/64]&(1<<(begins%64)) == 0 {
		return nil
	}
	return t.pairs[t.start[key>>t.shift]:t.start[key>>t.shift+1]]
}

// At is the pairs of a key, in the order they were added.
func (t *Table) At(key uint32) []uint64 {
	some := t.beginning(key)
	for len(some) > 0 && Key(some[0]) != key {
		some = some[1:]
	}
	n := 0
	for n < len(some) && Key(some[n]) == key {
		n++
	}
	return some[:n]
}

// Labelled finds values by keys that need not be exact: instead of its key each value carries a label by which those
// that were not meant can be told.
type Labelled struct{ table Table }

// NewLabelled keeps the pairs, each once, and the label of each value in the place of its key. The pairs must not be
// used afterwards.
func NewLabelled(pairs []uint64, label func(value uint32) uint32) Labelled {
	t := NewTable(pairs)
	for i, p := range t.pairs {
		t.pairs[i] = Pair(label(Value(p)), Value(p))
	}
	return Labelled{t}
}

// Near is the values of a key, and perhaps of a few others, each with its label for a key.
func (l *Labelled) Near(key uint32) []uint64 { return l.table.beginning(key) }
