package record

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that a record is in the tree of a signed checkpoint.
type Inclusion struct {
	Index int64
	// Hashes is the audit path of RFC 6962 section 2.1.1.
	Hashes tlog.RecordProof
	// Checkpoint is the signed checkpoint that the proof leads to.
	Checkpoint []byte
}

// ProveInclusion proves that the record at an index is in the tree of the log's head.
func (l *Log) ProveInclusion(ctx context.Context, index int64) (p Inclusion, err error) {
	err = l.view(ctx, func(r Reader, t *tree) error {
		if index < 0 || index >= t.size {
			return fmt.Errorf("index %d: %w", index, ErrNotFound)
		}
		p.Index = index
		if p.Checkpoint, err = r.Head(ctx); err != nil {
			return err
		}
		row, err := readRow(ctx, r, index)
		if err != nil {
			return err
		}
		if p.Hashes, err = tlog.ProveRecord(t.size, index, t.hashReader(ctx, r)); err != nil {
			return err
		}
		// A damaged tile makes a proof that proves nothing; better to say so here.
		if err := tlog.CheckRecord(p.Hashes, t.size, t.root(), index, tlog.RecordHash(row.Leaf)); err != nil {
			return fmt.Errorf("index %d: %w: %w", index, ErrTampered, err)
		}
		return nil
	})
	return p, err
}

// Check checks the proof for a leaf with the log's verifier key, and gives the checkpoint it leads to. The
// error wraps [ErrTampered] where leaf, proof or signature is not right.
func (p Inclusion) Check(leaf []byte, verifier string) (Checkpoint, error) {
	c, err := ParseCheckpoint(p.Checkpoint, verifier)
	if err != nil {
		return Checkpoint{}, err
	}
	if err := tlog.CheckRecord(p.Hashes, c.Size, c.Hash, p.Index, tlog.RecordHash(leaf)); err != nil {
		return Checkpoint{}, fmt.Errorf("index %d: %w: %w", p.Index, ErrTampered, err)
	}
	return c, nil
}

// Consistency proves that the tree of an older checkpoint is the beginning of that of the log's head:
// nothing that was there then was changed or taken out since.
type Consistency struct {
	// Old and New are the signed checkpoints.
	Old, New []byte
	// Hashes is the proof of RFC 6962 section 2.1.2; empty where Old has no records.
	Hashes tlog.TreeProof
}

// ProveConsistency proves the head against an older signed checkpoint of this log. The error wraps
// [ErrTampered] where the log does not go on from it.
func (l *Log) ProveConsistency(ctx context.Context, old []byte) (p Consistency, err error) {
	c, err := openCheckpoint(old, l.verifier)
	if err != nil {
		return Consistency{}, err
	}
	err = l.view(ctx, func(r Reader, t *tree) error {
		p.Old = old
		if p.New, err = r.Head(ctx); err != nil {
			return err
		}
		if c.Size > t.size {
			return fmt.Errorf("%w: the checkpoint has %d records, the log %d", ErrTampered, c.Size, t.size)
		}
		if c.Size > 0 {
			if p.Hashes, err = tlog.ProveTree(t.size, c.Size, t.hashReader(ctx, r)); err != nil {
				return err
			}
		}
		return checkConsistency(p.Hashes, c, Checkpoint{l.Origin(), t.size, t.root()})
	})
	return p, err
}

// Check checks the proof with the log's verifier key, and gives the two checkpoints. The error wraps
// [ErrTampered] where the proof or a signature is not right.
func (p Consistency) Check(verifier string) (old, head Checkpoint, err error) {
	if old, err = ParseCheckpoint(p.Old, verifier); err != nil {
		return old, head, err
	}
	if head, err = ParseCheckpoint(p.New, verifier); err != nil {
		return old, head, err
	}
	return old, head, checkConsistency(p.Hashes, old, head)
}

func checkConsistency(p tlog.TreeProof, old, head Checkpoint) error {
	if old.Size == 0 {
		if empty, _ := tlog.TreeHash(0, nil); old.Hash != empty || len(p) > 0 {
			return fmt.Errorf("%w: the empty tree has another hash", ErrTampered)
		}
		return nil
	}
	if err := tlog.CheckTree(p, head.Size, head.Hash, old.Size, old.Hash); err != nil {
		return fmt.Errorf("sizes %d and %d: %w: %w", old.Size, head.Size, ErrTampered, err)
	}
	return nil
}
