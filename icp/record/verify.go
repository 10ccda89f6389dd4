package record

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// maxProblems bounds what Verify lists: a log that was rewritten has a problem a record.
const maxProblems = 100

// Verification is what Verify found.
type Verification struct {
	// Checkpoint is what the signed head says.
	Checkpoint Checkpoint
	// Records, Parts and Tiles count what was checked, Erased the parts that were erased and recorded as such.
	Records, Parts, Erased, Tiles int64
	// Problems are the first 100 found; none means that every stored byte is accounted for.
	Problems []Problem
}

// Problem is one thing that is not as it must be.
type Problem struct {
	// Index is the record's, or -1 where no single record is concerned.
	Index int64
	What  string
}

func (p Problem) String() string {
	if p.Index < 0 {
		return p.What
	}
	return fmt.Sprintf("record %d: %s", p.Index, p.What)
}

// Verify reads everything stored and recomputes the tree from the leaves: it finds every record that was
// changed, removed, added or moved, every changed part, tile, signature or column, and every part that is
// missing without a deletion recorded, or recorded as deleted and still there. Trusted are signed checkpoints
// kept elsewhere: the log must go on from each, which a copy of an older state does not. The error wraps
// [ErrTampered] where there are problems; any other error means that the log could not be read through.
// Working state (the task queue) is not part of the log.
func (l *Log) Verify(ctx context.Context, trusted ...[]byte) (Verification, error) {
	v := verifying{log: l, tree: &tree{}, tiles: map[tileKey][sha256.Size]byte{}, missing: map[int64][]int{}, recorded: map[int64][]int{}}
	for i, signed := range trusted {
		c, err := openCheckpoint(signed, l.verifier)
		if err != nil {
			return v.Verification, fmt.Errorf("trusted checkpoint %d: %w", i, err)
		}
		v.roots = append(v.roots, c)
	}
	l.mu.Lock()
	v.roots = append(v.roots, Checkpoint{l.Origin(), l.tree.size, l.tree.root()}) // what this log has seen itself
	l.mu.Unlock()
	slices.SortStableFunc(v.roots, func(a, b Checkpoint) int { return int(a.Size - b.Size) })

	err := l.cfg.Store.View(ctx, func(r Reader) error { return v.run(ctx, r) })
	if err == nil {
		err = l.cfg.Store.Check(ctx)
	}
	if errors.Is(err, ErrTampered) {
		v.problem(-1, "%v", err)
	} else if err != nil {
		return v.Verification, err
	}
	if n := len(v.Problems); n > 0 {
		return v.Verification, fmt.Errorf("%w: %d problems, the first: %s", ErrTampered, n, v.Problems[0])
	}
	return v.Verification, nil
}

type tileKey struct {
	level int
	index int64
}

// verifying is one run of Verify.
type verifying struct {
	Verification
	log   *Log
	tree  *tree
	roots []Checkpoint // that the tree must pass through, by size

	tiles             map[tileKey][sha256.Size]byte // the digests of the tiles that must be stored
	missing, recorded map[int64][]int               // parts that lack, parts that deletions name
}

func (v *verifying) problem(index int64, format string, a ...any) {
	if len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, Problem{index, fmt.Sprintf(format, a...)})
	}
}

func (v *verifying) run(ctx context.Context, r Reader) error {
	signed, err := r.Head(ctx)
	if err != nil {
		return err
	}
	if signed != nil {
		if v.Checkpoint, err = openHead(signed, v.log.verifier); err != nil {
			v.problem(-1, "head: %v", err)
		} else {
			v.roots = append(v.roots, v.Checkpoint)
			slices.SortStableFunc(v.roots, func(a, b Checkpoint) int { return int(a.Size - b.Size) })
		}
	}
	v.passRoots()
	if err := v.rows(ctx, r); err != nil {
		return err
	}
	if v.tree.size != v.Checkpoint.Size {
		v.problem(-1, "%d records are stored, the signed head has %d", v.tree.size, v.Checkpoint.Size)
	}
	for _, c := range v.roots {
		v.problem(-1, "a signed checkpoint has %d records, the log %d", c.Size, v.tree.size)
	}
	v.erasures()
	return v.storedTiles(ctx, r)
}

// chunk is some rows that are checked against themselves while later ones are read.
type chunk struct {
	rows   []*Row
	leaves []*leaf
	hashes []tlog.Hash
	errs   []error
	done   chan struct{}
}

