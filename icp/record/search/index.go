// Package search finds the records of a log by party, country, document number, date, kind and outcome, with
// a bleve index beside the log.
//
// The index is derived and no evidence: it can be removed and is made again from the log. It follows the log
// by itself: each search first indexes what was appended since, and forgets what was erased; after a deletion
// [Index.Update] does so at once. Every hit is read from the log and checked there, so that a damaged index
// can hide records but not show false ones; [Index.Rebuild] makes it new. It holds the names and numbers of
// the records in clear, persons included: keep it where the log is kept.
package search

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"github.com/ordergate/ordergate/icp/record"
)

// batchSize is how many records are indexed at once.
const batchSize = 4096

// stateKey is where the index keeps how far it follows the log.
var stateKey = []byte("ordergate.record.search")

// state is how far an index follows which log.
type state struct {
	Version int    `json:"version"` // of the fields below and in fields.go
	Origin  string `json:"origin"`
	Next    int64  `json:"next"` // the first index not indexed
	Last    []byte `json:"last"` // SHA-256 of the leaf before it
}

const stateVersion = 1

// settings bound the wait for another process that has the index open.
var settings = map[string]any{"bolt_timeout": "5s"}

// Index is an open index. It is safe for concurrent use in one process; another cannot open the same directory
// meanwhile, and says so after five seconds.
type Index struct {
	log  *record.Log
	path string

	mu    sync.RWMutex // held for writing while the index is made anew
	bleve bleve.Index
	grow  sync.Mutex // held while the index grows
}

// Open opens the index in a directory, or makes it; "" keeps it in memory. An index of another log, of
// another version, or of a log that was set back is made anew. Reading a log of millions for the first
// time takes minutes; that is left to the first search, or to [Index.Update].
func Open(ctx context.Context, path string, log *record.Log) (*Index, error) {
	x := &Index{log: log, path: path}
	if err := x.open(ctx); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	return x, nil
}

func (x *Index) open(ctx context.Context) (err error) {
	if x.path == "" {
		return x.create()
	}
	x.bleve, err = bleve.OpenUsing(x.path, settings)
	switch {
	case err == nil && x.follows(ctx):
		return nil
	case err == nil:
		if err := x.bleve.Close(); err != nil {
			return err
		}
	case errors.Is(err, bleve.ErrorIndexPathDoesNotExist):
	default: // the directory may hold something else: it is not ours to remove
		return err
	}
	return x.create()
}

// create makes an empty index in the place of what is there.
func (x *Index) create() (err error) {
	m, err := newMapping()
	if err != nil {
		return err
	}
	if x.path == "" {
		x.bleve, err = bleve.NewMemOnly(m)
		return err
	}
	if err := os.RemoveAll(x.path); err != nil {
		return err
	}
	x.bleve, err = bleve.NewUsing(x.path, m, scorch.Name, scorch.Name, settings)
	return err
}

// follows reports whether the log goes on from where the index stopped.
func (x *Index) follows(ctx context.Context) bool {
	s, err := x.state()
	if err != nil || s.Version != stateVersion || s.Origin != x.log.Origin() {
		return false
	}
	if s.Next == 0 {
		return true
	}
	recs, err := x.log.At(ctx, s.Next-1)
	return err == nil && string(s.Last) == leafHash(recs[0])
}

func leafHash(rec record.Record) string {
	h := sha256.Sum256(rec.Leaf)
	return string(h[:])
}

// state is what the index says of itself; that of a new one begins at the log's beginning.
func (x *Index) state() (state, error) {
	s := state{Version: stateVersion, Origin: x.log.Origin()}
	data, err := x.bleve.GetInternal(stateKey)
	if err == nil && data != nil {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// Close closes the index, not the log.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.bleve.Close()
}

// Rebuild makes the index anew from the log.
func (x *Index) Rebuild(ctx context.Context) error {
	x.mu.Lock()
	err := x.bleve.Close()
	if err == nil {
		err = x.create()
	}
	x.mu.Unlock()
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	return x.Update(ctx)
}

// Update indexes what was appended to the log since, and takes out what was erased, from the index's files too.
func (x *Index) Update(ctx context.Context) error {
	x.grow.Lock()
	defer x.grow.Unlock()
	x.mu.RLock()
	defer x.mu.RUnlock()
	s, err := x.state()
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	g := growing{index: x, state: s, batch: x.bleve.NewBatch(), names: x.bleve.Mapping().AnalyzerNamed(names)}
	for rec, err := range x.log.Iterate(ctx, s.Next) {
		if err == nil {
			err = g.add(ctx, rec)
		}
		if err != nil {
			return fmt.Errorf("search index: %w", err)
		}
	}
	if err := g.flush(); err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	if g.erased {
		return x.forget(ctx)
	}
	return nil
}

// growing is one run of Update.
type growing struct {
	index  *Index
	state  state
	batch  *bleve.Batch
	names  analysis.Analyzer
	erased bool
}

func (g *growing) add(ctx context.Context, rec record.Record) error {
	if err := g.batch.IndexAdvanced(newDocument(rec, g.names)); err != nil {
		return err
	}
	erased, err := record.DeletedBy(rec)
	if err != nil {
		return err
	}
	remains, err := g.index.log.At(ctx, erased...)
	if err != nil {
		return err
	}
	for _, left := range remains {
		if err := g.batch.IndexAdvanced(newDocument(left, g.names)); err != nil {
			return err
		}
		g.erased = true
	}
	g.state.Next, g.state.Last = rec.Index+1, []byte(leafHash(rec))
	if g.batch.Size() >= batchSize {
		return g.flush()
	}
	return nil
}

// flush writes the batch with the state, in one.
func (g *growing) flush() error {
	if g.batch.Size() == 0 {
		return nil
	}
	data, err := json.Marshal(g.state)
	if err != nil {
		return err
	}
	g.batch.SetInternal(stateKey, data)
	if err := g.index.bleve.Batch(g.batch); err != nil {
		return err
	}
	g.batch.Reset()
	return nil
}

// forget merges the index's segments into one, in which documents that were replaced are no more.
func (x *Index) forget(ctx context.Context) error {
	inner, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	s, ok := inner.(*scorch.Scorch)
	if !ok {
		return nil
	}
	return s.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions)
}

// key is a document's id: the record's index in bytes that sort as the numbers do.
func key(index int64) string {
	return string(binary.BigEndian.AppendUint64(nil, uint64(index)))
}

func parseKey(id string) (int64, error) {
	if len(id) != 8 {
		return 0, fmt.Errorf("search index: %w: document %q", record.ErrTampered, id)
	}
	return int64(binary.BigEndian.Uint64([]byte(id))), nil
}
