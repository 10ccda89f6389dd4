package lists

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
)

// ErrClosed is returned by Search after Close.
var ErrClosed = errors.New("the index is closed")

// SearchHit is an entity whose fields hold the words looked for.
type SearchHit struct {
	List   *List
	Entity *Entity
	// Score orders the hits of one search, greatest first; it means nothing across searches.
	Score float64
}

// textIndex is the free-text index, made on first use.
type textIndex struct {
	mu     sync.Mutex
	index  bleve.Index
	closed bool
}

// Search looks for words in every field of every entity: names, addresses, numbers, programmes, notices,
// remarks. All words must be found, in any order and field; a word ending in * stands for its beginnings.
// It is for people reading the lists; parties are screened with [Index.Match].
//
// At most limit hits are returned, 20 where it is 0. The index for it is made on first use, in memory.
func (ix *Index) Search(text string, limit int) ([]SearchHit, error) {
	if limit <= 0 {
		limit = 20
	}
	ix.text.mu.Lock()
	defer ix.text.mu.Unlock()
	if ix.text.closed {
		return nil, ErrClosed
	}
	if ix.text.index == nil {
		index, err := newTextIndex(ix.snap)
		if err != nil {
			return nil, fmt.Errorf("free-text index: %w", err)
		}
		ix.text.index = index
	}
	query := bleve.NewConjunctionQuery()
	for word := range strings.FieldsSeq(text) {
		if stem, ok := strings.CutSuffix(word, "*"); ok {
			query.AddQuery(bleve.NewPrefixQuery(strings.ToLower(stem)))
			continue
		}
		m := bleve.NewMatchQuery(word)
		m.SetOperator(1)
		query.AddQuery(m)
	}
	if len(query.Conjuncts) == 0 {
		return nil, nil
	}
	res, err := ix.text.index.SearchInContext(context.Background(), bleve.NewSearchRequestOptions(query, limit, 0, false))
	if err != nil {
		return nil, fmt.Errorf("free-text search: %w", err)
	}
	var hits []SearchHit
	for _, d := range res.Hits {
		list, entity, _ := strings.Cut(d.ID, " ")
		i, err1 := strconv.Atoi(list)
		j, err2 := strconv.Atoi(entity)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("free-text search: %w", err)
		}
		hits = append(hits, SearchHit{&ix.snap.lists[i], &ix.snap.lists[i].Entities[j], d.Score})
	}
	return hits, nil
}

// Close gives back what Search holds, and waits for a search in progress. Match goes on working.
func (ix *Index) Close() error {
	ix.text.mu.Lock()
	defer ix.text.mu.Unlock()
	ix.text.closed = true
	if ix.text.index == nil {
		return nil
	}
	index := ix.text.index
	ix.text.index = nil
	return index.Close()
}

// textDoc is an entity as bleve reads it.
type textDoc struct {
	Text string `json:"text"`
}

func newTextIndex(s *Snapshot) (bleve.Index, error) {
	field := mapping.NewTextFieldMapping()
	field.Analyzer = "standard"
	field.Store, field.IncludeTermVectors, field.DocValues = false, false, false
	doc := mapping.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field)
	m := mapping.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultField = "text"
	// An empty path keeps everything in memory.
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := index.NewBatch()
	for i := range s.lists {
		for j := range s.lists[i].Entities {
			id := strconv.Itoa(i) + " " + strconv.Itoa(j)
			if err := batch.Index(id, textDoc{textOf(&s.lists[i], &s.lists[i].Entities[j])}); err != nil {
				return nil, errors.Join(err, index.Close())
			}
			if batch.Size() >= 5000 {
				if err := index.Batch(batch); err != nil {
					return nil, errors.Join(err, index.Close())
				}
				batch.Reset()
			}
		}
	}
	if err := index.Batch(batch); err != nil {
		return nil, errors.Join(err, index.Close())
	}
	return index, nil
}

// textOf is every field of an entity as one text.
func textOf(l *List, e *Entity) string {
	var b strings.Builder
	add := func(parts ...string) {
		for _, p := range parts {
			if p != "" {
				b.WriteString(p)
				b.WriteByte('\n')
			}
		}
	}
	add(l.ID, e.ID)
	for _, n := range e.Names {
		add(n.Text)
	}
	add(e.Countries...)
	for i := range e.Addresses {
		add(addressText(&e.Addresses[i]), e.Addresses[i].Note)
	}
	for _, id := range e.Identifiers {
		add(id.Type, id.Value, id.Note)
	}
	for _, d := range e.BirthDates {
		add(d.String())
	}
	add(e.BirthPlaces...)
	add(e.Titles...)
	for _, m := range e.Measures {
		add(m.Programme, m.Notice, m.Citation, m.Terms)
		add(m.Tags...)
	}
	add(e.Remarks)
	return b.String()
}
