package ofac

import (
	"fmt"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
	"github.com/ordergate/ordergate/lists/internal/treasury"
)

// remarks reads an entity's remarks into its fields, keeps the text, and gives the names it is linked to.
func (b *builder) remarks(e *lists.Entity, text string) (linked []string) {
	text = strings.TrimSpace(text)
	e.Remarks = strings.TrimSuffix(e.Remarks+text, "; ")
	for _, item := range items(text) {
		if name, ok := strings.CutPrefix(item, "Linked To: "); ok {
			linked = append(linked, name)
			continue
		}
		b.item(e, strings.TrimPrefix(item, "alt. "))
	}
	return linked
}

// items are the parts between semicolons, but not those within quotes, without the full stop at the end.
func items(text string) []string {
	var parts []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	start, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'' && !quoted && strings.HasSuffix(text[start:i], ".k.a. "): // elsewhere it is an apostrophe
			quoted = true
		case c == '\'' && quoted && (i+1 == len(text) || strings.IndexByte(";. ", text[i+1]) >= 0):
			quoted = false
		case c == ';' && !quoted:
			add(text[start:i])
			start = i + 1
		}
	}
	add(text[start:])
	return parts
}

// item reads one part. What it does not know stays in the remarks only.
func (b *builder) item(e *lists.Entity, item string) {
	label, value, _ := strings.Cut(item, " ")
	switch label {
	case "DOB":
		if d, ok := source.BirthDate(value); ok {
			e.BirthDates = source.AddBirth(e.BirthDates, d)
		} else {
			b.p.Note(lists.Problem{File: "parties", Record: e.ID, Field: "DOB", Reason: fmt.Sprintf("not a date: %q", value)})
		}
	case "POB":
		e.BirthPlaces = source.AddUnique(e.BirthPlaces, value)
	case "nationality", "citizen":
		if value != "None Identified" {
			e.Countries = source.AddUnique(e.Countries, b.p.Country(e.ID, label, value))
		}
	case "Gender":
		if g := strings.ToLower(value); g == "male" || g == "female" {
			e.Gender = g
		}
	case "a.k.a.", "n.k.a.":
		b.quotedName(e, value, lists.WeakAlias)
	case "f.k.a.":
		b.quotedName(e, value, lists.FormerName)
	default:
		if id, ok := treasury.Identifier(item); ok {
			e.Identifiers = append(e.Identifiers, id)
		}
	}
}

// quotedName adds a name in quotes: in the remarks, only weak aliases and former names of vessels stand so.
func (b *builder) quotedName(e *lists.Entity, value string, kind lists.NameKind) {
	value = strings.TrimSpace(value)
	if len(value) > 2 && value[0] == '\'' && value[len(value)-1] == '\'' {
		source.AddName(e, lists.Name{Text: value[1 : len(value)-1], Kind: kind})
	}
}
