package match

import (
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/internal/nameindex"
	"github.com/ordergate/ordergate/internal/script"
)

// The sorts of keys names are looked for by, besides their letters.
const (
	bySound   = 's' // the sound of a word, or of one of its readings
	byVariant = 'v' // a group of name variants
	byMeaning = 'm' // what a common word or a place means
	// Consonant skeletons, of words in a script that leaves vowels out and of other words. They are
	// looked up across that line only: between two Latin words a skeleton says too little.
	byConsonants = 'c'
	byLatinBones = 'l'
)

// unvowelled reports whether the term's script leaves vowels out.
func unvowelled(t *term) bool {
	return t.word != nil && (t.word.Script() == script.Arabic || t.word.Script() == script.Hebrew)
}

// listedKeys appends the keys a listed term can be reached by.
func listedKeys(keys []uint32, t *term) []uint32 {
	keys = soundKeys(keys, t)
	if t.heard != nil {
		return heardEndKeys(heardKeys(keys, byConsonants, t), byConsonants, t)
	}
	if t.class == core {
		sort := byte(byLatinBones)
		if unvowelled(t) {
			sort = byConsonants
		}
		keys = boneKeys(keys, sort, t.text)
	}
	return keys
}

// search is what one search needs; it is used again for the next.
type search struct {
	probes     []nameindex.Probe
	keys       []uint32
	candidates []nameindex.Candidate
	query      []gist
	gists      []gist // of the candidates, one after the other
	ends       []uint32
	shapes     []shape
}

var searches = sync.Pool{New: func() any { return new(search) }}

// probe adds what a term of a query looks for; unvowelled says that names are listed that leave vowels out.
func (s *search) probe(t *term, unvowelledToo bool) {
	if strings.IndexByte(t.text, ' ') >= 0 {
		for w := range strings.SplitSeq(t.text, " ") {
			s.probes = append(s.probes, nameindex.Probe{Text: w, Slips: slipsOf(w)})
		}
		return
	}
	also := t.latin
	if len(t.english) > 0 {
		also = slices.Concat(t.english, t.latin)
	}
	p := nameindex.Probe{Text: t.text, Also: also, Slips: slipsOf(t.text)}
	from := len(s.keys)
	s.keys = soundKeys(s.keys, t)
	if unvowelledToo {
		s.keys = boneKeys(s.keys, byConsonants, t.text)
	}
	if unvowelled(t) {
		s.keys = boneKeys(s.keys, byLatinBones, t.text)
	}
	if t.heard != nil {
		s.keys = heardKeys(s.keys, byLatinBones, t)
		if unvowelledToo {
			s.keys = heardKeys(s.keys, byConsonants, t)
		}
	}
	p.Keys = s.keys[from:]
	s.probes = append(s.probes, p)
	if t.heard != nil && t.heard.Len() >= minRun {
		from = len(s.keys)
		s.keys = heardEndKeys(s.keys, byLatinBones, t)
		if unvowelledToo {
			s.keys = heardEndKeys(s.keys, byConsonants, t)
		}
		s.probes = append(s.probes, nameindex.Probe{Keys: s.keys[from:]})
	}
}

// compound looks for two words of Arabic or Hebrew that Latin spellings write as one: سيف الدين, Saifuddin.
func compound(t, u *term) nameindex.Probe {
	text := t.full + u.full
	joined := script.Join(*t.word, *u.word)
	c := term{text: text, foreign: &foreign{latin: joined.Latin()}}
	p := nameindex.Probe{Text: text, Also: c.latin, Slips: 1, Keys: soundKeys(nil, &c)}
	p.Keys = boneKeys(p.Keys, byLatinBones, text)
	if u.full != u.text { // the article may be lost in the middle: نور الدين, Noureddine
		p.Keys = boneKeys(p.Keys, byLatinBones, t.full+u.text)
	}
	return p
}

// slipsOf is how many slips are looked for in a word.
func slipsOf(w string) int { return min(2, maxSlips(length(w))) }

func soundKeys(keys []uint32, t *term) []uint32 {
	if len(t.sound) > 2 {
		keys = append(keys, nameindex.Key(bySound, t.sound))
	}
	for _, r := range t.latin {
		if s := script.Key(r); len(s) > 1 {
			keys = append(keys, nameindex.Key(bySound, s))
		}
	}
	if t.key != "" {
		keys = append(keys, nameindex.Key(byMeaning, t.key))
	}
	for _, g := range t.names {
		keys = append(keys, nameindex.KeyOf(byVariant, g.ID))
	}
	return keys
}

func boneKeys(keys []uint32, sort byte, text string) []uint32 {
	script.EachSkeleton(text, func(s []byte) {
		if len(s) > 1 {
			keys = append(keys, nameindex.Key(sort, s))
		}
	})
	return keys
}
