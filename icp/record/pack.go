package record

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The files of an audit pack.
const (
	packReadme     = "README.md"
	packCheckpoint = "checkpoint"
	packEarlier    = "checkpoints/" // earlier checkpoints by size, each with its consistency proof
	packRecords    = "records.jsonl"
	packFiles      = "files/"        // what the caller adds
	packManifest   = "manifest"      // digests of all files but this and the next
	packSignature  = "manifest.note" // signs the manifest's digest
	packHeader     = "ordergate.pack/v1"
)

// ExportOptions say what goes into an audit pack.
type ExportOptions struct {
	// Subjects choose the orders, cases and licences whose records are exported, with the deletions and holds that
	// concern them; none means the whole log.
	Subjects []string
	// From and To bound the records' times, To excluded; zero is open.
	From, To time.Time
	// Personal includes the personal data. Without it a pack holds the other parts only.
	Personal bool
	// Tiles includes the tree in the layout of C2SP tlog-tiles, with the leaves of the whole log, so that the
	// reader can follow the log as a witness does. Leaves hold ids, kinds and times.
	Tiles bool
	// Earlier are signed checkpoints that were published before; each goes in with its consistency proof.
	Earlier [][]byte
	// Files are list snapshots, rules, the programme and whatever else the reader needs, by their names.
	Files fs.FS
	// Time is the pack's, for its manifest.
	Time time.Time
}

// packRecord is one line of records.jsonl. The parts' data stand as they are; salts and leaf are base64.
type packRecord struct {
	Index int64      `json:"index"`
	Leaf  []byte     `json:"leaf"`
	Parts []packPart `json:"parts"`
	Proof []string   `json:"proof"`
}

type packPart struct {
	Name string          `json:"name"`
	Salt []byte          `json:"salt"`
	Data json.RawMessage `json:"data"`
}

// Export writes an audit pack: a zip of the chosen records with their inclusion proofs, the signed
// checkpoint they lead to, the caller's files, and a manifest of all digests, signed with the log's key.
// [VerifyPack] checks it without the log. It gives how many records it wrote.
func (l *Log) Export(ctx context.Context, w io.Writer, o ExportOptions) (records int64, err error) {
	if l.signer == nil {
		return 0, ErrReadOnly
	}
	p := &packWriter{zip: zip.NewWriter(w), time: o.Time.UTC(), log: l}
	err = l.view(ctx, func(r Reader, t *tree) error {
		signed, err := r.Head(ctx)
		if err != nil {
			return err
		}
		if signed == nil {
			return fmt.Errorf("the log is empty: %w", ErrNotFound)
		}
		p.add(packCheckpoint, signed)
		p.earlier(ctx, r, t, o.Earlier)
		if records, err = p.records(ctx, r, t, &o); err != nil {
			return err
		}
		if o.Tiles {
			return eachTile(ctx, r, t, 0, func(name string, data []byte) error {
				p.add(name, data)
				return p.err
			})
		}
		return nil
	})
	if err == nil && o.Files != nil {
		err = p.files(o.Files)
	}
	if err == nil {
		err = p.close(records)
	}
	return records, err
}

// packWriter writes a pack's files and keeps their digests.
type packWriter struct {
	zip      *zip.Writer
	time     time.Time
	log      *Log
	manifest strings.Builder
	err      error // the first; later writes do nothing
}

// create begins a file; what it gives is closed by the next call of create, add or close.
func (p *packWriter) create(name string) (io.Writer, hash.Hash) {
	if p.err != nil {
		return io.Discard, sha256.New()
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.time})
	if err != nil {
		p.err = err
		return io.Discard, sha256.New()
	}
	h := sha256.New()
	return io.MultiWriter(w, h), h
}

func (p *packWriter) listed(name string, h hash.Hash) {
	fmt.Fprintf(&p.manifest, "%x  %s\n", h.Sum(nil), name)
}

func (p *packWriter) add(name string, data []byte) {
	w, h := p.create(name)
	if _, err := w.Write(data); err != nil && p.err == nil {
		p.err = err
	}
	p.listed(name, h)
}

// earlier adds the checkpoints published before with their proofs.
func (p *packWriter) earlier(ctx context.Context, r Reader, t *tree, signed [][]byte) {
	seen := map[int64]bool{}
	for _, s := range signed {
		old, err := openCheckpoint(s, p.log.verifier)
		if err == nil && old.Size > t.size {
			err = fmt.Errorf("%w: the checkpoint has %d records, the log %d", ErrTampered, old.Size, t.size)
		}
		var proof tlog.TreeProof
		if err == nil && old.Size > 0 {
			proof, err = tlog.ProveTree(t.size, old.Size, t.hashReader(ctx, r))
		}
		if err == nil {
			err = checkConsistency(proof, old, Checkpoint{p.log.Origin(), t.size, t.root()})
		}
		if err != nil {
			p.err = errors.Join(p.err, fmt.Errorf("earlier checkpoint: %w", err))
			return
		}
		if seen[old.Size] {
			continue
		}
		seen[old.Size] = true
		name := fmt.Sprintf("%s%d", packEarlier, old.Size)
		p.add(name, s)
		var b strings.Builder
		for _, h := range proof {
			fmt.Fprintln(&b, h)
		}
		p.add(name+".proof", []byte(b.String()))
	}
}

