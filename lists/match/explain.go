package match

// Explanation is why two names have their score. Its words are data: a renderer puts them into the
// reader's language.
type Explanation struct {
	// Score is 1 less the costs of the steps, and at most 1 less CapCost.
	Score float64 `json:"score"`
	// Kind is what the names were compared as.
	Kind Kind `json:"kind,omitempty"`
	// Query and Listed are the names as they were given.
	Query  string `json:"query"`
	Listed string `json:"listed"`
	Steps  []Step `json:"steps"`
	// Cap is why the score was held down, "" where it was not.
	Cap     Cap     `json:"cap,omitempty"`
	CapCost float64 `json:"cap_cost,omitempty"`
}

// Step is one pairing, contradiction or surplus, with the folded words of either side; of names transcribed into Chinese
// characters without a separator, the characters that spell the word.
type Step struct {
	How    How      `json:"how"`
	Query  []string `json:"query,omitempty"`
	Listed []string `json:"listed,omitempty"`
	Cost   float64  `json:"cost"`
}

// Explain compares two names as [Compare] does and keeps the reasons.
func Explain(query, listed *Name) Explanation {
	e := Explanation{Query: query.text, Listed: listed.text}
	kind, ok := together(query, listed)
	if !ok || len(query.terms) == 0 || len(listed.terms) == 0 {
		return e
	}
	var a alignment
	a.align(query, listed, kind)
	e.Kind, e.Score = kind, a.score()
	for _, s := range a.steps[:a.n] {
		e.Steps = append(e.Steps, Step{
			How:    ways[s.how],
			Query:  s.texts(query.terms[s.q : s.q+s.ql]),
			Listed: s.texts(listed.terms[s.l : s.l+s.ll]),
			Cost:   float64(s.cost) / 100,
		})
	}
	if a.cap != NoCap {
		e.Cap, e.CapCost = a.cap, float64(a.capped)/100
	}
	return e
}

// texts is what of the terms of one side the step is about.
func (s *step) texts(terms []*term) []string {
	texts := appendTexts(nil, terms)
	if s.to > 0 && terms[0].heard != nil {
		texts[0] = string([]rune(texts[0])[s.from:s.to])
	}
	return texts
}
