package search

import (
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	words "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/ordergate/ordergate/icp/record"
	"github.com/ordergate/ordergate/internal/dated"
)

// The fields of a document. Names are cut into words, Han script into pairs of characters; the others are
// compared whole. The day is a date, and seq the record's index, by which hits are sorted.
const (
	fieldParty    = "party"
	fieldCountry  = "country"
	fieldDocument = "document"
	fieldOutcome  = "outcome"
	fieldKind     = "kind"
	fieldDay      = "day"
	fieldSeq      = "seq"
)

// names is the analyzer of names: width and accents folded, lower case.
const names = "names"

func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping() // documents are built here, not mapped
	m.DefaultAnalyzer = "keyword"
	err := m.AddCustomAnalyzer(names, map[string]any{
		"type":          custom.Name,
		"char_filters":  []string{asciifolding.Name},
		"tokenizer":     words.Name,
		"token_filters": []string{cjk.WidthName, lowercase.Name, cjk.BigramName},
	})
	return m, err
}

// newDocument is what is indexed of a record.
func newDocument(rec record.Record, names analysis.Analyzer) *document.Document {
	d := document.NewDocument(key(rec.Index))
	for i, name := range append(append([]string(nil), rec.Keys.Parties...), rec.Keys.Persons...) {
		d.AddField(document.NewTextFieldCustom(fieldParty, []uint64{uint64(i)}, []byte(name), index.IndexField, names))
	}
	whole := func(field string, i int, value string) {
		if value != "" {
			d.AddField(document.NewTextFieldCustom(field, []uint64{uint64(i)}, []byte(value), index.IndexField, nil))
		}
	}
	for i, c := range rec.Keys.Countries {
		whole(fieldCountry, i, strings.ToUpper(c))
	}
	whole(fieldDocument, 0, number(rec.Subject))
	for i, n := range rec.Keys.Documents {
		whole(fieldDocument, i+1, number(n))
	}
	whole(fieldOutcome, 0, rec.Keys.Outcome)
	whole(fieldKind, 0, string(rec.Kind))
	whole(fieldDay, 0, string(dated.DateOf(rec.Time)))
	d.AddField(document.NewTextFieldCustom(fieldSeq, nil, []byte(key(rec.Index)), index.IndexField|index.DocValues, nil))
	return d
}

// number is a document number without what people write differently: letters in upper case and digits.
func number(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}
