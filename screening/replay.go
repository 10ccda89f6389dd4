package screening

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/ordergate/ordergate/classify"
	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/screening/trigger"
)

// Keep stores everything a later [Replayer] of this screener's reports needs beside their records: the
// snapshot of lists in force, the policy and the rules, each under its digest. What is there already
// stays as it is. Call it before the first screening and after every change of lists.
func (s *Screener) Keep(store lists.Store) error {
	if err := lists.NewArchive(store).Keep(s.cfg.Lists.Current().Snapshot()); err != nil {
		return err
	}
	for _, b := range [][]byte{s.cfg.Policy.Bytes(), s.cfg.Rules.Bytes(), s.reference} {
		name := digest(b)
		if has, err := store.Has(name); err != nil || has {
			if err != nil {
				return fmt.Errorf("archive %s: %w", name, err)
			}
			continue
		}
		if err := store.Put(name, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
			return fmt.Errorf("archive %s: %w", name, err)
		}
	}
	return nil
}

// ErrReplay is wrapped where a replay gives other bytes than the record holds.
var ErrReplay = errors.New("screening: the replay differs from the record")

// ErrOtherEngine is wrapped where a record was made by an engine, or with control tables, other than
// the ones at hand: it must be replayed with the version of this module the report names.
var ErrOtherEngine = errors.New("screening: the record was made with another engine or other control tables")

// Replayer makes recorded reports again from an archive. It is not safe for concurrent use; Close releases
// what it holds.
type Replayer struct {
	store      lists.Store
	classifier *classify.Classifier
	// last is the screener of the report before: records in a row mostly share their inputs.
	last   *Screener
	inputs replayInputs
}

// replayInputs are the archived inputs a screener is made of.
type replayInputs struct{ snapshot, policy, rules, reference string }

// NewReplayer makes a replayer. The classifier must hold the control tables the reports name.
func NewReplayer(store lists.Store, c *classify.Classifier) *Replayer {
	return &Replayer{store: store, classifier: c}
}

// Close releases the last index.
func (p *Replayer) Close() error {
	if p.last == nil {
		return nil
	}
	last := p.last
	p.last = nil
	return last.cfg.Lists.Current().Close()
}

// Replay makes the report of a record again from the archived lists, policy and rules, and compares it
// with the recorded one, byte for byte. With a nil error the report is the recorded one.
func (p *Replayer) Replay(ctx context.Context, rec Record) (*Report, error) {
	rep, err := p.replay(ctx, rec)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", rec.ID, err)
	}
	return rep, nil
}

func (p *Replayer) replay(ctx context.Context, rec Record) (*Report, error) {
	var was Report
	if err := json.Unmarshal(rec.Report, &was); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	if was.Engine != EngineVersion || was.Inputs.Classify != p.classifier.Digest() {
		return nil, fmt.Errorf("%w: engine %s, tables %s", ErrOtherEngine, was.Engine, was.Inputs.Classify)
	}
	var order Order
	if err := json.Unmarshal(rec.Order, &order); err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	var req Request
	if err := json.Unmarshal(rec.Request, &req); err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	s, err := p.screener(&was.Inputs)
	if err != nil {
		return nil, err
	}
	rep, again, err := s.screen(ctx, &order, req)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again.Report, rec.Report) {
		return nil, ErrReplay
	}
	return rep, nil
}

// screener is one with the inputs named, the last one's where they are the same.
func (p *Replayer) screener(in *Inputs) (*Screener, error) {
	inputs := replayInputs{in.Snapshot, in.Policy, in.Rules, in.Reference}
	if p.last != nil && p.inputs == inputs {
		return p.last, nil
	}
	if err := p.Close(); err != nil {
		return nil, err
	}
	s, err := restore(in, p.store, p.classifier)
	if err != nil {
		return nil, err
	}
	p.last, p.inputs = s, inputs
	return s, nil
}

// restore makes the screener a report came from. It has no recorder, and is used for nothing but the replay.
func restore(in *Inputs, store lists.Store, c *classify.Classifier) (*Screener, error) {
	snap, err := lists.NewArchive(store).Open(in.Snapshot)
	if err != nil {
		return nil, err
	}
	policyBytes, err := fetch(store, in.Policy)
	if err != nil {
		return nil, err
	}
	policy, err := LoadPolicy(bytes.NewReader(policyBytes))
	if err != nil {
		return nil, err
	}
	ruleBytes, err := fetch(store, in.Rules)
	if err != nil {
		return nil, err
	}
	rules, err := trigger.Restore(ruleBytes)
	if err != nil {
		return nil, err
	}
	referenceBytes, err := fetch(store, in.Reference)
	if err != nil {
		return nil, err
	}
	tables, own, err := restoreReference(referenceBytes)
	if err != nil {
		return nil, err
	}
	index, err := lists.NewIndex(snap)
	if err != nil {
		return nil, err
	}
	cfg := Config{Lists: index, Classifier: c, Rules: rules, Policy: policy, Tables: tables, Own: own}
	return &Screener{cfg: cfg, policy: policy.Digest(), reference: referenceBytes, pinned: digest(referenceBytes)}, nil
}

// fetch reads what is stored under a digest and checks that it has it.
func fetch(store lists.Store, name string) ([]byte, error) {
	f, err := store.Get(name)
	if err != nil {
		return nil, fmt.Errorf("archived %s: %w", name, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPolicy+1))
	if err != nil {
		return nil, fmt.Errorf("archived %s: %w", name, err)
	}
	if digest(b) != name {
		return nil, fmt.Errorf("archived %s: %w", name, lists.ErrDigest)
	}
	return b, nil
}
