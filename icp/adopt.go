package icp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
)

// Adoption is a programme, or a policy of screening, as the log keeps it.
type Adoption struct {
	// Version and AdoptedOn are the programme's; a policy has neither.
	Version   string `json:"version,omitempty"`
	AdoptedOn Date   `json:"adopted_on,omitempty"`
	SHA256    string `json:"sha256"`
	// By is who put it in force, Reason why it changed.
	By     string `json:"by"`
	Reason string `json:"reason"`
	// File is the programme or policy file.
	File []byte `json:"file"`
}

// RecordProgramme keeps a programme that is put in force, so that the digest in case events leads to the rules by
// which they were allowed: see [RecordedProgramme]. Told again of the same programme it records nothing, whoever
// tells.
func RecordProgramme(ctx context.Context, log *record.Log, p *Programme, by, reason string, at time.Time) error {
	a := Adoption{Version: p.Version, AdoptedOn: p.AdoptedOn, SHA256: p.Digest(), By: by, Reason: reason, File: p.Bytes()}
	return adopt(ctx, log, "programme", a, at)
}

// RecordPolicy keeps a policy of screening that is put in force, which reports name by its digest, as
// [RecordProgramme] does.
func RecordPolicy(ctx context.Context, log *record.Log, p *screening.Policy, by, reason string, at time.Time) error {
	return adopt(ctx, log, "policy", Adoption{SHA256: p.Digest(), By: by, Reason: reason, File: p.Bytes()}, at)
}

func adopt(ctx context.Context, log *record.Log, what string, a Adoption, at time.Time) error {
	if a.By == "" || a.Reason == "" {
		return fmt.Errorf("%s %s: who put it in force, and why, are needed", what, a.SHA256)
	}
	id := what + "/" + a.SHA256
	_, err := log.Get(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		return appendRecord(ctx, log, record.PolicyChange, id, what, at, record.Keys{}, a)
	}
	return err
}

// RecordedProgramme is the programme that a digest in an event stands for. The error wraps [record.ErrNotFound] where it
// was not recorded.
func RecordedProgramme(ctx context.Context, log *record.Log, digest string) (*Programme, error) {
	rec, err := log.Get(ctx, "programme/"+digest)
	if err != nil {
		return nil, err
	}
	a, ok, err := decodeAs[Adoption](rec, record.PolicyChange)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("record %s: %w", rec.ID, record.ErrErased)
	}
	return LoadProgramme(bytes.NewReader(a.File))
}

// ListUpdate is a snapshot of lists that was put in force.
type ListUpdate struct {
	// Snapshot is its digest, which reports name.
	Snapshot string        `json:"snapshot"`
	Lists    []ListVersion `json:"lists"`
}

// ListVersion is one list of a snapshot.
type ListVersion struct {
	ID        string `json:"id"`
	Published Date   `json:"published,omitempty"`
	Entities  int    `json:"entities"`
	SHA256    string `json:"sha256"`
}

// RecordLists keeps which lists were put in force. Told again of the same snapshot it records nothing. The lists
// themselves are kept by [lists.DirStore].
func RecordLists(ctx context.Context, log *record.Log, snap *lists.Snapshot, at time.Time) error {
	u := ListUpdate{Snapshot: snap.Digest()}
	for _, l := range snap.Lists() {
		u.Lists = append(u.Lists, ListVersion{ID: l.ID, Published: l.Published, Entities: len(l.Entities), SHA256: snap.ListDigest(l.ID)})
	}
	return appendRecord(ctx, log, record.ListUpdate, "lists/"+u.Snapshot, "lists", at, record.Keys{}, u)
}
