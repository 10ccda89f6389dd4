package lists

import (
	"github.com/ordergate/ordergate/internal/memo"
	"github.com/ordergate/ordergate/lists/match"
)

// Index makes a snapshot searchable by name, identifier, address and free text. It never changes and is
// safe for concurrent use.
//
// Names of every kind are found through [Index.Match], whatever their script, spelling or order; free text over
// all fields through [Index.Search]. The memory held for free text is built on its first use; [Index.Close]
// gives it back. An Index holds no file and no goroutine outside a call.
type Index struct {
	snap   *Snapshot
	corpus *match.Corpus
	refs   []nameRef // by number of the name in the corpus
	lookup lookup
	text   textIndex
	known  *memo.Memo[question, answer]
}

// nameRef is where a name stands in the snapshot.
type nameRef struct {
	list, entity int32
	name         int32
}

// NewIndex indexes a snapshot. Names that are empty after folding are kept but never found. The error is
// reserved for a snapshot of more names than can be numbered.
func NewIndex(s *Snapshot) (*Index, error) {
	names := 0
	for i := range s.lists {
		for j := range s.lists[i].Entities {
			names += len(s.lists[i].Entities[j].Names)
		}
	}
	ix := &Index{snap: s, corpus: match.NewCorpus(names), refs: make([]nameRef, 0, names), known: memo.New[question, answer](knownNames)}
	for i := range s.lists {
		for j := range s.lists[i].Entities {
			e := &s.lists[i].Entities[j]
			for k := range e.Names {
				ix.corpus.Add(e.Names[k].Text, match.Kind(e.Kind))
				ix.refs = append(ix.refs, nameRef{int32(i), int32(j), int32(k)})
			}
		}
	}
	ix.corpus.Close()
	ix.lookup = newLookup(s)
	return ix, nil
}

// Snapshot is what the index was made of.
func (ix *Index) Snapshot() *Snapshot { return ix.snap }

// Current is the index itself: an Index that is never replaced serves where one in force is asked for.
func (ix *Index) Current() *Index { return ix }

// Names is the number of names indexed.
func (ix *Index) Names() int { return len(ix.refs) }

func (ix *Index) at(r nameRef) (*List, *Entity) {
	l := &ix.snap.lists[r.list]
	return l, &l.Entities[r.entity]
}
