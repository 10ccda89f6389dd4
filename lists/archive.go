package lists

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Archive keeps snapshots by digest, for as long as its store does. A list that does not change from one
// snapshot to the next is kept once: what is stored is, for each snapshot, its manifest and, for each list,
// its canonical bytes, both gzipped and named by the SHA-256 of the plain bytes. It deletes nothing.
type Archive struct{ store Store }

// Store keeps what an [Archive] gives it, under names of 64 hex digits. Its methods may be called at the same
// time by several goroutines and processes; equal names always mean equal contents.
type Store interface {
	// Has reports whether the name is stored whole.
	Has(name string) (bool, error)
	// Put stores what write writes, all of it or nothing; what is there already may stay as it is.
	Put(name string, write func(io.Writer) error) error
	// Get opens what is stored; the error wraps fs.ErrNotExist where nothing is.
	Get(name string) (io.ReadCloser, error)
}

// ErrDigest is wrapped where what the archive holds is not what its digest says.
var ErrDigest = errors.New("the archived bytes do not have the digest they are kept under")

// NewArchive is an archive in a store.
func NewArchive(s Store) *Archive { return &Archive{s} }

// Keep stores the snapshot, if it is not there yet. When Keep returns nil, [Archive.Open] of its digest will
// give it back, even after a crash.
func (a *Archive) Keep(s *Snapshot) error {
	put := func(name string, encode func(io.Writer) error) error {
		if has, err := a.store.Has(name); err != nil || has {
			return err
		}
		return a.store.Put(name, func(w io.Writer) error {
			z := gzip.NewWriter(w)
			if err := encode(z); err != nil {
				return err
			}
			return z.Close()
		})
	}
	for i := range s.lists {
		if err := put(s.digests[i], s.lists[i].encode); err != nil {
			return fmt.Errorf("archive list %s: %w", s.lists[i].ID, err)
		}
	}
	// The manifest comes last: where it is, all its lists are.
	err := put(s.digest, func(w io.Writer) error {
		_, err := io.WriteString(w, s.manifest())
		return err
	})
	if err != nil {
		return fmt.Errorf("archive snapshot %s: %w", s.digest, err)
	}
	return nil
}

// maxManifest bounds a manifest: some hundred thousand lists.
const maxManifest = 16 << 20

// Open reads a snapshot back. The error wraps fs.ErrNotExist where the archive does not hold it, and
// [ErrDigest] where anything it consists of was changed.
func (a *Archive) Open(digest string) (*Snapshot, error) {
	var manifest strings.Builder
	err := a.get(digest, func(r io.Reader) error {
		_, err := io.Copy(&manifest, io.LimitReader(r, maxManifest))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("archived snapshot %s: %w", digest, err)
	}
	rest, ok := strings.CutPrefix(manifest.String(), manifestHead)
	if !ok {
		return nil, fmt.Errorf("archived snapshot %s: %w: no manifest", digest, ErrFormat)
	}
	var lists []List
	for line := range strings.Lines(rest) {
		id, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		err := a.get(name, func(r io.Reader) error {
			l, err := decodeList(r)
			lists = append(lists, l)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("archived snapshot %s: list %s: %w", digest, id, err)
		}
	}
	s, err := NewSnapshot(lists...)
	if err != nil {
		return nil, fmt.Errorf("archived snapshot %s: %w", digest, err)
	}
	if s.digest != digest {
		return nil, fmt.Errorf("archived snapshot %s: %w: it reads as %s", digest, ErrDigest, s.digest)
	}
	return s, nil
}

// get lets read have the plain bytes and compares their digest, of all of them, with the name.
func (a *Archive) get(name string, read func(io.Reader) error) error {
	f, err := a.store.Get(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDigest, err)
	}
	h := sha256.New()
	r := io.TeeReader(z, h)
	if err := read(r); err != nil {
		return fmt.Errorf("%w: %w", ErrDigest, err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fmt.Errorf("%w: %w", ErrDigest, err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != name {
		return fmt.Errorf("%w: %s", ErrDigest, got)
	}
	return nil
}

// DirStore is a [Store] in a directory, which it makes when first needed. Files are written beside their place,
// synced and renamed, so that a crash leaves either nothing or the whole file.
type DirStore string

var _ Store = DirStore("")

// path is where a name is kept: in one of 256 folders by its first two digits. A name that is not a digest,
// and so might lead out of the directory, does not exist.
func (d DirStore) path(name string) (string, error) {
	if b, err := hex.DecodeString(name); err != nil || len(b) != sha256.Size {
		return "", fmt.Errorf("%q is not a digest: %w", name, fs.ErrNotExist)
	}
	return filepath.Join(string(d), name[:2], name+".gz"), nil
}

// Has implements [Store].
func (d DirStore) Has(name string) (bool, error) {
	p, err := d.path(name)
	if err != nil {
		return false, err
	}
	switch _, err := os.Stat(p); {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}

// Put implements [Store].
func (d DirStore) Put(name string, write func(io.Writer) error) error {
	p, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(p), ".new-*")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), p)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(filepath.Dir(p))
}

// syncDir makes a rename in the directory last through a crash, where the system can.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// Get implements [Store].
func (d DirStore) Get(name string) (io.ReadCloser, error) {
	p, err := d.path(name)
	if err != nil {
		return nil, err
	}
	return os.Open(p)
}
