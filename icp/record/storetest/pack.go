package storetest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/ordergate/ordergate/icp/record"
)

func testReceipt(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	Fill(t, l, 0, 9)
	rec, err := l.Get(ctx, Entry(4).ID)
	require.NoError(t, err)
	text, err := l.Receipt(ctx, rec.ID)
	require.NoError(t, err)
	require.Less(t, len(text), 2000)
	// The hashes and signatures are base64, in which a short secret can turn up by chance: those here hold
	// a character that base64 has not.
	for _, secret := range []string{"Example Works", "示例", "Buyer No.", `"KZ"`, "PO-", `"text"`} {
		require.NotContains(t, string(text), secret)
	}
	got, err := record.CheckReceipt(text, verifier)
	require.NoError(t, err)
	require.Equal(t, record.Receipt{Origin: l.Origin(), Index: rec.Index, TreeSize: 9, ID: rec.ID, Kind: record.Report,
		Time: rec.Time, Statement: Entry(4).Statement}, got)
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 0x11
		_, err := record.CheckReceipt(changed, verifier)
		require.ErrorIs(t, err, record.ErrTampered, "byte %d", i)
	}
	_, other := Keys(t)
	_, err = record.CheckReceipt(text, other)
	require.ErrorIs(t, err, record.ErrTampered)
	_, err = l.Receipt(ctx, "nothing")
	require.ErrorIs(t, err, record.ErrNotFound)
	_, err = l.Append(ctx, record.Entry{ID: "bare", Kind: record.Audit, Time: Entry(10).Time})
	require.NoError(t, err)
	_, err = l.Receipt(ctx, "bare")
	require.ErrorIs(t, err, record.ErrErased)
}

func testPack(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	Fill(t, l, 0, 10)
	early, err := l.Checkpoint(ctx)
	require.NoError(t, err)
	Fill(t, l, 10, 260)
	files := fstest.MapFS{"programme.yaml": {Data: []byte("policy: none\n")}, "lists/un.txt": {Data: []byte("un\n")}}
	export := func(o record.ExportOptions) []byte {
		o.Time = Start.Add(time.Hour)
		var b bytes.Buffer
		_, err := l.Export(ctx, &b, o)
		require.NoError(t, err)
		return b.Bytes()
	}
	whole := export(record.ExportOptions{Personal: true, Tiles: true, Earlier: [][]byte{early}, Files: files})
	require.Equal(t, whole, export(record.ExportOptions{Personal: true, Tiles: true, Earlier: [][]byte{early}, Files: files}), "same log, same bytes")
	v, err := record.VerifyPack(bytes.NewReader(whole), int64(len(whole)), verifier)
	require.NoError(t, err)
	require.Equal(t, int64(260), v.Records)
	require.Equal(t, int64(4*260), v.Parts)
	require.True(t, v.Tiles)

	some := export(record.ExportOptions{Subjects: []string{"SO-00003", "SO-00100"}, From: Start.Add(5 * time.Second)})
	v, err = record.VerifyPack(bytes.NewReader(some), int64(len(some)), verifier)
	require.NoError(t, err)
	require.Equal(t, int64(2), v.Records, "those of SO-00003 are earlier")
	require.Equal(t, int64(6), v.Parts)

	_, other := Keys(t)
	_, err = record.VerifyPack(bytes.NewReader(some), int64(len(some)), other)
	require.ErrorIs(t, err, record.ErrTampered)
	// Change each file of the pack in turn, and leave each out.
	names, content := unzip(t, whole)
	for _, name := range names {
		changed := bytes.Clone(content[name])
		changed[len(changed)/2] ^= 1
		for what, data := range map[string][]byte{"changed": changed, "left out": nil} {
			b := rezip(t, names, content, name, data)
			_, err := record.VerifyPack(bytes.NewReader(b), int64(len(b)), verifier)
			require.ErrorIs(t, err, record.ErrTampered, "%s %s", name, what)
		}
	}
	b := rezip(t, append(names, "files/more.txt"), content, "files/more.txt", []byte("more"))
	_, err = record.VerifyPack(bytes.NewReader(b), int64(len(b)), verifier)
	require.ErrorIs(t, err, record.ErrTampered)
	for _, name := range []string{"tile/0/000", "tile/0/001.p/4", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/4"} {
		require.Contains(t, names, name, "the layout of C2SP tlog-tiles")
	}
	require.True(t, strings.Contains(string(content["README.md"]), verifier))
}

func unzip(t *testing.T, pack []byte) (names []string, content map[string][]byte) {
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	require.NoError(t, err)
	content = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		content[f.Name], err = io.ReadAll(r)
		require.NoError(t, err)
		names = append(names, f.Name)
	}
	return names, content
}

// rezip is a pack in which one file is replaced, or left out where data is nil.
func rezip(t *testing.T, names []string, content map[string][]byte, replaced string, data []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		is := content[name]
		if name == replaced {
			if is = data; is == nil {
				continue
			}
		}
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write(is)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func testPublish(t *testing.T, mk Make) {
	ctx := context.Background()
	signer, verifier := Keys(t)
	l := Open(t, mk(t)(), signer, verifier)
	size, err := l.Publish(ctx, 0, func(string, []byte) error { return nil })
	require.NoError(t, err)
	require.Zero(t, size)
	published := tileReader{}
	var kept [][]byte // by a witness
	for _, to := range []int64{3, 256, 300, 700} {
		Fill(t, l, int(size), int(to))
		size, err = l.Publish(ctx, size, func(name string, data []byte) error {
			published[name] = data
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, to, size)
		kept = append(kept, published["checkpoint"])
		v, err := record.VerifyPublished(published.files(), verifier, kept...)
		require.NoError(t, err)
		require.Equal(t, to, v.Checkpoint.Size)
		// A witness reads the tree from the tiles alone.
		c, err := record.ParseCheckpoint(published["checkpoint"], verifier)
		require.NoError(t, err)
		require.Equal(t, to, c.Size)
		tiles := tlog.TileHashReader(tlog.Tree{N: c.Size, Hash: c.Hash}, published)
		for i := range to {
			_, err := tlog.ProveRecord(to, i, tiles)
			require.NoError(t, err)
		}
	}
	// Every published file that the tree of 700 is made of counts, to the byte.
	for name, data := range published {
		if strings.Contains(name, ".p/") && !strings.Contains(name, "002.p/188") && name != "tile/1/000.p/2" {
			continue // of a smaller tree
		}
		was := data[len(data)/2]
		data[len(data)/2] ^= 1
		_, err := record.VerifyPublished(published.files(), verifier)
		require.ErrorIs(t, err, record.ErrTampered, name)
		data[len(data)/2] = was
	}
	other := Open(t, mk(t)(), signer, verifier)
	Fill(t, other, 0, 3)
	foreign, err := other.Checkpoint(ctx)
	require.NoError(t, err)
	_, err = record.VerifyPublished(published.files(), verifier, foreign)
	require.ErrorIs(t, err, record.ErrTampered, "the log goes on from another tree")

	_, err = l.Publish(ctx, 701, func(string, []byte) error { return nil })
	require.ErrorIs(t, err, record.ErrNotFound)
}

// tileReader reads published tiles for x/mod's tlog, whose paths begin with the tiles' height.
type tileReader map[string][]byte

func (r tileReader) files() fs.FS {
	files := fstest.MapFS{}
	for name, data := range r {
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func (r tileReader) Height() int                     { return 8 }
func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		if data[i] = r[path]; data[i] == nil {
			return nil, fmt.Errorf("%s was not published", path)
		}
	}
	return data, nil
}
