package match

import "hash/maphash"

// lexicon is the words of a corpus, by text and by number. Like them it holds few pointers, which the garbage collector
// follows in every one of its cycles: one a word.
type lexicon struct {
	pieces [][]word
	len    uint32
	slots  []uint32 // numbers of words, at the first slot that was free from that of their hash on; 0 where it is still
}

// pieceOfWords is how many words are made at a time.
const pieceOfWords = 1024

// seed is another in every process: where a word lies is told to nobody.
var seed = maphash.MakeSeed()

// newLexicon has room for about so many words; others may be added.
func newLexicon(words int) lexicon {
	size := 8
	for size < 2*words {
		size *= 2
	}
	return lexicon{slots: make([]uint32, size)}
}

// at is the word of a number; numbers begin with 1.
func (l *lexicon) at(id uint32) *word {
	return &l.pieces[(id-1)/pieceOfWords][(id-1)%pieceOfWords]
}

// find is the word of a text, nil where there is none.
func (l *lexicon) find(text string) *word {
	for i := l.slot(text); l.slots[i] != 0; i = (i + 1) & (len(l.slots) - 1) {
		if w := l.at(l.slots[i]); w.text == text {
			return w
		}
	}
	return nil
}

func (l *lexicon) slot(text string) int {
	return int(maphash.String(seed, text)) & (len(l.slots) - 1)
}

// add makes a word of a text that is not there, and gives it the next number.
func (l *lexicon) add(text string) *word {
	if int(l.len) >= len(l.slots)/2 {
		l.slots = make([]uint32, 2*len(l.slots))
		for id := range l.len {
			l.put(id + 1)
		}
	}
	if l.len%pieceOfWords == 0 {
		l.pieces = append(l.pieces, make([]word, pieceOfWords))
	}
	l.len++
	w := l.at(l.len)
	w.text, w.id = text, l.len
	l.put(w.id)
	return w
}

func (l *lexicon) put(id uint32) {
	i := l.slot(l.at(id).text)
	for l.slots[i] != 0 {
		i = (i + 1) & (len(l.slots) - 1)
	}
	l.slots[i] = id
}

// all yields the words by their numbers.
func (l *lexicon) all(yield func(*word) bool) {
	for id := range l.len {
		if !yield(l.at(id + 1)) {
			return
		}
	}
}
