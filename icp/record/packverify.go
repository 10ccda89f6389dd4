package record

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	// maxPackFile bounds a file of a pack that is held in memory, maxPackLine a line of records.jsonl, and
	// maxPackTotal all files together, unpacked.
	maxPackFile  = 64 << 20
	maxPackLine  = 5 * MaxPart
	maxPackTotal = 256 << 30
)

// PackVerification is what VerifyPack found.
type PackVerification struct {
	Checkpoint Checkpoint
	// Made is the manifest's time as written.
	Made string
	// Records, Parts, Files count what was checked; Tiles is set where the whole tree was.
	Records, Parts, Files int64
	Tiles                 bool
	// Problems are the first 100 found.
	Problems []Problem
}

// VerifyPack checks an audit pack of a size in bytes with the log's verifier key and nothing else. The error
// wraps [ErrTampered] where there are problems, [ErrKey] where the key is malformed.
func VerifyPack(r io.ReaderAt, size int64, verifier string) (PackVerification, error) {
	v := packVerifying{files: map[string]*zip.File{}}
	key, err := newVerifier(verifier)
	if err != nil {
		return v.PackVerification, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return v.PackVerification, fmt.Errorf("%w: %w", ErrTampered, err)
	}
	total := uint64(0)
	for _, f := range z.File {
		if total += min(f.UncompressedSize64, maxPackTotal); total > maxPackTotal {
			return v.PackVerification, fmt.Errorf("%w: more than %d bytes unpacked", ErrTampered, uint64(maxPackTotal))
		}
		if _, twice := v.files[f.Name]; twice {
			v.problem(-1, "%s is in the pack twice", f.Name)
		}
		v.files[f.Name] = f
	}
	v.run(key)
	if len(v.Problems) > 0 {
		return v.PackVerification, fmt.Errorf("%w: %d problems, the first: %s", ErrTampered, len(v.Problems), v.Problems[0])
	}
	return v.PackVerification, nil
}

// packVerifying is one run of VerifyPack.
type packVerifying struct {
	PackVerification
	files map[string]*zip.File
}

func (v *packVerifying) problem(index int64, format string, a ...any) {
	if len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, Problem{index, fmt.Sprintf(format, a...)})
	}
}

func (v *packVerifying) run(key note.Verifier) {
	names, err := v.manifest(key)
	if err != nil {
		v.problem(-1, "manifest: %v", err)
		return
	}
	signed, err := v.read(packCheckpoint)
	if err == nil {
		v.Checkpoint, err = openCheckpoint(signed, key)
	}
	if err != nil {
		v.problem(-1, "checkpoint: %v", err)
		return
	}
	if err := v.records(); err != nil {
		v.problem(-1, "%s: %v", packRecords, err)
	}
	for _, name := range names {
		if strings.HasPrefix(name, packEarlier) && !strings.HasSuffix(name, ".proof") {
			if err := v.earlier(name, key); err != nil {
				v.problem(-1, "%s: %v", name, err)
			}
		}
		v.Tiles = v.Tiles || strings.HasPrefix(name, tilePrefix)
	}
	if v.Tiles {
		f := following{read: v.read, problem: v.problem, roots: []Checkpoint{v.Checkpoint}}
		if err := f.run(v.Checkpoint.Size); err != nil {
			v.problem(-1, "%v", err)
		}
	}
}

// read is a file's content, of at most maxPackFile bytes.
func (v *packVerifying) read(name string) ([]byte, error) {
	f, ok := v.files[name]
	if !ok {
		return nil, errors.New("is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPackFile+1))
	if err == nil && len(data) > maxPackFile {
		err = fmt.Errorf("more than %d bytes", maxPackFile)
	}
	return data, err
}

// manifest checks the digest of every file and gives the names it lists.
func (v *packVerifying) manifest(key note.Verifier) (names []string, err error) {
	signed, err := v.read(packSignature)
	if err != nil {
		return nil, err
	}
	text, err := openNote(signed, key)
	if err != nil {
		return nil, err
	}
	manifest, err := v.read(packManifest)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[0] != packHeader || lines[1] != key.Name() || lines[3] != fmt.Sprintf("%x", sha256.Sum256(manifest)) {
		return nil, errors.New("not the one that was signed")
	}
	v.Made = lines[2]
	listed := map[string]bool{packManifest: true, packSignature: true}
	for line := range strings.Lines(string(manifest)) {
		want, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if got, err := v.digest(name); err != nil {
			v.problem(-1, "%s: %v", name, err)
		} else if got != want {
			v.problem(-1, "%s is not the file that the manifest lists", name)
		}
		names = append(names, name)
		listed[name] = true
		v.Files++
	}
	for _, name := range slices.Sorted(maps.Keys(v.files)) {
		if !listed[name] {
			v.problem(-1, "%s is not in the manifest", name)
		}
	}
	return names, nil
}

func (v *packVerifying) digest(name string) (string, error) {
	f, ok := v.files[name]
	if !ok {
		return "", errors.New("is missing")
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

func (v *packVerifying) records() error {
	f, ok := v.files[packRecords]
	if !ok {
		return errors.New("is missing")
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), maxPackLine)
	last := int64(-1)
	for n := 1; lines.Scan(); n++ {
		var rec packRecord
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&rec); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if rec.Index <= last {
			v.problem(rec.Index, "stands after record %d", last)
		}
		last = rec.Index
		if err := v.record(&rec); err != nil {
			v.problem(rec.Index, "%v", err)
		}
	}
	return lines.Err()
}

// record checks one record's parts against its leaf, and its leaf against the checkpoint.
func (v *packVerifying) record(rec *packRecord) error {
	v.Records++
	l, err := parseLeaf(rec.Leaf)
	if err != nil {
		return err
	}
	for _, p := range rec.Parts {
		v.Parts++
		i := slices.Index(partNames[:], p.Name)
		if i < 0 || l.commits[i] == nil || len(p.Salt) != saltSize ||
			!bytes.Equal(commitment(i, slices.Concat(p.Salt, p.Data)), l.commits[i]) {
			return fmt.Errorf("%s is not what the leaf commits to", p.Name)
		}
	}
	var proof tlog.RecordProof
	for _, text := range rec.Proof {
		h, err := tlog.ParseHash(text)
		if err != nil {
			return err
		}
		proof = append(proof, h)
	}
	return tlog.CheckRecord(proof, v.Checkpoint.Size, v.Checkpoint.Hash, rec.Index, tlog.RecordHash(rec.Leaf))
}

// earlier checks an earlier checkpoint and its consistency proof.
func (v *packVerifying) earlier(name string, key note.Verifier) error {
	signed, err := v.read(name)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(signed, key)
	if err != nil {
		return err
	}
	text, err := v.read(name + ".proof")
	if err != nil {
		return err
	}
	var proof tlog.TreeProof
	for line := range strings.Lines(string(text)) {
		h, err := tlog.ParseHash(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return err
		}
		proof = append(proof, h)
	}
	return checkConsistency(proof, old, v.Checkpoint)
}
