package nameindex

import (
	"testing"

	"github.com/ordergate/ordergate/internal/edit"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Two words that make a listed one together, with a slip or without, are never said to make none.
func TestHalvesMissNoWord(t *testing.T) {
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[abä]{1,3}[a-c]{0,12}[ab東]{0,2}`), 1, 8, rapid.ID).Draw(t, "words")
		d, h := edit.NewDictionary(words), newHalves(words)
		letters := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		at := rapid.IntRange(0, len(letters)-1).Draw(t, "at")
		switch rapid.IntRange(0, 4).Draw(t, "slip") {
		case 0:
			letters = append(letters[:at:at], letters[at+1:]...)
		case 1:
			letters = append(append(letters[:at:at], 'b'), letters[at:]...)
		case 2:
			letters[at] = rapid.SampledFrom([]rune("abä東")).Draw(t, "letter")
		case 3:
			letters[at], letters[max(0, at-1)] = letters[max(0, at-1)], letters[at]
		}
		if len(letters) < 2 {
			return
		}
		cut := rapid.IntRange(1, len(letters)-1).Draw(t, "cut")
		a, b := string(letters[:cut]), string(letters[cut:])
		if len(d.Words(nil, a+b, 1)) > 0 {
			made++
			require.True(t, h.mayMake(a, b), "%q %q of %q", a, b, words)
		}
	})
	require.Positive(t, made)
}

// Neighbouring words of ordinary names are told apart.
func TestHalvesTellMostWords(t *testing.T) {
	h := newHalves([]string{"vorzelmann", "quibblewick", "international", "trikotronik", "werke", "ltd"})
	require.False(t, h.mayMake("vorzelmann", "ltd"))
	require.False(t, h.mayMake("trikotronik", "werke"))
	require.True(t, h.mayMake("quibble", "wick"))
	require.True(t, h.mayMake("inter", "nationel"))
}
