package edit

import "math/bits"

// sketch says in one machine word which characters a word has, so that most words that share a piece with
// another but are not near it are passed over without being read. Each character sets one of 32 bits: the first of
// its kind that of its lower five bits, and the second of a frequent letter one that no letter has.
type sketch uint32

// second are the bits of frequent letters that a word has twice.
var second = [32]uint8{'a' & 31: 27, 'e' & 31: 28, 'i' & 31: 29, 'n' & 31: 30, 'o' & 31: 31, 'r' & 31: 0}

// hasSecond are the letters of second.
const hasSecond sketch = 1<<('a'&31) | 1<<('e'&31) | 1<<('i'&31) | 1<<('n'&31) | 1<<('o'&31) | 1<<('r'&31)

func sketchOf(w string) sketch {
	var s sketch
	for _, r := range w {
		bit := sketch(1) << (r & 31)
		if s&bit&hasSecond != 0 {
			bit = 1 << second[r&31]
		}
		s |= bit
	}
	return s
}

// mayBeWithin is false only where more than limit slips lie between the words: a slip takes one character away
// and brings one at most, and either changes one bit at most.
func (s sketch) mayBeWithin(other sketch, limit int) bool {
	return bits.OnesCount32(uint32(s^other)) <= 2*limit
}
