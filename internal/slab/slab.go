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
func (s *Of[T]) New() *T { return &s.Slice(1)[:1][0] }

// Slice is an empty slice with room for n values, and no more.
func (s *Of[T]) Slice(n int) []T {
	if n > len(s.free) {
		if n > most/4 {
			return make([]T, 0, n)
		}
		s.size = min(max(first, 2*s.size), most)
		s.free = make([]T, max(s.size, n))
	}
	made := s.free[:0:n]
	s.free = s.free[n:]
	return made
}

// Clone is a copy of values; nil where there are none.
func (s *Of[T]) Clone(values []T) []T {
	if len(values) == 0 {
		return nil
	}
	return append(s.Slice(len(values)), values...)
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
