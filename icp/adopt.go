package icp

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Adoption is a programme, or a policy or the rules of screening, as the log keeps it.
type Adoption struct {
	// Version is the programme's or the rules', AdoptedOn the programme's; a policy has neither.
	Version   string `json:"version,omitempty"`
	AdoptedOn Date   `json:"adopted_on,omitempty"`
	SHA256    string `json:"sha256"`
	// By is who put it in force, Reason why it changed.
	By     string `json:"by"`
	Reason string `json:"reason"`
	// File is the programme or policy file, or the archive of the rules that [trigger.Restore] reads.
	File []byte `json:"file"`
}

// RecordProgramme keeps a programme that is put in force, so that the digest in case events leads to the rules by
// which they were allowed: see [RecordedProgramme]. Told of the programme that was put in force last it records
// nothing, whoever tells; one that comes back in force after another is recorded once more.
func RecordProgramme(ctx context.Context, log *record.Log, p *Programme, by, reason string, at time.Time) error {
	a := Adoption{Version: p.Version, AdoptedOn: p.AdoptedOn, SHA256: p.Digest(), By: by, Reason: reason, File: p.Bytes()}
	return adopt(ctx, log, "programme", a, at)
}

// RecordPolicy keeps a policy of screening that is put in force, which reports name by its digest, as
// [RecordProgramme] does.
func RecordPolicy(ctx context.Context, log *record.Log, p *screening.Policy, by, reason string, at time.Time) error {
	return adopt(ctx, log, "policy", Adoption{SHA256: p.Digest(), By: by, Reason: reason, File: p.Bytes()}, at)
}

// RecordRules keeps the catch-all rules that are put in force, which reports name by their digest, as
// [RecordProgramme] does.
func RecordRules(ctx context.Context, log *record.Log, s *trigger.RuleSet, by, reason string, at time.Time) error {
	return adopt(ctx, log, "rules", Adoption{Version: s.Version(), SHA256: s.Digest(), By: by, Reason: reason, File: s.Bytes()}, at)
}

func adopt(ctx context.Context, log *record.Log, what string, a Adoption, at time.Time) error {
	if a.By == "" || a.Reason == "" {
		return fmt.Errorf("%s %s: who put it in force, and why, are needed", what, a.SHA256)
	}
	return inForce(ctx, log, record.PolicyChange, what, a.SHA256, at, a)
}

// inForce records what is put in force in place of others of its sort, unless it is in force by the log. Where it was
// before, and others after it, its record has a number more than its digest for an id.
func inForce(ctx context.Context, log *record.Log, kind record.Kind, what, digest string, at time.Time, payload any) error {
	recs, err := log.Subject(ctx, what)
	if err != nil {
		return err
	}
	recs = slices.DeleteFunc(recs, func(r record.Record) bool { return r.Kind != kind })
	id := what + "/" + digest
	again := func(r record.Record) bool { return r.ID == id || strings.HasPrefix(r.ID, id+"/") }
	switch n := len(recs); {
	case n > 0 && again(recs[n-1]):
		return nil
	case slices.ContainsFunc(recs, again):
		id += "/" + strconv.Itoa(n+1)
	}
	return appendRecord(ctx, log, kind, id, what, at, record.Keys{}, payload)
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

// RecordLists keeps which lists were put in force. Told of the snapshot that is in force it records nothing, as
// [RecordProgramme] does. The lists themselves are kept by [lists.DirStore].
func RecordLists(ctx context.Context, log *record.Log, snap *lists.Snapshot, at time.Time) error {
	u := ListUpdate{Snapshot: snap.Digest()}
	for _, l := range snap.Lists() {
		u.Lists = append(u.Lists, ListVersion{ID: l.ID, Published: l.Published, Entities: len(l.Entities), SHA256: snap.ListDigest(l.ID)})
	}
	return inForce(ctx, log, record.ListUpdate, "lists", u.Snapshot, at, u)
}
