package desk

import (
	"context"

	"github.com/ordergate/ordergate/icp"
	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/icp/record/search"
	"github.com/ordergate/ordergate/screening"
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

// StopReport is the evidence to stop and report with, nil where nothing in the report asks for it.
func (d *Desk) StopReport(ctx context.Context, report string) (*screening.StopReport, error) {
	rec, err := icp.ReadReport(ctx, d.log, report)
	if err != nil {
		return nil, err
	}
	return rec.StopReport()
}

// Verifier is the log's public key.
func (d *Desk) Verifier() string { return d.verifier }

// Search finds records.
func (d *Desk) Search(ctx context.Context, q search.Query) (search.Result, error) {
	return d.search.Search(ctx, q)
}
