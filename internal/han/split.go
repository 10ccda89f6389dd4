package han

import "slices"

// Piece is a run of characters of a transcription and the word it spells.
type Piece struct {
	From, To int // characters
	Word     int
	Misfit   float32 // see [Transcription.Misfit]
}

// maxSplit is the greatest number of words that [Transcription.Split] looks at.
const maxSplit = 6

// costPiece keeps a short word from being found in what a longer one spells: in wrong sounds.
const costPiece = 0.3

// piecing is the best way found so far to explain the first characters by some of the words.
type piecing struct {
	wrong float32 // sounds, 0 where there is no such way
	last  Piece
}

// Split cuts the characters into names written without a separator, each one of the words, in any order. A word is
// given in one or several spellings; some may be left over, but no character. It returns nil where that cannot be done with no
// name misspelt by more than most.
func (t *Transcription) Split(words [][]Sounds, most float32) []Piece {
	n, m := len(t.signs), min(len(words), maxSplit)
	// By the characters explained and the set of words used.
	best := make([]piecing, (n+1)<<m)
	for from := range n {
		before := best[from<<m : (from+1)<<m]
		if from > 0 && !slices.ContainsFunc(before, piecing.reached) {
			continue
		}
		for k, spellings := range words[:m] {
			for _, heard := range spellings {
				t.Misfit(from, heard, most, func(to int, misfit float32) {
					p := Piece{from, to, k, misfit}
					for used, b := range before {
						if used>>k&1 == 0 && (b.reached() || from == 0 && used == 0) {
							best[to<<m|used|1<<k].improve(b.wrong+costPiece+misfit*float32(len(heard)), p)
						}
					}
				})
			}
		}
	}
	all := best[n<<m:]
	used := 0
	for i, p := range all {
		if p.reached() && (used == 0 || p.wrong < all[used].wrong) {
			used = i
		}
	}
	var out []Piece
	for to := n; used != 0; {
		p := best[to<<m|used].last
		out = append(out, p)
		to, used = p.From, used&^(1<<p.Word)
	}
	slices.Reverse(out)
	return out
}

func (p piecing) reached() bool { return p.wrong > 0 }

func (p *piecing) improve(wrong float32, last Piece) {
	if !p.reached() || wrong < p.wrong {
		*p = piecing{wrong, last}
	}
}
