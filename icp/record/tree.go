package record

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is that of C2SP tlog-tiles, tileWidth the hashes of a complete tile.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// tree is the right edge of a log's tree: at each tile level the hashes that do not fill a tile yet.
// Complete tiles are in the store. Appending to a tree and asking for its root need nothing else.
type tree struct {
	size int64
	edge [][]tlog.Hash
}

// clone is a copy that can be appended to while t stays as it is.
func (t *tree) clone() *tree {
	c := &tree{size: t.size, edge: make([][]tlog.Hash, len(t.edge))}
	for i, e := range t.edge {
		c.edge[i] = slices.Clone(e)
	}
	return c
}

// push appends a leaf's hash and gives the tiles that it completes.
func (t *tree) push(h tlog.Hash) (full []*Tile) {
	t.size++
	for level := 0; ; level++ {
		if level == len(t.edge) {
			t.edge = append(t.edge, make([]tlog.Hash, 0, tileWidth))
		}
		t.edge[level] = append(t.edge[level], h)
		if len(t.edge[level]) < tileWidth {
			return full
		}
		data := make([]byte, 0, tileWidth*tlog.HashSize)
		for _, x := range t.edge[level] {
			data = append(data, x[:]...)
		}
		full = append(full, &Tile{Level: level, Index: t.size>>(tileHeight*(level+1)) - 1, Data: data})
		h = perfect(t.edge[level])
		t.edge[level] = t.edge[level][:0]
	}
}

// perfect is the hash of the subtree over a power of two of hashes.
func perfect(h []tlog.Hash) tlog.Hash {
	if len(h) == 1 {
		return h[0]
	}
	return tlog.NodeHash(perfect(h[:len(h)/2]), perfect(h[len(h)/2:]))
}

// root is the tree's hash: its perfect subtrees, largest first, folded from the right (RFC 6962 section 2.1).
func (t *tree) root() tlog.Hash {
	var peaks []tlog.Hash
	for level := len(t.edge) - 1; level >= 0; level-- {
		h := t.edge[level]
		for width := tileWidth / 2; width > 0; width /= 2 {
			if len(h) >= width {
				peaks = append(peaks, perfect(h[:width]))
				h = h[width:]
			}
		}
	}
	if len(peaks) == 0 {
		empty, _ := tlog.TreeHash(0, nil) // reads nothing and cannot fail
		return empty
	}
	sum := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		sum = tlog.NodeHash(peaks[i], sum)
	}
	return sum
}

// loadTree builds the edge of a tree of a known size from complete tiles and the last leaves.
func loadTree(ctx context.Context, r Reader, size int64) (*tree, error) {
	t := &tree{size: size}
	for level := 0; size>>(tileHeight*level) > 0; level++ {
		nodes := size >> (tileHeight * level)
		first := nodes &^ (tileWidth - 1)
		edge := make([]tlog.Hash, 0, tileWidth)
		if level == 0 {
			err := r.Rows(ctx, first, size, func(row *Row) error {
				if row.Index != first+int64(len(edge)) {
					return fmt.Errorf("%w: record %d is missing", ErrTampered, first+int64(len(edge)))
				}
				edge = append(edge, tlog.RecordHash(row.Leaf))
				return nil
			})
			if err != nil {
				return nil, err
			}
			if int64(len(edge)) != nodes-first {
				return nil, fmt.Errorf("%w: record %d is missing", ErrTampered, first+int64(len(edge)))
			}
		} else {
			for n := first; n < nodes; n++ {
				hashes, err := readTile(ctx, r, level-1, n)
				if err != nil {
					return nil, err
				}
				edge = append(edge, perfect(hashes))
			}
		}
		t.edge = append(t.edge, edge)
	}
	return t, nil
}

// readTile is the hashes of a complete tile.
func readTile(ctx context.Context, r Reader, level int, index int64) ([]tlog.Hash, error) {
	data, err := r.Tile(ctx, level, index)
	if err != nil {
		return nil, err
	}
	if len(data) != tileWidth*tlog.HashSize {
		return nil, fmt.Errorf("%w: tile %d/%d holds %d bytes", ErrTampered, level, index, len(data))
	}
	hashes := make([]tlog.Hash, tileWidth)
	for i := range hashes {
		copy(hashes[i][:], data[i*tlog.HashSize:])
	}
	return hashes, nil
}

// hashReader reads the tree's stored hashes from tiles and edge, each tile once.
func (t *tree) hashReader(ctx context.Context, r Reader) tlog.HashReader {
	type key struct {
		level int
		index int64
	}
	tiles := map[key][]tlog.Hash{}
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			level, n := tlog.SplitStoredHashIndex(x)
			k := key{level / tileHeight, 0}
			below := level % tileHeight // levels above the tile's own hashes
			start := n << below
			k.index = start / tileWidth
			hashes, ok := tiles[k]
			if !ok {
				var err error
				if hashes, err = t.tile(ctx, r, k.level, k.index); err != nil {
					return nil, err
				}
				tiles[k] = hashes
			}
			lo := int(start % tileWidth)
			if hi := lo + 1<<below; hi <= len(hashes) {
				out[i] = perfect(hashes[lo:hi])
				continue
			}
			return nil, fmt.Errorf("%w: no hash %d at level %d", ErrTampered, n, level)
		}
		return out, nil
	})
}

// tile is the hashes of a tile, complete or the last of its level.
func (t *tree) tile(ctx context.Context, r Reader, level int, index int64) ([]tlog.Hash, error) {
	if level < len(t.edge) && index == t.size>>(tileHeight*(level+1)) {
		return t.edge[level], nil
	}
	return readTile(ctx, r, level, index)
}
