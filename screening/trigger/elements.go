package trigger

// elements are what the scopes run over.
type elements struct {
	parties   []*partyFacts
	lines     []*lineFacts
	matches   []matched
	countries []*countryFacts
	texts     []*textFacts
	changes   []*changeFacts
	documents []*documentFacts
}

// forget lets go of all elements and keeps the memory of the lists.
func (x *elements) forget() {
	clear(x.parties)
	clear(x.lines)
	clear(x.matches)
	clear(x.countries)
	clear(x.texts)
	*x = elements{
		parties: x.parties[:0], lines: x.lines[:0], matches: x.matches[:0], countries: x.countries[:0], texts: x.texts[:0],
	}
}

// matched is a match with its party.
type matched struct {
	match *matchFacts
	party *partyFacts
}

func (x *elements) count(s Scope) int {
	switch s {
	case ScopeParty:
		return len(x.parties)
	case ScopeLine:
		return len(x.lines)
	case ScopeMatch:
		return len(x.matches)
	case ScopeCountry:
		return len(x.countries)
	case ScopeText:
		return len(x.texts)
	case ScopeChange:
		return len(x.changes)
	case ScopeDocument:
		return len(x.documents)
	}
	return 0
}

// bind puts element i of a scope in hand.
func (x *elements) bind(e *env, s Scope, i int) {
	switch s {
	case ScopeParty:
		e.Party = x.parties[i]
	case ScopeLine:
		e.Line = x.lines[i]
	case ScopeMatch:
		e.Match, e.Party = x.matches[i].match, x.matches[i].party
	case ScopeCountry:
		e.Country = x.countries[i]
	case ScopeText:
		e.Text = x.texts[i]
	case ScopeChange:
		e.Change = x.changes[i]
	case ScopeDocument:
		e.Document = x.documents[i]
	}
}

// path is the JSON path of element i of a scope, "" for the order.
func (x *elements) path(s Scope, i int) string {
	switch s {
	case ScopeParty:
		return x.parties[i].place
	case ScopeLine:
		return x.lines[i].place
	case ScopeMatch:
		return x.matches[i].match.place
	case ScopeCountry:
		return x.countries[i].place
	case ScopeText:
		return x.texts[i].place
	case ScopeChange:
		return x.changes[i].place
	case ScopeDocument:
		return x.documents[i].place
	}
	return ""
}
