package nameindex

import (
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/edit"
)

// halves tells of two neighbouring words, without looking it up, that they make no listed one together, not with a slip
// either: so it is with nearly all. A slip touches the first of them from its last letter on, or the second up to its
// first letter, or neither. So a word that they make begins with the first less its last letter, and has as many letters
// behind as the second, or ends with the second less its first, and has as many letters before as the first.
type halves struct {
	longest int // bytes of the longest word
	// known has a bit for each beginning and end of a word with enough letters to its other side, some sharing one.
	known []uint64
	shift uint
}

// The least lengths of two words that are told of, in bytes: many words begin or end with shorter ones. Few end with
// those if there is a long one before.
const (
	leastFirst  = 4
	leastSecond = 3
	longFirst   = 7
)

// The sorts of keys of beginnings and ends; see [Key].
const (
	beginSort   = 'b'
	endSort     = 'e'
	longEndSort = 'l'
)

func newHalves(words []string) halves {
	h, keys := halves{}, 0
	for _, w := range words {
		h.longest = max(h.longest, len(w))
		keys += 3 * max(0, len(w)-leastFirst-leastSecond+2)
	}
	bits := uint(6)
	for 1<<bits < 8*keys && bits < 32 {
		bits++
	}
	h.known, h.shift = make([]uint64, 1<<bits/64), 32-bits
	for _, w := range words {
		key := seed(beginSort)
		for n := 1; n+leastSecond <= len(w); n++ {
			if key = fnv(key, w[n-1:n]); n >= leastFirst-1 {
				h.set(mix(key))
			}
		}
		h.setEnds(w, endSort, leastFirst)
		h.setEnds(w, longEndSort, longFirst)
	}
	return h
}

// setEnds notes the ends of a word that have so many letters before.
func (h *halves) setEnds(w string, sort byte, before int) {
	key := seed(sort)
	for n := 1; before+n <= len(w); n++ {
		if key = fnv(key, w[len(w)-n:len(w)-n+1]); n >= leastSecond-1 {
			h.set(mix(key))
		}
	}
}

func (h *halves) set(key uint32) {
	key >>= h.shift
	h.known[key/64] |= 1 << (key % 64)
}

func (h *halves) has(key uint32) bool {
	key >>= h.shift
	return h.known[key/64]&(1<<(key%64)) != 0
}

// mayMake reports whether two words may make a listed one together, but for a slip. It errs only by reporting too many.
func (h *halves) mayMake(a, b string) bool {
	switch {
	case !edit.ASCII(a) || !edit.ASCII(b):
		return len(a)+len(b) <= h.longest+utf8.UTFMax // one letter more at most
	case len(a)+len(b) > h.longest+1:
		return false
	case len(a) < leastFirst || len(b) < leastSecond:
		return true
	}
	sort := byte(endSort)
	if len(a) >= longFirst {
		sort = longEndSort
	}
	end := seed(sort)
	for n := len(b); n > 1; n-- {
		end = fnv(end, b[n-1:n])
	}
	return h.has(mix(end)) || h.has(mix(fnv(seed(beginSort), a[:len(a)-1])))
}
