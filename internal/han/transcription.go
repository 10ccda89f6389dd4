package han

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ordergate/ordergate/internal/script"
)

// Transcription is a name of another language, or a part of one, spelt in Chinese characters by its sound, a syllable or a
// consonant a character: 彼得罗夫, Petrov. It is immutable.
type Transcription struct {
	signs [][]sign // by the character they begin at
	// ends is the last sounds of the signs that end before each character, as a set.
	ends []uint32
}

// sign is a character, or several that spell one name by convention, and what it may stand for, likeliest first.
type sign struct {
	characters int
	sounds     []Sounds
	bones      []string // consonant skeletons, see script.Skeletons; "" is one
}

// Lengths in characters, by which a transcription is told from a Chinese name.
const (
	minTranscribed      = 5 // without separators: Chinese names are as long with a compound surname only
	minTranscribedParts = 4 // with separators
	minTranscribedPart  = 3 // the longest part, where they are spaces
	maxTranscribed      = 24
	maxSign             = 4
)

// IsTranscribed reports whether a person's name, which separators part, is one of another language spelt by its sound: it is
// longer than Chinese names are or written with a middle dot, and at least two thirds of its characters are those that
// transcriptions use.
func IsTranscribed(name string, parts ...string) bool {
	longest, all, usual := 0, 0, 0
	for _, p := range parts {
		rs := characters(p)
		if len(rs) != utf8.RuneCountInString(p) {
			return false
		}
		longest = max(longest, len(rs))
		all += len(rs)
		for _, r := range rs {
			if _, ok := transcription()[string(r)]; ok {
				usual++
			}
		}
	}
	if all > maxTranscribed || 3*usual < 2*all {
		return false
	}
	if len(parts) == 1 {
		family, _ := SplitPerson(parts[0])
		return family == "" && all >= minTranscribed
	}
	return all >= minTranscribedParts && (longest >= minTranscribedPart || dotted(name))
}

// Transcribed reads a part of such a name, 24 characters of it at most. A character that transcriptions do not use is read
// in pinyin.
func Transcribed(part string) *Transcription {
	rs := characters(part)
	rs = rs[:min(len(rs), maxTranscribed)]
	t := &Transcription{make([][]sign, len(rs)), make([]uint32, len(rs)+1)}
	for i, r := range rs {
		for n := min(maxSign, len(rs)-i); n > 0; n-- {
			if s, ok := transcription()[string(rs[i:i+n])]; ok {
				t.signs[i] = append(t.signs[i], s)
			}
		}
		if len(t.signs[i]) == 0 {
			t.signs[i] = []sign{newSign(1, byPinyin(r))}
		}
		for _, s := range t.signs[i] {
			for _, heard := range s.sounds {
				t.ends[i+s.characters] |= 1 << (heard[len(heard)-1] & 31)
			}
		}
	}
	return t
}

// Len is the number of characters.
func (t *Transcription) Len() int { return len(t.signs) }

// Sounds is the likeliest reading.
func (t *Transcription) Sounds() Sounds {
	var all Sounds
	for i := 0; i < len(t.signs); i += t.signs[i][0].characters {
		if s := t.signs[i][0].sounds; len(s) > 0 {
			all += s[0]
		}
	}
	return all
}

// transcription is the signs that transcriptions use.
var transcription = sync.OnceValue(func() map[string]sign {
	out := map[string]sign{}
	for _, f := range lines("transcription.txt") {
		out[Fold(f[0])] = newSign(utf8.RuneCountInString(f[0]), spellings(f[1]))
	}
	return out
})

func newSign(characters int, spellings []string) sign {
	out := sign{characters: characters}
	for _, s := range union(spellings, nil) {
		out.sounds = append(out.sounds, SoundsOf(s))
		bones := script.Skeletons(s)
		if len(bones) == 0 {
			bones = []string{""}
		}
		out.bones = append(out.bones, bones...)
	}
	out.sounds, out.bones = distinct(out.sounds), distinct(out.bones)
	return out
}

// foreignInitials is what the initials of pinyin stand for where no convention says it.
var foreignInitials = []struct {
	pinyin  string
	foreign []string
}{
	{"zh", []string{"zh", "j"}}, {"ch", []string{"ch"}}, {"sh", []string{"sh"}}, {"x", []string{"s", "sh", "h"}}, {"j", []string{"j", "g", "k"}},
	{"q", []string{"ch", "k"}}, {"z", []string{"z", "dz"}}, {"c", []string{"ts"}}, {"l", []string{"l", "r"}}, {"r", []string{"r", "j"}}, {"w", []string{"w", "v"}},
}

// byPinyin is what a character stands for by its reading.
func byPinyin(r rune) []string {
	var out []string
	for _, p := range undotted(Readings(r)) {
		foreign := []string{""}
		for _, i := range foreignInitials {
			if rest, ok := strings.CutPrefix(p, i.pinyin); ok {
				p, foreign = rest, i.foreign
				break
			}
		}
		for _, f := range foreign {
			out = append(out, f+p)
		}
	}
	return distinct(out)
}

// maxBones bounds the skeletons of a run of characters.
const maxBones = 8

// bonesSoFar is a skeleton of the first characters, and how unlikely the readings in it are.
type bonesSoFar struct {
	text string
	late int
}

// Skeletons is the consonant skeletons that the characters from one to before another may have, likeliest first, as
// [script.Skeletons] gives them of Latin spellings.
func (t *Transcription) Skeletons(from, to int) []string {
	paths := make([][]bonesSoFar, to-from+1)
	paths[0] = []bonesSoFar{{}}
	for i := from; i <= to; i++ {
		here := paths[i-from]
		slices.SortStableFunc(here, func(a, b bonesSoFar) int { return cmp.Compare(a.late, b.late) })
		here = distinctBones(here)
		paths[i-from] = here
		if i == to {
			break
		}
		for _, s := range t.signs[i] {
			end := i + s.characters
			if end > to {
				continue
			}
			for _, p := range here {
				for k, b := range s.bones {
					paths[end-from] = append(paths[end-from], bonesSoFar{p.text + b, p.late + k})
					if b != "" && strings.HasSuffix(p.text, b[:1]) { // one sound, the end of a syllable and the start of the next
						paths[end-from] = append(paths[end-from], bonesSoFar{p.text + b[1:], p.late + k})
					}
				}
			}
		}
	}
	var out []string
	for _, p := range paths[to-from] {
		out = append(out, p.text)
	}
	return out
}

// distinctBones is the likeliest of some skeletons, each once.
func distinctBones(sorted []bonesSoFar) []bonesSoFar {
	out := sorted[:0]
	for _, p := range sorted {
		if len(out) < maxBones && !slices.ContainsFunc(out, func(o bonesSoFar) bool { return o.text == p.text }) {
			out = append(out, p)
		}
	}
	return out
}
