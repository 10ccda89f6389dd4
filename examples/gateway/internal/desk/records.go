package desk

import (
	"context"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
)

// Proven is a record with the proof that the log holds it.
type Proven struct {
	record.Record
	// Proof is the inclusion proof in the text form of C2SP, Checkpoint the signed head it leads to.
	Proof      []byte
	Checkpoint string
	TreeSize   int64
}

// Prove gives a record with its proof, which it has checked with the log's public key.
func (d *Desk) Prove(ctx context.Context, id string) (Proven, error) {
	rec, err := d.log.Get(ctx, id)
	if err != nil {
		return Proven{}, err
	}
	proof, err := d.log.ProveInclusion(ctx, rec.Index)
	if err != nil {
		return Proven{}, err
	}
	head, err := proof.Check(rec.Leaf, d.verifier)
	if err != nil {
		return Proven{}, err
	}
	return Proven{Record: rec, Proof: proof.Text(), Checkpoint: string(proof.Checkpoint), TreeSize: head.Size}, nil
}

// Receipt is the signed text that travels with a shipment, see [record.Log.Receipt].
func (d *Desk) Receipt(ctx context.Context, id string) ([]byte, error) { return d.log.Receipt(ctx, id) }

// Verifier is the log's public key.
func (d *Desk) Verifier() string { return d.verifier }

// Search finds records.
func (d *Desk) Search(ctx context.Context, q search.Query) (search.Result, error) {
	return d.search.Search(ctx, q)
}
