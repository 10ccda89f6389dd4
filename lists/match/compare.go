package match

// Compare is how alike a name of the query and a listed name are: 1 for names that are the same but for
// writing, 0 for names with nothing in common or of kinds that cannot be one. See [Explain] for why.
func Compare(query, listed *Name) float64 {
	kind, ok := together(query, listed)
	if !ok || len(query.terms) == 0 || len(listed.terms) == 0 {
		return 0
	}
	var a alignment
	a.align(query, listed, kind)
	return a.score()
}

// score is 1 less the costs, under the cap.
func (a *alignment) score() float64 {
	return float64(100-a.spent()) / 100
}

// spent is the costs, or what the cap holds back, in hundredths.
func (a *alignment) spent() int {
	spent := a.capped
	sum := 0
	for _, s := range a.steps[:a.n] {
		sum += s.cost
	}
	return min(100, max(spent, sum))
}
