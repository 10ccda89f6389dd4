package jsontree

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Tree is memory for a document's tree, for a reader of one document after another. The zero value works. It is used
// by one goroutine.
type Tree struct {
	dec jsontext.Decoder
	at  Path
	// nodes, members and elems are what the tree is made of. Where one grows, what was taken from it before stays in the
	// array before, complete: nothing is looked up by its place.
	nodes   []Node
	members []Member
	elems   []*Node
	// open are the members and elements read so far of the objects and arrays that are not at their end.
	open []Member
	// names are the names of members seen, which documents of one kind share.
	names map[string]string
}

// What a tree keeps for the next document: as much as a large order takes, not as much as the largest.
const (
	keptNodes = 8192
	keptNames = 512
	keptName  = 32
)

// Clear forgets the document, whose values must no longer be used.
func (t *Tree) Clear() {
	t.dec.Reset(strings.NewReader(""))
	if cap(t.nodes) > keptNodes {
		*t = Tree{names: t.names}
	}
	clear(t.nodes)
	clear(t.members)
	clear(t.elems)
	clear(t.open[:cap(t.open)])
	clear(t.at[:cap(t.at)])
	t.nodes, t.members, t.elems, t.open, t.at = t.nodes[:0], t.members[:0], t.elems[:0], t.open[:0], t.at[:0]
}

// node is a new node.
func (t *Tree) node(offset int) *Node {
	t.nodes = append(t.nodes, Node{Offset: offset})
	return &t.nodes[len(t.nodes)-1]
}

// since is what was added to s from a length on, nil where nothing was.
func since[T any](s []T, from int) []T {
	if from == len(s) {
		return nil
	}
	return slices.Clip(s[from:])
}

// name is a copy of a member's name, the one made before where there is one.
func (t *Tree) name(s string) string {
	known, ok := t.names[s]
	if ok {
		return known
	}
	known = strings.Clone(s)
	if len(known) <= keptName && len(t.names) < keptNames {
		if t.names == nil {
			t.names = make(map[string]string)
		}
		t.names[known] = known
	}
	return known
}
