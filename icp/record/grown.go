package record

// Grown reports whether a record of a kind may stand at an index or behind it, by what this log has appended and has
// come across in the store. It asks nothing of the store. An append comes across all that any process appended before
// it: who has read the records of a kind, and appended since, need not read again to know that there are no others.
func (l *Log) Grown(kind Kind, from int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, ok := l.seen.last[kind]
	return from < l.seen.from || ok && from <= last
}

// sight is which records a log has come across.
type sight struct {
	// from is where its sight begins: of what stands before that index it knows nothing.
	from int64
	// last is the last index of each kind from there on.
	last map[Kind]int64
}

func (s *sight) note(kind Kind, index int64) {
	if s.last == nil {
		s.last = make(map[Kind]int64)
	}
	s.last[kind] = max(s.last[kind], index)
}

// add takes in what was seen elsewhere.
func (s *sight) add(more sight) {
	s.from = max(s.from, more.from)
	for kind, index := range more.last {
		s.note(kind, index)
	}
}
