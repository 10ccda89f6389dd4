package uk

import (
	"bufio"
	"io"
	"strings"

	"github.com/ordergate/ordergate/lists"
	"github.com/ordergate/ordergate/lists/internal/source"
)

var layout = source.Layout{
	Required: []string{"unique id", "name 6", "name type", "regime name", "designation type", "date designated"},
	Optional: []string{
		"last updated", "ofsi group id", "un reference number", "name 1", "name 2", "name 3", "name 4", "name 5", "alias strength", "title",
		"name non-latin script", "non-latin script type", "non-latin script language", "designation source", "sanctions imposed", "other information",
		"uk statement of reasons", "address line 1", "address line 2", "address line 3", "address line 4", "address line 5", "address line 6",
		"address postal code", "address country", "phone number", "website", "email address", "d.o.b", "nationality(/ies)", "national identifier number",
		"national identifier additional information", "passport number", "passport additional information", "position", "gender", "town of birth",
		"country of birth", "type of entity", "subsidiaries", "parent company", "business registration number (s)", "imo number",
		"current owner/operator (s)", "previous owner/operator (s)", "current believed flag of ship", "previous flags", "type of ship", "tonnage of ship",
		"length of ship", "year built", "hull identification number (hin)",
	},
}

// ReadCSV reads the list in CSV, whose first line is "Report Date:". Its errors are those of [Read].
func ReadCSV(r io.Reader) (lists.List, error) {
	l := head("UK-Sanctions-List.csv")
	p := &source.Problems{List: ListID}
	in := bufio.NewReader(source.Limit(r, MaxSize))
	layout := layout
	l.Published, layout.Above = reportDate(in, p)
	t := source.NewTable(in, layout, p)
	at := map[string]int{}
	for t.Next() {
		x := row(t, p)
		if x.id == "" {
			p.Add(lists.Problem{Line: t.Line(), Field: "unique id", Reason: "the cell is empty", Err: lists.ErrFormat})
			continue
		}
		i, ok := at[x.id]
		if !ok {
			i = len(l.Entities)
			at[x.id] = i
			l.Entities = append(l.Entities, lists.Entity{ID: x.id})
		}
		x.merge(&l.Entities[i], p)
	}
	return finish(l, p)
}

// reportDate reads the line above the header, where there is one, and says how many lines it read.
func reportDate(in *bufio.Reader, p *source.Problems) (date lists.Date, read int) {
	const label = "Report Date:"
	start, _ := in.Peek(len(label) + 3)
	if !strings.HasPrefix(strings.TrimPrefix(string(start), "\ufeff"), label) {
		return "", 0
	}
	line, err := in.ReadString('\n')
	if err != nil {
		p.Add(lists.Problem{Line: 1, Reason: "the file ends in its first line", Err: lists.ErrFormat})
		return "", 1
	}
	_, day, _ := strings.Cut(line, label)
	date, err = source.Date(strings.Trim(day, " ,\r\n\""))
	if err != nil {
		p.Add(lists.Problem{Line: 1, Field: "Report Date", Err: err})
	}
	return date, 1
}

func row(t *source.Table, p *source.Problems) listing {
	get := func(column string) string { return strings.Clone(t.Get(column)) }
	many := func(column string) []string { return source.Split(get(column), "|") }
	x := listing{
		id: get("unique id"), kind: get("designation type"), regime: get("regime name"), designated: get("date designated"),
		imposed: get("sanctions imposed"), un: get("un reference number"),
		phones: many("phone number"), emails: many("email address"), websites: many("website"), births: many("d.o.b"), nationalities: many("nationality(/ies)"),
		genders: many("gender"), positions: many("position"), titles: many("title"), registrations: many("business registration number (s)"),
		imos: many("imo number"), flags: many("current believed flag of ship"), other: get("other information"), reasons: get("uk statement of reasons"),
	}
	var parts []string
	for _, n := range []string{"name 1", "name 2", "name 3", "name 4", "name 5", "name 6"} {
		parts = append(parts, get(n))
	}
	x.names = []name{{text: strings.Join(parts, " "), kind: get("name type"), strength: get("alias strength")}}
	if s := get("name non-latin script"); s != "" {
		x.original = []string{s}
	}
	var lines [6]string
	for i := range lines {
		lines[i] = get("address line " + string(rune('1'+i)))
	}
	x.addresses = []lists.Address{address(p, x.id, lines, get("address postal code"), get("address country"))}
	x.birthPlaces = []string{source.Join(get("town of birth"), get("country of birth"))}
	x.passports = []numbered{{get("passport number"), get("passport additional information")}}
	x.nationalIDs = []numbered{{get("national identifier number"), get("national identifier additional information")}}
	for _, column := range []string{
		"type of entity", "subsidiaries", "parent company", "current owner/operator (s)", "previous owner/operator (s)", "previous flags", "type of ship",
		"tonnage of ship", "length of ship", "year built", "hull identification number (hin)",
	} {
		if v := get(column); v != "" {
			x.facts = append(x.facts, column+": "+v)
		}
	}
	return x
}
