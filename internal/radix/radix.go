// Package radix sorts pairs of numbers, packed in one word each, in linear time. It exists because the
// indexes of names sort millions of them when a list is loaded.
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
