package match

import (
	"math/bits"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/ordergate/ordergate/internal/fold"
	"github.com/ordergate/ordergate/internal/han"
	"github.com/ordergate/ordergate/internal/nameindex"
	"github.com/ordergate/ordergate/internal/script"
)

// transcribed reports whether a name, which may be a person's, is one of another language spelt by its sound in Chinese
// characters.
func transcribed(text string, folded []fold.Word, kind Kind) bool {
	if kind != Person && kind != Unknown {
		return false
	}
	var parts []string
	for _, w := range folded {
		if !edit.ASCII(w.Text) && script.Of(w.Text) == script.Han {
			parts = append(parts, w.Text)
		}
	}
	return len(parts) > 0 && han.IsTranscribed(text, parts...)
}

// minRun is how many characters may be several names without a separator.
const minRun = 5

// heardKeys appends the keys of a transcribed term: of the whole and, where it may be several names, of how it begins.
func heardKeys(keys []uint32, sort byte, t *term) []uint32 {
	n := t.heard.Len()
	keys = runKeys(keys, sort, t.heard, 0, n)
	for to := 2; n >= minRun && to < n; to++ {
		keys = runKeys(keys, sort, t.heard, 0, to)
	}
	return keys
}

// heardEndKeys is the keys of how a transcribed term ends that may be several names.
func heardEndKeys(keys []uint32, sort byte, t *term) []uint32 {
	n := t.heard.Len()
	for from := 1; n >= minRun && from+2 <= n; from++ {
		keys = runKeys(keys, sort, t.heard, from, n)
	}
	return keys
}

func runKeys(keys []uint32, sort byte, t *han.Transcription, from, to int) []uint32 {
	for _, s := range t.Skeletons(from, to) {
		if len(s) > 2 || len(s) > 1 && (to-from >= 3 || from == 0 && to == t.Len()) {
			keys = append(keys, nameindex.Key(sort, s))
		}
	}
	return keys
}

// likenessHeard compares a name spelt by its sound in Chinese characters with a word in letters, or with another spelt so.
func likenessHeard(t, u *term) (way, int, bool) {
	if t.heard == nil {
		t, u = u, t
	}
	if !audible(u) {
		return 0, 0, false
	}
	best := float32(1)
	for _, s := range u.sounds() {
		t.heard.Misfit(0, s, maxMisfit, func(to int, misfit float32) {
			if to == t.heard.Len() {
				best = min(best, misfit)
			}
		})
	}
	return wayTranscribed, costHeard(best), best <= maxMisfit
}

// audible reports whether a term may be a part of what a transcription spells.
func audible(t *term) bool {
	return t.class <= suffix && t.class != number && t.class != initial && (t.heard != nil || !t.han())
}

// maxHeard is how many readings of a word in another alphabet than Latin a transcription is compared with.
const maxHeard = 4

// sounds is how a term in letters, or a transcribed one, sounds.
func (t *term) sounds() []han.Sounds {
	if t.heard != nil {
		return []han.Sounds{t.heard.Sounds()}
	}
	var out []han.Sounds
	for i, s := range t.spellings() {
		if i == maxHeard {
			break
		}
		out = append(out, han.SoundsOf(s))
	}
	return out
}

// transcribed pairs what is left of transcribed terms with the words of the other name that they spell together.
func (a *alignment) transcribed() {
	if a.kind != Person || !a.q.heard && !a.l.heard {
		return
	}
	for free := a.qFree; free != 0; free &= free - 1 {
		i := bits.TrailingZeros32(free)
		words, pieces := a.hear(a.q.terms[i], a.l, a.lFree)
		for _, p := range pieces {
			a.pairPiece(i, words[p.Word], p)
		}
	}
	for free := a.lFree; free != 0; free &= free - 1 {
		j := bits.TrailingZeros32(free)
		words, pieces := a.hear(a.l.terms[j], a.q, a.qFree)
		for _, p := range pieces {
			a.pairPiece(words[p.Word], j, p)
		}
	}
}

// hear cuts a transcribed term into names that are free terms of the other name: pieces are of words, the places of
// such terms.
func (a *alignment) hear(t *term, other *Name, free uint32) (words []int, pieces []han.Piece) {
	if t.heard == nil || t.heard.Len() < minRun {
		return nil, nil
	}
	var sounds [][]han.Sounds
	for ; free != 0; free &= free - 1 {
		if j := bits.TrailingZeros32(free); audible(other.terms[j]) {
			words, sounds = append(words, j), append(sounds, other.terms[j].sounds())
		}
	}
	return words, t.heard.Split(sounds, maxMisfit)
}

// pairPiece records that a piece of a transcribed term belongs to a term of the other name.
func (a *alignment) pairPiece(i, j int, p han.Piece) {
	before := a.n
	a.pair(i, 1, j, 1, wayTranscribed, costHeard(p.Misfit))
	if a.n > before {
		a.steps[before].from, a.steps[before].to = uint8(p.From), uint8(p.To)
	}
}
