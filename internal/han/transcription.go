package han

import (
	"sync"

	"github.com/ordergate/ordergate/internal/script"
)

var transcription = sync.OnceValue(func() map[rune][]string {
	out := map[rune][]string{}
	for _, f := range lines("transcription.txt") {
		r := []rune(Fold(f[0]))[0]
		out[r] = union(spellings(f[1]), nil)
	}
	return out
})

// minTranscribed is the length under which a transcription is not told from a Chinese name.
const minTranscribed = 3

// Transcribed reads a name as a foreign one spelled in Chinese characters by their sound (马丁 Martin, with 西门子
// Siemens), made ready to judge the Latin spelling of the original, in the order of the characters. It has no reading
// where the name has under three characters or one that is not used so. Vowels of such spellings are
// rough: a cost under a tenth of an edit a letter fits, and only with other evidence.
func Transcribed(name string) script.Word {
	rs := characters(name)
	if len(rs) < minTranscribed {
		return script.Word{}
	}
	for _, r := range rs {
		if len(transcription()[r]) == 0 {
			return script.Word{}
		}
	}
	return script.Syllabic(each(rs, func(r rune) []string { return transcription()[r] }))
}