func (p *packWriter) records(ctx context.Context, r Reader, t *tree, o *ExportOptions) (n int64, err error) {
	w, h := p.create(packRecords)
	hashes := t.hashReader(ctx, r)
	write := func(row *Row) error {
		if p.err != nil {
			return p.err
		}
		l, err := checkRow(row)
		if err != nil {
			return err
		}
		if !o.From.IsZero() && l.time.Before(o.From) || !o.To.IsZero() && !l.time.Before(o.To) {
			return nil
		}
		rec := packRecord{Index: row.Index, Leaf: row.Leaf, Parts: []packPart{}, Proof: []string{}}
		for i, stored := range row.Parts {
			if stored != nil && (i != partPersonal || o.Personal) {
				rec.Parts = append(rec.Parts, packPart{partNames[i], stored[:saltSize], stored[saltSize:]})
			}
		}
		proof, err := tlog.ProveRecord(t.size, row.Index, hashes)
		if err != nil {
			return err
		}
		for _, x := range proof {
			rec.Proof = append(rec.Proof, x.String())
		}
		line, err := marshal(rec)
		if err != nil {
			return err
		}
		n++
		_, err = w.Write(append(line, '\n'))
		return err
	}
	if err := eachRow(ctx, r, t.size, o.Subjects, write); err != nil {
		return n, err
	}
	p.listed(packRecords, h)
	return n, p.err
}

// eachRow calls fn for the rows of the subjects, or all, in order. It reads in pages, since fn reads tiles.
func eachRow(ctx context.Context, r Reader, size int64, subjects []string, fn func(*Row) error) error {
	if len(subjects) > 0 {
		at, err := concerning(ctx, r, subjects)
		if err != nil {
			return err
		}
		rows, err := listRows(ctx, r, func(Reader) ([]int64, error) { return at, nil })
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := fn(row); err != nil {
				return err
			}
		}
		return nil
	}
	for from := int64(0); from < size; from += iteratePage {
		var page []*Row
		err := r.Rows(ctx, from, min(from+iteratePage, size), func(row *Row) error {
			page = append(page, row)
			return nil
		})
		if err != nil {
			return err
		}
		for _, row := range page {
			if err := fn(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// concerning are the indexes of the records of subjects, and of those that explain why some lack: deletions and
// holds. In order.
func concerning(ctx context.Context, r Reader, subjects []string) (at []int64, err error) {
	for _, s := range subjects {
		more, err := r.BySubject(ctx, s)
		if err != nil {
			return nil, err
		}
		at = append(at, more...)
	}
	deletions, err := listRecords(ctx, r, func(r Reader) ([]int64, error) { return r.ByKind(ctx, Deletion, 0) })
	if err != nil {
		return nil, err
	}
	for _, rec := range deletions {
		d, err := parseDeletion(rec.Body)
		if err != nil {
			return nil, fmt.Errorf("record %d: %w: %w", rec.Index, ErrTampered, err)
		}
		if slices.ContainsFunc(subjects, func(s string) bool { return slices.Contains(d.Subjects, s) }) {
			at = append(at, rec.Index)
		}
	}
	held := map[string]bool{} // names of holds, for what lifts them
	err = eachHold(ctx, r, func(index int64, h Hold) {
		if slices.ContainsFunc(subjects, func(s string) bool { return h.covers(s) }) {
			held[h.Name] = true
		}
		if held[h.Name] {
			at = append(at, index)
		}
	})
	slices.Sort(at)
	return slices.Compact(at), err
}

// files adds the caller's files in the order of their names.
func (p *packWriter) files(files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if checkLine(name) != nil {
			return fmt.Errorf("%q cannot name a file of a pack", name)
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		name = path.Join(packFiles, name)
		w, h := p.create(name)
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
		p.listed(name, h)
		return p.err
	})
}

// close adds the README and the signed manifest.
func (p *packWriter) close(records int64) error {
	p.add(packReadme, []byte(readme(p.log.Origin(), p.log.cfg.Verifier, records)))
	if p.err != nil {
		return p.err
	}
	manifest := []byte(p.manifest.String())
	p.add(packManifest, manifest)
	// The note signs the digest: a note may have a million bytes only.
	text := fmt.Sprintf("%s\n%s\n%s\n%x\n", packHeader, p.log.Origin(), p.time.Format(time.RFC3339), sha256.Sum256(manifest))
	signed, err := note.Sign(&note.Note{Text: text}, p.log.signer)
	if err != nil {
		return err
	}
	p.add(packSignature, signed)
	return errors.Join(p.err, p.zip.Close())
}
