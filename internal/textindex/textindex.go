// Package textindex is a small in-memory full-text index for short texts in Chinese and English.
//
// [Tokens] turns a text into terms: English words in lower case with plural and British or American
// spelling folded, numbers, and overlapping pairs of Chinese characters. [New] puts the terms of many
// documents into a bleve index that scores by BM25, and [Index.Search] finds the best documents for
// the terms of a query. Documents are numbered from 0 in the order given; ties (scores within 1e-9)
// are broken by that number, so equal input gives equal output.
//
// The package keeps no text and no files: an index lives in memory until [Index.Close].
package textindex

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// field is the one field of every document: its terms.
const field = "t"

// tie is the difference below which two scores count as equal.
const tie = 1e-9

// Index is a searchable set of documents. It is safe for concurrent use and must be closed.
type Index struct{ bleve bleve.Index }

// Hit is one document found.
type Hit struct {
	Doc   int
	Score float64
}

// New indexes documents given as their terms.
func New(docs [][]string) (*Index, error) {
	x, err := bleve.NewUsing("", indexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("text index: %w", err)
	}
	// One batch makes one segment: BM25's averages, and so the scores, do not depend on timing.
	b := x.NewBatch()
	for i, terms := range docs {
		if err := b.Index(strconv.Itoa(i), map[string]any{field: terms}); err != nil {
			return nil, errors.Join(fmt.Errorf("text index, document %d: %w", i, err), x.Close())
		}
	}
	if err := x.Batch(b); err != nil {
		return nil, errors.Join(fmt.Errorf("text index: %w", err), x.Close())
	}
	return &Index{x}, nil
}

func indexMapping() mapping.IndexMapping {
	f := bleve.NewKeywordFieldMapping()
	f.Store, f.DocValues, f.IncludeTermVectors, f.IncludeInAll = false, false, false, false
	d := bleve.NewDocumentStaticMapping()
	d.AddFieldMappingsAt(field, f)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = d
	m.DefaultAnalyzer = keyword.Name
	m.ScoringModel = index.BM25Scoring
	return m
}

// Search is the best n documents that hold any of the terms, best first.
func (x *Index) Search(terms []string, n int) ([]Hit, error) {
	if len(terms) == 0 || n <= 0 {
		return nil, nil
	}
	qs := make([]query.Query, len(terms))
	for i, t := range terms {
		q := bleve.NewTermQuery(t)
		q.SetField(field)
		qs[i] = q
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(qs...), n, 0, false)
	res, err := x.bleve.SearchInContext(context.Background(), req)
	if err != nil {
		return nil, fmt.Errorf("text index: %w", err)
	}
	hits := make([]Hit, 0, len(res.Hits))
	for _, h := range res.Hits {
		doc, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("text index: document id %q: %w", h.ID, err)
		}
		hits = append(hits, Hit{doc, h.Score})
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		if d := b.Score - a.Score; d > tie {
			return 1
		} else if d < -tie {
			return -1
		}
		return a.Doc - b.Doc
	})
	return hits, nil
}

// Close frees the index and ends its goroutines.
func (x *Index) Close() error { return x.bleve.Close() }
