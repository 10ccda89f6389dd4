package han

import (
	"slices"
	"strings"
)

// Sounds is a Latin spelling with one letter a sound, differences between the ways of spelling a sound left out: S is sh,
// Z zh, C ch, J the j of John, c ts.
type Sounds string

// SoundsOf reads a spelling for no language; what a letter is in another costs little, see unlike.
func SoundsOf(latin string) Sounds {
	var b strings.Builder
	last := byte(0)
	for i := 0; i < len(latin); {
		to, n := latin[i:i+1], 1
		for _, g := range spellingsOfSounds {
			if strings.HasPrefix(latin[i:], g.letters) {
				to, n = g.sounds, len(g.letters)
				break
			}
		}
		for k := range len(to) {
			if c := to[k] | 0x20; to[k] != last && 'a' <= c && c <= 'z' {
				b.WriteByte(to[k])
				last = to[k]
			}
		}
		i += n
	}
	return Sounds(b.String())
}

// spellingsOfSounds are letter groups and their sounds, longest first.
var spellingsOfSounds = []struct{ letters, sounds string }{
	{"shch", "S"}, {"szcz", "S"}, {"tsch", "C"}, {"dzh", "J"}, {"sch", "S"}, {"tch", "C"}, {"sh", "S"}, {"sz", "S"}, {"zh", "Z"}, {"cz", "C"}, {"ch", "C"},
	{"ck", "k"}, {"kh", "h"}, {"gh", "g"}, {"ph", "f"}, {"th", "t"}, {"dh", "d"}, {"bh", "b"}, {"wh", "w"}, {"ts", "c"}, {"tz", "c"}, {"dj", "J"}, {"qu", "kw"},
	{"ce", "ce"}, {"ci", "ci"}, {"cy", "ci"}, {"c", "k"}, {"q", "k"}, {"x", "ks"}, {"y", "i"},
}

// wrongConsonant is what a consonant costs that the other side has not, or has another for: transcriptions are true to them.
const wrongConsonant = 1.25

// What a sound costs, in letters, that the spelling has for another: little between those that languages write alike
// or Chinese does not tell apart. Vowels of transcriptions are rough.
var unlike = func() (out [128][128]float32) {
	for i := range out {
		for j := range out[i] {
			if i != j {
				out[i][j] = wrongConsonant
			}
		}
	}
	for _, p := range []struct {
		pairs string
		cost  float32
	}{
		{"ae ao au eo eu iu io ai", 0.4}, {"ei ou ij uw", 0.1},
		{"vw sc jJ jZ JZ", 0.15}, {"fv zc sz Zz", 0.25}, {"cC ZS CS jh hk Ch Ck gJ CJ", 0.35}, {"td gk bp gh lr sS bv mn", 0.5},
	} {
		for pair := range strings.FieldsSeq(p.pairs) {
			out[pair[0]][pair[1]], out[pair[1]][pair[0]] = p.cost, p.cost
		}
	}
	return out
}()

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// added is what the sound at i costs where the characters have none for it.
func added(sounds Sounds, i int) float32 {
	afterVowel := i > 0 && isVowel(sounds[i-1])
	switch c := sounds[i]; {
	case isVowel(c) && (afterVowel || i+1 < len(sounds) && isVowel(sounds[i+1])):
		return 0.15
	case isVowel(c):
		return 0.3
	case c == 'r' && afterVowel:
		return 0.3
	case c == 'h', c == 'g' && i > 0 && sounds[i-1] == 'n':
		return 0.2
	}
	return wrongConsonant
}

// dropped is what a sound of a character costs where the spelling has none for it.
func dropped(c byte) float32 {
	if isVowel(c) || c == 'h' {
		return 0.4
	}
	return wrongConsonant
}

// costMerged is what a sound costs that a spelling has once, where two characters end and begin with it: 肯尼迪, Kennedy.
const costMerged = 0.05

const maxSounds = 24

// Misfit visits, for each end of a run of characters from one, how far the run is from what is heard: in wrong sounds a
// sound, 0 for one that fits. It leaves out what is wrong in more than most.
func (t *Transcription) Misfit(from int, heard Sounds, most float32, visit func(to int, misfit float32)) {
	n := len(heard)
	if n == 0 || n > maxSounds {
		return
	}
	limit := most * float32(n)
	var extra [maxSounds]float32
	for i := range n {
		extra[i] = added(heard, i)
	}
	// What the first sounds cost, by the characters that spell them.
	var room [maxTranscribed + 1][maxSounds + 1]float32
	costs := room[:len(t.signs)+1]
	for i := range n {
		costs[from][i+1] = costs[from][i] + extra[i]
	}
	for i := from + 1; i < len(costs); i++ {
		for j := range n + 1 {
			costs[i][j] = limit + 1
		}
	}
	for i := from; i < len(costs); i++ {
		if i > from && costs[i][n] <= limit {
			visit(i, costs[i][n]/float32(n))
		}
		if i == len(t.signs) || slices.Min(costs[i][:n+1]) > limit {
			continue
		}
		for _, s := range t.signs[i] {
			for k, sounds := range s.sounds {
				after := t.spell(i, sounds, heard, costs[i], extra[:n])
				rare := min(0.02*float32(k), 0.1)
				end := &costs[i+s.characters]
				for j := range n + 1 {
					end[j] = min(end[j], after[j]+rare)
				}
			}
		}
	}
}

// spell is what the first sounds heard cost when the character at i stands for some more, where they cost so much before.
func (t *Transcription) spell(i int, sounds, heard Sounds, before [maxSounds + 1]float32, extra []float32) [maxSounds + 1]float32 {
	for k := range len(sounds) {
		c := sounds[k]
		off := dropped(c)
		if k == 0 && !isVowel(c) && t.ends[i]&(1<<(c&31)) != 0 {
			off = costMerged
		}
		last := before[0]
		before[0] += off
		for j := range len(heard) {
			here := before[j+1]
			before[j+1] = min(here+off, last+unlike[c][heard[j]], before[j]+extra[j])
			last = here
		}
	}
	return before
}
