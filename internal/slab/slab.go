// Package slab makes many small values out of few pieces of memory. A list in force is millions of words, names and
// texts that live as long as it does: made one by one, each would cost the garbage collector's every cycle, and cycles
// are what orders wait for in a busy service. What is made of one piece lives until nothing of the piece is in use.
package slab

import "strings"

// most is how many values a piece holds, and mostText how many bytes a piece of text. The first pieces are smaller: most
// lists are short.
const (
	first, most         = 8, 1024
	firstText, mostText = 256, 1 << 16
)

// Of makes values of a type. The zero Of is ready for use, by one goroutine.
type Of[T any] struct {
	free []T
	size int
}

// New is a new zero value.
func (s *Of[T]) New() *T { return &s.Make(1)[0] }

// Make is n zero values, without room for more; nil where n is 0.
func (s *Of[T]) Make(n int) []T {
	switch {
	case n == 0:
		return nil
	case n <= len(s.free):
	case n > most/4:
		return make([]T, n)
	default:
		s.size = min(max(first, 2*s.size), most)
		s.free = make([]T, max(s.size, n))
	}
	made := s.free[:n:n]
	s.free = s.free[n:]
	return made
}

// Text keeps texts. The zero Text is ready for use, by one goroutine.
type Text struct {
	piece strings.Builder
	size  int
}

// Clone is a copy of a text.
func (t *Text) Clone(text string) string {
	if len(text) > t.piece.Cap()-t.piece.Len() {
		if len(text) > mostText/4 {
			return strings.Clone(text)
		}
		t.size = min(max(firstText, 2*t.size), mostText)
		t.piece.Reset()
		t.piece.Grow(max(t.size, len(text)))
	}
	from := t.piece.Len()
	t.piece.WriteString(text) // where there is room: what was handed out stays where it is
	return t.piece.String()[from:]
}
