// Package treasury reads what the files of the US Treasury and the Consolidated Screening List, which is made
// from them, have in common: labels of identifiers, dates of birth in words, and links by name.
package treasury

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

//go:embed identifiers.tsv
var identifiersTSV string

type label struct{ text, idType string }

// labels is identifiersTSV, the longest label first.
var labels = sync.OnceValue(func() []label {
	var all []label
	for line := range strings.Lines(identifiersTSV) {
		if t, l, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			all = append(all, label{strings.ToLower(l), t})
		}
	}
	slices.SortStableFunc(all, func(a, b label) int { return len(b.text) - len(a.text) })
	return all
})

// IdentifierType is the type of a label that stands alone. ok is false for labels that name no identifier, such
// as "Secondary sanctions risk:".
func IdentifierType(words string) (idType string, ok bool) {
	words = strings.ToLower(strings.TrimRight(strings.TrimSpace(words), ":-# "))
	for _, l := range labels() {
		if words == strings.TrimRight(l.text, "# ") || strings.HasPrefix(words, l.text+" ") {
			return l.idType, true
		}
	}
	return "", false
}

// detail is what may follow a number: the issuer in brackets, and dates.
var detail = regexp.MustCompile(`^(.*?)(?:\s+\(([^()]*)\))?((?:[\s,]+(?:issued|expires|expired|Date of Issue)\b.*)?)$`)

// Identifier reads a label and a number written together: "Passport 1084010 (Egypt) expires 01 Jan 2010". ok is
// false where the text does not begin with a known label or has no number after it.
func Identifier(text string) (id lists.Identifier, ok bool) {
	lower := strings.ToLower(text)
	for _, l := range labels() {
		rest, found := strings.CutPrefix(lower, l.text)
		if !found || rest == "" || strings.IndexByte(" :#", rest[0]) < 0 {
			continue
		}
		return identifier(l.idType, text[len(text)-len(rest):])
	}
	return id, false
}

func identifier(idType, rest string) (id lists.Identifier, ok bool) {
	rest = strings.TrimLeft(rest, " :#-")
	m := detail.FindStringSubmatch(rest)
	if m == nil {
		return id, false
	}
	id = lists.Identifier{Type: idType, Value: strings.TrimSpace(m[1]), Note: strings.TrimLeft(m[3], " ,")}
	if id.Country = source.Code(m[2]); id.Country == "" && m[2] != "" {
		id.Note = source.Join(m[2], id.Note)
	}
	switch idType {
	case lists.IDIMO:
		id.Value = strings.Trim(strings.TrimPrefix(id.Value, "IMO"), " ()")
	case lists.IDCrypto: // "XBT 12QtD5..." begins with the currency
		if currency, address, ok := strings.Cut(id.Value, " "); ok {
			id.Value, id.Note = strings.TrimSpace(address), source.Join(currency, id.Note)
		}
	}
	switch idType {
	case lists.IDSWIFT, lists.IDWebsite, lists.IDEmail, lists.IDTail, lists.IDCallSign:
		return id, id.Value != ""
	}
	return id, strings.ContainsAny(id.Value, "0123456789") // words such as "Provisional" may stand in a number's place
}

// Link fills in the Links of a list's entities from the names, one slice an entity, they are said to be linked
// to. A name counts that is the primary name, or else an alias, of one entity alone; others stay in the remarks.
func Link(l *lists.List, names [][]string) {
	const ambiguous = ""
	add := func(to map[string]string, name, id string) {
		key := strings.ToUpper(name)
		if was, taken := to[key]; taken && was != id {
			id = ambiguous
		}
		to[key] = id
	}
	primary, alias := make(map[string]string, len(l.Entities)), make(map[string]string, len(l.Entities))
	for i := range l.Entities {
		e := &l.Entities[i]
		for j, n := range e.Names {
			if j == 0 {
				add(primary, n.Text, e.ID)
			} else {
				add(alias, n.Text, e.ID)
			}
		}
	}
	for i, linked := range names {
		e := &l.Entities[i]
		for _, name := range linked {
			key := strings.ToUpper(strings.TrimSpace(name))
			id, ok := primary[key]
			if !ok {
				id = alias[key]
			}
			if id != ambiguous && id != e.ID {
				e.Links = source.AddUnique(e.Links, id)
			}
		}
	}
}
