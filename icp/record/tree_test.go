package record

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// tiles is a Reader of tiles and leaves in memory, for the tree alone.
type tiles struct {
	Reader
	data   map[tileKey][]byte
	leaves [][]byte
}

func (m *tiles) Tile(_ context.Context, level int, index int64) ([]byte, error) {
	return m.data[tileKey{level, index}], nil
}

func (m *tiles) Rows(_ context.Context, from, to int64, fn func(*Row) error) error {
	for i := from; i < min(to, int64(len(m.leaves))); i++ {
		if err := fn(&Row{Index: i, Leaf: m.leaves[i]}); err != nil {
			return err
		}
	}
	return nil
}

// TestTree compares root, proofs and tiles with those of x/mod's tlog, over trees of up to three tile levels.
func TestTree(t *testing.T) {
	const most = tileWidth*tileWidth + 2*tileWidth + 3
	ctx := context.Background()
	m := &tiles{data: map[tileKey][]byte{}}
	var stored []tlog.Hash // in tlog's own order
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = stored[x]
		}
		return out, nil
	})
	edge := &tree{}
	roots := make([]tlog.Hash, 0, most+1)
	roots = append(roots, edge.root())
	for i := range int64(most) {
		leaf := binary.BigEndian.AppendUint64(nil, uint64(i))
		hashes, err := tlog.StoredHashes(i, leaf, reader)
		require.NoError(t, err)
		stored = append(stored, hashes...)
		m.leaves = append(m.leaves, leaf)
		for _, full := range edge.push(tlog.RecordHash(leaf)) {
			m.data[tileKey{full.Level, full.Index}] = full.Data
		}
		roots = append(roots, tlog.Hash{})
		if i < 600 || i > most-600 {
			roots[i+1] = edge.root()
			want, err := tlog.TreeHash(i+1, reader)
			require.NoError(t, err)
			require.Equal(t, want, roots[i+1], "size %d", i+1)
		}
	}
	require.Len(t, m.data, tileWidth+2+1)
	for key, data := range m.data {
		want, err := tlog.ReadTileData(tlog.Tile{H: tileHeight, L: key.level, N: key.index, W: tileWidth}, reader)
		require.NoError(t, err)
		require.Equal(t, want, data)
	}
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, most).Draw(t, "size")
		loaded, err := loadTree(ctx, m, size)
		require.NoError(t, err)
		want, err := tlog.TreeHash(size, reader)
		require.NoError(t, err)
		require.Equal(t, want, loaded.root())
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		inclusion, err := tlog.ProveRecord(size, index, loaded.hashReader(ctx, m))
		require.NoError(t, err)
		require.NoError(t, tlog.CheckRecord(inclusion, size, want, index, tlog.RecordHash(m.leaves[index])))
		old := rapid.Int64Range(1, size).Draw(t, "old")
		consistency, err := tlog.ProveTree(size, old, loaded.hashReader(ctx, m))
		require.NoError(t, err)
		oldRoot, err := tlog.TreeHash(old, reader)
		require.NoError(t, err)
		require.NoError(t, tlog.CheckTree(consistency, size, want, old, oldRoot))
	})
}

func TestLoadTreeDamaged(t *testing.T) {
	m := &tiles{data: map[tileKey][]byte{}}
	edge := &tree{}
	for i := range 3 * tileWidth {
		m.leaves = append(m.leaves, []byte{byte(i), byte(i >> 8)})
		for _, full := range edge.push(tlog.RecordHash(m.leaves[i])) {
			m.data[tileKey{full.Level, full.Index}] = full.Data
		}
	}
	_, err := loadTree(context.Background(), m, int64(len(m.leaves))+1)
	require.ErrorIs(t, err, ErrTampered)
	delete(m.data, tileKey{0, 1})
	_, err = loadTree(context.Background(), m, int64(len(m.leaves)))
	require.ErrorIs(t, err, ErrTampered)
}
