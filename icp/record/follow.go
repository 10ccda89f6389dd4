package record

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// PublishedVerification is what VerifyPublished found.
type PublishedVerification struct {
	Checkpoint Checkpoint
	// Problems are the first 100 found.
	Problems []Problem
}

// VerifyPublished checks what [Log.Publish] wrote, as a witness does: that leaves and tiles give the root of the
// checkpoint, and that the tree goes on from each of the trusted checkpoints, which the witness kept from before.
// The error wraps [ErrTampered] where there are problems, [ErrKey] where the key is malformed.
func VerifyPublished(files fs.FS, verifier string, trusted ...[]byte) (PublishedVerification, error) {
	var v PublishedVerification
	key, err := newVerifier(verifier)
	if err != nil {
		return v, err
	}
	read := func(name string) ([]byte, error) { return readPublished(files, name) }
	signed, err := read(packCheckpoint)
	if err != nil {
		return v, fmt.Errorf("checkpoint: %w", err)
	}
	if v.Checkpoint, err = openCheckpoint(signed, key); err != nil {
		return v, fmt.Errorf("checkpoint: %w", err)
	}
	f := following{read: read, roots: []Checkpoint{v.Checkpoint}, problem: func(index int64, format string, a ...any) {
		if len(v.Problems) < maxProblems {
			v.Problems = append(v.Problems, Problem{index, fmt.Sprintf(format, a...)})
		}
	}}
	for i, signed := range trusted {
		c, err := openCheckpoint(signed, key)
		if err != nil {
			return v, fmt.Errorf("trusted checkpoint %d: %w", i, err)
		}
		f.roots = append(f.roots, c)
	}
	if err := f.run(v.Checkpoint.Size); err != nil {
		f.problem(-1, "%v", err)
	}
	if n := len(v.Problems); n > 0 {
		return v, fmt.Errorf("%w: %d problems, the first: %s", ErrTampered, n, v.Problems[0])
	}
	return v, nil
}

// readPublished is a published file's content, of at most maxPackFile bytes.
func readPublished(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxPackFile+1))
	if err == nil && len(data) > maxPackFile {
		err = fmt.Errorf("%s: more than %d bytes", name, maxPackFile)
	}
	return data, err
}

// following recomputes a tree from its entry bundles and compares it with its tiles and signed roots.
type following struct {
	read    func(name string) ([]byte, error)
	problem func(index int64, format string, a ...any)
	roots   []Checkpoint // that the tree must pass through

	tree tree
	want map[string][sha256.Size]byte // digests of the tiles, by name
}

func (f *following) run(size int64) error {
	f.want = map[string][sha256.Size]byte{}
	slices.SortStableFunc(f.roots, func(a, b Checkpoint) int { return int(a.Size - b.Size) })
	f.passRoots()
	for n := int64(0); f.tree.size < size; n++ {
		width := int(min(tileWidth, size-f.tree.size))
		name := tilePath("entries", n, width)
		bundle, err := f.read(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := f.bundle(bundle, width); err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
	}
	for _, c := range f.roots {
		f.problem(-1, "a signed checkpoint has %d records, the tree %d", c.Size, size)
	}
	for level, edge := range f.tree.edge {
		var data []byte
		for _, h := range edge {
			data = append(data, h[:]...)
		}
		if len(data) > 0 {
			f.note(level, size>>(tileHeight*(level+1)), data)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.want)) {
		if data, err := f.read(name); err != nil {
			f.problem(-1, "%s: %v", name, err)
		} else if sha256.Sum256(data) != f.want[name] {
			f.problem(-1, "%s is not that of the leaves", name)
		}
	}
	return nil
}

// bundle takes the leaves of a bundle into the tree: each with its length in two bytes.
func (f *following) bundle(b []byte, width int) error {
	for range width {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) {
			return errors.New("is cut off")
		}
		size := int(binary.BigEndian.Uint16(b))
		for _, full := range f.tree.push(tlog.RecordHash(b[2 : 2+size])) {
			f.note(full.Level, full.Index, full.Data)
		}
		f.passRoots()
		b = b[2+size:]
	}
	if len(b) > 0 {
		return errors.New("holds more than its leaves")
	}
	return nil
}

func (f *following) note(level int, n int64, hashes []byte) {
	f.want[tilePath(fmt.Sprint(level), n, len(hashes)/tlog.HashSize)] = sha256.Sum256(hashes)
}

// passRoots compares the tree with the checkpoints of its present size.
func (f *following) passRoots() {
	for len(f.roots) > 0 && f.roots[0].Size == f.tree.size {
		if f.roots[0].Hash != f.tree.root() {
			f.problem(-1, "the first %d leaves do not give the root of the signed checkpoint of that size", f.tree.size)
		}
		f.roots = f.roots[1:]
	}
}