const (
	chunkRows = 256
	// chunksAhead is how many chunks may be read before the first of them is taken into the tree.
	chunksAhead = 8
)

func (c *chunk) check() {
	for _, row := range c.rows {
		l, err := checkRow(row)
		c.leaves, c.errs = append(c.leaves, l), append(c.errs, err)
		c.hashes = append(c.hashes, tlog.RecordHash(row.Leaf))
	}
	close(c.done)
}

// rows checks all rows, several chunks at a time, and takes them into the tree in their order.
func (v *verifying) rows(ctx context.Context, r Reader) error {
	var ahead []*chunk
	take := func() {
		c := ahead[0]
		ahead = ahead[1:]
		<-c.done
		for i, row := range c.rows {
			v.row(row, c.leaves[i], c.errs[i], c.hashes[i])
		}
	}
	c := &chunk{done: make(chan struct{})}
	start := func() {
		go c.check()
		ahead = append(ahead, c)
		c = &chunk{done: make(chan struct{})}
	}
	err := r.Rows(ctx, math.MinInt64, math.MaxInt64, func(row *Row) error {
		if c.rows = append(c.rows, row); len(c.rows) == chunkRows {
			start()
		}
		if len(ahead) == chunksAhead {
			take()
		}
		return nil
	})
	start()
	for len(ahead) > 0 {
		take()
	}
	return err
}

// row takes one record into the tree, with what was found of it.
func (v *verifying) row(row *Row, l *leaf, err error, hash tlog.Hash) {
	v.Records++
	if row.Index != v.tree.size {
		v.problem(row.Index, "expected record %d here", v.tree.size)
	}
	var bad *RecordError
	if errors.As(err, &bad) {
		v.problem(row.Index, "%s", bad.What)
	} else {
		for i := range row.Parts {
			if row.Parts[i] != nil {
				v.Parts++
			}
		}
		if m := missing(row, l); len(m) > 0 {
			v.missing[row.Index] = m
		}
		if row.Kind == Deletion {
			v.deletion(row)
		}
	}
	for _, t := range v.tree.push(hash) {
		v.tiles[tileKey{t.Level, t.Index}] = sha256.Sum256(t.Data)
	}
	v.passRoots()
}

// passRoots compares the tree with the checkpoints of its present size.
func (v *verifying) passRoots() {
	for len(v.roots) > 0 && v.roots[0].Size == v.tree.size {
		if v.roots[0].Hash != v.tree.root() {
			v.problem(-1, "the first %d records are not those of the signed checkpoint of that size", v.tree.size)
		}
		v.roots = v.roots[1:]
	}
}

// deletion notes what a deletion record says it erased.
func (v *verifying) deletion(row *Row) {
	d, err := parseDeletion(row.data(partBody))
	if err != nil {
		v.problem(row.Index, "deletion: %v", err)
		return
	}
	for _, e := range d.Erased {
		for _, name := range e.Parts {
			if i := slices.Index(partNames[:], name); i >= 0 {
				v.recorded[e.Index] = append(v.recorded[e.Index], i)
			}
		}
	}
}

// erasures compares the parts that lack with those that deletions name.
func (v *verifying) erasures() {
	compare := func(have, want map[int64][]int, what string) {
		for _, index := range slices.Sorted(maps.Keys(have)) {
			for _, part := range have[index] {
				if !slices.Contains(want[index], part) {
					v.problem(index, what, partNames[part])
				}
			}
		}
	}
	compare(v.missing, v.recorded, "%s is missing and no deletion names it")
	compare(v.recorded, v.missing, "%s is there although a deletion names it")
	for _, parts := range v.missing {
		v.Erased += int64(len(parts))
	}
}

// storedTiles compares the tiles stored with those of the tree.
func (v *verifying) storedTiles(ctx context.Context, r Reader) error {
	err := r.Tiles(ctx, func(t *Tile) error {
		v.Tiles++
		key := tileKey{t.Level, t.Index}
		want, ok := v.tiles[key]
		switch {
		case !ok:
			v.problem(-1, "tile %d/%d does not belong to the tree", t.Level, t.Index)
		case sha256.Sum256(t.Data) != want:
			v.problem(-1, "tile %d/%d is not that of the records", t.Level, t.Index)
		}
		delete(v.tiles, key)
		return nil
	})
	if n := len(v.tiles); err == nil && n > 0 {
		v.problem(-1, "%d tiles are missing", n)
	}
	return err
}
