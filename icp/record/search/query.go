package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
)

// Query says what records must have, all of it. Fields that are empty ask for nothing.
type Query struct {
	// Party is a name or words of it, all of which must be in the parties' and persons' names.
	Party string
	// Country is an ISO 3166-1 alpha-2 code.
	Country string
	// Document is the number of an order, contract, licence, certificate, invoice or waybill, or the subject;
	// spaces, signs and case do not matter.
	Document string
	// From and To are the first and last day of the record's time, in UTC.
	From, To dated.Date
	Kind     record.Kind
	Outcome  string
	// Limit is the most records given; 0 means 50. Offset skips as many.
	Limit, Offset int
}

// maxWindow bounds Offset and Limit together: bleve keeps as many hits in memory.
const maxWindow = 100_000

// Result is the records found, the newest first.
type Result struct {
	// Total is how many records fit the query.
	Total   uint64
	Records []record.Record
}

// Search brings the index up to the log and finds records. Each is read from the log.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	asked, err := q.query()
	if err != nil {
		return Result{}, err
	}
	if err := x.Update(ctx); err != nil {
		return Result{}, err
	}
	req := bleve.NewSearchRequestOptions(asked, q.Limit, q.Offset, false)
	if q.Limit == 0 {
		req.Size = 50
	}
	if req.Size < 0 || req.From < 0 || req.Size+req.From > maxWindow {
		return Result{}, fmt.Errorf("search: limit and offset must be within %d", maxWindow)
	}
	req.Score = "none"
	req.Sort = search.SortOrder{&search.SortField{Field: fieldSeq, Type: search.SortFieldAsString, Desc: true}}
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	at := make([]int64, len(found.Hits))
	for i, hit := range found.Hits {
		if at[i], err = parseKey(hit.ID); err != nil {
			return Result{}, err
		}
	}
	recs, err := x.log.At(ctx, at...)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	slices.Reverse(recs)
	return Result{Total: found.Total, Records: recs}, nil
}

// query is the conjunction of what is asked.
func (q *Query) query() (query.Query, error) {
	var all []query.Query
	if q.Party != "" {
		m := bleve.NewMatchQuery(q.Party)
		m.SetField(fieldParty)
		m.Analyzer = names
		m.SetOperator(query.MatchQueryOperatorAnd)
		all = append(all, m)
	}
	for _, term := range []struct{ field, value string }{
		{fieldCountry, strings.ToUpper(q.Country)}, {fieldDocument, number(q.Document)},
		{fieldKind, string(q.Kind)}, {fieldOutcome, q.Outcome},
	} {
		if term.value != "" {
			t := bleve.NewTermQuery(term.value)
			t.SetField(term.field)
			all = append(all, t)
		}
	}
	if q.Document != "" && number(q.Document) == "" {
		return nil, errors.New("search: the document number has neither letter nor digit")
	}
	if q.From != "" || q.To != "" {
		for _, d := range []dated.Date{q.From, q.To} {
			if d == "" {
				continue
			}
			if _, err := dated.ParseDate(string(d)); err != nil {
				return nil, fmt.Errorf("search: %w", err)
			}
		}
		yes := true
		r := bleve.NewTermRangeInclusiveQuery(string(q.From), string(q.To), &yes, &yes)
		r.SetField(fieldDay)
		all = append(all, r)
	}
	if len(all) == 0 {
		return bleve.NewMatchAllQuery(), nil
	}
	return bleve.NewConjunctionQuery(all...), nil
}
