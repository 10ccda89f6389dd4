package edit

import "math/bits"

// sketch says in one machine word which characters a word has, so that most words that share a piece with
// another but are not near it are passed over without being read: a character has one of 32 bits.
type sketch uint32

func sketchOf(w string) sketch {
	var s sketch
	for _, r := range w {
		s |= 1 << (r & 31)
	}
	return s
}

// mayBeWithin is false only where more than limit slips lie between the words: a slip takes one character away
// and brings one at most.
func (s sketch) mayBeWithin(other sketch, limit int) bool {
	return bits.OnesCount32(uint32(s^other)) <= 2*limit
}
