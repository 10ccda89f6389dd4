// Package reference_test keeps the tables of the reference in step with what they describe:
//
//	go test ./docs/reference -update
package reference_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ordergate/ordergate/screening"
	"github.com/ordergate/ordergate/screening/order"
	"github.com/ordergate/ordergate/screening/trigger"
)

var update = flag.Bool("update", false, "write the tables anew")

// A page's table stands between these lines; what is around them is written by hand.
const (
	begin = "<!-- made by go test ./docs/reference -update -->\n"
	end   = "<!-- end -->\n"
)

// page compares the table of a page with what it should be.
func page(t *testing.T, name, table string) {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	head, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok, "%s: no line %s", name, begin)
	got, tail, ok := strings.Cut(rest, end)
	require.True(t, ok, "%s: no line %s", name, end)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(head+begin+table+end+tail), 0o644))
		return
	}
	require.Equal(t, table, got, "%s is out of step: go test ./docs/reference -update", name)
}

// row is a line of a table; what cells hold is kept from ending them.
func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + strings.NewReplacer("|", `\|`, "\n", " ").Replace(c) + " ")
	}
	b.WriteString("|\n")
}

func heading(b *strings.Builder, cells ...string) {
	row(b, cells...)
	b.WriteString(strings.Repeat("|---", len(cells)) + "|\n")
}

// code puts words into code marks, separated by commas.
func code[T ~string](words ...T) string {
	marked := make([]string, len(words))
	for i, w := range words {
		marked[i] = "`" + string(w) + "`"
	}
	return strings.Join(marked, ", ")
}

// schema is as much of JSON Schema as the order's uses.
type schema struct {
	Ref         string            `json:"$ref"`
	Description string            `json:"description"`
	Type        string            `json:"type"`
	Enum        []string          `json:"enum"`
	Const       string            `json:"const"`
	Items       *schema           `json:"items"`
	Required    []string          `json:"required"`
	Properties  object            `json:"properties"`
	Defs        map[string]schema `json:"$defs"`
}

// object is an object's properties in the order of the document.
type object []property

type property struct {
	name string
	schema
}

func (o *object) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(strings.NewReader(string(text)))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		p := property{name: fmt.Sprint(name)}
		if err := dec.Decode(&p.schema); err != nil {
			return err
		}
		*o = append(*o, p)
	}
	return nil
}

func TestOrderFields(t *testing.T) {
	var s schema
	require.NoError(t, json.Unmarshal(order.Schema(), &s))
	var b strings.Builder
	tables := []property{{"Order", s}}
	known := map[string]bool{}
	for i := 0; i < len(tables); i++ {
		table := tables[i]
		fmt.Fprintf(&b, "## %s\n\n", table.name)
		if table.Description != "" {
			fmt.Fprintf(&b, "%s.\n\n", strings.TrimSuffix(table.Description, "."))
		}
		heading(&b, "field", "holds", "meaning")
		for _, p := range table.Properties {
			name := code(p.name)
			if slices.Contains(table.Required, p.name) {
				name += " **required**"
			}
			holds, of := holding(s.Defs, p.schema)
			meaning := p.Description
			if meaning == "" {
				meaning = s.Defs[of].Description
			}
			row(&b, name, holds, meaning)
			if def := s.Defs[of]; def.Properties != nil && !known[of] {
				known[of] = true
				tables = append(tables, property{of, def})
			}
		}
		b.WriteString("\n")
	}
	page(t, "order.md", b.String())
}

