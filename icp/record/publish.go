package record

import (
	"context"
	"encoding/binary"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

const tilePrefix = "tile/"

// Publish gives the files by which witnesses and monitors follow the log, in the layout of C2SP tlog-tiles:
// hash tiles and entry bundles, and last the signed checkpoint, under the name "checkpoint". Those that a tree
// of old records had already are left out; 0 gives all. The leaves in the bundles disclose ids, kinds and times.
// It gives the number of records, to be the next call's old. An empty log has nothing to publish.
func (l *Log) Publish(ctx context.Context, old int64, write func(name string, data []byte) error) (size int64, err error) {
	err = l.view(ctx, func(r Reader, t *tree) error {
		size = t.size
		if old < 0 || old > size {
			return fmt.Errorf("%d of %d records: %w", old, size, ErrNotFound)
		}
		if size == 0 {
			return nil
		}
		if err := eachTile(ctx, r, t, old, write); err != nil {
			return err
		}
		signed, err := r.Head(ctx)
		if err != nil {
			return err
		}
		return write(packCheckpoint, signed)
	})
	return size, err
}

// eachTile gives hash tiles and entry bundles, complete and partial, that a tree of old records lacks.
func eachTile(ctx context.Context, r Reader, t *tree, old int64, write func(name string, data []byte) error) error {
	for _, tile := range tlog.NewTiles(tileHeight, old, t.size) {
		hashes, err := t.tile(ctx, r, tile.L, tile.N)
		if err != nil {
			return err
		}
		data := make([]byte, 0, tile.W*tlog.HashSize)
		for _, h := range hashes[:tile.W] {
			data = append(data, h[:]...)
		}
		if err := write(tilePath(fmt.Sprint(tile.L), tile.N, tile.W), data); err != nil {
			return err
		}
		if tile.L > 0 {
			continue
		}
		var bundle []byte
		err = r.Rows(ctx, tile.N*tileWidth, tile.N*tileWidth+int64(tile.W), func(row *Row) error {
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(row.Leaf)))
			bundle = append(bundle, row.Leaf...)
			return nil
		})
		if err != nil {
			return err
		}
		if err := write(tilePath("entries", tile.N, tile.W), bundle); err != nil {
			return err
		}
	}
	return nil
}

// tilePath is a tile's or bundle's path: its number in groups of three digits, its width where partial.
func tilePath(level string, n int64, width int) string {
	name := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	if width < tileWidth {
		name += fmt.Sprintf(".p/%d", width)
	}
	return tilePrefix + level + "/" + name
}
