package record_test

import (
	"bytes"
	"context"
	"maps"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/sqlite"
	"github.com/ordergate/ordergate/icp/record/storetest"
)

func newLog(t testing.TB) (l *record.Log, verifier string) {
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "records.db"), sqlite.Options{})
	require.NoError(t, err)
	signer, verifier := storetest.Keys(t)
	l = storetest.Open(t, store, signer, verifier)
	storetest.Fill(t, l, 0, 9)
	return l, verifier
}

func FuzzCheckReceipt(f *testing.F) {
	l, verifier := newLog(f)
	text, err := l.Receipt(context.Background(), storetest.Entry(3).ID)
	require.NoError(f, err)
	want, err := record.CheckReceipt(text, verifier)
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte("ordergate.receipt/v1\n\n\n\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := record.CheckReceipt(b, verifier)
		if err != nil {
			require.ErrorIs(t, err, record.ErrTampered)
			return
		}
		require.Equal(t, want, got, "no other receipt may pass")
	})
}

func FuzzParseInclusion(f *testing.F) {
	l, _ := newLog(f)
	p, err := l.ProveInclusion(context.Background(), 3)
	require.NoError(f, err)
	f.Add(p.Text())
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := record.ParseInclusion(b); err == nil {
			require.Equal(t, string(b), string(p.Text()))
		}
	})
}

func FuzzVerifyPack(f *testing.F) {
	l, verifier := newLog(f)
	var pack bytes.Buffer
	_, err := l.Export(context.Background(), &pack, record.ExportOptions{Tiles: true, Time: storetest.Start})
	require.NoError(f, err)
	f.Add(pack.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := record.VerifyPack(bytes.NewReader(b), int64(len(b)), verifier)
		if err != nil {
			require.ErrorIs(t, err, record.ErrTampered)
			return
		}
		require.Equal(t, int64(9), v.Records)
	})
}

func FuzzVerifyPublished(f *testing.F) {
	l, verifier := newLog(f)
	files := fstest.MapFS{}
	_, err := l.Publish(context.Background(), 0, func(name string, data []byte) error {
		files[name] = &fstest.MapFile{Data: data}
		return nil
	})
	require.NoError(f, err)
	const bundle = "tile/entries/000.p/9"
	leaves := files[bundle].Data
	f.Add(leaves)
	f.Add(leaves[:5])
	f.Fuzz(func(t *testing.T, b []byte) {
		changed := maps.Clone(files)
		changed[bundle] = &fstest.MapFile{Data: b}
		_, err := record.VerifyPublished(changed, verifier)
		if bytes.Equal(b, leaves) {
			require.NoError(t, err)
			return
		}
		require.ErrorIs(t, err, record.ErrTampered)
	})
}

// TestPackEveryByte flips a bit of every seventh byte of a pack.
func TestPackEveryByte(t *testing.T) {
	l, verifier := newLog(t)
	var b bytes.Buffer
	_, err := l.Export(context.Background(), &b, record.ExportOptions{Tiles: true, Personal: true, Time: storetest.Start})
	require.NoError(t, err)
	want, err := record.VerifyPack(bytes.NewReader(b.Bytes()), int64(b.Len()), verifier)
	require.NoError(t, err)
	for i := 0; i < b.Len(); i += 7 {
		changed := bytes.Clone(b.Bytes())
		changed[i] ^= 0x20
		got, err := record.VerifyPack(bytes.NewReader(changed), int64(len(changed)), verifier)
		if err == nil { // a byte of the zip's own that says nothing of the files
			require.Equal(t, want, got, "byte %d", i)
			continue
		}
		require.ErrorIs(t, err, record.ErrTampered, "byte %d", i)
	}
}