// holding says what a field holds, and which definition it leads to.
func holding(defs map[string]schema, s schema) (words, of string) {
	if s.Type == "array" {
		words, of = holding(defs, *s.Items)
		return "list of " + words, of
	}
	of = strings.TrimPrefix(s.Ref, "#/$defs/")
	def := defs[of]
	switch {
	case def.Properties != nil:
		return fmt.Sprintf("[%s](#%s)", of, strings.ToLower(of)), of
	case of == "Date":
		return "day", of
	case of == "PartialDate":
		return "day, month or year", of
	case of == "Decimal":
		return "exact number", of
	case s.Ref != "":
		s = def
	}
	if s.Const != "" {
		return code(s.Const), of
	}
	if allowed := slices.DeleteFunc(s.Enum, func(e string) bool { return e == "" }); len(allowed) > 0 {
		return code(allowed...), of
	}
	return map[string]string{"string": "text", "integer": "whole number", "boolean": "true or false"}[s.Type], of
}

func TestRuleView(t *testing.T) {
	var b strings.Builder
	heading(&b, "name", "type", "missing where the order lacks", "meaning")
	for _, n := range trigger.Vocabulary() {
		missing := ""
		if n.Missing != "" {
			missing = code(n.Missing)
		}
		row(&b, code(n.Path), n.Type, missing, n.Doc)
	}
	page(t, "rule-view.md", b.String())
}

func TestEffectMatrix(t *testing.T) {
	p, err := screening.BuiltInPolicy()
	require.NoError(t, err)
	var b strings.Builder
	fmt.Fprintf(&b, "Policy `%s`, version %s.\n\n## What a listing does\n\n", p.ID, p.Version)
	heading(&b, "list", "programmes", "roles", "items", "outcome", "without a tie", "documents", "means", "citation")
	for _, e := range p.Effects {
		row(&b, anyOr(e.List), code(e.Programmes...), code(e.Roles...), code(e.Items...), "**"+string(e.Outcome)+"**", string(e.WithoutNexus), code(e.Documents...), e.Means.En, e.Citation)
	}
	b.WriteString("\n## What it takes to export a controlled item\n\n")
	heading(&b, "control list", "law", "outcome", "without a tie", "one of", "and all of", "means", "citation")
	for _, e := range p.Items {
		row(&b, anyOr(e.List), e.Regime, "**"+string(e.Outcome)+"**", string(e.WithoutNexus), code(e.AnyOf...), code(e.Documents...), e.Means.En, e.Citation)
	}
	b.WriteString("\n## From which share a listing reaches what is owned\n\n")
	heading(&b, "rule", "law", "lists, programmes", "per cent", "dates", "title", "citation")
	for _, r := range p.Ownership {
		var dates []string
		for _, e := range r.Timeline {
			d := fmt.Sprintf("%s from %s", e.Status, e.From)
			if e.Until != "" {
				d += fmt.Sprintf(" until %s", e.Until)
			}
			dates = append(dates, d)
		}
		row(&b, code(r.ID), r.Regime, code(append(r.Lists, r.Programmes...)...), share(r), strings.Join(dates, "; "), r.Title.En, r.Citation)
	}
	b.WriteString("\n## When a law has a tie to the order\n\n")
	heading(&b, "law", "always", "origin of goods or content", "currency", "country of a party")
	for _, r := range p.Regimes {
		always := ""
		if r.Always {
			always = "yes"
		}
		row(&b, r.Regime, always, strings.Join(r.Origins, " "), strings.Join(r.Currencies, " "), strings.Join(r.Parties, " "))
	}
	page(t, "effect-matrix.md", b.String())
}

// share is the per cent from which, or above which, an ownership rule reaches a party.
func share(r screening.OwnerRule) string {
	if r.Above {
		return "above " + r.Percent.String()
	}
	return r.Percent.String()
}

func anyOr(list string) string {
	if list == "" {
		return "any other"
	}
	return code(list)
}

func TestOutcomes(t *testing.T) {
	var b strings.Builder
	heading(&b, "outcome", "holds the order", "block code")
	for _, o := range screening.Outcomes {
		holds, block := "no", ""
		if o.Holds() {
			holds, block = "yes", code(o.BlockCode())
		}
		row(&b, code(o), holds, block)
	}
	page(t, "outcomes.md", b.String())
}
