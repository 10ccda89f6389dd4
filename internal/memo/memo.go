// Package memo keeps the latest answers of a pure function, so that what is asked again and again (the seller's own
// name, the articles of a catalogue) is worked out once. It never changes an answer, only how soon it is there.
package memo

import "sync"

// Memo keeps between one and two times size answers, the latest asked for. It is safe for concurrent use; answers are
// shared by all who ask, who must not change them.
type Memo[K comparable, V any] struct {
	size       int
	mu         sync.Mutex
	young, old map[K]V
}

// New is a memo that forgets nothing among the last size questions; with size 0 it keeps nothing.
func New[K comparable, V any](size int) *Memo[K, V] {
	return &Memo[K, V]{size: size, young: map[K]V{}}
}

// Get is the answer to a question where it is kept.
func (m *Memo[K, V]) Get(k K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.young[k]
	if ok {
		return v, true
	}
	if v, ok = m.old[k]; ok {
		m.keep(k, v)
	}
	return v, ok
}

// Put keeps an answer.
func (m *Memo[K, V]) Put(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(k, v)
}

// keep adds to the younger half; a full one becomes the older half, and what was that is forgotten.
func (m *Memo[K, V]) keep(k K, v V) {
	if m.size == 0 {
		return
	}
	if len(m.young) >= m.size {
		m.old, m.young = m.young, make(map[K]V, m.size)
	}
	m.young[k] = v
}
